"""Print a one-time link for somebody who lost a password or a second factor."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.commands import ActingCommand, actor
from bekal.foundation.accounts.models import User
from bekal.foundation.accounts.operations import make_reset
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import entered


class Command(ActingCommand):
    help = "Buat tautan sekali pakai untuk petugas yang kehilangan kata sandi atau faktor kedua."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("officer", help="nama pengguna petugas")
        parser.add_argument("--second-factor", action="store_true", help="hapus juga faktor kedua")

    def handle(self, *args: Any, officer: str, second_factor: bool, **options: Any) -> None:
        by = actor(options["username"])
        user = User.objects.filter(username=officer.lower()).first()
        if user is None:
            raise CommandError(f"Tidak ada petugas dengan nama pengguna {officer}.")
        try:
            with entered(scope_of(by)):
                token = make_reset(user=user, clears_second_factor=second_factor, by=by, at=timezone.now())
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from refusal
        link = f"{settings.PUBLIC_URL or settings.LOCAL_URL}{reverse('accounts:come-in-again', args=[token])}"
        self.answer({"link": link}, as_json=options["as_json"], text=link)
