"""A batch may leave the plan of a ceremony again: its row then belongs to none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ceremonies", "0002_row_security")]
    operations = [
        migrations.AlterField(
            model_name="ceremonybatch",
            name="ceremony",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ceremony_batches",
                to="ceremonies.ceremony",
            ),
        ),
        migrations.AlterField(
            model_name="ceremonybatchevent",
            name="ceremony",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="ceremonies.ceremony",
            ),
        ),
    ]
