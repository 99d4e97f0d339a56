"""What the demo house offers and how its batches went: data of the story."""

from dataclasses import dataclass, field
from datetime import time

from bekal.delivery.programmes.choices import CriterionRule, ProgrammeKind


@dataclass(frozen=True)
class Offer:
    """A programme of the story, and its batch."""

    kind: str
    title: str
    certificate_title: str
    modules: tuple[tuple[str, int], ...]
    criteria: tuple[tuple[str, str, str], ...]
    code: str
    place: str
    weekdays: tuple[int, ...]
    hours: tuple[time, time]
    jp: int
    seats: int
    leaves_by_law: int
    proposer: str
    manager: str
    is_verdict_only: bool = False
    provider_decree: str = ""
    # Every how many sessions each of these participants (by place) is absent.
    often_absent: dict[int, int] = field(default_factory=dict)

    @property
    def hours_jp(self) -> int:
        return sum(hours for _title, hours in self.modules)


_IN_TIME = (CriterionRule.REMAINING_DAYS_AT_LEAST, "0", "Praktik UPT")
_SENTENCED = (CriterionRule.STANDING_IS, "sentenced", "Praktik UPT")
_THIRD = (CriterionRule.SERVED_FRACTION_AT_LEAST, "1/3", "Praktik UPT")

OFFERS = (
    Offer(
        kind=ProgrammeKind.REHABILITATION,
        title="Rehabilitasi Sosial",
        certificate_title="Program Pembinaan Hidup Sehat",
        modules=(("Orientasi", 20), ("Program inti", 60), ("Persiapan kembali", 16)),
        criteria=(
            _SENTENCED,
            _IN_TIME,
            (CriterionRule.OFFENCE_GROUP_IS, "narcotics", "Praktik UPT"),
        ),
        code="RS1",
        place="Aula",
        weekdays=(1, 3, 5),
        hours=(time(13, 0), time(15, 30)),
        jp=3,
        seats=24,
        leaves_by_law=3,
        proposer="ayu",
        manager="nyoman",
        is_verdict_only=True,
        provider_decree="SK Dirjen contoh nomor 1/CONTOH",
        often_absent={5: 9},
    ),
    Offer(
        kind=ProgrammeKind.TRAINING,
        title="Tata Boga: Kue dan Roti",
        certificate_title="Tata Boga: Kue dan Roti",
        modules=(
            ("Menerapkan kebersihan dan keamanan pangan", 20),
            ("Membuat adonan dan pai", 44),
            ("Membuat kue kering", 36),
            ("Mengemas, memberi label, dan menghitung harga", 20),
        ),
        criteria=(_SENTENCED, _THIRD, _IN_TIME),
        code="TB1",
        place="Dapur Pelatihan",
        weekdays=(1, 2, 3, 4, 5),
        hours=(time(8, 0), time(11, 45)),
        jp=5,
        seats=20,
        leaves_by_law=2,
        proposer="sari",
        manager="budi",
        often_absent={7: 3, 2: 11, 4: 8},
    ),
    Offer(
        kind=ProgrammeKind.TRAINING,
        title="Laundry dan Perawatan Kain",
        certificate_title="Laundry dan Perawatan Kain",
        modules=(("Memilah dan mencuci", 24), ("Menyetrika dan melipat", 24), ("Melayani pelanggan", 12)),
        criteria=(_SENTENCED, _THIRD, _IN_TIME),
        code="LD1",
        place="Ruang Cuci",
        weekdays=(2, 4, 6),
        hours=(time(13, 0), time(15, 30)),
        jp=4,
        seats=12,
        leaves_by_law=0,
        proposer="sari",
        manager="budi",
        # Part of the demo's training certificates show their verdict only, so that silence says nothing.
        is_verdict_only=True,
        often_absent={3: 10},
    ),
)

ABSENCES = ("sick", "court", "family_visit")
BATCH_DAYS = 42

# Kind, name, post, office, answer of each guest of the closing. Everybody is invented.
GUESTS = (
    ("government", "Ni Luh Contoh Wardani", "Plt. Kepala Dinas Koperasi, UKM, dan Tenaga Kerja", "Kabupaten Amerta", "confirmed"),
    ("government", "", "Kepala UPTD Balai Latihan Kerja", "Kabupaten Amerta", "confirmed"),
    ("government", "", "Camat Amerta", "", "waiting"),
    ("partner", "Made Contoh Suardana", "Pemilik", "Penatu Contoh Amerta", "confirmed"),
    ("partner", "", "Ketua", "Koperasi Contoh Sejahtera", "declined"),
    ("press", "", "Redaktur", "Kabar Contoh Amerta", "waiting"),
    ("family", "Ketut Contoh", "", "orang tua", "confirmed"),
    ("family", "Putu Contoh", "", "saudara", "waiting"),
)  # fmt: skip
