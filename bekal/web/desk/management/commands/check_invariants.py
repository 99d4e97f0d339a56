"""Look for rows that should not exist; exit 1 and name them."""

from typing import Any

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.invariants import find_invariants, violations
from bekal.foundation.core.scope import entered


class Command(HouseCommand):
    help = "Cari baris yang tidak boleh ada; keluar dengan 1 bila ada."

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        with entered(scope_of(system_user())):
            found = [vars(violation) for violation in violations()]
        text = "\n".join(f"{row['invariant']}: {row['row']}" for row in found)
        checked = len(find_invariants())
        self.answer(
            {"checked": checked, "violations": found}, as_json=as_json, text=text or f"{checked} aturan terpenuhi."
        )
        if found:
            raise SystemExit(1)
