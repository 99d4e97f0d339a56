"""Reads about nominations, hearings and decrees. Row security hides those of rehabilitation from most."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from bekal.delivery.programmes.choices import DecreeStatus, EnrolmentStatus, HearingStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Decree, Hearing, Nomination
from bekal.delivery.programmes.queries.batches import here
from bekal.foundation.accounts.models import User


def nominations_for(user: User) -> QuerySet[Nomination]:
    """The nominations in the user's facility."""
    nominations = Nomination.objects.filter(**here(user))
    return nominations.select_related(
        "person", "custody", "batch__programme", "batch__facility", "proposed_by", "hearing"
    ).order_by("batch__starts_on", "batch__code", "person__search_name", "pk")


def waiting_nominations(user: User) -> QuerySet[Nomination]:
    """Nominations that stand on no open hearing's list yet."""
    return nominations_for(user).filter(status=NominationStatus.PROPOSED, hearing=None)


def nominations_of(batch: Batch) -> QuerySet[Nomination]:
    """The nominations for a batch that were not withdrawn, by name."""
    nominations = batch.nominations.exclude(status=NominationStatus.WITHDRAWN)
    return nominations.select_related("person", "custody", "proposed_by", "hearing").order_by(
        "person__search_name", "pk"
    )


def accepted_of(batch: Batch) -> QuerySet[Nomination]:
    """Accepted nominations that no decree has enrolled yet."""
    return nominations_of(batch).filter(status=NominationStatus.ACCEPTED, enrolment=None)


def placed_in(batch: Batch, *, coming: Iterable[str] = ()) -> set[int]:
    """Who takes part in a batch, and whose nomination is in one of the states `coming`: keys of people."""
    nominated = batch.nominations.filter(status__in=list(coming), enrolment=None)
    taking_part = batch.enrolments.filter(status=EnrolmentStatus.ENROLLED)
    return {*nominated.values_list("person_id", flat=True), *taking_part.values_list("person_id", flat=True)}


def hearings_for(user: User) -> QuerySet[Hearing]:
    """The hearings of the user's facility, latest first, with how many stand on their lists."""
    hearings = Hearing.objects.filter(**here(user)).select_related("facility", "decided_by", "minutes")
    accepted = Count("nominations", filter=Q(nominations__status=NominationStatus.ACCEPTED))
    return hearings.annotate(listed=Count("nominations"), accepted=accepted).order_by("-held_on", "-pk")


def open_hearings(user: User) -> QuerySet[Hearing]:
    """Hearings that have not decided yet."""
    return hearings_for(user).filter(status=HearingStatus.OPEN)


def list_of(hearing: Hearing) -> QuerySet[Nomination]:
    """What stands on the list of a hearing, batch by batch, by name."""
    nominations = hearing.nominations.select_related("person", "custody", "batch__programme", "proposed_by")
    return nominations.order_by("batch__starts_on", "batch__code", "person__search_name", "pk")


def decrees_for(user: User) -> QuerySet[Decree]:
    """The decrees of the user's facility, latest first."""
    decrees = Decree.objects.filter(**here(user))
    return decrees.select_related(
        "batch__programme", "facility", "paper", "signatory", "drafted_by"
    ).order_by("-drafted_at", "-pk")  # fmt: skip


def drafts(user: User) -> QuerySet[Decree]:
    """Decrees that wait for a signature."""
    return decrees_for(user).filter(status=DecreeStatus.DRAFT)


def decrees_of(batch: Batch) -> QuerySet[Decree]:
    """The decrees of a batch as far as the user may see them, latest first."""
    return batch.decrees.select_related("paper", "signatory").order_by("-drafted_at", "-pk")


def named_in(decree: Decree) -> QuerySet[Nomination]:
    """Whom a decree on participants names, by name."""
    named = Nomination.objects.filter(batch=decree.batch_id, public_id__in=decree.content.get("nominations", []))
    return named.select_related("person", "custody").order_by("person__search_name", "pk")
