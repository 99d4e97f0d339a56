"""Papers of a ceremony: its minutes, and one file of all certificates to print in calling order."""

import json
import tempfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.choices import TurnKind
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.queries import Counts
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import indonesian_clock, indonesian_day, indonesian_full_day

MINUTES = "berita-acara-penutupan"
PRINT_FILE = Path(__file__).parent / "print_file.typ"


def minutes(ceremony: Ceremony, *, counts: dict[int, Counts], root: str, by: User, at: datetime) -> dict[str, Any]:
    """What the minutes (berita acara) say: numbers of each batch, no names of participants, and the day's root."""
    facility, whole = ceremony.facility, queries.total(counts.values())
    return {
        "kepala_surat": facility.letterhead,
        "upt": facility.name,
        "judul": ceremony.title,
        "hari": indonesian_full_day(ceremony.held_on),
        "pukul": f"{indonesian_clock(ceremony.starts_at)} {facility.zone}",
        "selesai": f"{indonesian_clock(facility.at_local(at))} {facility.zone}",
        "tempat": ceremony.place,
        "acara": [
            [indonesian_clock(item.starts_at), item.title, " · ".join(filter(None, [item.in_charge, item.note]))]
            for item in queries.agenda_of(ceremony)
        ],
        "angkatan": [_of_batch(row.batch, counts[row.batch_id]) for row in queries.batches_of(ceremony)],
        "jumlah": {
            "surat": whole.issued,
            "diterima": whole.received,
            "tidak_hadir": whole.absent,
            "dikirim": whole.to_be_sent,
        },
        "penyerahan": _turns(ceremony),
        "tamu": _guests(ceremony),
        "akar": root,
        "terbit": f"{facility.issue_place}, {indonesian_day(facility.day_of(at))}",
        "penanda": ceremony.signatory.name if ceremony.signatory else "",
        "jabatan": ceremony.signatory.post if ceremony.signatory else "",
        "nip": ceremony.signatory.nip if ceremony.signatory else "",
        "pencatat": by.name,
    }


def _turns(ceremony: Ceremony) -> list[list[str]]:
    """Of each batch, who took the tags back and who handed the certificates over."""
    turns = queries.turns_of(ceremony)
    return [
        [
            row.batch.name,
            queries.giver_of(turns, row.batch, TurnKind.TAGS) or "–",
            queries.giver_of(turns, row.batch, TurnKind.CERTIFICATES) or row.handed_over_by or "–",
        ]
        for row in queries.batches_of(ceremony)
    ]


def _guests(ceremony: Ceremony) -> list[list[str | int]]:
    """How many of each kind were invited and came, by its Indonesian word: papers are Indonesian."""
    with translation.override("id"):
        return [[each.label, each.invited, each.came] for each in queries.guest_counts(ceremony)]


def _of_batch(batch: Any, counts: Counts) -> dict[str, Any]:
    return {
        "nama": batch.name_on_paper,
        "selesai": counts.completed,
        "ikut": counts.participated,
        "keluar_hukum": counts.left_by_law,
        "keluar_lain": counts.left_otherwise,
        "diterima": counts.received,
        "tidak_hadir": counts.absent,
        "dikirim": counts.to_be_sent,
    }


def print_file(pdfs: Sequence[bytes]) -> bytes:
    """All certificates in one PDF in the order given, page by page as they were sealed, for wet signatures.

    The seals stay with the single files: this one is for the printer.
    """
    with tempfile.TemporaryDirectory() as folder:
        pages: list[tuple[str, int, float, float]] = []
        for place, pdf in enumerate(pdfs):
            name = f"{place}.pdf"
            (Path(folder) / name).write_bytes(pdf)
            pages += [(name, page, *size) for page, size in enumerate(_sizes(pdf), start=1)]
        (Path(folder) / PRINT_FILE.name).write_bytes(PRINT_FILE.read_bytes())
        made = typst.compile(
            str(Path(folder) / PRINT_FILE.name),
            root=folder,
            ignore_system_fonts=True,
            # A sealed file says that it is PDF 2.0, and may be laid only into one that says the same.
            pdf_standards="2.0",
            sys_inputs={"data": json.dumps(pages)},
        )
    return bytes(made)


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    reader = PdfFileReader(BytesIO(pdf))
    sizes = []
    for number in range(int(reader.root["/Pages"]["/Count"])):
        page, parent = reader.find_page_for_modification(number)[0].get_object(), reader.root["/Pages"]
        left, bottom, right, top = (float(edge) for edge in page.get("/MediaBox", parent.get("/MediaBox")))
        sizes.append((right - left, top - bottom))
    return sizes
