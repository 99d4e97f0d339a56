"""What waits because of programmes: attendance to enter, nominations to hear, decrees to draft and sign, batches to start."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.delivery.programmes import permissions, queries
from bekal.delivery.programmes.choices import BatchStatus, DecreeKind, HearingStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Correction, Decree, Enrolment, Hearing, Nomination, Session
from bekal.delivery.programmes.queries import BatchCounts, SessionCounts
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, HowMany, Kept, side_by_side
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.people.permissions import VIEW_APART

AHEAD = timedelta(days=7)
# What the desk tells of a session: a running facility has dozens behind it.
SHOWN = ("public_id", "facility", "batch", "number", "makes_up_for", "held_on", "starts_at", "ends_at", "status")


def waiting_for(user: User, today: date) -> Answer[Wait]:
    """Everything of programmes that waits in the user's facility, as far as the user may see it."""
    if not user.may(permissions.VIEW_BATCHES):
        return
    yield from side_by_side(
        _kept_apart(user, today),
        _nominations(user, today),
        _hearings(user, today),
        _corrections(user, today),
        _under_way(user, today),
    )


def _under_way(user: User, today: date) -> Answer[Wait]:
    """What the batches that are being filled or running wait for."""
    batches, drafts, sessions, gone = yield Ask(
        Kept(queries.batches_going_on, user),
        Kept(queries.drafts, user),
        Kept(_unfinished, user, today),
        Kept(_left, user),
    )
    running = {batch.pk: batch for batch in batches if batch.status == BatchStatus.RUNNING}
    marked, counted = yield Ask(
        queries.session_counts_read(running), queries.batch_counts_read(batch.pk for batch in batches)
    )
    yield from _attendance(sessions, running, queries.session_counts_found(marked), today)
    yield from _decrees(batches, drafts, queries.batch_counts_found(counted), today)
    yield from _batches(batches, today)
    yield from _gone(batches, dict(gone))


def _first_day(user: User) -> QuerySet[Nomination, date]:
    return queries.waiting_nominations(user).values_list("batch__starts_on", flat=True)[:1]


def _hearings_until(user: User, day: date) -> QuerySet[Hearing]:
    return queries.hearings_for(user).filter(status=HearingStatus.OPEN, held_on__lte=day)


def _asked_by_others(user: User) -> QuerySet[Correction]:
    return queries.waiting_corrections(user).exclude(requested_by=user.pk)


def _left(user: User) -> QuerySet[Enrolment, tuple[int, int]]:
    """How many have left the facility without an exit, by the key of each batch that goes on."""
    return queries.gone_among(Enrolment.objects.filter(batch__in=queries.batches_going_on(user).order_by()))


def _unfinished(user: User, today: date) -> QuerySet[Session]:
    """The sessions of running batches until today, but for those that were not held."""
    running = queries.batches_going_on(user).filter(status=BatchStatus.RUNNING).order_by()
    sessions = Session.objects.filter(batch__in=running, is_active=True, held_on__lte=today)
    return sessions.exclude(status=SessionStatus.NOT_HELD).only(*SHOWN).order_by("held_on", "pk")


def _desk_of(batch: Batch, *, teaching: bool = False) -> Role:
    """Whose turn it is: the care side for rehabilitation, the work side for training."""
    if batch.programme.is_confidential:
        return Role.COUNSELLOR if teaching else Role.PROGRAMME_MANAGER
    return Role.TRAINER if teaching else Role.SECTION_HEAD


def _urgency(day: date, today: date) -> Urgency:
    if day < today:
        return Urgency.LATE
    return Urgency.TODAY if day == today else Urgency.WEEK


def _attendance(
    sessions: list[Session], running: dict[int, Batch], counts: dict[int, SessionCounts], today: date
) -> Iterable[Wait]:
    """Sessions whose attendance is not entered, and sheets with rows left open."""
    for session in sessions:
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
            url=path_to("programmes:attendance", session.public_id),
            action=_("Enter attendance"),
        )


