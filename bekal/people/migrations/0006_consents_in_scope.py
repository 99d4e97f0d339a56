"""Answers belong to the facility that asked; those that tell of rehabilitation to those who may know it.

`people_consent_words` says yes and no past the policy, and nothing else: a refusal that the reader may not see must count all
the same. A yes holds at the facility that asked for it; a no, wherever it was said.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, RowSecurity, of_facility

CARE = of_facility(confidential="is_confidential")

WORDS = f"""
create function people_consent_words(asked bigint[], about text, occasion uuid)
returns table (person bigint, is_yes boolean, said_on date, said_at timestamptz, until_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with answers as (
        select c.* from people_consent c
         where c.person_id = any(asked) and c.kind = about
           and (c.occasion is null or c.occasion = people_consent_words.occasion)
           and exists (
               select from people_custody stay where stay.person_id = c.person_id and stay.facility_id = any({IN_SIGHT})
           )
    )
    select a.person_id, a.answer = 'given', a.given_on, a.recorded_at, a.until_on from answers a
     where a.answer = 'refused' or a.facility_id = any({IN_SIGHT})
    union all
    select a.person_id, false, w.withdrawn_on, w.recorded_at, null from answers a
      join people_withdrawal w on w.consent_id = a.id
$$
"""
SIGNATURE = "people_consent_words(bigint[], text, uuid)"


class Migration(migrations.Migration):
    dependencies = [("people", "0005_consents")]
    operations = [
        RowSecurity("people_consent", CARE),
        RowSecurity("people_consentevent", CARE),
        RowSecurity("people_consentscan", CARE),
        RowSecurity("people_consentscanevent", CARE),
        RowSecurity("people_withdrawal", CARE),
        RowSecurity("people_withdrawalevent", CARE),
        migrations.RunSQL(
            [
                WORDS,
                f"revoke execute on function {SIGNATURE} from public",
                f"grant execute on function {SIGNATURE} to {settings.APP_ROLE}",
            ],
            [f"drop function {SIGNATURE}"],
        ),
    ]
