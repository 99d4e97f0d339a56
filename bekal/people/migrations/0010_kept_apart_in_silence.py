"""Who is kept apart is seen by security alone; whoever places people is told yes or no, by two functions past the policy.

`people_kept_apart` names newcomers who may not join, never the other one of a pair: it is told who is present and asks no more.
`people_note_apart_attempts` writes what was tried, for somebody who may not read it. A pair holds wherever both people are; the
security of the facility that holds both sees it, whoever noted it.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, MAY_SEE_CARE, MAY_SEE_SECURITY, RowSecurity, of_facility

HOLDS_BOTH = f"""
(select count(*) from people_person held
  where held.id in (first_id, second_id) and held.facility_id = any({IN_SIGHT})) = 2
"""
PAIR = f"{MAY_SEE_SECURITY} and ({of_facility()} or {HOLDS_BOTH})"
TRIED = f"{of_facility()} and {MAY_SEE_SECURITY} and (not is_confidential or {MAY_SEE_CARE})"

# One place that says when a pair stands in the way: in force, not allowed there, and the other one present, named before, or
# the reason of an earlier refusal in the same group.
IN_THE_WAY = f"""
create function people_pairs_in_the_way(newcomers bigint[], present bigint[], asked_group uuid, first_on date, last_on date)
returns table (person bigint, pair bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with comers as (
        select comer.id, comer.place from unnest(newcomers) with ordinality as comer (id, place)
         where exists (select from people_custody stay where stay.person_id = comer.id and stay.facility_id = any({IN_SIGHT}))
    )
    select comer.id, kept.id
      from comers comer
      join people_keepapart kept on comer.id in (kept.first_id, kept.second_id)
     cross join lateral (select kept.first_id + kept.second_id - comer.id as id) other
     where kept.ended_at is null and kept.since_on <= last_on and (kept.until_on is null or kept.until_on >= first_on)
       and not exists (select from people_apartoverride o where o.pair_id = kept.id and o."group" = asked_group)
       and (other.id = any(present)
            or exists (select from comers earlier where earlier.id = other.id and earlier.place < comer.place)
            or exists (select from people_apartattempt t
                        where t.pair_id = kept.id and t.person_id = comer.id and t."group" = asked_group))
$$
"""

KEPT_APART = """
create function people_kept_apart(newcomers bigint[], present bigint[], asked_group uuid, first_on date, last_on date)
returns setof bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select distinct person from people_pairs_in_the_way(newcomers, present, asked_group, first_on, last_on)
$$
"""

NOTE = f"""
create function people_note_apart_attempts(newcomers bigint[], present bigint[], asked_group uuid, first_on date, last_on date,
    title text, confidential boolean, here bigint, officer bigint, instant timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    with noted as (
        insert into people_apartattempt
            (public_id, facility_id, pair_id, person_id, "group", group_title, is_confidential, tried_by_id, tried_at)
        select gen_random_uuid(), here, pair, person, asked_group, title, confidential, officer, instant
          from people_pairs_in_the_way(newcomers, present, asked_group, first_on, last_on)
         where here = any({IN_SIGHT})
        returning 1
    )
    select count(*) from noted
$$
"""
SPAN = "bigint[], bigint[], uuid, date, date"
INNER = f"people_pairs_in_the_way({SPAN})"
OPEN = [
    f"people_kept_apart({SPAN})",
    f"people_note_apart_attempts({SPAN}, text, boolean, bigint, bigint, timestamptz)",
]
GRANTS = [
    # Only the two below may ask it: its answer says which pair.
    f"revoke execute on function {INNER} from public",
    *(f"revoke execute on function {name} from public" for name in OPEN),
    *(f"grant execute on function {name} to {settings.APP_ROLE}" for name in OPEN),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0009_kept_apart")]
    operations = [
        RowSecurity("people_keepapart", PAIR),
        RowSecurity("people_keepapartevent", PAIR),
        RowSecurity("people_apartattempt", TRIED),
        RowSecurity("people_apartattemptevent", TRIED),
        RowSecurity("people_apartoverride", TRIED),
        RowSecurity("people_apartoverrideevent", TRIED),
        migrations.RunSQL(
            [IN_THE_WAY, KEPT_APART, NOTE, *GRANTS],
            [f"drop function {name}" for name in [*reversed(OPEN), INNER]],
        ),
    ]
