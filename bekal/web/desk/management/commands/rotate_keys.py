"""Make a fresh key for encrypted columns and write every value again with it."""

from typing import Any

from django.utils import timezone

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.rotation import behind, encrypted_columns, new_key
from bekal.foundation.core.scope import entered


class Command(HouseCommand):
    help = "Buat kunci baru untuk kolom terenkripsi dan tulis ulang semua isinya. Boleh diulang bila terputus."

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        by, number, written = system_user(), new_key(), 0
        for model, name in encrypted_columns():
            with entered(scope_of(by)):
                for rows in behind(model, name, number=number):
                    for row in rows:
                        # Opened with the old key by reading, sealed with the new one by saving.
                        setattr(row, name, getattr(row, name))
                        row.save(update_fields=[name])
                    written += len(rows)
        with entered(scope_of(by)):
            audit.record(
                "core.keys.rotated", on=None, by=by, at=timezone.now(), payload={"key": number, "values": written}
            )
        self.answer(
            {"key": number, "values": written},
            as_json=as_json,
            text=f"Kunci {number} dipakai; {written} isian ditulis ulang.",
        )
