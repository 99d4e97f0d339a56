"""Whoever reads in English finds no Indonesian sentence of ours, and the other way round; what offices typed stays as typed."""

import re

import pytest

from bekal.web.demo.cast import OFFENCES
from bekal.web.demo.consent_story import WHY_APART
from tests.crawl.conftest import ROOT, House
from tests.crawl.walking import Answer

CATALOGUE = ROOT / "bekal" / "web" / "locale" / "id" / "LC_MESSAGES"
# Names and abbreviations that are the same in both languages.
SAME = set(
    "Bekal NIK NIP XLSX CSV PDF DOCX JP TPP UPT SK PIN QR Plt WIB WITA WIT UTC Python Django PostgreSQL Lapas".split()
)
MONTHS = r"Jan|Feb|Mar|Apr|May|Mei|Jun|Jul|Aug|Agu|Sep|Oct|Okt|Nov|Dec|Des"
# Days, months, hours, digests, codes in groups of four, numbers of batches, and whatever else holds a digit.
FIGURES = re.compile(
    rf"\d{{1,2}} (?:{MONTHS})\b(?: \d{{4}})?|\b(?:{MONTHS})\b|\d\d[.:]\d\d|[0-9a-f]{{16,}}"
    r"|\b[A-Z0-9]{4}(?: [A-Z0-9]{4})+\b|[IVX]+ \d{4}|\w*\d[\w.\-/]*"
)
ENGLISH = re.compile(r"\b(?:the|is|are|was|of|and|with|for|this|that|not|has|have|will|from|yet|who)\b", re.IGNORECASE)
INDONESIAN = re.compile(
    r"\b(?:yang|dan|belum|tidak|untuk|dengan|dari|sudah|pada|oleh|ini|itu|akan|dapat|atau|ada|bila|hari)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def data(walked: House) -> list[str]:
    """Every text in the tables of the house, and every cell of the reference tables: what is data and not ours to translate."""
    columns = walked.as_owner(
        "select table_name, column_name from information_schema.columns "
        "where table_schema = 'public' and data_type in ('text', 'character varying')"
    )
    # Offences and reasons for keeping apart are encrypted in the tables.
    held: set[str] = {*OFFENCES, WHY_APART}
    for table, column in columns:
        held |= {text for (text,) in walked.as_owner(f'select distinct "{column}" from "{table}"') if text}
    for table in (ROOT / "reference").glob("facility_classes.csv"):
        held |= set(re.split(r"[,\n]", table.read_text(encoding="utf-8")))
    whole = {" ".join(form.split()) for text in held for form in (text, FIGURES.sub(" ", text))}
    return sorted((text for text in whole if len(text) > 2), key=len, reverse=True)


def _catalogue() -> dict[str, str]:
    """Message ids with their translation, as far as both are one line."""
    pairs: dict[str, str] = {}
    for part in sorted(CATALOGUE.rglob("*.po")):
        pairs |= dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', part.read_text(encoding="utf-8"), re.MULTILINE))
    return pairs


def _listed(wrong: dict[str, str]) -> str:
    return "\n".join(f"{shape}: {text}" for text, shape in sorted(wrong.items()))


def _is_data(text: str, data: list[str], same: set[str]) -> bool:
    """Whether nothing of a text is left when data, figures and the words of both languages are taken out."""
    if text in same:
        return True
    for _round in ("as it is", "without figures"):
        for held in data:
            if held in text:
                text = text.replace(held, " ")
        text = FIGURES.sub(" ", text)
    return all(word in same for word in re.findall(r"[A-Za-z]{2,}", text))


def test_what_reads_the_same_in_both_languages_is_data(walked: House, data: list[str]) -> None:
    same = SAME | {text for text, said in _catalogue().items() if text == said}
    seen: dict[str, str] = {}
    for found in walked.officers.values():
        for answer in found.answers:
            if other := found.in_english.get(answer.address):
                seen |= dict.fromkeys(set(answer.said()) & set(other.said()), answer.shape)
    wrong = {text: shape for text, shape in seen.items() if not _is_data(text, data, same)}

    assert not wrong, _listed(wrong)


def _foreign(answers: list[Answer], words: re.Pattern[str], theirs: set[str], data: list[str]) -> dict[str, str]:
    """Texts with two words of the other language, or that are a sentence of the other language's catalogue."""
    seen = {text: answer.shape for answer in answers for text in answer.said()}
    return {
        text: shape
        for text, shape in seen.items()
        if (text in theirs or len(words.findall(text)) > 1) and not _is_data(text, data, SAME)
    }


def test_no_english_sentence_stands_on_an_indonesian_page(walked: House, data: list[str]) -> None:
    catalogue = _catalogue()
    theirs = {text for text, said in catalogue.items() if text != said} - set(catalogue.values())
    pages = [answer for found in walked.officers.values() for answer in found.answers]
    wrong = _foreign(pages, ENGLISH, theirs, data)

    assert not wrong, _listed(wrong)


def test_no_indonesian_sentence_stands_on_an_english_page(walked: House, data: list[str]) -> None:
    catalogue = _catalogue()
    theirs = {said for text, said in catalogue.items() if text != said} - set(catalogue)
    pages = [answer for found in walked.officers.values() for answer in found.in_english.values()]
    wrong = _foreign(pages, INDONESIAN, theirs, data)

    assert not wrong, _listed(wrong)
