"""Papers belong to their facility; those that name a participant of rehabilitation, to the care team."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility

CONFIDENTIAL = of_facility(confidential="is_confidential")


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [
        RowSecurity("papers_series"),
        RowSecurity("papers_seriesevent"),
        RowSecurity("papers_paper", CONFIDENTIAL),
        RowSecurity("papers_paperevent", CONFIDENTIAL),
        RowSecurity("papers_paperfile", CONFIDENTIAL),
        RowSecurity("papers_signature", CONFIDENTIAL),
    ]
