"""How many of each batch and session: counted past the policies, for facilities in sight. Numbers only, never a name.

Who takes part in rehabilitation is seen by the care team alone; how many is seen by the facility (docs/adr/0007).
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT

BATCH_COUNTS = f"""
create function programmes_batch_counts(asked bigint[])
returns table (
  batch_id bigint, waiting bigint, accepted bigint, enrolled bigint, completed bigint, participated bigint,
  left_by_law bigint, left_otherwise bigint, worn_tags bigint,
  sessions bigint, recorded bigint, held bigint, held_jp bigint
)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select b.id, n.waiting, n.accepted, e.enrolled, e.completed, e.participated, e.left_by_law, e.left_otherwise,
         t.worn, s.sessions, s.recorded, s.held, s.held_jp
    from programmes_batch b
    cross join lateral (
      select count(*) filter (where status = 'proposed') as waiting,
             count(*) filter (where status = 'accepted' and not exists (
               select 1 from programmes_enrolment pe where pe.nomination_id = pn.id
             )) as accepted
        from programmes_nomination pn where pn.batch_id = b.id
    ) n
    cross join lateral (
      select count(*) filter (where status = 'enrolled') as enrolled,
             count(*) filter (where status = 'completed') as completed,
             count(*) filter (where status = 'participated') as participated,
             count(*) filter (where status = 'left' and exit_group = 'by_law') as left_by_law,
             count(*) filter (where status = 'left' and exit_group <> 'by_law') as left_otherwise
        from programmes_enrolment where batch_id = b.id
    ) e
    cross join lateral (
      select count(*) as worn from programmes_tag where batch_id = b.id and status = 'worn'
    ) t
    cross join lateral (
      select count(*) as sessions,
             count(*) filter (where status <> 'planned') as recorded,
             count(*) filter (where status in ('held', 'partly_held')) as held,
             coalesce(sum(held_jp) filter (where status in ('held', 'partly_held')), 0)::bigint as held_jp
        from programmes_session where batch_id = b.id and is_active
    ) s
   where b.id = any(asked) and b.facility_id = any({IN_SIGHT})
$$
"""
SESSION_COUNTS = f"""
create function programmes_session_counts(asked bigint[])
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
        left join programmes_attendance a on a.enrolment_id = e.id and a.session_id = s.id
       where e.batch_id = s.batch_id and e.enrolled_on <= s.held_on
    ) c
   where s.batch_id = any(asked) and s.is_active and s.facility_id = any({IN_SIGHT})
$$
"""
SIGNATURES = ("programmes_batch_counts(bigint[])", "programmes_session_counts(bigint[])")
GRANTS = [
    sentence
    for signature in SIGNATURES
    for sentence in (
        f"revoke execute on function {signature} from public",
        f"grant execute on function {signature} to {settings.APP_ROLE}",
    )
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_session_may_leave_the_timetable")]
    operations = [
        migrations.RunSQL(
            sql=[BATCH_COUNTS, SESSION_COUNTS, *GRANTS],
            reverse_sql=[f"drop function {signature}" for signature in SIGNATURES],
        )
    ]
