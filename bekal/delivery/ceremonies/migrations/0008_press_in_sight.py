"""A text for the press is seen by its facility: it names nobody."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("ceremonies", "0007_press_releases")]
    operations = [RowSecurity("ceremonies_pressrelease"), RowSecurity("ceremonies_pressreleaseevent")]
