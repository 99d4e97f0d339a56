"""Find any edited, removed or reordered row of the trail; exit 1 and name it."""

from typing import Any

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.audit import queries
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.scope import entered


class Command(HouseCommand):
    help = "Periksa rantai catatan; keluar dengan 1 bila ada baris yang diubah, dihapus, atau ditukar."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--root", help="akar yang pernah dicetak; harus masih ada di rantai")

    def handle(self, *args: Any, root: str | None, as_json: bool, **options: Any) -> None:
        with entered(scope_of(system_user())):
            found = [vars(broken) for broken in queries.breaks()]
            root_holds = None if root is None else queries.holds_root(root)
        whole = not found and root_holds is not False
        lines = [f"UPT {b['facility']}, urutan {b['seq']}, baris {b['row'] or '-'}: {b['what']}" for b in found]
        if root_holds is False:
            lines.append("Akar itu tidak ada lagi di rantai: ekor catatan terpotong atau diganti.")
        self.answer(
            {"whole": whole, "breaks": found, "root_holds": root_holds},
            as_json=as_json,
            text="\n".join(lines) or "Rantai catatan utuh.",
        )
        if not whole:
            raise SystemExit(1)
