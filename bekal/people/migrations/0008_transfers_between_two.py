"""What two facilities may see and do of one transfer, and the few questions that go past the policies.

* Both see the row. It is put by the facility that holds the person; a destination asks through `people_ask_transfer`.
* Who is asked agrees; who holds departs; who receives records the arrival: a trigger holds it whatever the program does.
* `people_holders` is the one place that finds a person by NIK across facilities. The application may not call it: it is
  told the name of the facility (`people_held_elsewhere`), or a request is put without telling more (`people_ask_transfer`).
* A person is read where they are held and where they have had a stay, and changed where they are held. Only
  `people_arrive` and `people_take_back` move them.
"""

from django.conf import settings
from django.db import migrations

from bekal.foundation.core.row_security import IN_SIGHT, RowSecurity, of_facility

BOTH = f"facility_id = any({IN_SIGHT}) or destination_id = any({IN_SIGHT})"
OWN = f"facility_id = any({IN_SIGHT}) and not is_asked_by_destination"

PUT_BY_WHO_HOLDS = [
    "drop policy people_transfer_insert on people_transfer",
    f"create policy people_transfer_insert on people_transfer for insert with check ({OWN})",
    # Who, from where and to where stands for ever.
    f"revoke update on people_transfer from {settings.APP_ROLE}",
    "grant update (status, decided_by_id, decided_at, closing_reason, letter_number, letter_on, planned_on, departed_on,"
    f" arrived_on, new_custody_id) on people_transfer to {settings.APP_ROLE}",
]

READ_WHERE_THEY_STAYED = f"""
alter policy people_person_select on people_person using (
  {of_facility()} or exists (
    select 1 from people_custody stay where stay.person_id = people_person.id and stay.facility_id = any({IN_SIGHT})
  )
)
"""

TURNS = f"""
create function people_transfer_turn() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    origin boolean := new.facility_id = any({IN_SIGHT});
    goal boolean := new.destination_id = any({IN_SIGHT});
begin
    if old.status = new.status then
        return new;
    end if;
    if (new.status = 'agreed' and not (old.status = 'requested'
            and case when new.is_asked_by_destination then origin else goal end))
        or (new.status = 'departed' and not (old.status = 'agreed' and origin))
        or (new.status = 'turned_back' and not (old.status = 'departed' and origin))
        or (new.status = 'arrived' and not (old.status = 'departed' and goal))
        or (new.status in ('refused', 'requested') and old.status <> 'requested')
        or (new.status = 'withdrawn' and old.status not in ('requested', 'agreed')) then
        raise exception 'This move of a transfer belongs to the other facility, or comes too late.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger people_transfer_turn before update of status on people_transfer
    for each row execute function people_transfer_turn();
"""

HOLDERS = """
create function people_holders(niks bytea[], here bigint)
returns table (nik bytea, person bigint, custody bigint, facility bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct on (held.nik_index) held.nik_index, held.id, stay.id, stay.facility_id
      from people_person held
      join people_custody stay on stay.person_id = held.id
     where held.nik_index = any(niks) and stay.facility_id <> here
       and (stay.ended_on is null
            or exists (select 1 from people_transfer t where t.custody_id = stay.id and t.status = 'departed'))
     order by held.nik_index, stay.ended_on is null desc, held.id
$$;
create or replace function people_held_elsewhere(niks bytea[], here bigint)
returns table (nik bytea, facility_name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select holders.nik, facility.name from people_holders(niks, here) holders
      join facilities_facility facility on facility.id = holders.facility
$$;
"""

ASK = f"""
create function people_ask_transfer(
    row_id uuid, wanted bytea, here bigint, called text, why text, asker bigint, asked timestamptz
) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    held record;
    found_id bigint;
begin
    select * into held from people_holders(array[wanted], here);
    if not here = any({IN_SIGHT}) or held.person is null then
        return null;
    end if;
    insert into people_transfer (public_id, facility_id, destination_id, person_id, custody_id, is_asked_by_destination,
            asked_as, reason, letter_number, status, asked_by_id, asked_at, closing_reason)
        values (row_id, held.facility, here, held.person, held.custody, true,
            called, why, '', 'requested', asker, asked, '')
        on conflict (person_id, destination_id) where status in ('requested', 'agreed', 'departed') do nothing
        returning id into found_id;
    if found_id is null then
        select id into found_id from people_transfer
         where person_id = held.person and destination_id = here and status in ('requested', 'agreed', 'departed');
    end if;
    return found_id;
end $$;
"""

