"""Places and teachers are taken by one session at a time: a rule gives the sentence, the database has the last word."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.models import Batch, Facilitator, Instructor, Session
from bekal.delivery.programmes.operations.rooms import check_may_share, hold_rooms
from bekal.delivery.programmes.queries.sessions import slots_between
from bekal.delivery.programmes.rules import Clash, Slot
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Place

CONSTRAINTS = (
    "programmes_session_place_free",
    "programmes_facilitator_officer_free",
    "programmes_facilitator_instructor_free",
)


@contextmanager
def booked(
    batch: Batch, slots: Sequence[Slot], *, besides: Collection[int], by: User, comers: Iterable[int] | None = None
) -> Iterator[None]:
    """Do inside what takes these hours for a batch, or for those of it who come (`comers`, keys of people).

    `besides` are the sessions that give up their hours (primary keys).

    Raises:
        RuleBroken: a place or a teacher is taken, naming when and by which session, or a shared place has no room.
        NotPlaced: the place cannot be used, for a reason that stays with security.
    """
    hold_rooms(batch.facility)
    rooms = {place.pk: place.capacity for place in Place.objects.filter(pk__in={slot.place for slot in slots})}
    _check(batch, slots, rooms, besides=besides, by=by, comers=comers)
    try:
        with transaction.atomic():
            _constraints("deferred")
            yield
            _constraints("immediate")
    except IntegrityError as refusal:
        if not any(name in str(refusal) for name in CONSTRAINTS):
            raise
        # Somebody was faster by an instant; now their session can be seen and named.
        _check(batch, slots, rooms, besides=besides, by=by, comers=comers)
        raise RuleBroken(
            _("Place or teacher was taken a moment ago. Choose another hour or place."), field="held_on"
        ) from refusal


def _constraints(when: str) -> None:
    """Sessions that change hours among themselves meet for an instant; what counts is how they stand at the end."""
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints {', '.join(CONSTRAINTS)} {when}")


def _check(
    batch: Batch,
    slots: Sequence[Slot],
    room: dict[int, int],
    *,
    besides: Collection[int],
    by: User,
    comers: Iterable[int] | None,
) -> None:
    if not slots:
        return
    days = [slot.on for slot in slots]
    others = slots_between(by, batch.facility, min(days), max(days), besides=besides)
    found = rules.clash(slots, others)
    if found:
        raise RuleBroken(_taken(found), field="place" if found.what == rules.PLACE else "officers")
    full = rules.crowded(slots, others, room=room)
    if full:
        raise RuleBroken(
            _("The shared place has no room for all on %(day)s: others are there at that hour.")
            % {"day": short_day(full.on)},
            field="place",
        )
    beside = {other.session for other in rules.sharing(slots, others)}
    if beside:
        check_may_share(batch, beside, comers=comers)


def _taken(found: Clash) -> str:
    words = {
        "what": _name_of(found),
        "day": short_day(found.other.on),
        "from": clock(found.other.starts_at),
        "until": clock(found.other.ends_at),
        "whose": found.other.whose or _("another activity"),
    }
    return _("%(what)s is taken on %(day)s from %(from)s to %(until)s by: %(whose)s.") % words


def _name_of(found: Clash) -> str:
    if found.what == rules.PLACE:
        return Place.objects.values_list("name", flat=True).get(pk=found.mine.place)
    people = User if found.what[0] == "o" else Instructor
    return people._default_manager.values_list("name", flat=True).get(pk=int(found.what[1:]))


def set_teachers(sessions: Sequence[Session], *, officers: Collection[int], instructors: Collection[int]) -> None:
    """Let these teach the sessions, and nobody else; who was named before stays in the rows, inactive."""
    wanted = {(s.pk, pk, None) for s in sessions for pk in officers} | {
        (s.pk, None, pk) for s in sessions for pk in instructors
    }
    named = {
        (row.session_id, row.officer_id, row.instructor_id): row
        for row in Facilitator.objects.filter(session__in=[session.pk for session in sessions])
    }
    facility = {session.pk: session.facility_id for session in sessions}
    dropped = [row.pk for key, row in named.items() if row.is_active and key not in wanted]
    again = [row.pk for key, row in named.items() if not row.is_active and key in wanted]
    Facilitator.objects.filter(pk__in=dropped).update(is_active=False)
    Facilitator.objects.filter(pk__in=again).update(is_active=True)
    Facilitator.objects.bulk_create(
        Facilitator(facility_id=facility[session], session_id=session, officer_id=officer, instructor_id=instructor)
        for session, officer, instructor in sorted(wanted - named.keys(), key=str)
    )
