"""A session without a place is no session."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facilities", "0003_a_place_may_be_shared"), ("programmes", "0008_sessions_get_their_place")]
    operations = [
        migrations.AlterField(
            model_name="session",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="facilities.place"
            ),
        ),
        migrations.AlterField(
            model_name="sessionevent",
            name="place",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="facilities.place",
            ),
        ),
    ]
