"""Pictures of a ceremony: who keeps them, who sees them, what a withdrawal does, what the press may have."""

import io
import zipfile
from collections.abc import Callable, Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bekal.delivery.ceremonies import documents, operations, queries, rules
from bekal.delivery.ceremonies.choices import PhotoStatus
from bekal.delivery.ceremonies.models import Ceremony, Photo, PhotoFile
from bekal.delivery.ceremonies.queries import Standing
from bekal.delivery.ceremonies.tests.factories import issue_all, make_ceremony, make_running_batch
from bekal.delivery.ceremonies.tests.test_pictures import drawn
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import events_on
from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import operations as people
from bekal.people.models import Consent, Person
from bekal.people.operations import Asked

As = Callable[[User], User]
Pages = Callable[[User], Client]


@pytest.fixture
def batches(melati: Facility, wira: User, as_user: As) -> list[Batch]:
    as_user(wira)
    kinds = (("RS2", "rehabilitation"), ("TB2", "training"))
    return [make_running_batch(melati, code=code, by=wira, at=timezone.now(), kind=kind) for code, kind in kinds]


@pytest.fixture
def ceremony(melati: Facility, batches: list[Batch], wira: User) -> Ceremony:
    return issue_all(make_ceremony(melati, batches, by=wira, at=timezone.now()), by=wira, at=timezone.now())


def keep(ceremony: Ceremony, batch: Batch | None, by: User, *, width: int = 64) -> Photo:
    return operations.keep_photo(
        ceremony=ceremony, batch=batch, content=drawn(size=(width, 48)), by=by, at=timezone.now()
    )


def participants(batch: Batch) -> list[Person]:
    return [each.person for each in batch.enrolments.select_related("person").order_by("pk")]


def consent(persons: Iterable[Person], kind: str, by: User, answer: str = "given") -> list[Consent]:
    persons = list(persons)
    asked = Asked(
        kind=kind,
        given_on=persons[0].facility.day_of(timezone.now()),
        proof="witnessed",
        witness_name="Saksi Contoh",
        witness_post="Wali",
    )
    return people.record_consents(
        facility=persons[0].facility, answers=dict.fromkeys(persons, answer), asked=asked, by=by, at=timezone.now()
    )


def mark(photo: Photo, persons: Iterable[Person], by: User) -> Photo:
    return operations.mark_photo(photo=photo, people=list(persons), is_nobody=False, by=by, at=timezone.now())


def standing(photo: Photo, user: User) -> Standing:
    today = photo.facility.day_of(timezone.now())
    return queries.standings_of(queries.photos_of(photo.ceremony).filter(pk=photo.pk), user, on=today)[0]


def test_the_moves_of_a_photo_hold_together() -> None:
    assert problems(rules.PHOTO_MOVES, start=PhotoStatus.UNSEEN, final={PhotoStatus.GONE}) == []


@pytest.mark.parametrize(
    ("status", "lacking", "handles", "shown"),
    [
        ("unseen", 0, True, True),
        ("unseen", 0, False, False),
        ("people", 0, False, True),
        ("people", 1, False, False),
        ("people", 1, True, False),
        ("nobody", 0, False, True),
        ("gone", 0, True, False),
    ],
)
def test_a_picture_is_shown_by_consent(status: str, lacking: int, handles: bool, shown: bool) -> None:
    assert rules.is_shown(status, lacking=lacking, handles=handles) is shown


@pytest.mark.parametrize(
    ("status", "lacking", "unpublished", "is_confidential", "given"),
    [
        ("unseen", 0, 0, False, False),
        ("people", 0, 0, False, True),
        ("people", 1, 0, False, False),
        ("people", 0, 1, False, False),
        ("people", 0, 0, True, False),
        ("nobody", 0, 0, True, True),
        ("gone", 0, 0, False, False),
    ],
)
def test_the_press_gets_a_picture_only_with_every_consent_and_no_health_fact(
    status: str, lacking: int, unpublished: int, is_confidential: bool, given: bool
) -> None:
    facts = {"lacking": lacking, "unpublished": unpublished, "is_confidential": is_confidential}

    assert rules.may_go_to_press(status, **facts) is given


