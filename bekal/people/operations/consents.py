"""Consents: asked and answered, taken back, and the signed form kept."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import short_day
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import rules
from bekal.people.choices import ConsentAnswer
from bekal.people.consents import text_on
from bekal.people.models import Consent, ConsentScan, Person, Withdrawal


@dataclass(frozen=True)
class Asked:
    """What people were asked, on which day, and how their answer is proved. Without an occasion it is about all of them."""

    kind: str
    given_on: date
    proof: str
    until_on: date | None = None
    witness_name: str = ""
    witness_post: str = ""
    occasion: UUID | None = None
    occasion_title: str = ""
    # Of whom the occasion tells a health fact: keys of people.
    hidden: frozenset[int] = frozenset()
    # The signed form as it came back.
    signed_form: bytes = b""


@transaction.atomic
def record_consents(
    *, facility: Facility, answers: Mapping[Person, str], asked: Asked, by: User, at: datetime
) -> list[Consent]:
    """Write down what one or many people answered (catat persetujuan). A refusal is an answer like the other.

    What somebody said before stays; the latest word decides. Recorded twice, one answer.

    Raises:
        RuleBroken: a field is wrong, or somebody is held elsewhere by now. Nothing is recorded then.
    """
    rules.check_answer(
        kind=asked.kind,
        proof=asked.proof,
        witness_name=asked.witness_name,
        witness_post=asked.witness_post,
        given_on=asked.given_on,
        until_on=asked.until_on,
        today=facility.day_of(at),
    )
    keys = sorted(person.pk for person in answers)
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=keys, facility=facility).order_by("pk")
    people = {person.pk: person for person in held.defer("nik")}
    if len(people) != len(keys):
        raise RuleBroken(_("Somebody on this sheet is held at another facility by now. Read the page again."))
    known = _said_before(keys, asked)
    made = [
        _answer(facility, people[person.pk], answer, asked, by=by, at=at)
        for person, answer in answers.items()
        if (person.pk, answer) not in known
    ]
    Consent.objects.bulk_create(made)
    for row in made:
        audit.record("people.consent.answered", on=row, by=by, at=at, payload={"kind": row.kind, "answer": row.answer})
    if asked.signed_form and made:
        keep_scan(consents=made, content=asked.signed_form, by=by, at=at)
    return made


def _said_before(people: list[int], asked: Asked) -> set[tuple[int, str]]:
    """Who gave which answer to the very same question on the same day, not taken back since."""
    same = Consent.objects.filter(
        person__in=people,
        kind=asked.kind,
        occasion=asked.occasion,
        given_on=asked.given_on,
        until_on=asked.until_on,
        withdrawal=None,
    )
    latest = dict(same.order_by("pk").values_list("person_id", "answer"))
    return set(latest.items())


def _answer(facility: Facility, person: Person, answer: str, asked: Asked, *, by: User, at: datetime) -> Consent:
    text = text_on(asked.kind, asked.given_on)
    given = answer == ConsentAnswer.GIVEN
    return Consent(
        facility=facility,
        person=person,
        kind=asked.kind,
        answer=ConsentAnswer(answer),
        occasion=asked.occasion,
        occasion_title=asked.occasion_title if asked.occasion else "",
        is_confidential=asked.occasion is not None and person.pk in asked.hidden,
        given_on=asked.given_on,
        # A no has no end: it holds until the person says otherwise.
        until_on=asked.until_on if given else None,
        proof=asked.proof,
        witness_name=asked.witness_name.strip(),
        witness_post=asked.witness_post.strip(),
        text_code=text.code,
        text=text.words,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, withdrawn_on: date, through: str, received_post: str, by: User, at: datetime
) -> Withdrawal:
    """Take a consent back (cabut persetujuan): from that day on it is a no. The consent stays as it was given.

    Withdrawn twice, one withdrawal.
    """
    row = Consent.objects.select_for_update(no_key=True).get(pk=consent.pk)
    before = Withdrawal.objects.filter(consent=row).first()
    if before is not None:
        if before.withdrawn_on == withdrawn_on:
            return before
        raise RuleBroken(_("This consent was taken back on %(day)s already.") % {"day": short_day(before.withdrawn_on)})
    if row.answer != ConsentAnswer.GIVEN:
        raise RuleBroken(_("Only a yes can be taken back. To turn a no into a yes, record a new answer."))
    rules.check_withdrawal(
        withdrawn_on=withdrawn_on,
        given_on=row.given_on,
        received_post=received_post,
        today=row.facility.day_of(at),
    )
    withdrawal = Withdrawal.objects.create(
        facility=row.facility,
        consent=row,
        is_confidential=row.is_confidential,
        withdrawn_on=withdrawn_on,
        through=through,
        received_post=received_post.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    audit.record(
        "people.consent.withdrawn",
        on=row,
        by=by,
        at=at,
        payload={"kind": row.kind, "on": withdrawn_on.isoformat(), "through": through},
    )
    return withdrawal


@transaction.atomic
def keep_scan(*, consents: Sequence[Consent], content: bytes, by: User, at: datetime) -> ConsentScan:
    """Keep the signed form of one or many answers as it came back (simpan pindaian): hash in clear, bytes encrypted.

    Raises:
        RuleBroken: it is no PDF, JPEG or PNG, too large, or an answer has its form already.
    """
    media_type = rules.media_type_of_scan(content)
    keys = [consent.pk for consent in consents]
    rows = list(Consent.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if any(row.scan_id for row in rows):
        raise RuleBroken(_("The signed form is kept already. For other words, record a new answer."), field="scan")
    scan = ConsentScan(
        facility_id=rows[0].facility_id,
        is_confidential=any(row.is_confidential for row in rows),
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        taken_back_by=by,
        taken_back_at=at,
    )
    scan.content = b64encode(content).decode()
    scan.save()
    for row in rows:
        row.scan = scan
        row.save(update_fields=["scan"])
    audit.record(
        "people.consent.scan_kept", on=scan, by=by, at=at, payload={"sha256": scan.sha256, "answers": len(rows)}
    )
    return scan


@transaction.atomic
def open_scan(*, scan: ConsentScan, by: User, at: datetime) -> None:
    """Record that somebody opened a signed form."""
    audit.record("people.consent.scan_opened", on=scan, by=by, at=at)
