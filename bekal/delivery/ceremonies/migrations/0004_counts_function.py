"""How many of each batch of a ceremony: counted past the policies, for facilities in sight. Numbers only, never a name."""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT

FUNCTION = f"""
create function ceremonies_counts(asked_ceremony bigint)
returns table (
  batch_id bigint, enrolled bigint, completed bigint, participated bigint, left_by_law bigint, left_otherwise bigint,
  worn_tags bigint, issued bigint, waiting bigint, received bigint, absent bigint, to_be_sent bigint
)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select cb.batch_id, e.enrolled, e.completed, e.participated, e.left_by_law, e.left_otherwise, t.worn,
         h.issued, h.waiting, h.received, h.absent, h.to_be_sent
    from ceremonies_ceremonybatch cb
    cross join lateral (
      select count(*) filter (where status = 'enrolled') as enrolled,
             count(*) filter (where status = 'completed') as completed,
             count(*) filter (where status = 'participated') as participated,
             count(*) filter (where status = 'left' and exit_group = 'by_law') as left_by_law,
             count(*) filter (where status = 'left' and exit_group <> 'by_law') as left_otherwise
        from programmes_enrolment where batch_id = cb.batch_id
    ) e
    cross join lateral (
      select count(*) as worn from programmes_tag where batch_id = cb.batch_id and status = 'worn'
    ) t
    cross join lateral (
      select count(*) as issued,
             count(*) filter (where ho.outcome = 'waiting') as waiting,
             count(*) filter (where ho.outcome = 'received') as received,
             count(*) filter (where ho.outcome = 'absent') as absent,
             count(*) filter (where ho.outcome = 'to_be_sent') as to_be_sent
        from ceremonies_handover ho
        join certificates_certificate c on c.id = ho.certificate_id
        join programmes_enrolment pe on pe.id = c.enrolment_id
       where ho.ceremony_id = cb.ceremony_id and pe.batch_id = cb.batch_id
    ) h
   where cb.ceremony_id = asked_ceremony and cb.facility_id = any({IN_SIGHT})
$$
"""
SIGNATURE = "ceremonies_counts(bigint)"


class Migration(migrations.Migration):
    dependencies = [
        ("ceremonies", "0003_batch_may_leave"),
        ("certificates", "0002_row_security"),
        ("programmes", "0002_row_security"),
    ]
    operations = [
        migrations.RunSQL(
            sql=[
                FUNCTION,
                f"revoke execute on function {SIGNATURE} from public",
                f"grant execute on function {SIGNATURE} to {settings.APP_ROLE}",
            ],
            reverse_sql=[f"drop function {SIGNATURE}"],
        )
    ]
