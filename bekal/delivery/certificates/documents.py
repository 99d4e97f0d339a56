"""What a certificate prints, gathered once at issuing and frozen with its paper. Nothing here says prison."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from bekal.delivery.certificates.choices import CertificateKind
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.core.days import indonesian_day
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Person

TEMPLATES = {
    CertificateKind.TRAINING: "sertifikat",
    CertificateKind.PARTICIPATION: "keikutsertaan",
    CertificateKind.REHABILITATION: "rehabilitasi",
}


def is_public() -> bool:
    """Whether the QR leads to an address that the world can open, or to this PC only."""
    return bool(settings.PUBLIC_URL)


def check_address(code: str) -> str:
    """Where the QR of a certificate leads."""
    return f"{settings.PUBLIC_URL or settings.LOCAL_URL}/periksa/{code}"


def of_person(person: Person) -> dict[str, str]:
    """What is printed of the person, and all that a correction may change."""
    born = [person.birth_place, indonesian_day(person.birth_on) if person.birth_on else ""]
    return {
        "nama": person.full_name,
        "lahir": ", ".join(filter(None, born)),
        "tahun_lahir": str(person.birth_on.year) if person.birth_on else "",
    }


def of_issue(*, facility: Facility, signatory: str, code: str, at: datetime) -> dict[str, str]:
    """What is printed of the issuing: where and when, who signs, and where to ask."""
    return {
        "terbit": f"{facility.issue_place}, {indonesian_day(facility.day_of(at))}",
        "sebutan": facility.issuer_name,
        "penanda": signatory,
        "kode": code,
        "tautan": check_address(code),
        "alamat": check_address("").split("://", 1)[1].rstrip("/") if is_public() else "",
        "tanya": facility.asks_at,
    }


def of_programme(enrolment: Enrolment) -> dict[str, Any]:
    """What is printed of what was done: title, days, hours in JP, and the modules for the back."""
    batch, programme = enrolment.batch, enrolment.batch.programme
    modules = programme.modules.filter(is_active=True).order_by("position", "pk")
    return {
        "pelatihan": programme.certificate_title,
        "masa": _days(batch.starts_on, batch.ends_on),
        "jp": programme.hours_jp,
        "menit": programme.minutes_per_jp,
        "unit": [[module.title, module.hours_jp] for module in modules],
    }


def _days(first: date, last: date) -> str:
    """`2 November sampai 8 Desember 2026`: the year once where both share it."""
    begins = indonesian_day(first)
    return f"{begins.rsplit(' ', 1)[0] if first.year == last.year else begins} sampai {indonesian_day(last)}"


def file_name(code: str) -> str:
    """The name of a certificate's file: the code alone, which tells neither kind nor person."""
    return f"surat-{code}.pdf"
