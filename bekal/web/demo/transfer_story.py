"""What waits at the records desk: a transfer out, a transfer in, and a person who stands in the register twice."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bekal.foundation.accounts import operations as accounts
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.core.scope import enter
from bekal.foundation.facilities import operations as facilities
from bekal.foundation.facilities.models import Facility
from bekal.people import operations as people
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.models import Custody
from bekal.web.demo import cast

if TYPE_CHECKING:
    from bekal.web.demo.story import Story


class TransferStory:
    """The neighbour opens, takes somebody in, and each of the two asks the other."""

    def __init__(self, story: "Story", leaving: Custody) -> None:
        self.story, self.leaving = story, leaving
        self.neighbour: Facility
        self.coming: Custody

    def begin(self) -> None:
        """Ask for the steps of these transfers."""
        at, later, day = self.story.at, self.story.later, self.story.day
        later(at(day - timedelta(days=40), 8), self._open)
        later(at(day - timedelta(days=3), 11), self._write_down_twice)
        later(at(day - timedelta(days=2), 9), self._ask_for_ours)
        later(at(day - timedelta(days=1), 10), self._ask_for_theirs)

    def _open(self) -> None:
        story, at = self.story, self.story.at(self.story.day - timedelta(days=40), 8)
        self.neighbour = facilities.open_facility(
            code="DEMO2",
            name="Lapas Kelas IIA Kenanga",
            kind="lapas",
            facility_class="IIA",
            zone="WITA",
            regency_code="51.08",
            issuer_name="Balai Latihan Kenanga",
            issue_place="Singaraja",
            asks_at="Balai Latihan Kenanga, Jalan Melur 2, Singaraja",
            address="Jalan Melur 2, Singaraja",
            phone="",
            letterhead="KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN\nKANTOR WILAYAH CONTOH",
            by=story.house,
            at=at,
            is_demo=True,
        )
        enter(scope_of(story.house))
        username, name, role, title = cast.NEIGHBOUR
        story.officers[username] = user = accounts.create_officer(
            username=username,
            name=name,
            nip="",
            password=cast.PASSWORD,
            facility=self.neighbour,
            by=story.house,
            at=at,
            must_change_password=False,
            is_demo=True,
        )
        user.posting = accounts.add_posting(
            user=user,
            facility=self.neighbour,
            role=role,
            title=title,
            from_on=self.neighbour.day_of(at),
            until_on=None,
            is_acting=False,
            basis="",
            by=story.house,
            at=at,
        )
        with story.acting(username) as tari:
            self.coming = people.admit(
                facility=self.neighbour, person=_person(), stay=_stay(story.day), by=tari, at=at + timedelta(hours=2)
            )

    def _write_down_twice(self) -> None:
        """An old stay from the paper register, of whoever is to leave: written down as if of somebody new."""
        story, day, at = self.story, self.story.day, self.story.at(self.story.day - timedelta(days=3), 11)
        who = self.leaving.person
        person = PersonFacts(full_name=who.full_name, birth_place=who.birth_place, birth_on=who.birth_on, sex=who.sex)
        came, number = day - timedelta(days=2900), "A.III 31"
        stay = StayFacts(register_number=f"{number}/{came.year}", standing="remand", admitted_on=came)
        with story.acting("ratna") as ratna:
            old = people.admit(facility=story.facility, person=person, stay=stay, by=ratna, at=at)
            left = came + timedelta(days=60)
            people.end_stay(custody=old, kind="released_by_law", ended_on=left, by=ratna, at=at + timedelta(minutes=5))

    def _ask_for_ours(self) -> None:
        with self.story.acting("ratna") as ratna:
            people.request_transfer(
                custody=self.leaving,
                destination=self.neighbour,
                reason="Dekat dengan keluarga",
                letter_number="W.20-CONTOH-14",
                letter_on=self.story.day - timedelta(days=5),
                planned_on=self.story.day + timedelta(days=6),
                by=ratna,
                at=self.story.at(self.story.day - timedelta(days=2), 9),
            )

    def _ask_for_theirs(self) -> None:
        with self.story.acting("tari") as tari:
            people.request_transfer(
                custody=self.coming,
                destination=self.story.facility,
                reason="Mengikuti pelatihan yang tidak ada di sini",
                letter_number="W.20-CONTOH-15",
                letter_on=self.story.day - timedelta(days=4),
                planned_on=self.story.day + timedelta(days=4),
                by=tari,
                at=self.story.at(self.story.day - timedelta(days=1), 10),
            )


def _person() -> PersonFacts:
    return PersonFacts(
        full_name="I Ketut Sudarma",
        birth_place="Singaraja",
        birth_on=date(1991, 6, 4),
        sex="male",
        nik="5102010406919901",
    )


def _stay(day: date) -> StayFacts:
    admitted = day - timedelta(days=500)
    return StayFacts(
        register_number=f"B.I 214/{admitted.year}",
        standing="sentenced",
        admitted_on=admitted,
        offence="Pasal 378 KUHP",
        sentence_years=3,
        sentence_months=0,
        sentence_days=0,
        third_on=admitted + timedelta(days=365),
        half_on=admitted + timedelta(days=547),
        two_thirds_on=admitted + timedelta(days=730),
        expires_on=admitted + timedelta(days=1095),
        legal_dates_read_on=day - timedelta(days=40),
        block="B.2",
    )
