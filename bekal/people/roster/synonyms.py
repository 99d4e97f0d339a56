"""What headers say: a table of the words that registration desks use, and the words that make a column clinical."""

import re
import unicodedata
from functools import lru_cache

BIRTH = "birth_place+birth_on"
ROW_NUMBER, CLINICAL, UNKNOWN = "row_number", "clinical", "unknown"
FIELDS = (
    "full_name", "register_number", "nik", BIRTH, "birth_place", "birth_on", "sex", "offence", "sentence", "third_on",
    "half_on", "two_thirds_on", "expires_on", "admitted_on", "standing", "block", "remark",
)  # fmt: skip

_WHO = (
    r"(?:wbp|wb|warga binaan(?: pemasyarakatan)?|narapidana|napi|tahanan|penghuni|residen|anak(?: binaan)?|klien"
    r"|peserta(?: rehabilitasi| rehab)?)"
)
_PLACE = r"(?:lapas|rutan|lpka|upt|lp|lembaga)"
_NUMBER = r"(?:no|nomor|nmr|nomer)"
_DAY = r"(?:tgl|tanggal|tg|tggl)"
_BORN_AT = r"(?:tempat|tmpt|tmp|tpt)"
_TERM = r"(?: (?:mp|masa pidana|pidana|masa hukuman))?"
# Whole headers, folded: a separating sign is " / ", and no dot, star or bracket is left.
_PATTERNS: dict[str, str] = {
    ROW_NUMBER: rf"{_NUMBER}|(?:{_NUMBER} ?)?urut|#|nr",
    "full_name": rf"nama(?: (?:lengkap|asli))?(?: {_WHO}(?: / {_WHO})*)?(?: lengkap)?(?: / alias)?",
    "register_number": rf"(?:{_NUMBER} ?)?(?:induk )?(?:reg|register|registrasi|regist|registr)(?: {_WHO}| instansi)?"
    rf"|(?:reg|register|registrasi) {_NUMBER}",
    "nik": rf"nik(?: ktp)?|{_NUMBER} (?:nik|ktp|e / ktp|ektp)|(?:{_NUMBER} )?induk kependudukan|ktp",
    BIRTH: rf"ttl|{_BORN_AT}(?: lahir)?(?: / | ){_DAY} lahir",
    "birth_place": rf"(?:{_BORN_AT}|kota|kab / kota) (?:lahir|kelahiran)|(?:lahir|kelahiran) (?:{_BORN_AT}|di)",
    "birth_on": rf"{_DAY} (?:lahir|kelahiran)|(?:lahir|kelahiran) {_DAY}|lahir pada",
    "sex": r"jk|l / p|p / l|lp|(?:(?:jenis|jns|j) )?(?:kelamin|kel)|sex|gender|j / k",
    "offence": r"(?:jenis )?(?:perkara|kejahatan|tindak pidana|kasus|pelanggaran)|pasal(?: yang (?:dilanggar|terbukti))?",
    "sentence": r"(?:(?:lama|masa) )?(?:pidana|hukuman|putusan|vonis)(?: (?:penjara|pidana|hakim|pengadilan|akhir))?"
    r"|lama masa pidana|(?:pidana|hukuman) lama",
    "third_on": rf"(?:{_DAY} )?(?:1 / 3|sepertiga){_TERM}",
    "half_on": rf"(?:{_DAY} )?(?:1 / 2|setengah|separuh){_TERM}",
    "two_thirds_on": rf"(?:{_DAY} )?(?:2 / 3|dua pertiga){_TERM}",
    "expires_on": rf"(?:{_DAY} )?(?:(?:ekspirasi|expirasi|eksp|exp|expired|expire)(?: (?:murni|akhir|date))?|bebas murni)"
    rf"|{_DAY} bebas",
    "admitted_on": rf"(?:{_DAY} )?masuk(?: (?:ke |di )?{_PLACE}(?: / {_PLACE})*)?|{_DAY} (?:diterima|penerimaan)(?: di {_PLACE})?",
    "standing": rf"status(?: (?:{_WHO}|hukum|golongan))?|(?:golongan|gol)(?: status)?",
    "block": rf"(?:{_NUMBER} |nama )?(?:blok|kamar|kmr|hunian|wisma|sel)(?: ?(?: / )? ?(?:blok|kamar|kmr|hunian|sel))?",
    "remark": r"(?:keterangan|ket|catatan)(?: (?:lain|tambahan))?",
}  # fmt: skip
_WHOLE = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
# Fractions of the sentence also stand at the end of a longer header ("Tahap pembinaan 2/3").
_AT_THE_END = {
    "third_on": re.compile(rf".* 1 / 3{_TERM}"),
    "half_on": re.compile(rf".* 1 / 2{_TERM}"),
    "two_thirds_on": re.compile(rf".* 2 / 3{_TERM}"),
}
# Anything about health, drug use or tests: neither read nor kept. Rather one column too many than one too few.
_HEALTH = re.compile(
    r"assist|\basi\b|whoqol|urica|\bdast\b|\baudit\b|\bphq|\bgad\b|\bdass\b|\bbdi\b|socrates|self ?efficacy|kualitas hidup"
    r"|\burin|\btes\b|\btest|pretest|posttest|rapid|\bswab|antigen|\bpcr\b|laborat|\blab\b|\bcek\b|pemeriksaan"
    r"|narkoba|napza|\bzat\b|(?:jenis|pakai|guna|tes|zat) narkoti|narkoti\w* yang|narkoti\w* di|\bnarkotika$|sabu|ganja|heroin"
    r"|\bamp\b|\bmet\b|\bmeth\b|\bthc\b|\bmop\b|\bbzo\b|\bcoc\b|benzo|opiat|amfetamin"
    r"|pengguna|pemakai|\bpakai\b|pecandu|kecandu|adiksi|ketergantung|keparahan|relaps|putus ?zat|metadon|suntik|alkohol|rokok"
    r"|diagnos|\bhiv\b|\baids\b|\bims\b|\btbc?\b|\btuberk|\bcd ?4\b|\barv\b|\bvct\b|hepatitis|hbsag|sifilis|covid|\bvaksin|imunis"
    r"|penyakit|kesehatan|\bsehat\b|\bsakit\b|keluhan|gejala|alergi|medis|medik|klinik|klinis|dokter|rekam|\brm\b|\bobat|\brawat|perawatan"
    r"|\bdarah\b|tekanan|tensi\b|\bgula\b|berat badan|tinggi badan|\bbb\b|\bimt\b|\bgizi\b|\bgigi\b"
    r"|\bhamil|disabil|difabel|\bcacat|fisik"
    r"|\bjiwa\b|odgj|psiko|psikia|mental|depresi|cemas|\bstres|bunuh diri|skizo"
    r"|rehab|terapi|konsel|skrining|screening|asesmen|assesmen|assessment|riwayat$|riwayat (?:zat|napza|narko)"
)


