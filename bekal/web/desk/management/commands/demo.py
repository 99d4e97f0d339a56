"""Load the demo story, an empty demo house, or the house after its closing day."""

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.audit import operations as audit
from bekal.foundation.audit.models import Event
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.days import ZONES
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import enter, entered
from bekal.web.demo import cast, house
from bekal.web.demo.story import LOADED, Story, close, open_facility


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError("Hari ditulis seperti 2026-12-09.", returncode=2) from None


class Command(HouseCommand):
    help = "Muat rumah contoh. Menolak bila ada satu baris pun yang bukan buatan contoh."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--empty", action="store_true", help="satu UPT (kode DEMO) tanpa siapa pun di dalamnya")
        how.add_argument("--close", action="store_true", help="cerita sampai sesudah hari penutupan")
        how.add_argument("--if-empty", action="store_true", help="muat hanya bila rumah masih kosong")
        how.add_argument("--sign-ins", action="store_true", help="tampilkan akun contoh")
        parser.add_argument("--day", help="hari penutupan, misalnya 2026-12-09; tanpa ini: hari ini")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self._show_sign_ins()
            return
        if settings.IS_OPEN:
            raise CommandError("Rumah contoh tidak dimuat selama BEKAL_BIND membuka rumah ini untuk jaringan kantor.")
        now = timezone.now()
        today = now.astimezone(ZONES["WITA"]).date()
        day = _day(options["day"]) if options["day"] else today
        if day > today:
            raise CommandError("Hari penutupan contoh tidak boleh di masa depan.", returncode=2)
        with entered(scope_of(system_user())):
            is_empty, is_only_demo = house.is_empty(), house.is_only_demo()
            midnight = datetime.combine(today, time(), ZONES["WITA"])
            is_old = is_only_demo and Event.objects.filter(code=LOADED, at__lt=midnight).exists()
        if options["if_empty"] and not is_empty and not is_old:
            return
        if not is_empty and not is_only_demo:
            raise CommandError("Rumah ini sudah dipakai: ada baris yang bukan buatan contoh. Tidak ada yang diubah.")
        if not is_empty:
            house.empty()
        self.stderr.write("Memuat rumah contoh …")
        self._load(day, now, empty=options["empty"], closed=options["close"])
        self.answer(
            {"loaded": "empty" if options["empty"] else "closed" if options["close"] else "story", "day": day},
            as_json=options["as_json"],
            text=f"Rumah contoh siap untuk {day.isoformat()}.",
        )

    def _load(self, day: date, now: datetime, *, empty: bool, closed: bool) -> None:
        try:
            with transaction.atomic():
                enter(scope_of(system_user()))
                if empty:
                    self._open_empty(now)
                else:
                    Story(day).tell()
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from refusal
        if closed:
            with transaction.atomic():
                close(at=timezone.now())
            call_command("work", once=True)

    def _open_empty(self, now: datetime) -> None:
        by = system_user()
        facility = open_facility(at=now)
        enter(scope_of(by))
        audit.record(LOADED, on=facility, by=by, at=now, facility=facility.pk)

    def _show_sign_ins(self) -> None:
        with entered(scope_of(system_user())):
            if not house.is_empty() and Event.objects.filter(code=LOADED).exists():
                self.stdout.write(f"Akun contoh (kata sandi semua: {cast.PASSWORD})")
                for username, _name, _role, title in cast.OFFICERS:
                    self.stdout.write(f"  {username:<8} {title}")
                username, _name, _role, title = cast.NEIGHBOUR
                self.stdout.write(f"  {username:<8} {title}, Lapas Kelas IIA Kenanga")
