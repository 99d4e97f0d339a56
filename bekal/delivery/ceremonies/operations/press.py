"""The text for the press: drafted, edited, approved by the head, released."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import queries, rules
from bekal.delivery.ceremonies.choices import CeremonyStatus, PressStatus
from bekal.delivery.ceremonies.models import Ceremony, PressRelease
from bekal.delivery.ceremonies.operations.planning import locked
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import Changed, RuleBroken


@transaction.atomic
def draft_press_release(*, ceremony: Ceremony, by: User, at: datetime) -> PressRelease:
    """Write the text for the press from the facts as they stand (rancang siaran pers); what it said before is kept.

    A name that a fact typed by hand holds (a title, a post) is shown on the page and stops the approval, not the draft.

    Raises:
        RuleBroken: the ceremony was called off, the text is released, or a fact holds the number of a person.
    """
    ceremony = locked(ceremony)
    if ceremony.status == CeremonyStatus.CANCELLED:
        raise RuleBroken(_("This ceremony is called off: there is nothing to tell the press."))
    draft = rules.drafted(queries.press_facts(ceremony))
    press = PressRelease.objects.filter(ceremony=ceremony).select_for_update(no_key=True).first()
    _check(ceremony, draft.title, draft.body, is_namesake=True)
    return _write(ceremony, press, draft.title[:240], draft.body, is_namesake=False, by=by, at=at)


def _check(ceremony: Ceremony, title: str, body: str, *, is_namesake: bool) -> None:
    rules.check_names_nobody(queries.mentions_in(ceremony.facility, title, body), is_namesake=is_namesake)


@transaction.atomic
def save_press_release(
    *, press: PressRelease, title: str, body: str, is_namesake: bool, read_version: str, by: User, at: datetime
) -> PressRelease:
    """Keep an edited text as a new version (simpan siaran pers). An approved text becomes a draft again.

    Raises:
        Changed: somebody else saved a version since `read_version`.
        RuleBroken: it names somebody whom the house serves, or it is released.
    """
    press = _held(press)
    if read_version != str(press.version):
        raise Changed(_who_was_faster(press))
    if (title, body, is_namesake) == (press.title, press.body, press.is_namesake):
        return press
    _check(press.ceremony, title, body, is_namesake=is_namesake)
    return _write(press.ceremony, press, title, body, is_namesake=is_namesake, by=by, at=at)


def _held(press: PressRelease) -> PressRelease:
    return PressRelease.objects.select_for_update(no_key=True).get(pk=press.pk)


def _who_was_faster(press: PressRelease) -> str:
    when = press.facility.at_local(press.written_at)
    return _("%(name)s changed this page on %(day)s at %(time)s. What you typed is not saved and not lost.") % {
        "name": press.written_by.name,
        "day": short_day(when.date()),
        "time": clock(when),
    }


def _write(
    ceremony: Ceremony, press: PressRelease | None, title: str, body: str, *, is_namesake: bool, by: User, at: datetime
) -> PressRelease:
    if press is not None and press.status == PressStatus.RELEASED:
        raise RuleBroken(_("This text is released and stays as it was. Correct it with the press."))
    facts = {"title": title, "body": body, "is_namesake": is_namesake, "written_by": by, "written_at": at}
    if press is None:
        press = PressRelease.objects.create(facility=ceremony.facility, ceremony=ceremony, **facts)
    else:
        facts |= {"status": PressStatus.DRAFT, "version": press.version + 1, "approved_by": None, "approved_at": None}
        for fact, value in facts.items():
            setattr(press, fact, value)
        press.save(update_fields=list(facts))
    payload = {"version": press.version, "is_namesake": is_namesake}
    audit.record("ceremonies.press_release.written", on=press, by=by, at=at, payload=payload)
    return press


@transaction.atomic
def approve_press_release(*, press: PressRelease, read_version: str, by: User, at: datetime) -> PressRelease:
    """The head approves the text that they read (setujui siaran pers). It is looked through once more.

    Raises:
        Changed: it is not the version that was read.
        RuleBroken: it names somebody who has come to the house since.
    """
    press = _held(press)
    if press.status == PressStatus.APPROVED:
        return press
    if read_version != str(press.version):
        raise Changed(_who_was_faster(press))
    check_move(rules.PRESS_MOVES, press.status, PressStatus.APPROVED)
    _check(press.ceremony, press.title, press.body, is_namesake=press.is_namesake)
    press.status, press.approved_by, press.approved_at = PressStatus.APPROVED, by, at
    press.save(update_fields=["status", "approved_by", "approved_at"])
    audit.record("ceremonies.press_release.approved", on=press, by=by, at=at, payload={"version": press.version})
    return press


@transaction.atomic
def release_press_release(*, press: PressRelease, released_on: date, by: User, at: datetime) -> PressRelease:
    """Record that the approved text went to the press on a day (catat terbit).

    Raises:
        RuleBroken: it is not approved, or the day lies ahead.
    """
    press = _held(press)
    if press.status == PressStatus.RELEASED:
        return press
    if press.status == PressStatus.DRAFT:
        raise RuleBroken(_("The head has not approved this text yet. It goes to the press after that."))
    if released_on > press.facility.day_of(at):
        raise RuleBroken(_("This day lies ahead. Record it once the text has gone out."), field="released_on")
    check_move(rules.PRESS_MOVES, press.status, PressStatus.RELEASED)
    press.status, press.released_by, press.released_on = PressStatus.RELEASED, by, released_on
    press.save(update_fields=["status", "released_by", "released_on"])
    audit.record("ceremonies.press_release.released", on=press, by=by, at=at, payload={"on": released_on.isoformat()})
    return press
