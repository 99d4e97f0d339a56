"""Beside a person's thread: where they stand with each question of consent; for security, whether they are kept apart."""

from collections.abc import Iterable
from datetime import date

from bekal.foundation.accounts.models import User
from bekal.people import apart, consents, permissions
from bekal.people.models import Person
from bekal.people.thread import Panel


def panels_for(person: Person, user: User, today: date) -> Iterable[Panel]:
    """One sheet for those who ask for consent, one for security; nobody else sees that there could be one."""
    if user.may(permissions.VIEW_CONSENTS):
        answers = [
            (row, *consents.state_of(row, today)) for row in consents.consents_for(user).filter(person=person)[:6]
        ]
        yield Panel(
            "people/_consents_panel.html",
            {
                "person": person,
                "standings": consents.standings_of(person, on=today),
                "answers": answers,
                "may_record": user.may(permissions.RECORD_CONSENT) and person.facility_id == _here(user),
            },
        )
    if user.may(permissions.VIEW_APART):
        yield Panel("people/_apart_panel.html", {"person": person, "pairs": list(apart.pairs_of(user, person))})


def _here(user: User) -> int | None:
    return user.posting.facility_id if user.posting else None
