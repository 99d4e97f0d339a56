"""Rooms and teachers are seen by the facility; who is on a sheet of rehabilitation, by the care team, the board and the head."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0010_nobody_is_in_two_places")]
    operations = [
        RowSecurity("programmes_instructor"),
        RowSecurity("programmes_instructorevent"),
        RowSecurity("programmes_facilitator"),
        RowSecurity("programmes_facilitatorevent"),
        RowSecurity("programmes_makeuprule"),
        RowSecurity("programmes_makeupruleevent"),
        RowSecurity("programmes_seat", CONFIDENTIAL),
        RowSecurity("programmes_seatevent", CONFIDENTIAL),
        RowSecurity("programmes_sheet", CONFIDENTIAL),
        RowSecurity("programmes_scan", CONFIDENTIAL),
        RowSecurity("programmes_scanfile", CONFIDENTIAL),
        RowSecurity("programmes_reading", CONFIDENTIAL),
        RowSecurity("programmes_readingevent", CONFIDENTIAL),
        RowSecurity("programmes_correction", CONFIDENTIAL),
        RowSecurity("programmes_correctionevent", CONFIDENTIAL),
    ]
