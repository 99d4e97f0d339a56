"""What somebody said under one record holds under every record that was joined with it: one person has one last word."""

from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT

# Each of those who are asked about (`who`), with each record of theirs; a record that is joined with none stands alone.
OF_ONE_PERSON = """
    holding as (
        select j.kept_id, j.merged_id from people_joining j
         where not exists (select from people_parting p where p.joining_id = j.id)
    ), kept as (
        select a.who, coalesce(h.kept_id, a.who) as record
          from unnest(asked) as a (who) left join holding h on h.merged_id = a.who
    ), records as (
        select who, record from kept
         union
        select kept.who, h.merged_id from kept join holding h on h.kept_id = kept.record
    )
"""
ALONE = "records as (select a.who, a.who as record from unnest(asked) as a (who))"


def words(records: str) -> str:
    """The function that says yes and no past the policy, as migration 0006 explains it."""
    return f"""
create or replace function people_consent_words(asked bigint[], about text, occasion uuid)
returns table (person bigint, is_yes boolean, said_on date, said_at timestamptz, until_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with {records}, answers as (
        select records.who, c.* from records join people_consent c on c.person_id = records.record
         where c.kind = about
           and (c.occasion is null or c.occasion = people_consent_words.occasion)
           and exists (
               select from people_custody stay where stay.person_id = records.who and stay.facility_id = any({IN_SIGHT})
           )
    )
    select a.who, a.answer = 'given', a.given_on, a.recorded_at, a.until_on from answers a
     where a.answer = 'refused' or a.facility_id = any({IN_SIGHT})
    union all
    select a.who, false, w.withdrawn_on, w.recorded_at, null from answers a
      join people_withdrawal w on w.consent_id = a.id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0014_kept_apart_in_rooms")]
    operations = [migrations.RunSQL(words(OF_ONE_PERSON), words(ALONE))]
