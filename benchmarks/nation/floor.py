"""The floor: plain views behind the product's own sign-in. Each reads the rows of a page with one query, and prints them.

No forms, no templates, no navigation. Row-level security holds here as everywhere.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.scope import enter

SEES_PEOPLE, SEES_BATCHES = "people.view_people", "programmes.view_batches"

LIST = """
select p.public_id, p.full_name, c.register_number, c.standing, c.block, c.two_thirds_on, c.expires_on,
       (select count(*) from people_custody where facility_id = %(here)s and ended_on is null),
       (select array_agg(distinct block) from people_custody where facility_id = %(here)s and ended_on is null)
  from people_custody c join people_person p on p.id = c.person_id
 where c.facility_id = %(here)s and c.ended_on is null order by p.search_name, c.id limit 50
"""
PERSON = """
select p.full_name, p.birth_place, p.birth_on, p.sex, p.nik,
       (select jsonb_agg(to_jsonb(c)) from people_custody c where c.person_id = p.id),
       (select jsonb_agg(to_jsonb(r)) from people_registernumber r join people_custody c on c.id = r.custody_id
         where c.person_id = p.id),
       (select jsonb_agg(jsonb_build_array(n.status, n.proposed_at, b.number, b.year, g.title, h.held_on))
          from programmes_nomination n join programmes_batch b on b.id = n.batch_id
          join programmes_programme g on g.id = b.programme_id
          left join programmes_hearing h on h.id = n.hearing_id where n.person_id = p.id),
       (select jsonb_agg(jsonb_build_array(e.status, e.enrolled_on, d.number, b.number, b.starts_on, b.ends_on,
               (select sum(a.counted_jp) from programmes_attendance a where a.enrolment_id = e.id),
               (select sum(s.held_jp) from programmes_session s where s.batch_id = b.id and s.is_active)))
          from programmes_enrolment e join programmes_batch b on b.id = e.batch_id
          join programmes_decree d on d.id = e.decree_id where e.person_id = p.id),
       (select jsonb_agg(jsonb_build_array(x.paper_id, x.issued_at)) from certificates_certificate x
          join programmes_enrolment e on e.id = x.enrolment_id where e.person_id = p.id),
       (select jsonb_agg(jsonb_build_array(v.at, u.name)) from
           (select at, actor from audit_event where facility = %(here)s and subject = p.public_id
               and code = 'people.person.opened' order by id desc limit 5) v left join accounts_user u on u.public_id = v.actor),
       (select jsonb_agg(jsonb_build_array(b.public_id, b.number, b.year, g.title,
               (select jsonb_agg(to_jsonb(c)) from programmes_criterion c where c.programme_id = g.id))) from programmes_batch b
          join programmes_programme g on g.id = b.programme_id where b.facility_id = %(here)s and b.status = 'planned'),
       (select jsonb_agg(jsonb_build_array(t.status, t.asked_at, o.name, d.name)) from people_transfer t
          join facilities_facility o on o.id = t.facility_id join facilities_facility d on d.id = t.destination_id
         where t.person_id = p.id),
       (select jsonb_agg(jsonb_build_array(h.recorded_at, y.title)) from ceremonies_handover h
          join ceremonies_ceremony y on y.id = h.ceremony_id join certificates_certificate x on x.id = h.certificate_id
          join programmes_enrolment e on e.id = x.enrolment_id where e.person_id = p.id and h.outcome = 'received'),
       (select jsonb_agg(to_jsonb(w)) from people_consent_words(array[p.id], 'photo', null) w),
       (select jsonb_agg(to_jsonb(a)) from people_consent a where a.person_id = p.id),
       (select jsonb_agg(to_jsonb(s)) from people_stays_elsewhere(array[p.id]) s where p.has_moved),
       (select jsonb_agg(to_jsonb(s)) from programmes_parts_elsewhere(array[p.id]) s where p.has_moved)
  from people_person p where p.facility_id = %(here)s and p.public_id = %(asked)s
"""
SEARCH = """
select p.public_id, p.full_name, p.birth_on, c.register_number, c.ended_on
  from people_named(%(asked)s, 50) named join people_person p on p.id = named.person
  join people_custody c on c.person_id = p.id
 order by named.likeness desc, p.search_name, p.id
