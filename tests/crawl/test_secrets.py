"""No officer learns what they may not know: not from a page, its title, its address, an export, nor from inside a file."""

import re
from dataclasses import dataclass

import pytest

from bekal.foundation.accounts.roles import CARE, may
from bekal.web.demo.cast import OFFENCES
from tests.crawl.conftest import ELSEWHERE, NIK_ELSEWHERE, PLACE_ELSEWHERE, STAY_ELSEWHERE, House
from tests.crawl.reading import text_of

NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
# The names of facilities are no secret: people are transferred to them. Whom and what they hold is one.
ELSEWHERE_WORDS = (
    ELSEWHERE.full_name,
    ELSEWHERE.birth_place,
    NIK_ELSEWHERE,
    STAY_ELSEWHERE.register_number,
    STAY_ELSEWHERE.remark,
    PLACE_ELSEWHERE,
    "Tetangga",
)


@dataclass
class Told:
    """What one officer was told at one address."""

    username: str
    role: str
    address: str
    shape: str
    kind: str
    text: str


@pytest.fixture(scope="module")
def told(walked: House) -> list[Told]:
    return [
        Told(username, found.user.role_code, answer.address, answer.shape, answer.kind, text_of(answer))
        for username, found in walked.officers.items()
        for answer in [*found.answers, *found.in_english.values()]
    ]


def test_nothing_of_another_facility_is_told(told: list[Told]) -> None:
    wrong = {(one.username, one.shape, word) for one in told for word in ELSEWHERE_WORDS if word in one.text}

    assert wrong == set()


def test_a_nik_is_told_only_to_those_who_may_see_identity(told: list[Told]) -> None:
    wrong = {
        (one.username, one.shape)
        for one in told
        if not may(one.role, "people.view_identity") and any(nik.startswith("5102") for nik in NIK.findall(one.text))
    }

    assert wrong == set()
    # It is told to somebody: a search that finds nothing anywhere would be no search.
    assert {one.role for one in told if "people.view_identity" and NIK.search(one.text)} >= {"head", "records"}


def test_an_offence_is_told_only_to_those_who_may_correct_it(told: list[Told]) -> None:
    wrong = {
        (one.username, one.shape, offence)
        for one in told
        for offence in OFFENCES
        if offence in one.text and not may(one.role, "people.correct")
    }

    assert wrong == set()


def test_no_address_and_no_file_name_holds_a_name_or_a_number(walked: House, told: list[Told]) -> None:
    names = [name for (name,) in walked.as_owner("select full_name from people_person")]
    numbers = [number for (number,) in walked.as_owner("select register_number from people_custody")]
    for one in told:
        assert not [name for name in names + numbers if name in one.address], one.shape
        assert not NIK.search(one.address), one.shape
    for found in walked.officers.values():
        for answer in found.answers:
            named = answer.headers.get("Content-Disposition", "")
            assert not [
                word for name in names for word in name.split() if len(word) > 4 and word.lower() in named.lower()
            ]


def test_no_title_of_a_page_holds_a_name(walked: House) -> None:
    names = [name for (name,) in walked.as_owner("select full_name from people_person")]
    for found in walked.officers.values():
        for answer in found.answers:
            title = answer.page.findtext(".//title") if answer.page is not None else ""
            assert not [name for name in names if name in (title or "")], answer.shape


@pytest.fixture(scope="module")
def residents(walked: House) -> dict[str, str]:
    """Who takes part in rehabilitation: public id and name."""
    rows = walked.as_owner(
        "select distinct p.public_id::text, p.full_name from programmes_enrolment e "
        "join people_person p on p.id = e.person_id where e.is_confidential"
    )
    return dict(rows)


def test_who_is_in_rehabilitation_is_told_to_nobody_outside_care(
    walked: House, told: list[Told], residents: dict[str, str]
) -> None:
    """Whoever may not know finds no tag, number or code of theirs, and no resident's name beside the programme's."""
    words = ["RS1-"]
    for table, column in (("papers_paper", "number"), ("programmes_tag", "code"), ("certificates_certificate", "code")):
        words += [word for (word,) in walked.as_owner(f"select {column} from {table} where is_confidential")]
    titles = ("Rehabilitasi Sosial", "Program Pembinaan Hidup Sehat")
    wrong = set()
    for one in told:
        if one.role in CARE:
            continue
        wrong |= {(one.username, one.shape, word) for word in words if word in one.text}
        named = {name for name in residents.values() if name in one.text}
        if named and any(title in one.text for title in titles):
            wrong |= {(one.username, one.shape, "a resident's name beside the programme")}

    assert wrong == set()
    assert residents and len(words) > 50
