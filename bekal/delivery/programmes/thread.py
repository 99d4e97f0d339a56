"""Programmes on a person's thread: proposed, decided, enrolled, taught so far, left or completed.

What belongs to rehabilitation appears only where its rows are visible at all: row security sees to that.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from bekal.delivery.programmes import permissions
from bekal.delivery.programmes.choices import BatchStatus, EnrolmentStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Nomination
from bekal.delivery.programmes.queries.counts import batch_counts_found, batch_counts_of
from bekal.delivery.programmes.queries.elsewhere import PartElsewhere, parts_elsewhere_read
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day, span
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, Kept
from bekal.foundation.facilities import reference
from bekal.people.models import Person
from bekal.people.thread import Stop


def stops_for(person: Person, user: User, today: date) -> Answer[Stop]:
    """Each stop that programmes add to the way of a person, as far as the user may see it."""
    if not user.may(permissions.VIEW_BATCHES):
        return
    nominations, enrolments, counted, elsewhere = yield Ask(
        Kept(_nominations, person),
        Kept(_enrolments, person),
        batch_counts_of(person.pk),
        parts_elsewhere_read(person),
    )
    for nomination in nominations:
        yield from _before_enrolment(nomination)
    counts = batch_counts_found(counted)
    for enrolment in enrolments:
        held_jp = counts[enrolment.batch_id].held_jp if enrolment.batch_id in counts else 0
        yield from _taking_part(enrolment, held_jp=held_jp, today=today)
    for part in elsewhere:
        yield _part_elsewhere(part)


def _nominations(person: Person) -> QuerySet[Nomination]:
    nominations = Nomination.objects.filter(person=person).exclude(status=NominationStatus.WITHDRAWN)
    return nominations.select_related("batch__programme", "facility", "proposed_by", "hearing").order_by("pk")


def _enrolments(person: Person) -> QuerySet[Enrolment]:
    ordinary = Q(attendances__session__is_active=True, attendances__session__makes_up_for=None)
    counted = Sum("attendances__counted_jp", filter=ordinary, default=0)
    enrolments = Enrolment.objects.filter(person=person).annotate(jp=counted)
    return enrolments.select_related("batch__programme", "facility", "decree").order_by("pk")


def _to_batch(batch: Batch) -> dict[str, str]:
    return {"url": path_to("programmes:batch", batch.public_id), "link": _("The batch")}


def _before_enrolment(nomination: Nomination) -> Iterable[Stop]:
    """Proposed, and what the board said."""
    facility, batch = nomination.facility, nomination.batch
    name = batch.name
    yield Stop(
        facility.day_of(nomination.proposed_at),
        _("Proposed for %(batch)s") % {"batch": name},
        _("By %(name)s.") % {"name": nomination.proposed_by.name},
        **_to_batch(batch),
        rank=3,
    )
    if nomination.hearing and nomination.decided_at:
        accepted = nomination.status == NominationStatus.ACCEPTED
        title = _("Accepted by the board for %(batch)s") if accepted else _("Not accepted by the board for %(batch)s")
        yield Stop(
            nomination.hearing.held_on,
            title % {"batch": name},
            nomination.decision_reason,
            url=path_to("programmes:hearing", nomination.hearing.public_id),
            link=_("The hearing"),
            rank=4,
        )


def _taking_part(enrolment: Enrolment, *, held_jp: int, today: date) -> Iterable[Stop]:
    """Enrolled by decree, the batch with the hours so far, and how it ended."""
    batch = enrolment.batch
    name = batch.name
    yield Stop(
        enrolment.enrolled_on,
        _("Enrolled in %(batch)s") % {"batch": name},
        _("Decree %(number)s.") % {"number": enrolment.decree.number},
        url=path_to("programmes:decree", enrolment.decree.public_id),
        link=_("The decree"),
        rank=5,
    )
    if enrolment.status == EnrolmentStatus.LEFT:
        if enrolment.exit_on:
            row = reference.by_code("exit_kinds").get(enrolment.exit_kind)
            how = reference.label_of(row) if row else str(enrolment.get_exit_group_display())
            title = _("Left %(batch)s: %(how)s") % {"batch": name, "how": how}
            yield Stop(enrolment.exit_on, title, enrolment.exit_reason, **_to_batch(batch), rank=6)
        return
    yield Stop(
        _stands_at(batch, today),
        name,
        _("%(jp)s of %(held)s JP held so far.") % {"jp": enrolment.jp, "held": held_jp},  # type: ignore[attr-defined]
        **_to_batch(batch),
        when=span(batch.starts_on, batch.ends_on),
        rank=6,
    )
    if enrolment.ended_at and batch.status == BatchStatus.COMPLETED:
        yield Stop(
            enrolment.facility.day_of(enrolment.ended_at),
            f"{enrolment.get_status_display()}: {name}",
            _("The batch was closed on %(day)s.") % {"day": short_day(enrolment.facility.day_of(enrolment.ended_at))},
            **_to_batch(batch),
            rank=6,
        )


def _part_elsewhere(part: PartElsewhere) -> Stop:
    """A part in a batch of another facility, where somebody was before: it leads nowhere, since its pages are there."""
    name = _("%(title)s, batch %(number)s") % {"title": part.title, "number": part.number}
    how = str(EnrolmentStatus(part.status).label)
    kind = reference.by_code("exit_kinds").get(part.exit_kind)
    sentence = f"{how}: {kind['label']}. {part.facility_name}." if kind else f"{how}. {part.facility_name}."
    return Stop(part.ended_on or part.ends_on, name, sentence, when=span(part.starts_on, part.ends_on), rank=6)


def _stands_at(batch: Batch, today: date) -> date:
    """Where a batch stands on the thread: ahead until it begins, today while it runs, at its end afterwards."""
    return min(max(today, batch.starts_on), batch.ends_on)