"""
BATCH = """
select b.number, b.year, b.code, b.starts_on, b.ends_on, b.starts_at, b.ends_at, b.capacity, b.status, g.title, g.kind, l.name,
       l.capacity, u.name,
       (select jsonb_agg(jsonb_build_array(s.number, s.held_on, s.status,
               (select count(*) from programmes_attendance a where a.session_id = s.id and a.is_present),
               (select count(*) from programmes_enrolment e where e.batch_id = b.id and e.enrolled_on <= s.held_on))
               order by s.held_on) from programmes_session s where s.batch_id = b.id and s.is_active),
       (select jsonb_agg(jsonb_build_array(p.public_id, p.full_name, c.register_number, t.number, t.status, e.status,
               (select sum(a.counted_jp) from programmes_attendance a where a.enrolment_id = e.id)) order by p.search_name)
          from programmes_enrolment e join people_person p on p.id = e.person_id join people_custody c on c.id = e.custody_id
          join programmes_tag t on t.enrolment_id = e.id where e.batch_id = b.id),
       (select jsonb_agg(jsonb_build_array(p.full_name, n.status, n.motive)) from programmes_nomination n
          join people_person p on p.id = n.person_id where n.batch_id = b.id
           and not exists (select from programmes_enrolment e where e.nomination_id = n.id)),
       (select jsonb_agg(jsonb_build_array(d.number, d.kind)) from programmes_decree d where d.batch_id = b.id),
       (select jsonb_agg(jsonb_build_array(v.code, v.at, w.name)) from
           (select * from audit_event where facility = %(here)s and subject = b.public_id order by id desc limit 8) v
           left join accounts_user w on w.public_id = v.actor),
       (select jsonb_agg(to_jsonb(h)) from facilities_holiday h where h.facility_id = b.facility_id and h.is_active
           and h."on" between b.starts_on and b.ends_on),
       (select count(*) from programmes_correction c join programmes_session s on s.id = c.session_id
         where s.batch_id = b.id and c.status = 'requested'),
       (select jsonb_agg(jsonb_build_array(a.enrolment_id, a.counted_jp)) from programmes_attendance a
          join programmes_session s on s.id = a.session_id where s.batch_id = b.id and s.makes_up_for_id is not null),
       (select jsonb_agg(to_jsonb(m)) from programmes_makeuprule m where m.programme_id = g.id),
       (select count(*) from programmes_enrolment e join people_custody c on c.id = e.custody_id
         where e.batch_id = b.id and e.status = 'enrolled' and c.ended_on is not null)
  from programmes_batch b join programmes_programme g on g.id = b.programme_id join facilities_place l on l.id = b.place_id
  left join accounts_user u on u.id = b.teacher_id where b.facility_id = %(here)s and b.public_id = %(asked)s
"""
DESK = """
select b.public_id, b.number, b.year, b.code, b.status, b.starts_on, b.ends_on, g.title,
       (select jsonb_agg(jsonb_build_array(s.public_id, s.number, s.held_on, s.status,
               (select count(*) from programmes_attendance a where a.session_id = s.id)))
          from programmes_session s where s.batch_id = b.id and s.is_active and s.held_on <= current_date
           and b.status = 'running'),
       (select count(*) from programmes_enrolment e where e.batch_id = b.id),
       (select count(*) from programmes_nomination n where n.batch_id = b.id and n.status = 'proposed'),
       (select count(*) from programmes_decree d where d.batch_id = b.id and d.status = 'draft'),
       (select count(*) from programmes_hearing h where h.facility_id = %(here)s and h.status = 'open'),
       (select count(*) from people_rosterdoubt r where r.facility_id = %(here)s and r.decision = 'waiting'),
       (select count(*) from ceremonies_ceremony r where r.facility_id = %(here)s and r.status <> 'ended'),
       (select count(*) from programmes_enrolment e join people_custody c on c.id = e.custody_id
         where e.batch_id = b.id and e.status = 'enrolled' and c.ended_on is not null)
  from programmes_batch b join programmes_programme g on g.id = b.programme_id
 where b.facility_id = %(here)s and b.status in ('planned', 'running')
union all
select null, null, null, null, null, null, null, 'beside',
       (select jsonb_agg(jsonb_build_array(t.status, t.planned_on, o.name, d.name)) from people_transfer t
          join facilities_facility o on o.id = t.facility_id join facilities_facility d on d.id = t.destination_id
         where %(here)s in (t.facility_id, t.destination_id) and t.status in ('requested', 'agreed', 'departed')),
       (select count(*) from people_rosterimport r where r.facility_id = %(here)s and r.state = 'ready'),
       (select count(*) from programmes_correction c where c.facility_id = %(here)s and c.status = 'requested'),
       (select count(*) from certificates_certificate c join papers_paper a on a.id = c.paper_id
          join programmes_enrolment e on e.id = c.enrolment_id join people_person p on p.id = e.person_id
         where c.facility_id = %(here)s and c.status = 'valid' and a.data ->> 'nama' <> p.full_name),
       (select count(*) from ceremonies_pressrelease r where r.facility_id = %(here)s and r.status <> 'released'),
       (select count(*) from ceremonies_photo r where r.facility_id = %(here)s and r.status = 'unseen'),
       null, null
 order by 6, 1
"""


def _printed(rows: Iterable[tuple[Any, ...]]) -> HttpResponse:
    lines = "".join(f"<tr>{''.join(f'<td>{escape(value)}</td>' for value in row)}</tr>\n" for row in rows)
    return HttpResponse(f"<!doctype html><title>Lantai</title><table>{lines}</table>")


def _plain(permission: str, statement: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
        asked = public_id or request.POST.get("cari", "")
        with connection.cursor() as cursor:
            cursor.execute(statement, {"here": request.user.posting.facility_id, "asked": asked})
            return _printed(cursor.fetchall())

    return staff_page(permission)(view)


people = _plain(SEES_PEOPLE, LIST)
person = _plain(SEES_PEOPLE, PERSON)
search = _plain(SEES_PEOPLE, SEARCH)
batch = _plain(SEES_BATCHES, BATCH)
desk = _plain(SEES_BATCHES, DESK)


@staff_page(SEES_PEOPLE)
def nation_search(request: HttpRequest) -> HttpResponse:
    """The product's search as the house itself sees it: every facility in sight. No officer has that sight."""
    from bekal.people.searching import search as found_by

    house = system_user()
    enter(scope_of(house))
    return render(request, "people/search.html", {"found": found_by(house, request.POST["cari"])})
