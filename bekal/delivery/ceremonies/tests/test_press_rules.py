"""The text for the press, as cases and as laws: what a draft says, and what a text is refused for."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.delivery.ceremonies import rules
from bekal.delivery.ceremonies.choices import PressStatus
from bekal.delivery.ceremonies.rules.drafting import PressBatch, PressFacts, drafted, people_told
from bekal.delivery.ceremonies.rules.press import Mention, mentions
from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.words import in_words
from bekal.people.rules import search_name

REHABILITATION = PressBatch("Rehabilitasi Sosial, Angkatan I 2026", 21, 96)
BAKING = PressBatch("Tata Boga, Angkatan II 2026", 18, 120)
LAUNDRY = PressBatch("Laundry, Angkatan I 2026", 12, 60)
FACTS = PressFacts(
    facility="Lapas Kelas IIB Melati",
    town="Amerta",
    title="Penutupan Rehabilitasi Sosial dan Pelatihan Kemandirian",
    day=date(2026, 12, 9),
    hour="09.00 WITA",
    place="Aula",
    is_ahead=False,
    batches=(REHABILITATION, BAKING, LAUNDRY),
)


def test_the_moves_of_a_press_release_hold_together() -> None:
    assert problems(rules.PRESS_MOVES, start=PressStatus.DRAFT, final={PressStatus.RELEASED}) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "AMERTA – Lapas Kelas IIB Melati menggelar Penutupan Rehabilitasi Sosial dan Pelatihan Kemandirian di Aula, Rabu, 9 "
             "Desember 2026, pukul 09.00 WITA."),
        ({}, "Acara ini menutup 3 (tiga) angkatan."),
        ({}, "Tata Boga, Angkatan II 2026 berlangsung 120 jam pelajaran, diikuti 18 (delapan belas) peserta."),
        ({}, "Seluruhnya 51 (lima puluh satu) peserta."),
        ({}, "Pada acara ini tanda peserta dilepas dan sertifikat diserahkan."),
        ({"is_ahead": True}, "Lapas Kelas IIB Melati akan menggelar"),
        ({"is_ahead": True}, "Acara ini akan menutup 3 (tiga) angkatan."),
        ({"tags_by": ("Kepala Lapas",)}, "tanda peserta dilepas oleh Kepala Lapas dan sertifikat diserahkan."),
        (
            {"certificates_by": ("Kepala Lapas", "Plt. Kepala Dinas Koperasi")},
            "sertifikat diserahkan oleh Kepala Lapas dan Plt. Kepala Dinas Koperasi.",
        ),
        ({"attended": ("Camat Amerta",)}, "Acara ini dihadiri Camat Amerta."),
        ({"attended": ("Camat Amerta",), "has_families": True}, "Acara ini dihadiri Camat Amerta dan keluarga peserta."),
        ({"checked_at": "https://periksa.example"}, "dapat diperiksa siapa saja di https://periksa.example."),
        ({"contact": "Lapas Kelas IIB Melati, Jalan Kenari 1"}, "Narahubung: Lapas Kelas IIB Melati, Jalan Kenari 1"),
    ],
)  # fmt: skip
def test_a_draft_says_the_facts(changes: dict[str, object], said: str) -> None:
    assert said in drafted(replace(FACTS, **changes)).body  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "beberapa peserta"),
        (4, "beberapa peserta"),
        (5, "5 (lima) peserta"),
        (21, "21 (dua puluh satu) peserta"),
    ],
)
def test_small_numbers_are_not_told(number: int, said: str) -> None:
    assert people_told(number) == said


def test_a_small_number_cannot_be_found_from_the_sum() -> None:
    small = replace(FACTS, batches=(BAKING, replace(LAUNDRY, people=3)))

    assert "Seluruhnya" not in drafted(small).body
    assert "21" not in drafted(small).body


people = st.integers(min_value=0, max_value=400)
batches = st.lists(people, min_size=1, max_size=6).map(
    lambda numbers: tuple(PressBatch(f"Program {'ABCDEF'[place]}", number, 0) for place, number in enumerate(numbers))
)


@given(batches)
def test_every_number_of_people_in_a_draft_is_a_true_one_large_enough_and_in_words(
    found: tuple[PressBatch, ...],
) -> None:
    body = drafted(replace(FACTS, batches=found, title="Penutupan", hour="pagi")).body
    told = re.findall(r"(\d+) \(([a-z ]+)\) peserta", body)

    numbers = [batch.people for batch in found]
    assert {int(number) for number, _words in told} <= {*numbers, sum(numbers)}
    assert all(int(number) >= rules.SMALLEST_TOLD and words == in_words(int(number)) for number, words in told)
    hidden = [number for number in numbers if 0 < number < rules.SMALLEST_TOLD]
    assert not hidden or "Seluruhnya" not in body


words = st.text(alphabet="abcdefghijklmnoprstuwy", min_size=4, max_size=9)


@given(st.lists(words, min_size=2, max_size=4), batches)
def test_a_draft_names_nobody_however_they_are_called(name: list[str], found: tuple[PressBatch, ...]) -> None:
    draft = drafted(replace(FACTS, batches=found))
    own = " ".join([draft.title, draft.body])

    hits = mentions(draft.title, draft.body, names=[" ".join(name)])

    # The facts have no place for a person: what is found are two words of the text itself, by chance.
    assert all(hit.said in search_name_of(own) for hit in hits)
    assert {field.name for field in fields(PressFacts)}.isdisjoint({"names", "people", "participants", "offence"})


def search_name_of(text: str) -> str:
    return " ".join(word for part in text.split() for word in search_name(part).split())


@given(st.lists(words, min_size=2, max_size=4), st.lists(words, max_size=5), st.lists(words, max_size=5))
def test_a_name_is_found_wherever_it_stands_in_a_text(name: list[str], before: list[str], after: list[str]) -> None:
    body = "\n".join(["Pembukaan.", " ".join([*before, *(part.title() for part in name), *after])])

    assert mentions("Judul", body, names=[" ".join(name)])


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("Acara dibuka.\n\nJoko Prasetyo menerima sertifikat.", "joko prasetyo", 3),
        ("JOKO PRASETYO", "joko prasetyo", 1),
        ("Saudara Joko\nPrasetyo hadir", "joko prasetyo", 1),
        ("oleh Wayan Mudita.", "i wayan mudita", 1),
        ("I Made, peserta", "i made", 1),
        ("Slamet, peserta", "slamet", 1),
        ("Ra'i Putra", "rai putra", 1),
        ("Joko-Prasetyo", "joko prasetyo", 1),
        ("I Wayan Suartha, Camat", "i wayan mudita", None),
        ("Joko dan Prasetyo", "joko prasetyo", None),
        ("Selamat datang", "slamet", None),
        ("made in Amerta", "i made", None),
    ],
)
def test_a_name_is_known_by_two_of_its_words(text: str, name: str, line: int | None) -> None:
    found = mentions("Judul", text, names=[name])

    assert [hit.line for hit in found] == ([] if line is None else [line])


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("register B.I 118/2025", True),
        ("(BIIa 12/26)", True),
        ("A.III-7/2024", True),
        ("NIK 5102011203940001", True),
        ("Nomor BA-0002/MLT/XII/2026", False),
        ("UU 22/2022 dan Pasal 10", False),
        ("pukul 09.00, 120 jam, 9 Desember 2026", False),
        ("telepon 0361123456", False),
    ],
)
def test_numbers_of_a_person_are_known(text: str, is_number: bool) -> None:
    assert bool(mentions("Judul", text, names=[])) is is_number


@pytest.mark.parametrize(
    ("found", "is_namesake", "refused"),
    [
        ([], False, None),
        ([Mention(3, "joko prasetyo")], False, "3"),
        ([Mention(3, "joko prasetyo")], True, None),
        ([Mention(0, "joko prasetyo")], False, "joko prasetyo"),
        ([Mention(1, "joko prasetyo"), Mention(4, "B.I 1/2025", is_number=True)], True, "4"),
    ],
)
def test_a_name_is_let_through_on_an_officers_word_and_a_number_never(
    found: list[Mention], is_namesake: bool, refused: str | None
) -> None:
    if refused is None:
        rules.check_names_nobody(found, is_namesake=is_namesake)
    else:
        with pytest.raises(RuleBroken, match=refused):
            rules.check_names_nobody(found, is_namesake=is_namesake)
