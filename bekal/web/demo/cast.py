"""Who plays in the demo house. Everybody is invented."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from bekal.foundation.accounts.choices import Role
from bekal.people.facts import PersonFacts, StayFacts

PASSWORD = "rumah contoh bekal"

# Username, name, role, post.
OFFICERS = (
    ("wira", "I Gede Wira Pranata", Role.HEAD, "Kepala Lapas"),
    ("ratna", "Ratna Sekarini", Role.RECORDS, "Kasubsi Registrasi & Bimkemas"),
    ("nyoman", "Nyoman Astawa", Role.PROGRAMME_MANAGER, "Kasubsi Perawatan"),
    ("ayu", "Ayu Kartika", Role.COUNSELLOR, "Konselor"),
    ("budi", "Budi Hartawan", Role.SECTION_HEAD, "Kasubsi Kegiatan Kerja"),
    ("sari", "Sari Laksmi", Role.TRAINER, "Instruktur"),
    ("dewi", "Dewi Anggraini", Role.BOARD, "Ketua TPP"),
    ("oka", "Oka Wirawan", Role.OPERATOR, "Operator Bekal"),
    ("agung", "Agung Wiratma", Role.SECURITY, "Ka. KPLP"),
)

# At a facility nearby: the other side of the transfers.
NEIGHBOUR = ("tari", "Tari Anjani", Role.RECORDS, "Kasubsi Registrasi")

_FIRST = (
    "I Wayan", "I Made", "I Nyoman", "I Ketut", "I Gede", "I Kadek", "I Komang", "I Putu", "Anak Agung", "Dewa Putu",
    "Gusti Ngurah", "Ahmad", "Muhammad", "Slamet", "Agus", "Yohanes", "Rahmat", "Bagus", "Lalu", "Ferry",
)  # fmt: skip
_LAST = (
    "Mudita", "Suweca", "Sudira", "Lanus", "Wirta", "Arnawa", "Budiastra", "Wartama", "Raka", "Sutarja", "Adnyana",
    "Fauzi", "Rifai", "Riyanto", "Mahendra", "Bere Mau", "Hidayat", "Wirayudha", "Hendra", "Kristanto", "Suparsa",
    "Jana", "Lodra", "Pratama", "Wiryana", "Juliawan", "Sukadana", "Hardana", "Kerta Yasa", "Sulendra",
)  # fmt: skip
_TOWNS = ("Tabanan", "Jember", "Negara", "Singaraja", "Banyuwangi", "Gianyar", "Lombok Timur", "Bangli", "Malang")
OFFENCES = ("Pasal 127 UU 35/2009", "Pasal 112 UU 35/2009", "Pasal 362 KUHP", "Pasal 378 KUHP", "Pasal 351 KUHP")
NARCOTICS = 2


@dataclass(frozen=True)
class Invented:
    """An invented person with a stay."""

    person: PersonFacts
    stay: StayFacts


def people(count: int, *, today: date) -> list[Invented]:
    """Invented people with stays around `today`: always the same for the same day. The first is Joko, whom we follow."""
    chance = random.Random(7)
    names = ["Joko Prasetyo", *_names(count - 1, chance)]
    return [_invent(name, place, chance, today) for place, name in enumerate(names)]


def _names(count: int, chance: random.Random) -> list[str]:
    pairs = [f"{first} {last}" for first in _FIRST for last in _LAST]
    chance.shuffle(pairs)
    return pairs[:count]


def _invent(name: str, place: int, chance: random.Random, today: date) -> Invented:
    born = date(1975 + chance.randrange(28), 1 + chance.randrange(12), 1 + chance.randrange(28))
    years = 3 + chance.randrange(3)
    # More than half served, and more than a year to go: the story's people may take part in its batches.
    admitted = today - timedelta(days=int(years * 365 * (0.55 + chance.random() * 0.1)))
    total = timedelta(days=years * 365)
    # The first forty are here for drugs, so that the rehabilitation batch finds its people among them.
    offence = OFFENCES[chance.randrange(NARCOTICS)] if place < 40 else OFFENCES[chance.randrange(len(OFFENCES))]
    return Invented(
        PersonFacts(
            full_name=name,
            birth_place=_TOWNS[chance.randrange(len(_TOWNS))],
            birth_on=born,
            sex="male",
            # 51.02 is a real code of a regency; serials above 9000 are given to nobody here.
            nik=f"510201{born:%d%m%y}{9000 + place:04d}",
        ),
        StayFacts(
            register_number=f"B.I {600 + place}/{admitted.year}",
            standing="sentenced",
            admitted_on=admitted,
            offence=offence,
            sentence_years=years,
            sentence_months=0,
            sentence_days=0,
            third_on=admitted + total / 3,
            half_on=admitted + total / 2,
            two_thirds_on=admitted + total * 2 / 3,
            expires_on=admitted + total,
            legal_dates_read_on=today - timedelta(days=30),
            block=f"{'ABC'[place % 3]}.{1 + place % 6}",
        ),
    )
