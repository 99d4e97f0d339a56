"""Finding a person by what an officer has at hand: a name as heard, a number in the register, a NIK on a card."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.core.encryption import blind_index
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import queries, rules
from bekal.people.joinings import kept_instead
from bekal.people.models import Person
from bekal.people.roster import read_register_number_loosely

MOST = 50


@dataclass(frozen=True)
class Found:
    """Who answers to what was typed; and, where nobody does, whose name is like it."""

    people: list[Person] = field(default_factory=list)
    similar: list[Person] = field(default_factory=list)


def search(user: User, typed: str) -> Found:
    """Search the user's facility. A NIK is found only whole, a register number however it is written.

    A record that was joined into another is found under its own name and number, as the one that is kept.
    """
    by_number = _by_number(user, typed)
    if by_number is not None:
        return Found(_kept(user, [hit.kept for hit in _hits(by_number)]))
    term = rules.search_name(typed)
    if not term:
        return Found()
    like = _by_name(user, term)
    named = [hit.kept for hit in like if rules.is_named(hit.search_name, term)]
    return Found(_kept(user, named)) if named else Found(similar=_kept(user, [hit.kept for hit in like[:10]]))


class Hit(NamedTuple):
    """A record that answers, and the record that is kept of the person: itself, unless it was joined into another."""

    record: int
    search_name: str
    kept: int


def _hits(people: QuerySet[Person]) -> list[Hit]:
    return [Hit(*row) for row in kept_instead(people).values_list("pk", "search_name", "kept")[:MOST]]


def _by_number(user: User, typed: str) -> QuerySet[Person] | None:
    try:
        nik = rules.digits_of_nik(typed)
    except RuleBroken:
        number = read_register_number_loosely(typed)
        return queries.by_register_number(user, number) if number else None
    return queries.known_to(user).filter(nik_index=blind_index(nik, purpose="nik"))


def _by_name(user: User, term: str) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute("select person from people_named(%s, %s)", [term, MOST])
        ranked = [row[0] for row in cursor.fetchall()]
    ranked += [pk for pk in queries.named_among_transferred(user, term) if pk not in ranked]
    hits = {hit.record: hit for hit in _hits(queries.known_to(user).filter(pk__in=ranked[:MOST]))}
    return [hits[pk] for pk in ranked if pk in hits]


def _kept(user: User, keys: list[int]) -> list[Person]:
    """The people in their order, each once, with their stays."""
    keys = list(dict.fromkeys(keys))
    people = {person.pk: person for person in queries.with_stays(queries.known_to(user).filter(pk__in=keys))}
    return [people[pk] for pk in keys if pk in people]
