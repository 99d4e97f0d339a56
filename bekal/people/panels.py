"""Beside a person's thread: where they stand with each question of consent; for security, whether they are kept apart."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.core.together import Answer, Ask, Kept, side_by_side
from bekal.people import apart, consents, permissions
from bekal.people.choices import ConsentKind
from bekal.people.models import Consent, Person
from bekal.people.thread import Panel


def panels_for(person: Person, records: Sequence[Person], user: User, today: date) -> Answer[Panel]:
    """One sheet for those who ask for consent, one for security; nobody else sees that there could be one."""
    yield from side_by_side(_consents(person, user, today), _apart(person, user))


def _consents(person: Person, user: User, today: date) -> Answer[Panel]:
    if user.may(permissions.VIEW_CONSENTS):
        said, given = yield Ask(
            consents.said_read([person.pk], ConsentKind.values), Kept(_latest_answers, user, person)
        )
        answers = [(row, *consents.state_of(row, today)) for row in given]
        yield Panel(
            "people/_consents_panel.html",
            {
                "person": person,
                "standings": consents.standings_from(said, person, on=today),
                "answers": answers,
                "may_record": user.may(permissions.RECORD_CONSENT) and person.facility_id == user.facility_here,
            },
        )


def _latest_answers(user: User, person: Person) -> QuerySet[Consent]:
    return consents.consents_for(user).filter(person=person)[:6]


def _apart(person: Person, user: User) -> Answer[Panel]:
    if user.may(permissions.VIEW_APART):
        [pairs] = yield Ask(Kept(apart.pairs_of, user, person))
        yield Panel("people/_apart_panel.html", {"person": person, "pairs": pairs})
