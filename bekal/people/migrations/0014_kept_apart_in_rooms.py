"""Two groups in one room: whoever plans it is told yes or no, past the policy, and neither of whom nor how many.

Of a pair both sides stay refused in that meeting: taking people out of one group or of the other tells nothing.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT

WOULD_MEET = f"""
create function people_pairs_that_would_meet(one bigint[], other bigint[], meeting uuid, allowed uuid[], first_on date, last_on date)
returns table (person bigint, pair bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select case when kept.first_id = any(one) then kept.first_id
                when kept.second_id = any(one) then kept.second_id
                when kept.first_id = any(other) then kept.first_id
                else kept.second_id end,
           kept.id
      from people_keepapart kept
     where kept.ended_at is null and kept.since_on <= last_on and (kept.until_on is null or kept.until_on >= first_on)
       and exists (select from people_custody stay
                    where stay.person_id in (kept.first_id, kept.second_id) and stay.facility_id = any({IN_SIGHT}))
       and not exists (select from people_apartoverride o where o.pair_id = kept.id and o."group" = any(meeting || allowed))
       and (kept.first_id = any(one) and kept.second_id = any(other)
            or kept.second_id = any(one) and kept.first_id = any(other)
            or (kept.first_id = any(one || other) or kept.second_id = any(one || other))
               and exists (select from people_apartattempt t where t.pair_id = kept.id and t."group" = meeting))
$$
"""

MAY_MEET = """
create function people_may_meet(one bigint[], other bigint[], meeting uuid, allowed uuid[], first_on date, last_on date)
returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select not exists (select from people_pairs_that_would_meet(one, other, meeting, allowed, first_on, last_on))
$$
"""

NOTE = f"""
create function people_note_meeting(one bigint[], other bigint[], meeting uuid, allowed uuid[], first_on date, last_on date,
    title text, confidential boolean, here bigint, officer bigint, instant timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    with noted as (
        insert into people_apartattempt
            (public_id, facility_id, pair_id, person_id, "group", group_title, is_confidential, tried_by_id, tried_at)
        select gen_random_uuid(), here, pair, person, meeting, title, confidential, officer, instant
          from people_pairs_that_would_meet(one, other, meeting, allowed, first_on, last_on)
         where here = any({IN_SIGHT})
        returning 1
    )
    select count(*) from noted
$$
"""
SPAN = "bigint[], bigint[], uuid, uuid[], date, date"
INNER = f"people_pairs_that_would_meet({SPAN})"
OPEN = [
    f"people_may_meet({SPAN})",
    f"people_note_meeting({SPAN}, text, boolean, bigint, bigint, timestamptz)",
]
GRANTS = [
    # Only the two below may ask it: its answer says which pair.
    f"revoke execute on function {INNER} from public",
    *(f"revoke execute on function {name} from public" for name in OPEN),
    *(f"grant execute on function {name} to {settings.APP_ROLE}" for name in OPEN),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0013_offence_groups_from_one_table")]
    operations = [
        migrations.RunSQL(
            [WOULD_MEET, MAY_MEET, NOTE, *GRANTS],
            [f"drop function {name}" for name in [*reversed(OPEN), INNER]],
        ),
    ]
