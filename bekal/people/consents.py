"""Reads about consents. `has_consent` and `consenting` decide what may be shown; the others list what was answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.core.together import Rows, day_from, together
from bekal.foundation.facilities import reference
from bekal.people import rules
from bekal.people.choices import ConsentAnswer, ConsentKind
from bekal.people.models import Consent, Person

# A kind, a person's primary key, and what they said.
Said = tuple[str, int, rules.Word]
Words = dict[int, list[rules.Word]]


@dataclass(frozen=True)
class ConsentText:
    """The words that are read out before somebody answers, with the code of their version."""

    kind: str
    code: str
    words: str
    basis: str
    is_verified: bool

    @property
    def label(self) -> str:
        return str(ConsentKind(self.kind).label)


def text_on(kind: str, day: date) -> ConsentText:
    """The words for a kind that hold on a day; before the first ones, those."""
    rows = sorted(
        (row for row in reference.rows("consent_texts") if row["kind"] == kind), key=lambda row: row["valid_from"]
    )
    row = [rows[0], *(row for row in rows if row["valid_from"] <= day.isoformat())][-1]
    return ConsentText(kind, row["code"], row["text"], row["basis"], row["verified"] == "yes")


def texts_on(day: date) -> list[ConsentText]:
    """Everything that is read out on a day, question by question."""
    return [text_on(kind, day) for kind in ConsentKind.values]


def said_read(people: Iterable[int], kinds: Sequence[str], use: UUID | None = None) -> Rows:
    """The read of what each of the people (primary keys) said about each kind, for an occasion or in general; past the policy."""
    return Rows(
        "select kind, person, is_yes, said_on, said_at, until_on from unnest(%s::text[]) as asked (kind)"
        " cross join lateral people_consent_words(%s, asked.kind, %s::uuid)",
        [list(kinds), list(set(people)), use],
        _said,
    )


def _said(kind: str, person: int, is_yes: bool, said_on: str, said_at: str, until_on: str | None) -> Said:
    word = rules.Word(is_yes, date.fromisoformat(said_on), datetime.fromisoformat(said_at), day_from(until_on))
    return kind, person, word


def _words_in(said: Iterable[Said], kind: str) -> Words:
    """What `said_read` found, about one kind."""
    words: Words = defaultdict(list)
    for asked, person, word in said:
        if asked == kind:
            words[person].append(word)
    return words


def _words(people: Iterable[Person], kind: str, use: UUID | None) -> Words:
    return _words_in(together(said_read((person.pk for person in people), [kind], use))[0], kind)


def consenting(people: Iterable[Person], kind: str, *, on: date, use: UUID | None = None) -> set[int]:
    """The primary keys of those of `people` who consent to `kind` on a day: for `use` (an occasion's public id), or in
    general. One query for any number of people; the same answer for whoever asks within the facility.
    """
    return {person for person, said in _words(people, kind, use).items() if rules.holds(said, on=on)}


def has_consent(person: Person, kind: str, *, on: date, use: UUID | None = None) -> bool:
    """Whether somebody consents to `kind` on a day: for `use` (an occasion's public id), or in general."""
    return bool(consenting([person], kind, on=on, use=use))


def answered(said: Iterable[Said], kind: str, *, on: date) -> set[int]:
    """The primary keys of those who were asked by a day and answered, yes or no, among what `said_read` found."""
    return {person for person, words in _words_in(said, kind).items() if rules.last_word(words, on=on)}


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with one question: the word for it, and how it looks."""

    kind: str
    code: str

    @property
    def label(self) -> str:
        return str(ConsentKind(self.kind).label)

    @property
    def word(self) -> str:
        return {"yes": _("Consents"), "no": _("Does not consent"), "over": _("Ran out")}.get(self.code, _("Not asked"))

    @property
    def look(self) -> str:
        return {"yes": "good", "over": "soon"}.get(self.code, "none")


def _code(said: list[rules.Word], on: date) -> str:
    word = rules.last_word(said, on=on)
    if word is None:
        return ""
    if not word.is_yes:
        return "no"
    return "yes" if rules.holds(said, on=on) else "over"


def standings(people: Iterable[Person], kind: str, *, on: date, use: UUID | None = None) -> dict[int, Standing]:
    """Where each of the people stands with one question, by primary key."""
    asked = list(people)
    words = _words(asked, kind, use)
    return {person.pk: Standing(kind, _code(words.get(person.pk, []), on)) for person in asked}


def standings_from(said: Iterable[Said], person: Person, *, on: date) -> list[Standing]:
    """Where one person stands with every question, in general, from what `said_read` found."""
    return [Standing(kind, _code(_words_in(said, kind).get(person.pk, []), on)) for kind in ConsentKind.values]


def consents_for(user: User) -> QuerySet[Consent]:
    """The answers given in the user's facility, latest first; without those that tell a health fact, for most."""
    here = user.facility_here
    rows = Consent.objects.filter(facility_id=here).select_related(
        "person", "withdrawal", "recorded_by", "facility", "scan"
    )
    return rows.defer("person__nik", "scan__content").order_by("-given_on", "-pk")


def consents_of(user: User, *, kind: str = "", state: str = "", today: date) -> QuerySet[Consent]:
    """The answers that the list shows for its filters; `state` is berlaku, menolak, dicabut or habis."""
    rows = consents_for(user)
    if kind:
        rows = rows.filter(kind=kind)
    given = rows.filter(answer=ConsentAnswer.GIVEN)
    over = Q(until_on__lt=today)
    return {
        "berlaku": given.filter(withdrawal=None).exclude(over),
        "menolak": rows.filter(answer=ConsentAnswer.REFUSED),
        "dicabut": given.filter(withdrawal__isnull=False),
        "habis": given.filter(over, withdrawal=None),
    }.get(state, rows)


def state_of(consent: Consent, today: date) -> tuple[str, str]:
    """What became of one answer, in a word, and how it looks."""
    if consent.answer == ConsentAnswer.REFUSED:
        return _("Does not consent"), "none"
    if hasattr(consent, "withdrawal"):
        return _("Withdrawn"), "none"
    if consent.until_on is not None and consent.until_on < today:
        return _("Ran out"), "soon"
    return _("Consents"), "good"