# Who is coming: told where the holder asked, or has agreed.
COMING = f"""
create function people_coming(asked bigint[])
returns table (transfer bigint, full_name text, sex text, birth_on date, standing text)
language sql stable security definer set search_path = public, pg_temp as $$
    select t.id, who.full_name, who.sex, who.birth_on, stay.standing
      from people_transfer t
      join people_person who on who.id = t.person_id
      join people_custody stay on stay.id = t.custody_id
     where t.id = any(asked) and t.destination_id = any({IN_SIGHT})
       and (t.status in ('agreed', 'departed') or (t.status = 'requested' and not t.is_asked_by_destination))
$$;
"""

# What travels with whoever has departed: the facts of the stay that ended, for the stay that begins.
CARRIED = f"""
create function people_carried(asked bigint)
returns table (
    custody uuid, standing text, offence bytea, offence_group text,
    sentence_years smallint, sentence_months smallint, sentence_days smallint,
    third_on date, half_on date, two_thirds_on date, expires_on date, legal_dates_read_on date
)
language sql stable security definer set search_path = public, pg_temp as $$
    select stay.public_id, stay.standing, stay.offence, stay.offence_group,
           stay.sentence_years, stay.sentence_months, stay.sentence_days,
           stay.third_on, stay.half_on, stay.two_thirds_on, stay.expires_on, stay.legal_dates_read_on
      from people_transfer t join people_custody stay on stay.id = t.custody_id
     where t.id = asked and t.status = 'departed' and t.destination_id = any({IN_SIGHT})
$$;
"""

MOVES = f"""
create function people_arrive(arriving bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    way record;
begin
    select person_id, destination_id into way from people_transfer
     where id = arriving and status = 'departed' and destination_id = any({IN_SIGHT}) for update;
    if way.person_id is null then
        return false;
    end if;
    update people_person set facility_id = way.destination_id, has_moved = true where id = way.person_id;
    return true;
end $$;
create function people_take_back(who bigint, here bigint) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform 1 from people_person where id = who for update;
    if not here = any({IN_SIGHT})
        or not exists (select 1 from people_custody where person_id = who and facility_id = here)
        or exists (select 1 from people_custody where person_id = who and ended_on is null)
        or exists (select 1 from people_transfer where person_id = who and status = 'departed') then
        return false;
    end if;
    update people_person set facility_id = here, has_moved = true where id = who;
    return true;
end $$;
"""

# Where else a person who is held here has been: on the thread, and for the register of who has come back.
STAYS_ELSEWHERE = f"""
create function people_stays_elsewhere(who bigint[])
returns table (
    person bigint, facility_name text, register_number text, admitted_on date, ended_on date, end_kind text
)
language sql stable security definer set search_path = public, pg_temp as $$
    select held.id, facility.name, stay.register_number, stay.admitted_on, stay.ended_on, stay.end_kind
      from people_person held
      join people_custody stay on stay.person_id = held.id
      join facilities_facility facility on facility.id = stay.facility_id
     where held.id = any(who) and held.facility_id = any({IN_SIGHT}) and not stay.facility_id = any({IN_SIGHT})
     order by held.id, stay.admitted_on, stay.id
$$;
"""

FOR_THE_APPLICATION = (
    "people_ask_transfer(uuid, bytea, bigint, text, text, bigint, timestamptz)",
    "people_coming(bigint[])",
    "people_carried(bigint)",
    "people_arrive(bigint)",
    "people_take_back(bigint, bigint)",
    "people_stays_elsewhere(bigint[])",
)
GRANTS = ["revoke execute on function people_holders(bytea[], bigint) from public"]
for signature in FOR_THE_APPLICATION:
    GRANTS += [
        f"revoke execute on function {signature} from public",
        f"grant execute on function {signature} to {settings.APP_ROLE}",
    ]


class Migration(migrations.Migration):
    dependencies = [("people", "0007_transfers")]
    operations = [
        RowSecurity("people_transfer", BOTH),
        RowSecurity("people_transferevent", BOTH),
        migrations.RunSQL([*PUT_BY_WHO_HOLDS, READ_WHERE_THEY_STAYED, TURNS], migrations.RunSQL.noop),
        migrations.RunSQL([HOLDERS, ASK, COMING, CARRIED, MOVES, STAYS_ELSEWHERE, *GRANTS], migrations.RunSQL.noop),
    ]
