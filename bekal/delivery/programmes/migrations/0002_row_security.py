"""What is offered is seen by the facility; who takes part in rehabilitation, by the care team, the board and the head."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [
        RowSecurity("programmes_programme"),
        RowSecurity("programmes_programmeevent"),
        RowSecurity("programmes_module"),
        RowSecurity("programmes_moduleevent"),
        RowSecurity("programmes_criterion"),
        RowSecurity("programmes_criterionevent"),
        RowSecurity("programmes_batch"),
        RowSecurity("programmes_batchevent"),
        RowSecurity("programmes_session"),
        RowSecurity("programmes_sessionevent"),
        RowSecurity("programmes_hearing", CONFIDENTIAL),
        RowSecurity("programmes_hearingevent", CONFIDENTIAL),
        RowSecurity("programmes_nomination", CONFIDENTIAL),
        RowSecurity("programmes_nominationevent", CONFIDENTIAL),
        RowSecurity("programmes_decree", CONFIDENTIAL),
        RowSecurity("programmes_decreeevent", CONFIDENTIAL),
        RowSecurity("programmes_enrolment", CONFIDENTIAL),
        RowSecurity("programmes_enrolmentevent", CONFIDENTIAL),
        RowSecurity("programmes_tag", CONFIDENTIAL),
        RowSecurity("programmes_tagevent", CONFIDENTIAL),
        RowSecurity("programmes_attendance", CONFIDENTIAL),
        RowSecurity("programmes_attendanceevent", CONFIDENTIAL),
    ]
