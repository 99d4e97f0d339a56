"""Certificates belong to their facility; those of rehabilitation, to the care team, the board and the head."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [
        RowSecurity("certificates_certificate", CONFIDENTIAL),
        RowSecurity("certificates_certificateevent", CONFIDENTIAL),
    ]
