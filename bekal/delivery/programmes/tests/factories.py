"""The smallest valid rows of programmes, made through the operations that staff use."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Batch, Hearing, Nomination, Programme, Session
from bekal.delivery.programmes.plans import BatchPlan
from bekal.delivery.programmes.rules import Decision, Mark
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility, Official, Place
from bekal.foundation.facilities.queries import head_on
from bekal.people.models import Custody, Person

# Past the numbers of the cast.
_numbers = count(1001)


def make_person(facility: Facility, *, at: datetime, **changes: Any) -> Person:
    """Somebody who is here until 2030, sentenced, past a third of the sentence."""
    number = next(_numbers)
    person = Person.objects.create(
        facility=facility,
        full_name=f"I Wayan Contoh {number}",
        search_name=f"i wayan contoh {number:05d}",
        created_at=at,
    )
    facts = {
        "register_number": f"B.I {number}/2025",
        "standing": "sentenced",
        "admitted_on": date(2025, 1, 6),
        "sentence_years": 6,
        "third_on": date(2026, 1, 6),
        "expires_on": date(2030, 1, 6),
        "created_at": at,
    }
    Custody.objects.create(facility=facility, person=person, **{**facts, **changes})
    return person


def make_programme(facility: Facility, by: User, at: datetime, **changes: Any) -> Programme:
    """Tata Boga: 20 JP, nothing asked but that one is still here when it ends."""
    given = {"kind": "training", "title": "Tata Boga", "certificate_title": "Pelatihan Tata Boga", "hours_jp": 20}
    return operations.create_programme(facility=facility, **{**given, **changes}, by=by, at=at)


def make_batch(programme: Programme, by: User, at: datetime, **changes: Any) -> Batch:
    """Four mornings of 5 JP, Monday 30 November to Thursday 3 December 2026, in the kitchen."""
    given = {
        "capacity": 4,
        "place": Place.objects.filter(facility=programme.facility).order_by("pk").first(),
        "starts_on": date(2026, 11, 30),
        "ends_on": date(2026, 12, 3),
        "weekdays": [1, 2, 3, 4],
        "starts_at": time(8),
        "ends_at": time(11, 45),
        "jp_per_session": 5,
    }
    return operations.create_batch(programme=programme, plan=BatchPlan(**{**given, **changes}), by=by, at=at)


def propose(batch: Batch, people: Iterable[Person], by: User, at: datetime) -> list[Nomination]:
    """Each of the people, proposed by one officer."""
    return [operations.nominate(batch=batch, person=person, by=by, at=at) for person in people]


def make_hearing(nominations: Iterable[Nomination], facility: Facility, by: User, at: datetime) -> Hearing:
    """A hearing with these nominations on its list."""
    members = [{"name": "Dewi Anggraini", "post": "Ketua TPP"}]
    return operations.call_hearing(
        facility=facility,
        held_on=facility.day_of(at),
        place="Ruang sidang",
        members=members,
        nominations=nominations,
        by=by,
        at=at,
    )


def accept(nominations: list[Nomination], by: User, at: datetime) -> Hearing:
    """A hearing that accepts them all."""
    hearing = make_hearing(nominations, nominations[0].facility, by, at)
    decisions = {nomination.public_id: Decision(True) for nomination in nominations}
    return operations.decide_hearing(hearing=hearing, decisions=decisions, by=by, at=at)


def head_of(facility: Facility, at: datetime) -> Official:
    """The official who signs."""
    head = head_on(facility, facility.day_of(at))
    assert head is not None
    return head


def fill(batch: Batch, people: list[Person], *, proposer: User, board: User, head: User, at: datetime) -> Batch:
    """Proposed, accepted, by decree enrolled."""
    accept(propose(batch, people, proposer, at), board, at)
    decree = operations.draft_decree(batch=batch, by=head, at=at)
    operations.sign_decree(decree=decree, signatory=head_of(batch.facility, at), by=head, at=at)
    batch.refresh_from_db()
    return batch


def mark_all(session: Session, by: User, at: datetime, *, jp: int | None = None) -> operations.Saved:
    """Everyone on the list was there and took part."""
    hours = session.jp if jp is None else jp
    marks = {row.public_id: Mark(True, "", "active", hours) for row in queries.on_list(session)}
    return operations.record_attendance(session=session, status="held", marks=marks, by=by, at=at)


def days_before(at: datetime, days: int) -> datetime:
    """The same hour so many days ago."""
    return at - timedelta(days=days)
