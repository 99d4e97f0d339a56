"""The tally of visits is nobody's: the public pages write it without a sign-in, and forget it with the day."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("site", "0001_initial")]
    operations = [
        RowSecurity("site_daysecret", "true", may_delete=True),
        RowSecurity("site_tally", "true", may_delete=True),
    ]
