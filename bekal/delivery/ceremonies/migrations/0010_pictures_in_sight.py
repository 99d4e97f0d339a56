"""Pictures are seen by their facility; those that may show somebody in rehabilitation, by the care team, the board and the head."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")
TABLES = ("photo", "photoevent", "photofile", "photoperson", "photopersonevent")


class Migration(migrations.Migration):
    dependencies = [("ceremonies", "0009_pictures")]
    operations = [RowSecurity(f"ceremonies_{table}", CONFIDENTIAL) for table in TABLES]