def test_an_unmarked_picture_is_seen_by_those_who_handle_it_alone(
    ceremony: Ceremony, batches: list[Batch], sari: User, lestari: User, as_user: As
) -> None:
    photo = keep(ceremony, batches[1], as_user(sari))

    assert standing(photo, sari).is_shown
    assert not standing(photo, as_user(lestari)).is_shown


def test_one_person_without_consent_hides_the_picture_from_everybody(
    ceremony: Ceremony, batches: list[Batch], wira: User, lestari: User, as_user: As
) -> None:
    photo, (first, second, _third) = keep(ceremony, batches[1], wira), participants(batches[1])
    mark(photo, [first, second], wira)
    consent([first], "photo", wira)
    assert not standing(photo, wira).is_shown

    consent([second], "photo", wira)

    assert standing(photo, wira).is_shown and standing(photo, as_user(lestari)).is_shown
    assert not standing(photo, lestari).for_press


def test_a_withdrawal_hides_the_picture_at_once(
    ceremony: Ceremony, batches: list[Batch], wira: User, pages_of: Pages
) -> None:
    photo, person = keep(ceremony, batches[1], wira), participants(batches[1])[0]
    mark(photo, [person], wira)
    given = consent([person], "photo", wira)[0]
    path, pages = f"/acara/{ceremony.public_id}/foto/{photo.public_id}/besar/", pages_of(wira)
    shown = pages.get(path)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/jpeg", "no-store")

    people.withdraw_consent(
        consent=given, withdrawn_on=given.given_on, through="person", received_post="Wali", by=wira, at=timezone.now()
    )

    assert pages.get(path).status_code == 404


def test_both_consents_of_everybody_bring_a_picture_to_the_press(
    ceremony: Ceremony, batches: list[Batch], wira: User, pages_of: Pages
) -> None:
    photo, hidden = keep(ceremony, batches[1], wira), keep(ceremony, batches[1], wira, width=70)
    persons = participants(batches[1])[:2]
    mark(photo, persons, wira)
    mark(hidden, persons[:1], wira)
    consent(persons, "photo", wira)
    consent(persons[1:], "publicity", wira)
    path = f"/acara/{ceremony.public_id}/foto/untuk-pers/"
    assert pages_of(wira).get(path).status_code == 302

    consent(persons[:1], "publicity", wira)
    answer = pages_of(wira).get(path)

    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert package.namelist() == ["foto-01.jpg", "foto-02.jpg"]
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_face_from_a_rehabilitation_closing_never_goes_to_the_press(
    ceremony: Ceremony, batches: list[Batch], wira: User
) -> None:
    photo, person = keep(ceremony, batches[0], wira), participants(batches[0])[0]
    mark(photo, [person], wira)
    consent([person], "photo", wira)
    consent([person], "publicity", wira)

    assert standing(photo, wira).is_shown and not standing(photo, wira).for_press


def test_pictures_that_may_show_rehabilitation_are_a_health_fact(
    ceremony: Ceremony, batches: list[Batch], wira: User, budi: User, as_user: As, pages_of: Pages
) -> None:
    kept = [keep(ceremony, batches[0], wira), keep(ceremony, None, wira, width=70)]
    for photo in kept:
        operations.mark_photo(photo=photo, people=[], is_nobody=True, by=wira, at=timezone.now())

    as_user(budi)

    assert [photo.is_confidential for photo in kept] == [True, True]
    assert not queries.photos_of(ceremony).exists() and not PhotoFile.objects.exists()
    for photo in kept:
        for tail in ("", "besar/", "kecil/"):
            answer = pages_of(budi).get(f"/acara/{ceremony.public_id}/foto/{photo.public_id}/{tail}")
            assert answer.status_code == 404
    with pytest.raises(RuleBroken):
        keep(ceremony, None, budi)
    with pytest.raises(RuleBroken):
        keep(ceremony, batches[0], budi)
    assert keep(ceremony, batches[1], budi).is_confidential is False