def _nominations(user: User, today: date) -> Answer[Wait]:
    """Nominations on no list."""
    [count], first_days = yield Ask(HowMany(Kept(queries.waiting_nominations, user)), Kept(_first_day, user))
    for first in first_days:
        yield Wait(
            desk=Role.BOARD,
            urgency=_urgency(first, today),
            when=short_day(first, with_year=False),
            what=ngettext("%(n)s nomination to hear", "%(n)s nominations to hear", count) % {"n": count},
            why=_("They stand on no list yet. The first batch begins on %(day)s.") % {"day": short_day(first)},
            url=path_to("programmes:hearing-new"),
            action=_("Call a hearing"),
        )


def _hearings(user: User, today: date) -> Answer[Wait]:
    """Hearings whose day has come or comes this week."""
    [hearings] = yield Ask(Kept(_hearings_until, user, today + AHEAD))
    for hearing in hearings:
        yield Wait(
            desk=Role.BOARD,
            urgency=_urgency(hearing.held_on, today),
            when=short_day(hearing.held_on, with_year=False),
            what=_("Hearing of the board, %(place)s") % {"place": hearing.place},
            why=ngettext("%(n)s nomination on the list.", "%(n)s nominations on the list.", hearing.listed)  # type: ignore[attr-defined]
            % {"n": hearing.listed},  # type: ignore[attr-defined]
            url=path_to("programmes:hearing", hearing.public_id),
            action=_("Decide"),
        )


def _decrees(batches: list[Batch], drafts: list[Decree], counts: dict[int, BatchCounts], today: date) -> Iterable[Wait]:
    """Accepted people without a draft, and drafts without a signature."""
    drafted = {draft.batch_id for draft in drafts if draft.kind == DecreeKind.PARTICIPANTS}
    for batch in batches:
        accepted = counts[batch.pk].accepted if batch.pk in counts else 0
        if accepted and batch.pk not in drafted:
            yield Wait(
                desk=_desk_of(batch),
                urgency=_urgency(batch.starts_on, today),
                when=short_day(batch.starts_on, with_year=False),
                what=_("Decree on the participants of %(batch)s") % {"batch": batch.name},
                why=ngettext("%(n)s person is accepted.", "%(n)s people are accepted.", accepted) % {"n": accepted},
                url=path_to("programmes:decree-draft", batch.public_id),
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
        url=path_to("programmes:decree", draft.public_id),
        action=_("Read and sign"),
    )


def _corrections(user: User, today: date) -> Answer[Wait]:
    """Corrections that somebody else asked for, for whoever may decide them."""
    if not user.may(permissions.DECIDE_CORRECTIONS):
        return
    [asked] = yield Ask(Kept(_asked_by_others, user))
    for row in asked:
        asked_on = row.facility.day_of(row.requested_at)
        yield Wait(
            desk=_desk_of(row.session.batch),
            urgency=Urgency.LATE if today - asked_on > AHEAD else Urgency.WEEK,
            when=short_day(asked_on, with_year=False),
            what=_("Correction, %(batch)s, %(session)s")
            % {"batch": row.session.batch.name, "session": row.session.name},
            why=_("Asked by %(name)s.") % {"name": row.requested_by.name},
            url=path_to("programmes:correction", row.public_id),
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
            url=path_to("programmes:batch", batch.public_id),
            action=_("See what is missing"),
        )


def _gone(batches: list[Batch], gone_from: dict[int, int]) -> Iterable[Wait]:
    """Participants who have left the facility, though nobody said how they left the batch."""
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
                url=path_to("programmes:batch", batch.public_id),
                action=_("Record the exit"),
            )


def _kept_apart(user: User, today: date) -> Answer[Wait]:
    """Two whom security keeps apart, in one batch or one room since before it did."""
    if not user.may(VIEW_APART):
        return
    found = yield from queries.though_apart(user, today)
    for pair, batch in found.in_batch:
        yield Wait(
            desk=Role.SECURITY,
            urgency=Urgency.TODAY,
            when=short_day(batch.starts_on, with_year=False),
            what=_("Two who are kept apart are in one batch"),
            why=batch.name,
            url=path_to("people:pair", pair.public_id),
            action=_("Look at it"),
        )
    for pair, session in found.in_room:
        yield Wait(
            desk=Role.SECURITY,
            urgency=Urgency.TODAY,
            when=short_day(session.held_on, with_year=False),
            what=_("Two who are kept apart share a room"),
            why=session.batch.name,
            url=path_to("people:pair", pair.public_id),
            action=_("Look at it"),
        )
