"""Whoever comes in, and the hats that are theirs, in one question: it says who asks, then reads what they may see.

The function runs as the application itself (security invoker): the policy on postings holds in it as it holds everywhere.
"""

from django.conf import settings
from django.db import migrations

HATS = f"""
create function accounts_hats(person bigint) returns setof accounts_posting language plpgsql volatile
    set search_path = public, pg_temp as $$
begin
    perform set_config('bekal.user', person::text, true);
    return query select * from accounts_posting where user_id = person and ended_at is null order by from_on, id;
end $$;
revoke execute on function accounts_hats(bigint) from public;
grant execute on function accounts_hats(bigint) to {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_forget_typed_names")]
    operations = [migrations.RunSQL(HATS, "drop function accounts_hats(bigint)")]
