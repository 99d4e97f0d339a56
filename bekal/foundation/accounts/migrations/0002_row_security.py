"""A posting is seen by its holder, who must find it before the scope is known, and within its facility."""

from django.db import migrations

from bekal.foundation.core.row_security import ME, RowSecurity, of_facility

MINE_OR_OURS = f"user_id = {ME} or {of_facility()}"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        RowSecurity("accounts_posting", MINE_OR_OURS),
        RowSecurity("accounts_postingevent", MINE_OR_OURS),
    ]
