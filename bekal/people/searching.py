"""Finding a person by what an officer has at hand: a name as heard, a number in the register, a NIK on a card."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.core.encryption import blind_index
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import queries, rules
from bekal.people.models import Person
from bekal.people.roster import read_register_number

MOST = 50


@dataclass(frozen=True)
class Found:
    """Who answers to what was typed; and, where nobody does, whose name is like it."""

    people: list[Person] = field(default_factory=list)
    similar: list[Person] = field(default_factory=list)


def search(user: User, typed: str) -> Found:
    """Search the user's facility. A NIK is found only whole, a register number however it is written."""
    by_number = _by_number(user, typed)
    if by_number is not None:
        return Found(list(queries.with_stays(by_number)[:MOST]))
    term = rules.search_name(typed)
    if not term:
        return Found()
    people = _by_name(user, term)
    named = [person for person in people if rules.is_named(person.search_name, term)]
    return Found(named) if named else Found(similar=people[:10])


def _by_number(user: User, typed: str) -> QuerySet[Person] | None:
    try:
        nik = rules.digits_of_nik(typed)
    except RuleBroken:
        number = read_register_number(typed)
        return queries.by_register_number(user, number) if number else None
    return queries.known_to(user).filter(nik_index=blind_index(nik, purpose="nik"))


def _by_name(user: User, term: str) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute("select person from people_named(%s, %s)", [term, MOST])
        ranked = [row[0] for row in cursor.fetchall()]
    ranked += [pk for pk in queries.named_among_transferred(user, term) if pk not in ranked]
    people = {person.pk: person for person in queries.with_stays(queries.known_to(user).filter(pk__in=ranked))}
    return [people[pk] for pk in ranked if pk in people][:MOST]
