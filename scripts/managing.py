"""Runs one of Django's commands with the database up. Started by scripts/manage, in the environment."""

import os
import sys

from opening import opened_house

# These change tables, and only the owner may; everything else runs as the role that owns nothing.
AS_OWNER = {"migrate", "makemigrations", "sqlmigrate", "sqlsequencereset", "squashmigrations"}


def main() -> None:
    with opened_house():
        if set(sys.argv[1:2]) & AS_OWNER:
            os.environ["BEKAL_AS"] = "owner"
        from django.core.management import ManagementUtility

        utility = ManagementUtility(["scripts/manage", *sys.argv[1:]])
        if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and sys.argv[1] != "help":
            _refuse_unknown(sys.argv[1])
        utility.execute()


def _refuse_unknown(name: str) -> None:
    import django
    from django.core.management import get_commands

    django.setup()
    if name not in get_commands():
        print(f"Tidak ada perintah {name}. Daftarnya: scripts/manage help", file=sys.stderr)
        raise SystemExit(2)


main()
