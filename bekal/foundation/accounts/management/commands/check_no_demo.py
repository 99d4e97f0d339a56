"""Refuse to open a house with demo sign-ins to the office's network."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bekal.foundation.accounts.queries import has_demo_sign_ins


class Command(BaseCommand):
    help = "Keluar dengan kode 1 bila rumah ini memuat akun contoh, yang kata sandinya diketahui umum."

    def handle(self, *args: Any, **options: Any) -> None:
        if has_demo_sign_ins():
            raise CommandError(
                "Rumah ini memuat akun contoh, yang kata sandinya diketahui umum, sehingga tidak dibuka untuk jaringan "
                "kantor. Mulai dengan folder data baru, misalnya: BEKAL_DATA=/folder/anda BEKAL_BIND=0.0.0.0 ./run"
            )