def test_pictures_are_kept_once_it_is_settled_whom_they_may_show(
    melati: Facility, batches: list[Batch], wira: User
) -> None:
    with pytest.raises(RuleBroken):
        keep(make_ceremony(melati, batches, by=wira, at=timezone.now()), batches[1], wira)


def test_the_same_file_twice_is_kept_once_and_not_again_after_its_end(
    ceremony: Ceremony, batches: list[Batch], wira: User
) -> None:
    photo = keep(ceremony, batches[1], wira)
    assert keep(ceremony, batches[1], wira) == photo

    operations.destroy_photo(photo=photo, reason="Diminta yang bersangkutan", by=wira, at=timezone.now())

    with pytest.raises(RuleBroken):
        keep(ceremony, batches[1], wira)


def test_a_destroyed_picture_has_no_points_left(ceremony: Ceremony, batches: list[Batch], wira: User) -> None:
    photo = keep(ceremony, batches[1], wira)

    operations.destroy_photo(photo=photo, reason="Diminta yang bersangkutan", by=wira, at=timezone.now())

    assert PhotoFile.objects.values_list("large", "small").get(photo=photo) == (b"", b"")
    assert not queries.photos_of(ceremony).exists()
    assert "ceremonies.photo.destroyed" in [event.code for event in events_on(photo.public_id)]


@pytest.mark.parametrize(("count", "is_nobody"), [(0, False), (1, True)])
def test_one_of_the_two_is_said_of_a_picture(
    ceremony: Ceremony, batches: list[Batch], wira: User, count: int, is_nobody: bool
) -> None:
    photo, persons = keep(ceremony, batches[1], wira), participants(batches[1])[:count]

    with pytest.raises(RuleBroken):
        operations.mark_photo(photo=photo, people=persons, is_nobody=is_nobody, by=wira, at=timezone.now())


def test_marks_are_corrected_and_what_was_marked_is_kept(ceremony: Ceremony, batches: list[Batch], wira: User) -> None:
    photo, persons = keep(ceremony, batches[1], wira), participants(batches[1])
    mark(photo, persons[:2], wira)
    mark(photo, persons[1:], wira)

    assert set(standing(photo, wira).marked) == {person.pk for person in persons[1:]}
    assert photo.marks.count() == 3
    told = [str(event.payload) for event in events_on(photo.public_id)]
    assert not any(person.full_name in payload for person in persons for payload in told)


