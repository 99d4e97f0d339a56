"""Rows of ceremonies that should not exist."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome, PhotoStatus
from bekal.delivery.ceremonies.models import (
    Ceremony,
    CeremonyBatch,
    Guest,
    HandOver,
    HandOverTurn,
    Photo,
    PhotoPerson,
    PressRelease,
    SymbolicReceiver,
)
from bekal.delivery.ceremonies.rules import mentions
from bekal.delivery.programmes.choices import BatchStatus, ProgrammeKind
from bekal.foundation.core.invariants import invariant

BEGUN = (CeremonyStatus.CLOSING, CeremonyStatus.UNDER_WAY, CeremonyStatus.ENDED)


@invariant
def begun_with_an_open_batch() -> Iterable[Any]:
    """Once a ceremony has begun, each of its batches is closed."""
    return CeremonyBatch.objects.filter(ceremony__status__in=BEGUN).exclude(batch__status=BatchStatus.COMPLETED)


@invariant
def ended_with_open_hand_overs() -> Iterable[Any]:
    """A ceremony that ended has minutes, and no handing over that was not recorded."""
    ended = Q(status=CeremonyStatus.ENDED)
    waiting = HandOver.objects.filter(outcome=HandOverOutcome.WAITING).values("ceremony")
    return Ceremony.objects.filter(ended).filter(Q(minutes=None) | Q(pk__in=waiting))


@invariant
def hand_over_elsewhere() -> Iterable[Any]:
    """A certificate is handed over at the ceremony that closed its batch, as confidential as the certificate is."""
    return HandOver.objects.exclude(
        ceremony=F("certificate__enrolment__batch__ceremony_batch__ceremony"),
        is_confidential=F("certificate__is_confidential"),
    )


@invariant
def recorded_by_nobody() -> Iterable[Any]:
    """What became of a certificate was recorded by somebody at some time; what is open, by nobody."""
    silent = Q(recorded_by=None) | Q(recorded_at=None)
    return HandOver.objects.exclude(outcome=HandOverOutcome.WAITING).filter(silent)


@invariant
def turn_outside_its_ceremony() -> Iterable[Any]:
    """Whoever hands over is an official of the facility, or a guest of this ceremony who is still listed."""
    official = Q(official__isnull=False) & ~Q(official__facility=F("facility"))
    guest = Q(guest__isnull=False) & (~Q(guest__ceremony=F("ceremony")) | Q(guest__is_active=False))
    return HandOverTurn.objects.filter(official | guest)


@invariant
def letter_of_another_house() -> Iterable[Any]:
    """A letter of invitation is a letter of the house that invites, in force."""
    wrong = ~Q(invitation__facility=F("facility")) | ~Q(invitation__kind="letter") | ~Q(invitation__status="valid")
    return Guest.objects.filter(invitation__isnull=False).filter(wrong)


@invariant
def press_text_with_a_number() -> Iterable[Any]:
    """No text for the press holds a register number or a NIK."""
    return [press for press in PressRelease.objects.order_by("pk") if mentions(press.title, press.body, names=())]


@invariant
def picture_less_hidden_than_what_it_shows() -> Iterable[Any]:
    """A picture that may show somebody in rehabilitation is hidden like they are, with its bytes and marks."""
    care = ProgrammeKind.REHABILITATION
    hall = Q(batch=None, ceremony__ceremony_batches__batch__programme__kind=care)
    shows = Q(batch__programme__kind=care) | hall
    parts = Q(file__is_confidential=False) | Q(marks__is_confidential=False)
    return Photo.objects.filter(Q(is_confidential=False) & shows | Q(is_confidential=True) & parts).distinct()


@invariant
def picture_marked_and_not_said() -> Iterable[Any]:
    """A picture in which people are marked says so, and no other holds a mark in force."""
    marked = PhotoPerson.objects.filter(is_active=True).values("photo")
    people = Q(status=PhotoStatus.PEOPLE)
    return Photo.objects.filter(people & ~Q(pk__in=marked) | Q(status=PhotoStatus.NOBODY, pk__in=marked))


@invariant
def receiver_of_another_batch() -> Iterable[Any]:
    """Who comes forward for a batch takes part in it, and is as hidden as those who do."""
    chosen = SymbolicReceiver.objects.filter(enrolment__isnull=False)
    return chosen.exclude(enrolment__batch=F("batch"), enrolment__is_confidential=F("is_confidential"))
