"""Is this file a paper of this house, unchanged and not revoked? Exit 0 only then."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from bekal.delivery.certificates.verdicts import verdict_on
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.scope import entered


class Command(HouseCommand):
    help = "Periksa berkas PDF: dikenal, tidak berubah, tidak dicabut. Keluar dengan 0 hanya bila ketiganya ya."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="berkas yang diperiksa")

    def handle(self, *args: Any, file: Path, as_json: bool, **options: Any) -> None:
        try:
            pdf = file.read_bytes()
        except OSError as missing:
            raise CommandError(f"Berkas tidak dapat dibaca: {missing.strerror}.", returncode=2) from missing
        with entered(scope_of(system_user())):
            verdict = verdict_on(pdf)
        self.answer(verdict.as_dict(), as_json=as_json, text=verdict.reason)
        if not verdict.is_good:
            raise SystemExit(1)
