"""Two batches in one room: nobody may meet there from whom security keeps them apart. Security knows; we hear yes or no."""

from collections.abc import Collection, Iterable

from django.db import connection

from bekal.delivery.programmes.models import Batch, Session
from bekal.delivery.programmes.queries import meeting_of, people_of_sessions, placed_in
from bekal.foundation.core.days import short_day
from bekal.foundation.core.scope import past_care
from bekal.foundation.facilities.models import Facility
from bekal.people import operations as people
from bekal.people.joinings import records_of_all
from bekal.people.queries import Group

# The advisory lock under which the bookings of a facility, and who is enrolled for them, wait for each other.
BOOKING = 8_230


def hold_rooms(facility: Facility) -> None:
    """Let whoever books a room of a facility, or enrols people for one, wait for each other until the transaction ends.

    Two bookings that met in the constraint alone would wait for each other for ever, and the database would end one without a
    word; two of a pair enrolled at one instant in two batches of one room would not see each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [BOOKING, facility.pk])


def check_may_share(batch: Batch, beside: Collection[int], *, comers: Iterable[int] | None) -> None:
    """Refuse a room where a batch would meet the sessions `beside` (primary keys), if a pair that is kept apart would be there.

    `comers` are keys of people where not the whole batch comes. Call it last: a reason that may be told comes first.

    Raises:
        NotPlaced: somebody may not meet somebody there.
    """
    sessions = list(Session.objects.filter(pk__in=beside).select_related("batch__programme", "place"))
    # Whoever plans a room may not know who takes part; the answer says nothing of it.
    with past_care():
        mine = records_of_all(placed_in(batch) if comers is None else comers) if sessions else set()
        theirs = people_of_sessions(sessions) if mine else {}
    for key in sorted(theirs):
        met = sorted((one for one in sessions if one.batch_id == key), key=lambda one: one.held_on)
        other = met[0].batch
        people.check_may_meet(
            mine,
            records_of_all(theirs[key]),
            meeting=_meeting(batch, other, met),
            allowed=[batch.public_id, other.public_id],
            day=short_day(met[0].held_on),
            field="place",
        )


def _meeting(batch: Batch, other: Batch, met: list[Session]) -> Group:
    return Group(
        facility=batch.facility,
        public_id=meeting_of(batch.public_id, other.public_id),
        title=f"{met[0].place.name}: {batch.name} – {other.name}"[:160],
        is_confidential=batch.programme.is_confidential or other.programme.is_confidential,
        first_on=met[0].held_on,
        last_on=met[-1].held_on,
    )
