"""Row-level security as migration operations: one place that writes policies.

ENABLE without FORCE: the application's role owns nothing and is bound by the policies; migrations, run by the owner, are
not (FORCE would make them change no row, in silence). One policy per command, since two permissive policies joined by OR
lose the facility's index. The settings stand in a sub-select, so that they are read once a query and not once a row.
"""

from typing import Any

from django.conf import settings
from django.db import migrations

IN_SIGHT = "(select coalesce(nullif(current_setting('bekal.facilities', true), ''), '{}'))::bigint[]"
MAY_SEE_CARE = "(select coalesce(current_setting('bekal.care', true), '')) = 'yes'"
MAY_SEE_SECURITY = "(select coalesce(current_setting('bekal.security', true), '')) = 'yes'"
ME = "(select coalesce(nullif(current_setting('bekal.user', true), ''), '0'))::bigint"


def of_facility(column: str = "facility_id", *, confidential: str | None = None) -> str:
    """The condition for rows of a facility in sight; with `confidential`, health facts for the care team alone."""
    condition = f"{column} = any({IN_SIGHT})"
    return f"{condition} and (not {confidential} or {MAY_SEE_CARE})" if confidential else condition


class RowSecurity(migrations.RunSQL):
    """Policies for reading, adding and changing rows of `table`, and none for deleting.

    `condition` is SQL over the table's columns (see `of_facility`). `may_delete` is for rows that are no facts, such as
    the working copy of a form.
    """

    def __init__(self, table: str, condition: str | None = None, *, may_delete: bool = False) -> None:
        self.table, self.condition, self.may_delete = table, condition or of_facility(), may_delete
        role = settings.APP_ROLE
        verbs = ["select", "insert", "update", *(["delete"] if may_delete else [])]
        clause = {
            "select": f"using ({self.condition})",
            "insert": f"with check ({self.condition})",
            "update": f"using ({self.condition}) with check ({self.condition})",
            "delete": f"using ({self.condition})",
        }
        forward = [f"alter table {table} enable row level security"]
        forward += [f"grant {verb} on {table} to {role}" for verb in verbs]
        forward += [f"create policy {table}_{verb} on {table} for {verb} {clause[verb]}" for verb in verbs]
        backward = [f"drop policy {table}_{verb} on {table}" for verb in verbs]
        backward += [f"alter table {table} disable row level security"]
        super().__init__(sql=list[Any](forward), reverse_sql=list[Any](backward))

    def deconstruct(self):  # type: ignore[no-untyped-def]
        return (type(self).__name__, [self.table, self.condition], {"may_delete": self.may_delete})
