"""A ceremony is seen by its facility; the handing over of a rehabilitation paper, by the care team, the board and the head."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")


class Migration(migrations.Migration):
    dependencies = [("ceremonies", "0001_initial")]
    operations = [
        RowSecurity("ceremonies_ceremony"),
        RowSecurity("ceremonies_ceremonyevent"),
        RowSecurity("ceremonies_ceremonybatch"),
        RowSecurity("ceremonies_ceremonybatchevent"),
        RowSecurity("ceremonies_agendaitem"),
        RowSecurity("ceremonies_agendaitemevent"),
        RowSecurity("ceremonies_handover", CONFIDENTIAL),
        RowSecurity("ceremonies_handoverevent", CONFIDENTIAL),
    ]
