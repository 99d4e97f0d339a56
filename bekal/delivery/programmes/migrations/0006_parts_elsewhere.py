"""What somebody who is held here took part in elsewhere: enough for the thread, rehabilitation for the care team alone."""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, MAY_SEE_CARE

PARTS_ELSEWHERE = f"""
create function programmes_parts_elsewhere(who bigint[])
returns table (
  facility_name text, title text, number smallint, starts_on date, ends_on date, status text, exit_kind text, ended_on date
)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select facility.name, programme.title, batch.number, batch.starts_on, batch.ends_on, part.status, part.exit_kind,
         coalesce(part.exit_on, case when part.status <> 'enrolled' then batch.ends_on end)
    from people_person held
    join programmes_enrolment part on part.person_id = held.id
    join programmes_batch batch on batch.id = part.batch_id
    join programmes_programme programme on programme.id = batch.programme_id
    join facilities_facility facility on facility.id = part.facility_id
   where held.id = any(who) and held.facility_id = any({IN_SIGHT}) and not part.facility_id = any({IN_SIGHT})
     and (not part.is_confidential or {MAY_SEE_CARE})
   order by batch.starts_on, part.id
$$
"""
SIGNATURE = "programmes_parts_elsewhere(bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0005_a_batch_may_be_called_off"),
        ("people", "0008_transfers_between_two"),
    ]
    operations = [
        migrations.RunSQL(
            sql=[
                PARTS_ELSEWHERE,
                f"revoke execute on function {SIGNATURE} from public",
                f"grant execute on function {SIGNATURE} to {settings.APP_ROLE}",
            ],
            reverse_sql=[f"drop function {SIGNATURE}"],
        )
    ]
