"""What waits because of ceremonies."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.delivery.ceremonies import permissions, queries
from bekal.delivery.ceremonies.choices import CeremonyStatus, PressStatus
from bekal.delivery.ceremonies.models import Ceremony, PressRelease
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, Kept, side_by_side
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.people.permissions import RECORD_CONSENT

AHEAD = timedelta(days=7)


def waiting_for(user: User, today: date) -> Answer[Wait]:
    """Closings of the coming week, and those whose day has come or gone without their end."""
    if not user.may(permissions.VIEW_CEREMONIES):
        return
    press, pictured, ceremonies = yield Ask(
        Kept(queries.press_releases_open, user),
        Kept(queries.photos_to_look_at, user),
        Kept(_ahead, user, today + AHEAD),
    )
    yield from _press_waits(press, today)
    yield from _photo_waits(pictured)
    yield from (_wait(ceremony, today) for ceremony in ceremonies)
    yield from side_by_side(*(_not_asked(user, ceremony, today) for ceremony in ceremonies))


def _ahead(user: User, until: date) -> QuerySet[Ceremony]:
    return queries.with_confidential(queries.ceremonies_ahead(user).filter(held_on__lte=until)).order_by(
        "held_on", "pk"
    )


def _not_asked(user: User, ceremony: Ceremony, today: date) -> Answer[Wait]:
    """How many of a closing that lies ahead were not asked about photos; for those who ask, as far as they may know who comes."""
    if not user.may(RECORD_CONSENT) or ceremony.held_on < today:
        return
    missing = yield from queries.not_asked(ceremony, on=today)
    if not missing:
        return
    yield Wait(
        desk=user.role_code if user.role_code in (Role.PROGRAMME_MANAGER, Role.SECTION_HEAD) else Role.RECORDS,
        urgency=Urgency.TODAY if ceremony.held_on == today else Urgency.WEEK,
        when=short_day(ceremony.held_on, with_year=False),
        what=ngettext(
            "%(n)s participant of the closing was not asked about photos",
            "%(n)s participants of the closing were not asked about photos",
            missing,
        )
        % {"n": missing},
        why=_("Whoever was not asked is shown on no photo. A no is an answer too."),
        url=path_to("ceremonies:consents", ceremony.public_id),
        action=_("Ask them"),
    )


def _wait(ceremony: Ceremony, today: date) -> Wait:
    why, action = {
        CeremonyStatus.PLANNED: (_("Its batches are not closed yet."), _("See what is missing")),
        CeremonyStatus.CLOSING: (_("Certificates are being issued."), _("See how far it is")),
        CeremonyStatus.UNDER_WAY: (_("Record the handing over, then end it."), _("Hand over")),
    }[CeremonyStatus(ceremony.status)]
    if ceremony.held_on < today:
        urgency = Urgency.LATE
    else:
        urgency = Urgency.TODAY if ceremony.held_on == today else Urgency.WEEK
    return Wait(
        # Where a rehabilitation batch closes with the others, whoever holds its list closes them all.
        desk=Role.PROGRAMME_MANAGER if ceremony.closes_confidential else Role.SECTION_HEAD,
        urgency=urgency,
        when=short_day(ceremony.held_on, with_year=False),
        what=ceremony.title,
        why=why,
        url=path_to("ceremonies:ceremony", ceremony.public_id),
        action=action,
    )


def _press_waits(open_ones: Iterable[PressRelease], today: date) -> Iterable[Wait]:
    """Texts that the head has to read, and approved ones that have not gone out."""
    for press in open_ones:
        is_draft = press.status == PressStatus.DRAFT
        ceremony = press.ceremony
        yield Wait(
            desk=Role.HEAD if is_draft else Role.SECTION_HEAD,
            urgency=Urgency.TODAY if ceremony.held_on <= today else Urgency.WEEK,
            when=short_day(ceremony.held_on, with_year=False),
            what=_("Text for the press"),
            why=_("It waits for approval.") if is_draft else _("It is approved and has not gone out."),
            url=path_to("ceremonies:press", ceremony.public_id),
            action=_("Read and approve") if is_draft else _("Send it out"),
        )


def _photo_waits(ceremonies: Iterable[Ceremony]) -> Iterable[Wait]:
    """Pictures of which nobody has said who is in them."""
    for ceremony in ceremonies:
        yield Wait(
            desk=Role.SECTION_HEAD,
            urgency=Urgency.WEEK,
            when=short_day(ceremony.held_on, with_year=False),
            what=_("Pictures of %(title)s") % {"title": ceremony.title},
            why=_("Nobody has said who is in them."),
            url=path_to("ceremonies:photos", ceremony.public_id),
            action=_("Mark them"),
        )
