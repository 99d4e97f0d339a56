from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_row_security")]
    operations = [
        migrations.AlterField(
            model_name="job",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Stopped"),
                    ("stopping", "Being called off"),
                    ("stopped", "Called off"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
    ]
