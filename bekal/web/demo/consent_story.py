"""Consents and a pair that is kept apart in the demo story: asked, refused, withdrawn; noted, and tried all the same."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes.models import Batch
from bekal.people import operations as people
from bekal.people.models import Custody, Person
from bekal.people.operations import Asked, NotPlaced

if TYPE_CHECKING:
    from bekal.web.demo.story import Story

WHY_APART = "Contoh: berselisih di blok, sudah dua kali dilerai."


class ConsentStory:
    """Joko and four others are asked; one says no, one takes a yes back."""

    def __init__(self, story: "Story", asked: list[Custody]) -> None:
        self.story, self.people = story, [stay.person for stay in asked]

    def begin(self) -> None:
        """Ask for the steps of this part."""
        first, back = self.story.day - timedelta(days=20), self.story.day - timedelta(days=5)
        self.story.later(self.story.at(first, 10), self._ask)
        self.story.later(self.story.at(back, 10), self._take_back)

    def _ask(self) -> None:
        day = self.story.day - timedelta(days=20)
        answers: dict[Person, str] = dict.fromkeys(self.people, "given")
        answers[self.people[1]] = "refused"
        with self.story.acting("ratna") as ratna:
            facts = {"facility": self.story.facility, "by": ratna, "at": self.story.at(day, 10)}
            photo = Asked(kind="photo", given_on=day, proof="signed")
            contact = Asked(
                kind="contact",
                given_on=day,
                until_on=day + timedelta(days=730),
                proof="witnessed",
                witness_name="Ayu Kartika",
                witness_post="Konselor",
            )
            self.photos = people.record_consents(answers=answers, asked=photo, **facts)  # type: ignore[arg-type]
            people.record_consents(answers={self.people[0]: "given"}, asked=contact, **facts)  # type: ignore[arg-type]

    def _take_back(self) -> None:
        day = self.story.day - timedelta(days=5)
        with self.story.acting("ratna") as ratna:
            people.withdraw_consent(
                consent=self.photos[-1],
                withdrawn_on=day,
                through="person",
                received_post="Wali",
                by=ratna,
                at=self.story.at(day, 10),
            )


class ApartStory:
    """Security keeps two people apart; a trainer who does not know proposes one beside the other."""

    def __init__(self, story: "Story", one: Custody, other: Custody) -> None:
        self.story, self.one, self.other = story, one.person, other.person

    def begin(self) -> None:
        """Ask for the steps of this part."""
        self.story.later(self.story.at(self.story.day - timedelta(days=40), 8), self._note)
        self.story.later(self.story.at(self.story.day - timedelta(days=3), 10), self._try)

    def _note(self) -> None:
        day = self.story.day - timedelta(days=40)
        with self.story.acting("agung") as agung:
            people.note_pair(
                facility=self.story.facility,
                one=self.one,
                other=self.other,
                reason=WHY_APART,
                basis="Laporan kejadian contoh nomor 3/CONTOH",
                since_on=day,
                by=agung,
                at=self.story.at(day, 8),
            )

    def _try(self) -> None:
        at = self.story.at(self.story.day - timedelta(days=3), 10)
        with self.story.acting("sari") as sari:
            try:
                programmes.nominate(batch=Batch.objects.get(code="LD2"), person=self.other, by=sari, at=at)
            except NotPlaced as refused:
                refused.leave_trace(by=sari, at=at)
