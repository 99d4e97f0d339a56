"""Which columns of a sheet mean what: header rows found, synonyms understood, clinical columns left unread."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bekal.people.roster.reading import Sheet
from bekal.people.roster.text import clean

BIRTH = "birth_place+birth_on"
ROW_NUMBER, CLINICAL, UNKNOWN = "row_number", "clinical", "unknown"
FIELDS = (
    "full_name", "register_number", "nik", BIRTH, "birth_place", "birth_on", "sex", "offence", "sentence", "third_on",
    "half_on", "two_thirds_on", "expires_on", "admitted_on", "standing", "block", "remark",
)  # fmt: skip
# Beside name and register number a roster names at least one of these.
_FURTHER = {"nik", "birth_on", BIRTH, "sentence", "expires_on", "admitted_on"}

_WHO = r"(?: (?:wbp|wb|warga binaan(?: pemasyarakatan)?|narapidana|napi|tahanan|penghuni|residen|anak(?: binaan)?))"
_DAY = r"(?:tgl|tanggal|tg)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (ROW_NUMBER, r"no|nomor|(?:no|nomor) urut|nourut|urut|#|nr"),
    ("full_name", rf"nama(?: (?:lengkap|asli))?{_WHO}?(?: (?:lengkap|dan alias|alias))?|nama / alias"),
    ("register_number", rf"(?:(?:no|nomor|nmr) ?)?(?:reg|register|registrasi|regist|registr){_WHO}?"),
    ("nik", r"nik|(?:no|nomor) (?:nik|ktp|e-?ktp)|nomor induk kependudukan|no induk kependudukan|nik / (?:no )?ktp|ktp"),
    (BIRTH, rf"ttl|(?:tempat|tmpt|tmp)[ ,/&]*(?:dan |& )?{_DAY}[ ,/&]*lahir|tempat lahir[ ,/&]*(?:dan )?{_DAY} lahir"),
    ("birth_place", r"(?:tempat|tmpt|tmp|kota) lahir|lahir (?:tempat|di)|tempat kelahiran"),
    ("birth_on", rf"{_DAY} lahir|lahir {_DAY}|{_DAY} kelahiran|lahir pada"),
    ("sex", r"jk|l ?/ ?p|lp|jenis kelamin|kelamin|sex|gender|jns kelamin|j / k"),
    ("offence", r"perkara|pasal|jenis kejahatan|kejahatan|tindak pidana|jenis perkara|jenis tindak pidana|kasus|"
                r"pasal / perkara|perkara / pasal|pasal yang dilanggar|jenis kejahatan / pasal"),
    ("sentence", r"(?:lama |masa )?(?:pidana|hukuman|putusan|vonis)(?: pidana)?|lama (?:pidana|hukuman) / vonis"),
    ("third_on", rf"(?:.* )?(?:{_DAY} )?1 ?/ ?3(?: (?:mp|masa pidana|pidana))?"),
    ("half_on", rf"(?:.* )?(?:{_DAY} )?1 ?/ ?2(?: (?:mp|masa pidana|pidana))?"),
    ("two_thirds_on", rf"(?:.* )?(?:{_DAY} )?2 ?/ ?3(?: (?:mp|masa pidana|pidana))?"),
    ("expires_on", rf"(?:{_DAY} )?(?:ekspirasi|exp|expirasi|ekspirasi murni|bebas murni|expired|eksp)|{_DAY} bebas(?: murni)?"),
    ("admitted_on", rf"(?:{_DAY} )?masuk(?: (?:lapas|rutan|upt|lpka))?|{_DAY} (?:masuk|diterima)(?: di lapas)?"),
    ("standing", r"status(?: (?:wbp|hukum|napi))?|golongan(?: status)?|gol status|status / golongan|golongan / status"),
    ("block", r"blok|kamar|kmr|hunian|blok hunian|(?:blok|kamar)[ /]*(?:blok|kamar|kmr)|blok dan kamar|wisma|sel"),
    ("remark", r"keterangan|ket|catatan|keterangan lain|ket lain"),
)  # fmt: skip
_SYNONYMS = [(name, re.compile(pattern)) for name, pattern in _PATTERNS]
# Anything about health, drug use or tests: neither read nor kept.
_HEALTH = re.compile(
    r"assist|\basi\b|whoqol|urica|\bdast|\baudit\b|\bphq|\bgad\b|socrates|\burin|\btes\b|\btest\b|narkoba|napza|\bzat\b|"
    r"diagnos|\bhiv\b|\baids\b|\btbc?\b|\btb\b|riwayat|penyakit|kesehatan|medis|rekam|rehab|adiksi|kecandu|ketergantung|"
    r"skrining|screening|asesmen|assessment|hepatitis|\bjiwa\b|psiko|psikia|\bobat|terapi|konseling|kualitas hidup|"
    r"penggunaan|pemakaian|pemakai|\bpecandu|relaps|metadon|gejala|alergi|hamil|disabil|sifilis|covid|\bgizi\b|\bims\b"
)


def folded(text: str) -> str:
    """A header made comparable: small letters, no dots, colons or stars, one space."""
    text = re.sub(r"[.:*\"]", " ", text.casefold())
    text = re.sub(r"\s*([/,&])\s*", r" \1 ", text)
    return re.sub(r"\s+", " ", text).strip(" ,/&-")


@lru_cache(maxsize=4_096)
def meaning_of(text: str) -> str:
    """What a header means: a field, or why its column is ignored."""
    said = folded(text)
    for name, pattern in _SYNONYMS:
        if pattern.fullmatch(said) or pattern.fullmatch(said.replace(" / ", "/")):
            return name
    return CLINICAL if _HEALTH.search(said) else UNKNOWN


@dataclass(frozen=True)
class Header:
    """The header of a sheet: its last row's place, and for each column (from nought) its text and meaning."""

    place: int
    texts: dict[int, str]
    meanings: dict[int, str]

    @property
    def columns(self) -> dict[int, str]:
        """The columns that are read, by the field they hold."""
        return {column: name for column, name in self.meanings.items() if name in FIELDS}

    @property
    def ignored(self) -> dict[int, str]:
        return {column: why for column, why in self.meanings.items() if why not in FIELDS}

    @property
    def names_people(self) -> bool:
        """Whether it names both a name and a register number."""
        return {"full_name", "register_number"} <= set(self.meanings.values())

    @property
    def is_of_roster(self) -> bool:
        return self.names_people and bool(_FURTHER & set(self.meanings.values()))

    @property
    def key(self) -> str:
        """A hash of the header's texts and their order: a corrected mapping is remembered by it."""
        told = "\n".join(f"{letter(column)} {folded(text)}" for column, text in sorted(self.texts.items()))
        return hashlib.sha256(told.encode()).hexdigest()

    def corrected(self, mapping: Mapping[str, str] | None) -> "Header":
        """The header as an officer corrected it, by column letter. A clinical column stays unread whatever is asked."""
        if not mapping:
            return self
        asked = {column: mapping.get(letter(column), meaning) for column, meaning in self.meanings.items()}
        kept = {column: CLINICAL if self.meanings[column] == CLINICAL else name for column, name in asked.items()}
        return Header(self.place, self.texts, _without_doubles(kept))


