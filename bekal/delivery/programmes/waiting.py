"""What waits because of programmes: attendance to enter, nominations to hear, decrees to draft and sign, batches to start."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.delivery.programmes import permissions, queries
from bekal.delivery.programmes.choices import BatchStatus, DecreeKind, HearingStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Decree, Session
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.people.permissions import VIEW_APART

AHEAD = timedelta(days=7)


def waiting_for(user: User, today: date) -> Iterable[Wait]:
    """Everything of programmes that waits in the user's facility, as far as the user may see it."""
    if not user.may(permissions.VIEW_BATCHES):
        return
    batches = list(queries.batches_for(user).filter(status__in=(BatchStatus.PLANNED, BatchStatus.RUNNING)))
    yield from _kept_apart(user, today)
    yield from _attendance(user, batches, today)
    yield from _nominations(user, today)
    yield from _decrees(user, batches, today)
    yield from _corrections(user, today)
    yield from _batches(batches, today)
    yield from _gone(batches)


def _desk_of(batch: Batch, *, teaching: bool = False) -> Role:
    """Whose turn it is: the care side for rehabilitation, the work side for training."""
    if batch.programme.is_confidential:
        return Role.COUNSELLOR if teaching else Role.PROGRAMME_MANAGER
    return Role.TRAINER if teaching else Role.SECTION_HEAD


def _urgency(day: date, today: date) -> Urgency:
    if day < today:
        return Urgency.LATE
    return Urgency.TODAY if day == today else Urgency.WEEK


def _attendance(user: User, batches: list[Batch], today: date) -> Iterable[Wait]:
    """Sessions of running batches until today whose attendance is not entered, and sheets with rows left open."""
    running = {batch.pk: batch for batch in batches if batch.status == BatchStatus.RUNNING}
    counts = queries.session_counts(running.values()) if running else {}
    sessions = Session.objects.filter(batch__in=running, is_active=True, held_on__lte=today).order_by("held_on", "pk")
    for session in sessions.exclude(status=SessionStatus.NOT_HELD):
        batch = running[session.batch_id]
        missing = counts[session.pk].missing if session.pk in counts else 0
        if session.status != SessionStatus.PLANNED and not missing:
            continue
        if session.held_on == today:
            why = f"{clock(session.starts_at)}–{clock(session.ends_at)}"
        elif session.status == SessionStatus.PLANNED:
            why = _("Nothing is entered for this session.")
        else:
            why = ngettext("%(n)s row is open.", "%(n)s rows are open.", missing) % {"n": missing}
        yield Wait(
            desk=_desk_of(batch, teaching=True),
            urgency=_urgency(session.held_on, today),
            when=short_day(session.held_on, with_year=False),
            what=f"{batch.name}, {session.name}",
            why=why,
            url=reverse("programmes:attendance", args=[session.public_id]),
            action=_("Enter attendance"),
        )


def _nominations(user: User, today: date) -> Iterable[Wait]:
    """Nominations on no list, and hearings whose day has come."""
    waiting = queries.waiting_nominations(user)
    count = waiting.count()
    if count:
        first = waiting.aggregate(first=Min("batch__starts_on"))["first"] or today
        yield Wait(
            desk=Role.BOARD,
            urgency=_urgency(first, today),
            when=short_day(first, with_year=False),
            what=ngettext("%(n)s nomination to hear", "%(n)s nominations to hear", count) % {"n": count},
            why=_("They stand on no list yet. The first batch begins on %(day)s.") % {"day": short_day(first)},
            url=reverse("programmes:hearing-new"),
            action=_("Call a hearing"),
        )
    for hearing in queries.hearings_for(user).filter(status=HearingStatus.OPEN, held_on__lte=today + AHEAD):
        yield Wait(
            desk=Role.BOARD,
            urgency=_urgency(hearing.held_on, today),
            when=short_day(hearing.held_on, with_year=False),
            what=_("Hearing of the board, %(place)s") % {"place": hearing.place},
            why=ngettext("%(n)s nomination on the list.", "%(n)s nominations on the list.", hearing.listed)  # type: ignore[attr-defined]
            % {"n": hearing.listed},  # type: ignore[attr-defined]
            url=reverse("programmes:hearing", args=[hearing.public_id]),
            action=_("Decide"),
        )


