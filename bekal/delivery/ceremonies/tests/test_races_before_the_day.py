"""Guests, the press text and pictures, by two officers at one instant, with real threads and real commits."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from django.utils import timezone

from bekal.delivery.ceremonies import operations, queries
from bekal.delivery.ceremonies.choices import PhotoStatus, PressStatus
from bekal.delivery.ceremonies.models import Ceremony, Guest, Photo, PhotoFile, PressRelease
from bekal.delivery.ceremonies.operations.guests import GUESTS_SET
from bekal.delivery.ceremonies.tests.factories import issue_all, make_ceremony, make_running_batch
from bekal.delivery.ceremonies.tests.test_guests import OFFICE, line
from bekal.delivery.ceremonies.tests.test_pictures import drawn
from bekal.delivery.programmes.tests.test_races import _as, together
from bekal.foundation.accounts.models import User
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.models import Paper

Within = Callable[[User], AbstractContextManager[None]]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def ceremony(fresh_database: str, melati: Facility, wira: User, within: Within, now: datetime) -> Ceremony:
    with within(wira):
        batch = make_running_batch(melati, code="TB2", by=wira, at=now, people=2)
        return make_ceremony(melati, [batch], by=wira, at=now)


@pytest.fixture
def guests(ceremony: Ceremony, wira: User, within: Within, now: datetime) -> list[Guest]:
    with within(wira):
        lines = [OFFICE, line(post="Camat", office="Kecamatan Contoh")]
        operations.set_guests(ceremony=ceremony, lines=lines, by=wira, at=now)
        return list(queries.guests_of(ceremony))


@pytest.fixture
def press(ceremony: Ceremony, wira: User, within: Within, now: datetime) -> PressRelease:
    with within(wira):
        return operations.draft_press_release(ceremony=ceremony, by=wira, at=now)


def _refused(answers: list[object]) -> list[bool]:
    return sorted(isinstance(answer, RuleBroken) for answer in answers)


def test_of_two_who_write_the_list_of_guests_one_is_told_and_no_line_is_mixed(
    ceremony: Ceremony, guests: list[Guest], wira: User, budi: User, within: Within, now: datetime
) -> None:
    with within(wira):
        read = queries.version_of(ceremony, GUESTS_SET)

    answers = together(
        *(
            _as(who, operations.set_guests, ceremony=ceremony, lines=[line(post=post)], read_version=read, at=now)
            for who, post in ((wira, "Bupati Contoh"), (budi, "Sekda Contoh"))
        )
    )

    assert sorted(isinstance(answer, Changed) for answer in answers) == [False, True]
    with within(wira):
        assert len(queries.guests_of(ceremony)) == 1


def test_two_at_the_door_lose_no_guest(
    ceremony: Ceremony, guests: list[Guest], wira: User, budi: User, within: Within, now: datetime
) -> None:
    shown = [guest.public_id for guest in guests]

    together(
        *(
            _as(who, operations.receive_guests, ceremony=ceremony, read=[], came=[key], shown=shown, at=now)
            for who, key in zip((wira, budi), shown, strict=True)
        )
    )

    with within(wira):
        assert [guest.has_come for guest in queries.guests_of(ceremony)] == [True, True]


def test_invitations_asked_for_twice_are_written_once_without_a_gap(
    ceremony: Ceremony, guests: list[Guest], wira: User, budi: User, within: Within, now: datetime
) -> None:
    answers = together(*(_as(who, operations.write_invitations, ceremony=ceremony, at=now) for who in (wira, budi)))

    assert sorted(answers) == [0, 2]
    with within(wira):
        letters = Paper.objects.filter(kind=PaperKind.LETTER)
        assert sorted(letters.values_list("sequence", flat=True)) == [1, 2]


def test_a_text_for_the_press_drafted_twice_is_one_text(
    ceremony: Ceremony, wira: User, budi: User, within: Within, now: datetime
) -> None:
    answers = together(*(_as(who, operations.draft_press_release, ceremony=ceremony, at=now) for who in (wira, budi)))

    assert _refused(answers) == [False, False]
    with within(wira):
        assert PressRelease.objects.get().version == 2


def test_of_two_who_edit_the_text_one_is_told_and_the_other_ones_words_stand(
    press: PressRelease, wira: User, budi: User, within: Within, now: datetime
) -> None:
    given = {"press": press, "title": "Penutupan", "is_namesake": False, "read_version": "1", "at": now}

    answers = together(
        _as(wira, operations.save_press_release, body="Acara berlangsung pagi.", **given),
        _as(budi, operations.save_press_release, body="Acara berlangsung siang.", **given),
    )

    assert sorted(isinstance(answer, Changed) for answer in answers) == [False, True]
    saved = next(answer for answer in answers if isinstance(answer, PressRelease))
    with within(wira):
        press.refresh_from_db()
        assert (press.version, press.body) == (2, saved.body)


def test_what_is_approved_is_what_the_head_has_read_whoever_edits_at_that_instant(
    press: PressRelease, wira: User, budi: User, within: Within, now: datetime
) -> None:
    edit = {"press": press, "title": "Penutupan", "is_namesake": False, "read_version": "1", "at": now}

    together(
        _as(wira, operations.approve_press_release, press=press, read_version="1", at=now),
        _as(budi, operations.save_press_release, body="Acara berlangsung siang.", **edit),
    )

    with within(wira):
        press.refresh_from_db()
        assert (press.status, press.version) == (PressStatus.DRAFT, 2)


def test_a_picture_sent_twice_is_kept_once_and_none_is_marked_after_it_was_destroyed(
    ceremony: Ceremony, wira: User, budi: User, within: Within, now: datetime
) -> None:
    with within(wira):
        issue_all(ceremony, by=wira, at=now)
        batch = ceremony.ceremony_batches.get().batch
    sent = {"ceremony": ceremony, "batch": batch, "content": drawn(size=(64, 48)), "at": now}

    kept = together(*(_as(who, operations.keep_photo, **sent) for who in (wira, budi)))

    assert kept[0] == kept[1]
    with within(wira):
        photo = Photo.objects.get()

    together(
        _as(wira, operations.destroy_photo, photo=photo, reason="Diminta yang bersangkutan", at=now),
        _as(budi, operations.mark_photo, photo=photo, people=[], is_nobody=True, at=now),
    )

    with within(wira):
        photo.refresh_from_db()
        file = PhotoFile.objects.get(photo=photo)
        assert photo.status == PhotoStatus.GONE
        assert bytes(file.large) == bytes(file.small) == b""
