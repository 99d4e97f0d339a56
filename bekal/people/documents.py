"""Papers about people: the form on which somebody answers with a pen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation

from bekal.foundation.facilities.models import Facility
from bekal.people import consents
from bekal.people.models import Person


def consent_forms(facility: Facility, people: Iterable[Person], *, day: date) -> dict[str, Any]:
    """One page a person: the questions as they are read out that day, with room for the answer and both signatures."""
    # Papers are Indonesian, whatever the reader's language.
    with translation.override("id"):
        questions = [{"judul": text.label, "isi": text.words, "kode": text.code} for text in consents.texts_on(day)]
    return {
        "upt": facility.name,
        "tempat": facility.issue_place,
        "tanya": questions,
        "orang": [{"nama": person.full_name} for person in people],
    }