def _decrees(user: User, batches: list[Batch], today: date) -> Iterable[Wait]:
    """Accepted people without a draft, and drafts without a signature."""
    drafts = list(queries.drafts(user))
    drafted = {draft.batch_id for draft in drafts if draft.kind == DecreeKind.PARTICIPANTS}
    counts = queries.batch_counts(batches) if batches else {}
    for batch in batches:
        accepted = counts[batch.pk].accepted
        if accepted and batch.pk not in drafted:
            yield Wait(
                desk=_desk_of(batch),
                urgency=_urgency(batch.starts_on, today),
                when=short_day(batch.starts_on, with_year=False),
                what=_("Decree on the participants of %(batch)s") % {"batch": batch.name},
                why=ngettext("%(n)s person is accepted.", "%(n)s people are accepted.", accepted) % {"n": accepted},
                url=reverse("programmes:decree-draft", args=[batch.public_id]),
                action=_("Draft the decree"),
            )
    for draft in drafts:
        yield _to_sign(draft, today)


def _to_sign(draft: Decree, today: date) -> Wait:
    batch = draft.batch
    return Wait(
        desk=Role.HEAD,
        urgency=_urgency(batch.starts_on, today),
        when=short_day(batch.starts_on, with_year=False),
        what=_("Decree of %(batch)s") % {"batch": batch.name},
        why=_("Drafted by %(name)s.") % {"name": draft.drafted_by.name},
        url=reverse("programmes:decree", args=[draft.public_id]),
        action=_("Read and sign"),
    )


def _corrections(user: User, today: date) -> Iterable[Wait]:
    """Corrections that somebody else asked for, for whoever may decide them."""
    if not user.may(permissions.DECIDE_CORRECTIONS):
        return
    for row in queries.waiting_corrections(user).exclude(requested_by=user):
        asked_on = row.facility.day_of(row.requested_at)
        yield Wait(
            desk=_desk_of(row.session.batch),
            urgency=Urgency.LATE if today - asked_on > AHEAD else Urgency.WEEK,
            when=short_day(asked_on, with_year=False),
            what=_("Correction, %(batch)s, %(session)s")
            % {"batch": row.session.batch.name, "session": row.session.name},
            why=_("Asked by %(name)s.") % {"name": row.requested_by.name},
            url=reverse("programmes:correction", args=[row.public_id]),
            action=_("Decide"),
        )


def _batches(batches: list[Batch], today: date) -> Iterable[Wait]:
    """Batches that begin this week or should have, and those that end this week or have ended."""
    for batch in batches:
        is_planned = batch.status == BatchStatus.PLANNED
        day = batch.starts_on if is_planned else batch.ends_on
        if day > today + AHEAD:
            continue
        words = {"batch": batch.name}
        yield Wait(
            desk=_desk_of(batch),
            urgency=_urgency(day, today),
            when=short_day(day, with_year=False),
            what=(_("Start %(batch)s") if is_planned else _("Close %(batch)s")) % words,
            why=_("It begins on %(day)s.") % {"day": short_day(day)}
            if is_planned
            else _("It ends on %(day)s.") % {"day": short_day(day)},
            url=reverse("programmes:batch", args=[batch.public_id]),
            action=_("See what is missing"),
        )


def _gone(batches: list[Batch]) -> Iterable[Wait]:
    """Participants who have left the facility, though nobody said how they left the batch."""
    gone_from = queries.gone_without_exit(batches)
    for batch in batches:
        gone = gone_from.get(batch.pk, 0)
        if gone:
            yield Wait(
                desk=_desk_of(batch),
                urgency=Urgency.LATE,
                when=_("now"),
                what=_("Exit from %(batch)s") % {"batch": batch.name},
                why=ngettext(
                    "%(n)s participant has left the facility.", "%(n)s participants have left the facility.", gone
                )
                % {"n": gone},
                url=reverse("programmes:batch", args=[batch.public_id]),
                action=_("Record the exit"),
            )


def _kept_apart(user: User, today: date) -> Iterable[Wait]:
    """Two whom security keeps apart, in one batch or one room since before it did."""
    if not user.may(VIEW_APART):
        return
    pairs = queries.pairs_in_force(user)
    for pair, batch in queries.together_though_apart(pairs):
        yield Wait(
            desk=Role.SECURITY,
            urgency=Urgency.TODAY,
            when=short_day(batch.starts_on, with_year=False),
            what=_("Two who are kept apart are in one batch"),
            why=batch.name,
            url=reverse("people:pair", args=[pair.public_id]),
            action=_("Look at it"),
        )
    for pair, session in queries.meeting_though_apart(pairs, today):
        yield Wait(
            desk=Role.SECURITY,
            urgency=Urgency.TODAY,
            when=short_day(session.held_on, with_year=False),
            what=_("Two who are kept apart share a room"),
            why=session.batch.name,
            url=reverse("people:pair", args=[pair.public_id]),
            action=_("Look at it"),
        )