def folded(text: str) -> str:
    """A header made comparable: small letters, no dots or stars, one space, and " / " for every sign that parts words.

    Single letters with spaces or dots between them are one word: `N I K`, `T.T.L.`
    """
    said = unicodedata.normalize("NFKC", text).casefold().replace("\u2044", "/")
    said = re.sub(r"[.:*\"'_]", " ", said)
    said = re.sub(r"\bdan\b|[/,&+;|–-]", " / ", said)
    said = re.sub(r"\s+", " ", re.sub(r"(?: ?/ ?)+", " / ", re.sub(r"\s+", " ", said))).strip(" /")
    words = said.split(" ")
    return "".join(words) if len(words) > 1 and all(len(word) == 1 and word.isalpha() for word in words) else said


@lru_cache(maxsize=8_192)
def meaning_of(text: str) -> str:
    """What a header means: a field, or why its column is ignored.

    What stands in brackets explains (`Jenis Kelamin (L/P)`), unless it makes the column clinical.
    """
    said = folded(text)
    if name := _whole(said.replace("(", " ").replace(")", " ").strip()) or _whole(said):
        return name
    if _HEALTH.search(said):
        return CLINICAL
    if name := _whole(folded(re.sub(r"\([^)]*\)?|\[[^\]]*\]?", " ", text))):
        return name
    return next((name for name, pattern in _AT_THE_END.items() if pattern.fullmatch(said)), UNKNOWN)


def _whole(said: str) -> str | None:
    """The field of a header, also where it names the same one twice: `Vonis / Putusan`."""
    if not said:
        return None
    name = _directly(said)
    if name is not None or " / " not in said:
        return name
    parts = {_directly(part) for part in said.split(" / ")}
    return parts.pop() if len(parts) == 1 else None


def _directly(said: str) -> str | None:
    return next((name for name, pattern in _WHOLE.items() if pattern.fullmatch(said)), None)
