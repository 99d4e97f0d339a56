"""Forget what was typed at the door in clear: from now on tries are counted under a keyed sign."""

from django.db import migrations

FORGET = """
delete from axes_accessattemptexpiration;
delete from axes_accessattempt;
delete from axes_accessfailurelog;
delete from axes_accesslog;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_works_elsewhere"), ("axes", "0010_accessattemptexpiration")]
    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
