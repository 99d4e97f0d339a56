"""Papers about guests: the letter that invites one, and the sheet that they sign at the door."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.models import Ceremony, Guest
from bekal.foundation.core.days import indonesian_clock, indonesian_day, indonesian_full_day
from bekal.foundation.facilities.models import Official

INVITATION = "undangan"
GUEST_SHEET = "daftar-tamu"


def invitation(guest: Guest, ceremony: Ceremony, *, signatory: Official, at: datetime) -> dict[str, Any]:
    """What a letter of invitation says, frozen: to whom, to what, when and where, and who signs."""
    facility = ceremony.facility
    acting = f"Plt. {signatory.post} ({signatory.acting_basis})" if signatory.is_acting else signatory.post
    return {
        "kepala_surat": facility.letterhead,
        "upt": facility.name,
        "alamat_upt": facility.address,
        "yth": queries.addressee_of(guest),
        "nama": guest.name,
        "judul": ceremony.title,
        "hari": indonesian_full_day(ceremony.held_on),
        "pukul": f"{indonesian_clock(ceremony.starts_at)} {facility.zone}",
        "tempat": f"{ceremony.place}, {facility.name}",
        "terbit": f"{facility.issue_place}, {indonesian_day(facility.day_of(at))}",
        "jabatan": acting,
        "penanda": signatory.name,
        "nip": signatory.nip,
    }


def guest_sheet(ceremony: Ceremony, guests: Iterable[Guest]) -> dict[str, Any]:
    """The sheet that guests sign at the door: who is expected, and empty lines for those who come unannounced."""
    facility = ceremony.facility
    return {
        "upt": facility.name,
        "judul": ceremony.title,
        "hari": indonesian_full_day(ceremony.held_on),
        "pukul": f"{indonesian_clock(ceremony.starts_at)} {facility.zone}",
        "tempat": ceremony.place,
        "tamu": [[guest.name, guest.post, guest.office] for guest in guests],
    }