def test_pictures_come_from_a_phone_and_a_bad_one_does_not_stop_the_others(
    ceremony: Ceremony, batches: list[Batch], sari: User, pages_of: Pages
) -> None:
    files = [
        SimpleUploadedFile("IMG_1.jpg", drawn(size=(64, 48))),
        SimpleUploadedFile("IMG_2.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40),
        SimpleUploadedFile("IMG_3.png", drawn("PNG", size=(66, 48))),
    ]
    path = f"/acara/{ceremony.public_id}/foto/"

    answer = pages_of(sari).post(f"{path}kirim/", {"pictures": files, "batch": str(batches[1].public_id)}, follow=True)

    page = answer.content.decode()
    assert Photo.objects.count() == 2
    assert "2" in page and "HEIC" in page
    assert "IMG_1" not in page


def test_people_are_marked_on_the_page_also_by_register_number(
    ceremony: Ceremony, batches: list[Batch], joko: Person, sari: User, as_user: As, pages_of: Pages
) -> None:
    photo, person = keep(ceremony, batches[1], as_user(sari)), participants(batches[1])[0]
    path = f"/acara/{ceremony.public_id}/foto/{photo.public_id}/"
    typed = {"people": [str(person.public_id)], "register_number": "b.i 118/2025"}

    assert pages_of(sari).post(path, typed).status_code == 302
    assert set(standing(photo, sari).marked) == {person.pk, joko.pk}
    page = pages_of(sari).get(path).content.decode()
    assert joko.full_name in page and "besar/" not in page


def test_who_does_not_handle_pictures_is_told_nobodys_name(
    ceremony: Ceremony, batches: list[Batch], wira: User, lestari: User, pages_of: Pages
) -> None:
    photo, person = keep(ceremony, batches[1], wira), participants(batches[1])[0]
    mark(photo, [person], wira)
    path = f"/acara/{ceremony.public_id}/foto/"
    assert pages_of(lestari).get(f"{path}{photo.public_id}/").status_code == 404
    consent([person], "photo", wira)

    for tail in ("", f"{photo.public_id}/", "daftar/csv/"):
        answer = pages_of(lestari).get(path + tail)
        assert answer.status_code == 200
        assert person.full_name not in answer.content.decode()


def test_many_pictures_need_as_many_queries_as_one(
    ceremony: Ceremony, batches: list[Batch], wira: User, pages_of: Pages, django_assert_max_num_queries: Callable
) -> None:
    for width in range(60, 66):
        mark(keep(ceremony, batches[1], wira, width=width), participants(batches[1])[:2], wira)
    pages = pages_of(wira)

    with django_assert_max_num_queries(16):
        pages.get(f"/acara/{ceremony.public_id}/foto/")


def test_a_picture_marked_with_somebody_out_of_sight_stays_hidden(
    ceremony: Ceremony, batches: list[Batch], kenanga: Facility, house: User, wira: User, as_user: As
) -> None:
    photo, person = keep(ceremony, batches[1], wira), participants(batches[1])[0]
    mark(photo, [person], wira)
    as_user(house)
    Person.objects.filter(pk=person.pk).update(facility=kenanga)
    as_user(wira)

    assert not standing(photo, wira).is_shown


def _choose(ceremony: Ceremony, person: Person, by: User) -> None:
    enrolment = person.enrolments.get()
    operations.set_receivers(ceremony=ceremony, receivers={enrolment.batch: enrolment}, by=by, at=timezone.now())


def test_nobody_comes_forward_without_consent_and_a_withdrawal_takes_them_out_of_the_script(
    ceremony: Ceremony, batches: list[Batch], wira: User
) -> None:
    person = participants(batches[1])[0]
    with pytest.raises(RuleBroken):
        _choose(ceremony, person, wira)
    given = consent([person], "photo", wira)[0]
    _choose(ceremony, person, wira)
    assert any(person.full_name in sentence for sentence in documents.script(ceremony)["ucapan"])

    people.withdraw_consent(
        consent=given, withdrawn_on=given.given_on, through="person", received_post="Wali", by=wira, at=timezone.now()
    )

    assert not any(person.full_name in sentence for sentence in documents.script(ceremony)["ucapan"])


def test_who_comes_forward_for_rehabilitation_is_known_to_the_care_team_alone(
    ceremony: Ceremony, batches: list[Batch], wira: User, budi: User, as_user: As, pages_of: Pages
) -> None:
    person = participants(batches[0])[0]
    consent([person], "photo", wira)
    _choose(ceremony, person, wira)

    page = pages_of(budi).get(f"/acara/{ceremony.public_id}/penyerah/").content.decode()

    as_user(budi)
    assert person.full_name not in page
    assert not any(person.full_name in sentence for sentence in documents.script(ceremony)["ucapan"])


def test_who_comes_forward_is_chosen_on_the_page(
    ceremony: Ceremony, batches: list[Batch], wira: User, budi: User, as_user: As, pages_of: Pages
) -> None:
    person = participants(batches[1])[1]
    consent([person], "photo", wira)
    path = f"/acara/{ceremony.public_id}/penyerah/"

    pages_of(budi).post(
        f"{path}penerima/", {f"receiver-{batches[1].public_id}": str(person.enrolments.get().public_id)}
    )

    assert queries.receivers_of(ceremony)[batches[1].pk].person == person
