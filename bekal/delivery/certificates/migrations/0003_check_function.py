"""The one door through which the world reads: whether a certificate was issued here, is unchanged, still stands.

It reads past the policies and gives public columns only. Where only the verdict may be shown, what was printed, when it was
issued and when it ended stay inside; nobody's name leaves the database then.
"""

from django.conf import settings
from django.db import migrations

FUNCTION = """
create function certificates_check(asked_code text, asked_sha256 bytea)
returns table (
  standing text, is_verdict_only boolean, is_unchanged boolean, is_replaced boolean, ended_at timestamptz, issued_at timestamptz,
  number text, name text, birth_year text, title text, period text, hours integer, minutes integer, is_participation boolean,
  modules jsonb, place_and_day text, issuer text, asks_at text, zone text, sealed_by text
)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select c.status::text,
         c.is_verdict_only,
         case when asked_sha256 is not null then p.sha256 = asked_sha256 end,
         c.status = 'replaced',
         case when not c.is_verdict_only then c.status_changed_at end,
         case when not c.is_verdict_only then c.issued_at end,
         case when not c.is_verdict_only then p.number::text end,
         case when not c.is_verdict_only then p.data->>'nama' end,
         case when not c.is_verdict_only then p.data->>'tahun_lahir' end,
         case when not c.is_verdict_only then p.data->>'pelatihan' end,
         case when not c.is_verdict_only then p.data->>'masa' end,
         case when not c.is_verdict_only then (p.data->>'jp')::integer end,
         case when not c.is_verdict_only then (p.data->>'menit')::integer end,
         case when not c.is_verdict_only then c.kind = 'participation' end,
         case when not c.is_verdict_only then p.data->'unit' end,
         case when not c.is_verdict_only then p.data->>'terbit' end,
         f.issuer_name::text,
         f.asks_at::text,
         f.zone::text,
         (select s.signer::text from papers_signature s where s.paper_id = p.id order by s.id limit 1)
    from certificates_certificate c
    join papers_paper p on p.id = c.paper_id
    join facilities_facility f on f.id = c.facility_id
   where c.code = asked_code or (asked_code is null and p.sha256 = asked_sha256)
$$
"""
SIGNATURE = "certificates_check(text, bytea)"


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_row_security"), ("papers", "0002_row_security")]
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
