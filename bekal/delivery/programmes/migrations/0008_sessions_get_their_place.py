"""Each session is held where its batch is, and taught by its teacher, until somebody says otherwise."""

from django.db import migrations

SENTENCES = [
    # Trigger events of a table must be over before its next migration changes it.
    "set constraints all immediate",
    # A batch that was called off holds no room any longer.
    """
    update programmes_session s set status = 'not_held', held_jp = 0, note = 'Angkatan dibatalkan.'
      from programmes_batch b
     where b.id = s.batch_id and b.status = 'cancelled' and s.status = 'planned' and s.is_active
    """,
    "update programmes_session s set place_id = b.place_id from programmes_batch b where b.id = s.batch_id",
    # Its history gets the new column too, and changes in nothing that it said: until now each was planned for where its batch is.
    "alter table programmes_sessionevent disable trigger user",
    """
    update programmes_sessionevent e set place_id = s.place_id
      from programmes_session s where s.id = e.pgh_obj_id and e.place_id is null
    """,
    "alter table programmes_sessionevent enable trigger user",
    # What met before this rule was there is taken as shared: it happened.
    """
    update programmes_session s set shares_place = true
     where s.is_active and s.status <> 'not_held' and exists (
       select 1 from programmes_session o
        where o.id <> s.id and o.place_id = s.place_id and o.is_active and o.status <> 'not_held'
          and o.held_on = s.held_on and o.starts_at < s.ends_at and s.starts_at < o.ends_at
     )
    """,
    """
    insert into programmes_facilitator (public_id, facility_id, session_id, officer_id, is_active, is_bound)
    select gen_random_uuid(), s.facility_id, s.id, b.teacher_id, true, true
      from programmes_session s join programmes_batch b on b.id = s.batch_id
     where b.teacher_id is not null and s.is_active and s.status <> 'not_held' and not exists (
       select 1 from programmes_session o join programmes_batch ob on ob.id = o.batch_id
        where o.id < s.id and ob.teacher_id = b.teacher_id and o.is_active and o.status <> 'not_held'
          and o.held_on = s.held_on and o.starts_at < s.ends_at and s.starts_at < o.ends_at
     )
    """,
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_rooms_sheets_and_corrections")]
    operations = [migrations.RunSQL(sql=SENTENCES, reverse_sql=migrations.RunSQL.noop)]
