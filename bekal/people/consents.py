"""Reads about consents. `has_consent` and `consenting` decide what may be shown; the others list what was answered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.facilities import reference
from bekal.people import rules
from bekal.people.models import Consent, Person


@dataclass(frozen=True)
class ConsentText:
    """The words that are read out before somebody answers, with the code of their version."""

    code: str
    words: str
    basis: str
    is_verified: bool


def text_on(kind: str, day: date) -> ConsentText:
    """The words for a kind that hold on a day; before the first ones, those."""
    rows = sorted(
        (row for row in reference.rows("consent_texts") if row["kind"] == kind), key=lambda row: row["valid_from"]
    )
    row = [rows[0], *(row for row in rows if row["valid_from"] <= day.isoformat())][-1]
    return ConsentText(row["code"], row["text"], row["basis"], row["verified"] == "yes")


def consenting(people: Iterable[Person], kind: str, *, on: date, use: UUID | None = None) -> set[int]:
    """The primary keys of those of `people` who consent to `kind` on a day: for `use` (an occasion's public id), or in
    general. One query for any number of people; the same answer for whoever asks within the facility.
    """
    words: dict[int, list[rules.Word]] = defaultdict(list)
    keys = list({person.pk for person in people})
    with connection.cursor() as cursor:
        cursor.execute(
            "select person, is_yes, said_on, said_at, until_on from people_consent_words(%s, %s, %s)", [keys, kind, use]
        )
        for person, is_yes, said_on, said_at, until_on in cursor.fetchall():
            words[person].append(rules.Word(is_yes, said_on, said_at, until_on))
    return {person for person, said in words.items() if rules.holds(said, on=on)}


def has_consent(person: Person, kind: str, *, on: date, use: UUID | None = None) -> bool:
    """Whether somebody consents to `kind` on a day: for `use` (an occasion's public id), or in general."""
    return bool(consenting([person], kind, on=on, use=use))


def answered(people: Iterable[Person], kind: str, *, on: date, use: UUID | None = None) -> set[int]:
    """The primary keys of those who were asked by a day and answered, yes or no."""
    keys = list({person.pk for person in people})
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct person from people_consent_words(%s, %s, %s) where said_on <= %s", [keys, kind, use, on]
        )
        return {person for (person,) in cursor.fetchall()}


def consents_for(user: User) -> QuerySet[Consent]:
    """The answers given in the user's facility, latest first; without those that tell a health fact, for most."""
    here = user.posting.facility_id if user.posting else None
    rows = Consent.objects.filter(facility_id=here).select_related(
        "person", "withdrawal", "recorded_by", "facility", "scan"
    )
    return rows.defer("person__nik", "scan__content").order_by("-given_on", "-pk")
