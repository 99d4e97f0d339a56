"""A planned session may leave the timetable: its row stays and counts for nothing, as nothing is deleted."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("facilities", "0002_row_security"),
        ("programmes", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="before_update",
        ),
        migrations.RemoveConstraint(
            model_name="session",
            name="programmes_session_number",
        ),
        migrations.AddField(
            model_name="session",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="sessionevent",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "programmes_sessionevent" ("batch_id", "ends_at", "facility_id", "held_jp", "held_on", "id", "is_active", "jp", "module_id", "note", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "starts_at", "status") VALUES (OLD."batch_id", OLD."ends_at", OLD."facility_id", OLD."held_jp", OLD."held_on", OLD."id", OLD."is_active", OLD."jp", OLD."module_id", OLD."note", OLD."number", NOW(), \'before\', OLD."id", OLD."public_id", OLD."recorded_at", OLD."recorded_by_id", OLD."starts_at", OLD."status"); RETURN NULL;',
                    hash="f985c2f3359b78591c378c50308894fe10c45ddf",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_9ad32",
                    table="programmes_session",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)), fields=("batch", "number"), name="programmes_session_number"
            ),
        ),
    ]
