"""Guests and turns are seen by their facility; families by the care team, the board and the head where rehabilitation closes.

The policy asks the ceremony instead of a column: a plan changes after families were listed, and the officer who changes it may
be one who does not see them. A ceremony without batches (called off, or not lined up yet) counts as one that holds care.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, MAY_SEE_CARE, RowSecurity, of_facility

HOLDS_CARE = f"""
create function ceremonies_holds_care(asked_ceremony bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public
as $$
  select coalesce(bool_or(p.kind = 'rehabilitation'), true)
    from ceremonies_ceremonybatch cb
    join programmes_batch b on b.id = cb.batch_id
    join programmes_programme p on p.id = b.programme_id
   where cb.ceremony_id = asked_ceremony and cb.facility_id = any({IN_SIGHT})
$$
"""
COUNTS = f"""
create function ceremonies_guest_counts(asked_ceremony bigint)
returns table (kind text, invited bigint, confirmed bigint, declined bigint, came bigint)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select g.kind, count(*), count(*) filter (where g.answer = 'confirmed'), count(*) filter (where g.answer = 'declined'),
         count(*) filter (where g.has_come)
    from ceremonies_guest g
   where g.ceremony_id = asked_ceremony and g.is_active and g.facility_id = any({IN_SIGHT})
   group by g.kind
$$
"""
FUNCTIONS = ("ceremonies_holds_care(bigint)", "ceremonies_guest_counts(bigint)")
FAMILY = f"{of_facility()} and (kind <> 'family' or {MAY_SEE_CARE} or not ceremonies_holds_care(ceremony_id))"


class Migration(migrations.Migration):
    dependencies = [("ceremonies", "0005_guests_and_turns"), ("programmes", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=[
                HOLDS_CARE,
                COUNTS,
                *(f"revoke execute on function {name} from public" for name in FUNCTIONS),
                *(f"grant execute on function {name} to {settings.APP_ROLE}" for name in FUNCTIONS),
            ],
            reverse_sql=[f"drop function {name}" for name in FUNCTIONS],
        ),
        RowSecurity("ceremonies_guest", FAMILY),
        RowSecurity("ceremonies_guestevent", FAMILY),
        RowSecurity("ceremonies_handoverturn"),
        RowSecurity("ceremonies_handoverturnevent"),
    ]
