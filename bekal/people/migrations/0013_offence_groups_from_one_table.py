"""Offences that were grouped by laws in the code are grouped by `reference/offence_groups.csv`, as new ones are."""

from typing import Any

from django.db import migrations

from bekal.foundation.facilities import reference
from bekal.people import rules


def regroup(apps: Any, schema_editor: Any) -> None:
    groups = reference.rows("offence_groups")
    custodies = apps.get_model("people", "Custody").objects
    for row in custodies.filter(offence__isnull=False).only("public_id", "offence", "offence_group").iterator():
        group = rules.offence_group(row.offence, groups=groups)
        if group != row.offence_group:
            custodies.filter(pk=row.pk).update(offence_group=group)


class Migration(migrations.Migration):
    dependencies = [("people", "0012_joinings_in_scope")]
    operations = [migrations.RunPython(regroup, migrations.RunPython.noop)]
