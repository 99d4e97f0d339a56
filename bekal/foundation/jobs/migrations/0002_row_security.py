"""Work under way is seen within its facility; where it tells who takes part in rehabilitation, by the care team."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]
    operations = [
        RowSecurity("jobs_job", of_facility(confidential="is_confidential")),
    ]
