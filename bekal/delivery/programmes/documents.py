"""What the papers of programmes print: minutes of a hearing, decrees, tags, attendance lists (`papers/typst`)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from bekal.delivery.programmes.choices import DecreeKind, NominationStatus
from bekal.delivery.programmes.models import Batch, Decree, Enrolment, Hearing, Nomination, Session
from bekal.delivery.programmes.rules import PASSIVE, PRESENT
from bekal.foundation.core.days import WEEKDAYS, indonesian_clock, indonesian_day, indonesian_full_day, roman
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.models import Facility, Official
from bekal.foundation.facilities.queries import head_on


def tag_number(batch: Batch, number: int) -> str:
    """`TB2-01`."""
    return f"{batch.code}-{number:02d}"


def _head(facility: Facility) -> dict[str, str]:
    return {"kepala_surat": facility.letterhead, "upt": facility.name, "alamat_upt": facility.address}


def _signed(facility: Facility, official: Official | None, day: date) -> dict[str, str]:
    """Who signs, frozen as they are on the day; an acting head says so and names the letter."""
    issued = f"{facility.issue_place}, {indonesian_day(day)}"
    if official is None:
        return {"terbit": issued, "jabatan": "", "penanda": "", "nip": ""}
    post = f"Plt. {official.post} ({official.acting_basis})" if official.is_acting else official.post
    return {"terbit": issued, "jabatan": post, "penanda": official.name, "nip": official.nip}


def hearing_minutes(hearing: Hearing, decided: Sequence[Nomination], *, at: datetime) -> dict[str, Any]:
    """What the minutes of a hearing (berita acara sidang TPP) say."""
    facility = hearing.facility
    words = {NominationStatus.ACCEPTED: "Diterima", NominationStatus.REFUSED: "Tidak diterima"}
    return {
        **_head(facility),
        "hari": indonesian_full_day(hearing.held_on),
        "tempat": hearing.place,
        "anggota": [[member["name"], member["post"]] for member in hearing.members],
        "putusan": [
            [
                nomination.person.full_name,
                nomination.custody.register_number,
                nomination.batch.name_on_paper,
                words[NominationStatus(nomination.status)],
                nomination.decision_reason,
            ]
            for nomination in decided
        ],
        **_signed(facility, head_on(facility, hearing.held_on), facility.day_of(at)),
    }


def decree_sections(batch: Batch, kind: str) -> dict[str, Any]:
    """The usual text of a decree, section by section; the office changes it in the draft."""
    name = batch.name_on_paper
    subject = "Peserta" if kind == DecreeKind.PARTICIPANTS else "Tim Pelaksana"
    basis = [basis for basis in (batch.provider_decree, batch.standard) if basis]
    return {
        "tentang": f"{subject} {name}",
        "menimbang": [f"bahwa untuk kelancaran {name} perlu ditetapkan {subject.lower()} dengan keputusan."],
        "mengingat": ["Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan.", *basis],
        "memperhatikan": (["Hasil sidang Tim Pengamat Pemasyarakatan."] if kind == DecreeKind.PARTICIPANTS else []),
        "memutuskan": [
            f"Menetapkan {subject.lower()} {name} sebagaimana tercantum dalam lampiran keputusan ini.",
            f"Kegiatan berlangsung dari {indonesian_day(batch.starts_on)} sampai {indonesian_day(batch.ends_on)} "
            f"di {batch.place.name}.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ],
    }


def decree(
    batch: Batch, draft: Decree, named: Iterable[Nomination], *, signatory: Official, at: datetime
) -> dict[str, Any]:
    """What a decree says when it is signed: its draft, whom it names, who signs."""
    facility, sections = batch.facility, draft.content
    people = [[nomination.person.full_name, nomination.custody.register_number] for nomination in named]
    return {
        **_head(facility),
        "tentang": sections["tentang"],
        "kepala": f"Kepala {facility.name}",
        "menimbang": sections["menimbang"],
        "mengingat": sections["mengingat"],
        "memperhatikan": sections["memperhatikan"],
        "memutuskan": sections["memutuskan"],
        "peserta": people if draft.kind == DecreeKind.PARTICIPANTS else sections.get("team", []),
        "judul_lampiran": sections["tentang"],
        **_signed(facility, signatory, facility.day_of(at)),
    }


def tags(batch: Batch, enrolments: Iterable[Enrolment]) -> dict[str, Any]:
    """A sheet of tags (tanda peserta). The QR holds the tag's code and nothing else; the title is the certificate's."""
    span = f"{indonesian_day(batch.starts_on)} – {indonesian_day(batch.ends_on)}"
    return {
        "peserta": [
            {
                "nama": enrolment.person.full_name,
                "angkatan": f"{batch.programme.certificate_title} {roman(batch.number)}",
                "masa": span,
                "tanda": tag_number(batch, enrolment.tag.number),
                "qr": enrolment.tag.code,
            }
            for enrolment in enrolments
        ]
    }


def _keys() -> list[list[str]]:
    """The one key for each mark, as it is printed below a sheet and typed from it."""
    reasons = [[row["key"], row["label"].lower()] for row in reference.rows("absence_reasons")]
    return [[PRESENT, "hadir"], [PASSIVE, "hadir, pasif"], *reasons]


def shown_code(code: str) -> str:
    """`K7M2 9QXR`: in two groups, as it is read aloud."""
    return f"{code[:4]} {code[4:]}"


def week_list(
    batch: Batch, sessions: Sequence[Session], enrolments: Iterable[Enrolment], *, code: str
) -> dict[str, Any]:
    """The sheet of a week: a column for each session, one key a cell. Its QR holds the code of the sheet alone."""
    return {
        "upt": batch.facility.name,
        "judul": f"Daftar hadir {batch.programme.certificate_title} {roman(batch.number)}",
        "masa": f"{indonesian_day(sessions[0].held_on)} – {indonesian_day(sessions[-1].held_on)}",
        "kode": shown_code(code),
        "qr": code,
        "kunci": _keys(),
        "pertemuan": [
            {
                "nama": f"susulan {row.number}" if row.makes_up_for_id else f"ke-{row.number}",
                "hari": f"{WEEKDAYS[row.held_on.weekday()]}, {row.held_on.day}",
                "pukul": f"{indonesian_clock(row.starts_at)}–{indonesian_clock(row.ends_at)}",
                "jp": row.jp,
            }
            for row in sessions
        ],
        "peserta": [
            {"nama": enrolment.person.full_name, "tanda": tag_number(batch, enrolment.tag.number)}
            for enrolment in enrolments
        ],
    }


def attendance_list(session: Session, enrolments: Iterable[Enrolment], *, code: str) -> dict[str, Any]:
    """The sheet (daftar hadir) that is filled in by pen, a QR for each row."""
    batch = session.batch
    teacher = batch.teacher.name if batch.teacher else ""
    return {
        "upt": batch.facility.name,
        "judul": (
            f"Daftar hadir {batch.programme.certificate_title} {roman(batch.number)}, pertemuan ke-{session.number}"
        ),
        "hari": indonesian_full_day(session.held_on),
        "pukul": f"{indonesian_clock(session.starts_at)}–{indonesian_clock(session.ends_at)} {batch.facility.zone}",
        "tempat": session.place.name,
        "kode": shown_code(code),
        "qr": code,
        "kunci": _keys(),
        "pengajar": " · ".join(filter(None, [teacher, batch.teacher_note])) or "–",
        "jp": session.jp,
        "peserta": [
            {
                "nama": enrolment.person.full_name,
                "tanda": tag_number(batch, enrolment.tag.number),
                "qr": enrolment.tag.code,
            }
            for enrolment in enrolments
        ],
    }
