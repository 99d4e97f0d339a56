"""Two questions that row-level security would answer too slowly, or not at all.

`people_named` searches names with the trigram index, which policies keep from being used; it looks only where the scope
looks. `people_held_elsewhere` tells in which facility a NIK is held, and nothing else about whoever it is.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT

NAMED = f"""
create function people_named(term text, most integer) returns table (person bigint, likeness real)
language sql stable security definer set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.45 as $$
    select id, word_similarity(term, search_name) from people_person
     where facility_id = any({IN_SIGHT}) and term <% search_name
     order by word_similarity(term, search_name) desc, search_name, id limit most
$$
"""

HELD_ELSEWHERE = """
create function people_held_elsewhere(niks bytea[], here bigint) returns table (nik bytea, facility_name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select person.nik_index, facility.name
      from people_person person
      join people_custody custody on custody.person_id = person.id and custody.ended_on is null
      join facilities_facility facility on facility.id = custody.facility_id
     where person.nik_index = any(niks) and custody.facility_id <> here
$$
"""

GRANTS = f"""
revoke execute on function people_named(text, integer), people_held_elsewhere(bytea[], bigint) from public;
grant execute on function people_named(text, integer), people_held_elsewhere(bytea[], bigint) to {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_row_security")]
    operations = [
        # The extension's settings are known once its library is loaded.
        migrations.RunSQL("select show_limit()", migrations.RunSQL.noop),
        migrations.RunSQL(NAMED, "drop function people_named(text, integer)"),
        migrations.RunSQL(HELD_ELSEWHERE, "drop function people_held_elsewhere(bytea[], bigint)"),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
