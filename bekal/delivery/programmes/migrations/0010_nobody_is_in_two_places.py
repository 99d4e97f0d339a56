"""No place holds two sessions at once unless it is shared, and nobody teaches two: the database refuses it (docs/adr/0013).

The hours of a session become instants by the zone of its facility. A facilitator's row follows its session. The constraints
may wait until the end of an operation, so that a timetable can be moved as a whole.
"""

from django.db import migrations

INSTANTS = """
create function programmes_instants(facility bigint, held_on date, starts_at time, ends_at time) returns tstzrange
language sql stable set search_path = pg_catalog, public
as $$
  select tstzrange((held_on + starts_at) at time zone z.name, (held_on + ends_at) at time zone z.name)
    from facilities_facility f
    cross join lateral (
      select case f.zone when 'WIB' then 'Asia/Jakarta' when 'WITA' then 'Asia/Makassar' else 'Asia/Jayapura' end as name
    ) z
   where f.id = facility
$$
"""
SESSION = """
create function programmes_session_instants() returns trigger language plpgsql set search_path = pg_catalog, public
as $$ begin
  new.during := programmes_instants(new.facility_id, new.held_on, new.starts_at, new.ends_at);
  return new;
end $$
"""
FACILITATOR = """
create function programmes_facilitator_follows() returns trigger language plpgsql set search_path = pg_catalog, public
as $$ begin
  select s.during, new.is_active and s.is_active and s.status <> 'not_held' into strict new.during, new.is_bound
    from programmes_session s where s.id = new.session_id;
  return new;
end $$
"""
CARRY = """
create function programmes_session_carries() returns trigger language plpgsql set search_path = pg_catalog, public
as $$ begin
  if (new.during, new.is_active, new.status) is distinct from (old.during, old.is_active, old.status) then
    update programmes_facilitator set session_id = session_id where session_id = new.id;
  end if;
  return null;
end $$
"""
# Whoever shares a place has a point of its own on the scale of ids; whoever does not has the whole scale.
ALONE = "(case when shares_place then int8range(id, id, '[]') else int8range(null, null) end)"
FORWARD = [
    INSTANTS,
    SESSION,
    FACILITATOR,
    CARRY,
    "create trigger programmes_session_instants before insert or update of facility_id, held_on, starts_at, ends_at"
    " on programmes_session for each row execute function programmes_session_instants()",
    "create trigger programmes_facilitator_follows before insert or update on programmes_facilitator"
    " for each row execute function programmes_facilitator_follows()",
    "update programmes_session set held_on = held_on",
    "update programmes_facilitator set session_id = session_id",
    "set constraints all immediate",
    "create trigger programmes_session_carries after update on programmes_session"
    " for each row execute function programmes_session_carries()",
    f"alter table programmes_session add constraint programmes_session_place_free"
    f" exclude using gist (place_id with =, during with &&, {ALONE} with &&)"
    f" where (is_active and status <> 'not_held') deferrable initially immediate",
    "alter table programmes_facilitator add constraint programmes_facilitator_officer_free"
    " exclude using gist (officer_id with =, during with &&) where (is_bound) deferrable initially immediate",
    "alter table programmes_facilitator add constraint programmes_facilitator_instructor_free"
    " exclude using gist (instructor_id with =, during with &&) where (is_bound) deferrable initially immediate",
]
BACKWARD = [
    "alter table programmes_facilitator drop constraint programmes_facilitator_instructor_free",
    "alter table programmes_facilitator drop constraint programmes_facilitator_officer_free",
    "alter table programmes_session drop constraint programmes_session_place_free",
    "drop trigger programmes_session_carries on programmes_session",
    "drop trigger programmes_facilitator_follows on programmes_facilitator",
    "drop trigger programmes_session_instants on programmes_session",
    "drop function programmes_session_carries()",
    "drop function programmes_facilitator_follows()",
    "drop function programmes_session_instants()",
    "drop function programmes_instants(bigint, date, time, time)",
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0009_a_session_has_a_place")]
    operations = [migrations.RunSQL(sql=FORWARD, reverse_sql=BACKWARD)]
