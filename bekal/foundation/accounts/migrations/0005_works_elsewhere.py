"""Whether somebody has a posting in force at another facility: yes or no, and nothing more."""

from django.conf import settings
from django.db import migrations

WORKS_ELSEWHERE = """
create function accounts_works_elsewhere(person bigint, here bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from accounts_posting
        where user_id = person and ended_at is null and facility_id is distinct from here
          and (until_on is null or until_on >= current_date))
$$;
revoke all on function accounts_works_elsewhere(bigint, bigint) from public;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_house")]
    operations = [
        migrations.RunSQL(
            WORKS_ELSEWHERE
            + f"grant execute on function accounts_works_elsewhere(bigint, bigint) to {settings.APP_ROLE};",
            "drop function accounts_works_elsewhere(bigint, bigint)",
        )
    ]
