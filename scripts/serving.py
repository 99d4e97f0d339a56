"""A house that starts with its PC: its unit printed, put in place, or taken away. Started by scripts/service, in the environment.

Without a word the unit is printed, for whoever puts it in place by hand. What the house is told (PORT, BEKAL_BIND, BEKAL_DATA …) is
read from this command's own environment.
"""

import os
import sys

from installing import chosen_user, install, refuse_without_systemd, uninstall
from preparing import ROOT
from telling import Stopped
from unit import Service, told, unit

from bekal.embedded.house import data_folder

USAGE = "Pemakaian: scripts/service [install | uninstall] [--user NAMA]"


def _words(arguments: list[str]) -> tuple[str, str | None]:
    """What is to be done, and as whom."""
    match arguments:
        case []:
            return "print", None
        case ["--user", name]:
            return "print", name
        case ["install" | "uninstall" as what]:
            return what, None
        case ["install", "--user", name]:
            return "install", name
    raise Stopped(USAGE)


def _asked_for(named: str | None) -> Service:
    data = data_folder(ROOT)
    return Service(ROOT, data, chosen_user(named, data), told(os.environ))


def main() -> None:
    what, named = _words(sys.argv[1:])
    if what == "print":
        print(unit(_asked_for(named)), end="")
        return
    refuse_without_systemd()
    if os.geteuid() != 0:
        raise Stopped(f"Hanya root yang dapat memasang layanan. Jalankan: sudo --preserve-env scripts/service {what}")
    if what == "install":
        install(_asked_for(named))
    else:
        uninstall()


main()
