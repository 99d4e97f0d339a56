"""A command acts as the house itself, or as somebody: with `--as USERNAME`."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone

from bekal.foundation.accounts import queries
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.scope import Scope, entered


def actor(username: str | None) -> User:
    """The user `sistem`, or the named officer with the first hat in force.

    Raises:
        CommandError: nobody has this username, or no posting of theirs is in force.
    """
    if username is None:
        return queries.system_user()
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Tidak ada petugas dengan nama pengguna {username}.")
    with entered(Scope(user.pk)):
        user.postings_now = queries.postings_in_force(user, at=timezone.now())
    if not user.postings_now:
        raise CommandError(f"Tidak ada jabatan {username} yang berlaku hari ini.")
    user.posting = user.postings_now[0]
    return user


class ActingCommand(HouseCommand):
    """A command that acts as somebody."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--as", dest="username", help="nama pengguna; tanpa ini: sistem")


__all__ = ["ActingCommand", "actor", "entered", "scope_of"]
