"""How many, now that a catch-up session has a list of its own, adds no held hours, and an entry may have been undone."""

from importlib import import_module

from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT

# A name that begins with a figure cannot be imported by a sentence.
first = import_module("bekal.delivery.programmes.migrations.0004_counts_functions")

BATCH_COUNTS = first.BATCH_COUNTS.replace("create function", "create or replace function").replace(
    "from programmes_session where batch_id = b.id and is_active",
    "from programmes_session where batch_id = b.id and is_active and makes_up_for_id is null",
)
SESSION_COUNTS = f"""
create or replace function programmes_session_counts(asked bigint[])
returns table (session_id bigint, batch_id bigint, present bigint, marked bigint, expected bigint, missing bigint)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select s.id, s.batch_id, c.present, c.marked, c.expected, c.missing
    from programmes_session s
    cross join lateral (
      select count(*) filter (where a.is_present) as present,
             count(a.id) as marked,
             count(*) filter (where a.id is not null or e.exit_on is null or e.exit_on > s.held_on) as expected,
             count(*) filter (where a.id is null and (e.exit_on is null or e.exit_on > s.held_on)) as missing
        from programmes_enrolment e
        left join programmes_attendance a on a.enrolment_id = e.id and a.session_id = s.id and not a.is_withdrawn
       where e.batch_id = s.batch_id and e.enrolled_on <= s.held_on
         and (s.makes_up_for_id is null or exists (
           select 1 from programmes_seat t where t.session_id = s.id and t.enrolment_id = e.id and t.is_active
         ))
    ) c
   where s.batch_id = any(asked) and s.is_active and s.facility_id = any({IN_SIGHT})
$$
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_row_security_of_sheets")]
    operations = [
        migrations.RunSQL(
            sql=[BATCH_COUNTS, SESSION_COUNTS],
            reverse_sql=[
                sentence.replace("create function", "create or replace function")
                for sentence in (first.BATCH_COUNTS, first.SESSION_COUNTS)
            ],
        )
    ]
