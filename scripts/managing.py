"""Runs one of Django's commands with the database up. Started by scripts/manage, in the environment."""

import os
import sys

from keeping import COMMANDS, keep_house, listed
from opening import opened_house
from telling import say

# These change tables, and only the owner may; everything else runs as the role that owns nothing.
AS_OWNER = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "sqlsequencereset", "squashmigrations"}
HELP = {"help", "--help", "-h"}


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    # `help backup` asks the same as `backup --help`, as with Django's own commands.
    if name == "help" and sys.argv[2:3] and sys.argv[2] in COMMANDS:
        name, sys.argv[1:] = sys.argv[2], [sys.argv[2], "--help"]
    if name in COMMANDS:
        keep_house(sys.argv[1:])
        return
    if name in HELP:
        _print_help()
        return
    with opened_house(migrated=name not in AS_OWNER):
        if name in AS_OWNER:
            os.environ["BEKAL_AS"] = "owner"
        from django.core.management import ManagementUtility

        if not name.startswith("-"):
            _refuse_unknown(name)
        ManagementUtility(["scripts/manage", *sys.argv[1:]]).execute()


def _print_help() -> None:
    """The commands there are: a question that neither makes a house nor waits for its database."""
    from django.core.management import ManagementUtility

    if not sys.argv[2:]:
        print(f"{listed()}\n", flush=True)
    ManagementUtility(["scripts/manage", *sys.argv[1:]]).execute()


def _refuse_unknown(name: str) -> None:
    import django
    from django.core.management import get_commands

    django.setup()
    if name not in get_commands():
        say(f"Tidak ada perintah {name}. Daftarnya: scripts/manage help")
        raise SystemExit(2)


main()
