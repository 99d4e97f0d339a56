"""How many: read through two database functions, so that they are the same for whoever may not see who."""

from collections.abc import Iterable
from dataclasses import dataclass

from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.rules import Completion, completion
from bekal.foundation.core.together import Rows, together


@dataclass(frozen=True)
class BatchCounts:
    """How many of a batch: nominations, participants, tags, sessions. Numbers only."""

    batch_id: int
    waiting: int = 0
    accepted: int = 0
    enrolled: int = 0
    completed: int = 0
    participated: int = 0
    left_by_law: int = 0
    left_otherwise: int = 0
    worn_tags: int = 0
    sessions: int = 0
    recorded: int = 0
    held: int = 0
    held_jp: int = 0

    @property
    def everyone(self) -> int:
        """All who were ever enrolled."""
        return self.enrolled + self.completed + self.participated + self.left_by_law + self.left_otherwise

    @property
    def here(self) -> int:
        """Those who take part, or took part until the end."""
        return self.enrolled + self.completed + self.participated

    @property
    def completion(self) -> Completion:
        return completion(completed=self.completed, everyone=self.everyone, left_by_law=self.left_by_law)


@dataclass(frozen=True)
class SessionCounts:
    """How many were there at a session, of those on the list that day, and how many rows are not filled in."""

    session_id: int
    batch_id: int
    present: int = 0
    marked: int = 0
    expected: int = 0
    missing: int = 0


def batch_counts_read(batches: Iterable[int]) -> Rows:
    """The read that gives the counts of batches, to be asked together with others."""
    return Rows("select * from programmes_batch_counts(%s::bigint[])", [list(batches)])


def batch_counts_of(person: int) -> Rows:
    """The same for the batches in which a person (by primary key) takes or took part."""
    taken = "array(select batch_id from programmes_enrolment where person_id = %s)"
    return Rows(f"select * from programmes_batch_counts({taken})", [person])  # noqa: S608


def batch_counts_found(rows: Iterable[tuple[int, ...]]) -> dict[int, BatchCounts]:
    """What `batch_counts_read` found, by the batch's primary key."""
    return {row[0]: BatchCounts(*row) for row in rows}


def batch_counts(batches: Iterable[Batch]) -> dict[int, BatchCounts]:
    """The counts of each batch in sight, by primary key; nothing is asked where there is no batch."""
    asked = [batch.pk for batch in batches]
    return batch_counts_found(together(batch_counts_read(asked))[0]) if asked else {}


def counts_of(batch: Batch) -> BatchCounts:
    """The counts of one batch."""
    return batch_counts([batch]).get(batch.pk, BatchCounts(batch.pk))


def session_counts_read(batches: Iterable[int]) -> Rows:
    """The read that gives the counts of the sessions of batches, to be asked together with others."""
    return Rows("select * from programmes_session_counts(%s::bigint[])", [list(batches)])


def session_counts_found(rows: Iterable[tuple[int, ...]]) -> dict[int, SessionCounts]:
    """What `session_counts_read` found, by the session's primary key."""
    return {row[0]: SessionCounts(*row) for row in rows}


def session_counts(batches: Iterable[Batch]) -> dict[int, SessionCounts]:
    """The counts of each session of the batches in sight, by the session's primary key."""
    asked = [batch.pk for batch in batches]
    return session_counts_found(together(session_counts_read(asked))[0]) if asked else {}
