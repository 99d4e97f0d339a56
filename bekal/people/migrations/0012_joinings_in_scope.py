"""Who sees and makes joinings; and records that were joined move together.

A joining is made where both records are held, and seen where it was made and where the kept record is held now.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, RowSecurity, of_facility

HELD_HERE = f"exists (select 1 from people_person held where held.id = kept_id and held.facility_id = any({IN_SIGHT}))"
SEEN = f"({of_facility()} or {HELD_HERE})"
BOTH_HERE = (
    f"{of_facility()} and 2 = (select count(*) from people_person held"
    " where held.id in (kept_id, merged_id) and held.facility_id = people_joining.facility_id)"
)
OF_A_SEEN_JOINING = f"({of_facility()} or exists (select 1 from people_joining j where j.id = joining_id))"

RECORDS = """
create function people_records(who bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    with holding as (
        select j.kept_id, j.merged_id from people_joining j
         where not exists (select 1 from people_parting p where p.joining_id = j.id)
    ), kept as (
        select coalesce((select kept_id from holding where merged_id = who limit 1), who) as id
    )
    select id from kept union select holding.merged_id from holding join kept on kept.id = holding.kept_id
$$
"""

MOVES = f"""
create or replace function people_arrive(arriving bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    way record;
begin
    select person_id, destination_id into way from people_transfer
     where id = arriving and status = 'departed' and destination_id = any({IN_SIGHT}) for update;
    if way.person_id is null then
        return false;
    end if;
    update people_person set facility_id = way.destination_id, has_moved = true
     where id in (select people_records(way.person_id));
    return true;
end $$;
create or replace function people_take_back(who bigint, here bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform 1 from people_person where id in (select people_records(who)) order by id for update;
    if not here = any({IN_SIGHT})
        or not exists (select 1 from people_custody where person_id = who and facility_id = here)
        or exists (select 1 from people_custody where person_id in (select people_records(who)) and ended_on is null)
        or exists (
            select 1 from people_transfer where person_id in (select people_records(who)) and status = 'departed'
        ) then
        return false;
    end if;
    update people_person set facility_id = here, has_moved = true where id in (select people_records(who));
    return true;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_joinings")]
    operations = [
        RowSecurity("people_joining", SEEN),
        RowSecurity("people_parting", OF_A_SEEN_JOINING),
        RowSecurity("people_distinction"),
        migrations.RunSQL(
            [
                "drop policy people_joining_insert on people_joining",
                f"create policy people_joining_insert on people_joining for insert with check ({BOTH_HERE})",
                # What was said stands: a joining is undone by another row, never written over.
                f"revoke update on people_joining, people_parting, people_distinction from {settings.APP_ROLE}",
                RECORDS,
                MOVES,
                "revoke execute on function people_records(bigint) from public",
            ],
            migrations.RunSQL.noop,
        ),
    ]