def letter(column: int) -> str:
    """The letter of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _without_doubles(meanings: dict[int, str]) -> dict[int, str]:
    """Each field once: the first column that says it."""
    taken: set[str] = set()
    kept = {}
    for column, name in sorted(meanings.items()):
        parts = set(name.split("+"))
        if name in FIELDS and parts & taken:
            kept[column] = UNKNOWN
        else:
            kept[column] = name
            taken |= parts if name in FIELDS else set()
    return kept


def find_header(sheet: Sheet) -> Header | None:
    """The first row, or pair of rows, that heads a roster; else one that names people; else None."""
    fallback = None
    for place in range(min(len(sheet.rows), 60)):
        if not any(isinstance(cell, str) and cell for cell in sheet.rows[place]):
            continue
        header = _header_at(sheet, place)
        if header is not None and header.is_of_roster:
            return header
        fallback = fallback or (header if header is not None and header.names_people else None)
    return fallback


def _header_at(sheet: Sheet, place: int) -> Header | None:
    """The header whose upper or only row is at `place`, if it names people."""
    single = _single(sheet, place)
    below = _pair(sheet, place) if place + 1 < len(sheet.rows) else None
    if single.names_people:
        # The row below belongs to the header where it leaves name and register number empty and names further fields.
        people = [column for column, name in single.columns.items() if name in ("full_name", "register_number")]
        is_open = below is not None and not any(_text(sheet, place + 1, column) for column in people)
        return below if below is not None and is_open and len(below.columns) > len(single.columns) else single
    if below is not None and below.names_people and not _single(sheet, place + 1).names_people:
        return below
    return single if single.names_people else None


def _text(sheet: Sheet, place: int, column: int) -> str:
    row = sheet.rows[place]
    value = row[column] if column < len(row) else None
    return clean(value) or "" if isinstance(value, str) else ""


def _texts(sheet: Sheet, place: int) -> dict[int, str]:
    texts = {column: _text(sheet, place, column) for column in range(len(sheet.rows[place]))}
    return {column: text for column, text in texts.items() if text}


def _spread(sheet: Sheet, place: int) -> dict[int, str]:
    """The texts of a row with each merged one over all the columns that it covers."""
    texts = _texts(sheet, place)
    for top, left, _bottom, right in sheet.merged:
        if top == place and left in texts:
            texts |= dict.fromkeys(range(left, right + 1), texts[left])
    return texts


def _single(sheet: Sheet, place: int) -> Header:
    texts = _texts(sheet, place)
    above = _spread(sheet, place - 1) if place else {}
    meanings = {}
    for column, text in texts.items():
        meaning = meaning_of(text)
        if meaning == UNKNOWN and column in above:
            meaning = meaning_of(f"{above[column]} {text}")
        meanings[column] = meaning
    return Header(place, texts, _without_doubles(meanings))


def _pair(sheet: Sheet, place: int) -> Header:
    upper, lower = _spread(sheet, place), _texts(sheet, place + 1)
    texts, meanings = {}, {}
    for column in sorted(set(upper) | set(lower)):
        parts = [upper.get(column, ""), lower.get(column, "")]
        texts[column] = " ".join(filter(None, parts))
        candidates = [texts[column], parts[1], parts[0] if not parts[1] else ""]
        found = [meaning_of(text) for text in candidates if text]
        meanings[column] = next((name for name in found if name not in (UNKNOWN, CLINICAL)), found[0])
        if CLINICAL in found:
            meanings[column] = CLINICAL
    return Header(place + 1, texts, _without_doubles(meanings))
