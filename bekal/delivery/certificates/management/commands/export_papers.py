"""Write the papers of a kind as files, under names that tell nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from bekal.delivery.certificates import documents
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.commands import ActingCommand, actor
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.scope import entered
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.models import Paper
from bekal.foundation.papers.queries import papers_for, pdf_of


class Command(ActingCommand):
    help = "Tulis semua surat dari satu jenis sebagai berkas PDF dengan nama yang netral."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=PaperKind.values, help="jenis surat")
        parser.add_argument(
            "--out", required=True, type=Path, metavar="DIR", help="folder tujuan; dibuat bila belum ada"
        )
        parser.add_argument("--facility", metavar="CODE", help="kode UPT; tanpa ini, semua UPT yang tampak")

    def handle(self, *args: Any, kind: str, out: Path, facility: str | None, **options: Any) -> None:
        by = actor(options["username"])
        with entered(scope_of(by)):
            papers = papers_for(by).filter(kind=kind).select_related("certificate").order_by("pk")
            if facility is not None:
                if not Facility.objects.filter(code=facility).exists():
                    raise CommandError(f"Tidak ada UPT dengan kode {facility}.", returncode=2)
                papers = papers.filter(facility__code=facility)
            out.mkdir(parents=True, exist_ok=True)
            names: dict[int, list[str]] = {}
            for paper in papers:
                name = _name(paper)
                (out / name).write_bytes(pdf_of(paper))
                names.setdefault(paper.facility_id, []).append(name)
            for key, written in names.items():
                payload = {"kind": kind, "papers": len(written)}
                audit.record("papers.papers.exported", on=None, by=by, at=timezone.now(), facility=key, payload=payload)
        files = [name for written in names.values() for name in written]
        found = {"kind": kind, "count": len(files), "out": str(out), "files": files}
        self.answer(found, as_json=options["as_json"], text=f"{len(files)} berkas ditulis ke {out}.")


def _name(paper: Paper) -> str:
    """A certificate's file is named by its code, any other paper's by its public id."""
    certificate = getattr(paper, "certificate", None)
    return documents.file_name(certificate.code if certificate else paper.public_id.hex[:12])
