"""Print the one-time token with which an empty house is opened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bekal.foundation.accounts.operations import make_first_run_token
from bekal.foundation.core.refusals import RuleBroken


class Command(BaseCommand):
    help = "Print the token of an empty house (the former one no longer opens it)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(make_first_run_token(at=timezone.now()))
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from refusal
