"""The user `sistem`: the house itself, who cannot sign in."""

import uuid
from datetime import UTC, datetime

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("accounts", "User").objects.create(
        public_id=uuid.uuid4(),
        username="sistem",
        name="Sistem",
        password="!",
        is_active=False,
        must_change_password=False,
        created_at=datetime.now(UTC),
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_application_role")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
