"""The guides show today's pages and speak in their words; the pictures stay small."""

import json
import re

import pytest

from tests.architecture.test_house import HOUSE
from tests.pictures.taken import FOLDER, RECORD, digest

GUIDES = sorted(path for path in FOLDER.parent.glob("*.md") if path.name != "README.md")
TAKEN = json.loads(RECORD.read_text(encoding="utf-8"))
# What is emphasised though no page has a button or door of that name: desks, keys, and what holds everywhere.
NO_BUTTON = {
    "Registrasi", "Kegiatan Kerja", "TPP", "Kepala", "pengajar", "Gembok", "Cetak, XLSX, CSV", "Isian tidak hilang.",
    "Dua petugas, satu daftar.", "H", "T", "P",
}  # fmt: skip


def _pattern(said: str) -> str:
    """A sentence of a page, with anything in the places of its values; the count behind a button may be left out."""
    fixed = [re.escape(part) for part in re.split(r"%\(\w+\)[sd]", said.removesuffix(" (%(n)s)"))]
    return ".+".join(fixed) if any(part.strip() for part in fixed) else r"(?!)"


@pytest.mark.parametrize("picture", sorted(TAKEN))
def test_a_picture_is_that_of_todays_page(picture: str) -> None:
    """Where this fails: look at the page, mend the guide's words, and run scripts/pictures."""
    assert TAKEN[picture]["digest"] == digest(TAKEN[picture]["templates"])
    assert len(TAKEN[picture]["templates"]) > 1


def test_every_picture_is_shown_and_every_shown_one_is_there() -> None:
    shown = {name for path in GUIDES for name in re.findall(r"\(gambar/([\w.-]+)\)", path.read_text(encoding="utf-8"))}

    assert shown == set(TAKEN) == {path.name for path in FOLDER.glob("*.png")}


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 3_000_000


def test_what_a_guide_tells_to_press_is_on_a_page() -> None:
    parts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HOUSE.rglob("*.po")))
    said = re.findall(r'^msgstr(?:\[0\])? "(.+)"$', parts, re.MULTILINE)
    pages = re.compile("|".join(_pattern(words.replace('\\"', '"')) for words in said))
    told = {
        bold for path in GUIDES for bold in re.findall(r"\*\*(.+?)\*\*", path.read_text(encoding="utf-8"), re.DOTALL)
    }

    assert {bold for bold in told - NO_BUTTON if not pages.fullmatch(" ".join(bold.split()))} == set()


def test_links_between_guides_lead_somewhere() -> None:
    for path in GUIDES:
        for link in re.findall(r"\]\(([\w.-]+\.md)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
