"""Rows about people that should not exist."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bekal.foundation.core.invariants import invariant
from bekal.people import rules
from bekal.people.choices import CustodyEnd, DoubtDecision, RosterState, TransferStatus
from bekal.people.joinings import in_force
from bekal.people.models import Custody, Joining, Person, RosterDoubt, RosterImport, Transfer


@invariant
def open_stay_where_the_person_is() -> QuerySet[Custody]:
    """Who is in custody is in custody where the person is held."""
    return Custody.objects.filter(ended_on=None).exclude(facility=F("person__facility"))


@invariant
def search_name_follows_the_name() -> Iterable[Person]:
    """The name that is searched is the name that is written."""
    return _names_out_of_date()


def _names_out_of_date() -> Iterator[Person]:
    for person in Person.objects.only("public_id", "full_name", "search_name").order_by("pk"):
        if person.search_name != rules.search_name(person.full_name):
            yield person


@invariant
def nik_and_its_index_go_together() -> QuerySet[Person]:
    """A NIK can be found, and what can be found is there."""
    return Person.objects.filter(Q(nik=None, nik_index__isnull=False) | Q(nik__isnull=False, nik_index=None))


@invariant
def legal_dates_name_their_day_of_reading() -> QuerySet[Custody]:
    """Legal dates say on which day they were read."""
    known = Q(third_on__isnull=False) | Q(half_on__isnull=False) | Q(two_thirds_on__isnull=False)
    return Custody.objects.filter(known | Q(expires_on__isnull=False), legal_dates_read_on=None)


@invariant
def saved_rosters_say_by_whom() -> QuerySet[RosterImport]:
    """A roster that was saved says by whom and when; one that was not, does not."""
    unsigned = Q(committed_by=None) | Q(committed_at=None)
    saved = Q(state=RosterState.COMMITTED)
    return RosterImport.objects.filter((saved & unsigned) | (~saved & Q(committed_at__isnull=False)))


@invariant
def decided_doubts_say_by_whom() -> QuerySet[RosterDoubt]:
    """A doubt that was decided says by whom; one that waits says nobody."""
    waits = Q(decision=DoubtDecision.WAITING)
    return RosterDoubt.objects.filter((waits & Q(decided_by__isnull=False)) | (~waits & Q(decided_by=None)))


@invariant
def who_departed_has_left() -> QuerySet[Transfer]:
    """Whoever departed or arrived has left the stay that the transfer was asked for, by transfer."""
    gone = Transfer.objects.filter(status__in=(TransferStatus.DEPARTED, TransferStatus.ARRIVED))
    return gone.exclude(custody__end_kind=CustodyEnd.TRANSFER, custody__ended_on=F("departed_on"))


@invariant
def who_arrived_is_the_same_person() -> QuerySet[Transfer]:
    """An arrival begins a stay of the same person, in the facility to which they were sent."""
    arrived = Transfer.objects.filter(status=TransferStatus.ARRIVED)
    return arrived.exclude(new_custody__person=F("person"), new_custody__facility=F("destination"))


@invariant
def nobody_on_the_way_is_in_custody() -> QuerySet[Transfer]:
    """Whoever is on the way from one facility to another is in custody nowhere."""
    return Transfer.objects.filter(status=TransferStatus.DEPARTED, person__custodies__ended_on=None)


@invariant
def requests_end_with_the_stay() -> QuerySet[Transfer]:
    """Nobody is asked for or agreed upon whose stay has ended."""
    waits = Transfer.objects.filter(status__in=(TransferStatus.REQUESTED, TransferStatus.AGREED))
    return waits.filter(custody__ended_on__isnull=False)


@invariant
def a_record_is_joined_once() -> QuerySet[Joining]:
    """A record is joined into one other at the most, and that one into none: pages lead there in one step."""
    more = in_force().filter(merged=OuterRef("merged")).exclude(pk=OuterRef("pk"))
    further = in_force().filter(merged=OuterRef("kept"))
    return in_force().filter(Q(Exists(more)) | Q(Exists(further)))


@invariant
def joined_records_are_held_together() -> QuerySet[Joining]:
    """Records of one person are held by one facility."""
    return in_force().exclude(merged__facility=F("kept__facility"))
