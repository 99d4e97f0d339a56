"""The chain: placed by a deferred trigger, append-only by two others, read within the scope."""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, RowSecurity

PLACE = """
create function audit_event_place() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    last record;
    row_now audit_event%rowtype;
begin
    insert into audit_head (facility, seq, hash) values (new.facility, 0, decode(repeat('00', 32), 'hex'))
        on conflict (facility) do nothing;
    select seq, hash into last from audit_head where facility = new.facility for update;
    select * into row_now from audit_event where id = new.id;
    if row_now.seq is not null then
        return null;
    end if;
    row_now.seq := last.seq + 1;
    row_now.hash := sha256(last.hash || convert_to(concat_ws(E'\\n',
        row_now.facility, row_now.seq, (extract(epoch from row_now.at) * 1000000)::bigint, row_now.code,
        coalesce(row_now.actor::text, ''), row_now.actor_role, row_now.subject_kind, coalesce(row_now.subject::text, ''),
        row_now.payload::text), 'UTF8'));
    update audit_event set seq = row_now.seq, prev_hash = last.hash, hash = row_now.hash where id = new.id;
    update audit_head set seq = row_now.seq, hash = row_now.hash where facility = new.facility;
    return null;
end $$;

create constraint trigger audit_event_chain after insert on audit_event
    deferrable initially deferred for each row execute function audit_event_place();

create function audit_event_unplaced() returns trigger language plpgsql as $$
begin
    new.seq := null; new.prev_hash := null; new.hash := null;
    return new;
end $$;
create trigger audit_event_unplaced before insert on audit_event for each row execute function audit_event_unplaced();

create function audit_event_frozen() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.hash is null and old.seq is null and new.id = old.id then
        return new;
    end if;
    raise exception 'The trail is append-only.' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_frozen before update or delete on audit_event for each row execute function audit_event_frozen();
create trigger audit_event_kept before truncate on audit_event execute function audit_event_frozen();
"""

UNDO = """
drop trigger audit_event_kept on audit_event; drop trigger audit_event_frozen on audit_event;
drop trigger audit_event_unplaced on audit_event; drop trigger audit_event_chain on audit_event;
drop function audit_event_frozen(); drop function audit_event_unplaced(); drop function audit_event_place();
"""

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(PLACE, UNDO),
        RowSecurity("audit_event", f"facility = 0 or facility = any({IN_SIGHT})"),
        RowSecurity("audit_head", f"facility = 0 or facility = any({IN_SIGHT})"),
        migrations.RunSQL(
            f"revoke update on audit_event from {ROLE}; revoke insert, update on audit_head from {ROLE};",
            migrations.RunSQL.noop,
        ),
    ]
