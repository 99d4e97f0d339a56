"""Who comes forward for a rehabilitation batch is seen by the care team, the board and the head alone."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")


class Migration(migrations.Migration):
    dependencies = [("ceremonies", "0011_symbolic_receivers")]
    operations = [
        RowSecurity("ceremonies_symbolicreceiver", CONFIDENTIAL),
        RowSecurity("ceremonies_symbolicreceiverevent", CONFIDENTIAL),
    ]
