"""The text for the press: drafted from a real closing, saved, approved, released, taken out as a file."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import documents, operations, queries
from bekal.delivery.ceremonies.models import Ceremony, PressRelease
from bekal.delivery.ceremonies.tests.factories import issue_all, make_ceremony, make_running_batch
from bekal.delivery.ceremonies.tests.test_guests import FAMILY, OFFICE
from bekal.delivery.ceremonies.waiting import waiting_for
from bekal.delivery.certificates.tests.factories import NAMES
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import events_on
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.core.together import all_of
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Custody, Person

As = Callable[[User], User]
Pages = Callable[[User], Client]


@pytest.fixture
def ceremony(melati: Facility, wira: User, as_user: As, now: datetime) -> Ceremony:
    as_user(wira)
    kinds = (("RS2", "rehabilitation"), ("TB2", "training"))
    batches = [
        make_running_batch(melati, code=code, by=wira, at=now, kind=kind, people=min(6, len(NAMES)))
        for code, kind in kinds
    ]
    made = make_ceremony(melati, batches, by=wira, at=now)
    return operations.set_guests(ceremony=made, lines=[OFFICE, FAMILY], by=wira, at=now)


@pytest.fixture
def press(ceremony: Ceremony, wira: User, now: datetime) -> PressRelease:
    return operations.draft_press_release(ceremony=ceremony, by=wira, at=now)


def save(press: PressRelease, body: str, *, by: User, at: datetime, **facts: Any) -> PressRelease:
    given = {"title": "Penutupan", "is_namesake": False, "read_version": str(press.version), **facts}
    return operations.save_press_release(press=press, body=body, by=by, at=at, **given)


def test_a_draft_from_a_real_closing_names_no_participant_guest_or_offence(
    ceremony: Ceremony, wira: User, now: datetime
) -> None:
    issue_all(ceremony, by=wira, at=now)
    press = operations.draft_press_release(ceremony=ceremony, by=wira, at=now)
    said = f"{press.title}\n{press.body}"

    for custody in Custody.objects.select_related("person"):
        assert custody.person.full_name not in said
        assert custody.register_number not in said
    assert "Ni Luh" not in said and "Keluarga" not in said and "Pasal" not in said
    assert queries.mentions_in(ceremony.facility, press.title, press.body) == []


def test_before_the_day_a_draft_names_the_posts_of_those_who_will_come(press: PressRelease) -> None:
    assert "akan dihadiri Plt. Kepala Dinas Dinas Koperasi Amerta" in press.body


@pytest.mark.parametrize("line", ["{name} menerima sertifikat.", "Menurut {name}, pelatihan ini berguna."])
def test_a_text_that_names_a_participant_is_refused_with_its_line(
    press: PressRelease, wira: User, now: datetime, line: str
) -> None:
    person = Person.objects.order_by("pk")[0]

    with pytest.raises(RuleBroken, match="3"):
        save(press, f"Acara dibuka.\n\n{line.format(name=person.full_name)}", by=wira, at=now)

    press.refresh_from_db()
    assert press.version == 1


def test_a_text_that_names_somebody_who_takes_no_part_is_refused_alike(
    press: PressRelease, joko: Person, budi: User, as_user: As, now: datetime
) -> None:
    as_user(budi)

    with pytest.raises(RuleBroken, match="joko prasetyo"):
        save(press, "Joko Prasetyo hadir.", by=budi, at=now)


def test_a_register_number_is_refused_whatever_an_officer_says(press: PressRelease, wira: User, now: datetime) -> None:
    with pytest.raises(RuleBroken, match=r"B\.I 118/2025"):
        save(press, "Peserta B.I 118/2025 hadir.", is_namesake=True, by=wira, at=now)


def test_each_version_is_kept_and_told(press: PressRelease, wira: User, budi: User, now: datetime) -> None:
    save(press, "Isi kedua.", by=budi, at=now + timedelta(minutes=1))
    press.refresh_from_db()
    saved = save(press, "Isi ketiga.", by=wira, at=now + timedelta(minutes=2))
    operations.approve_press_release(press=saved, read_version="3", by=wira, at=now + timedelta(minutes=3))
    saved.refresh_from_db()

    versions = queries.versions_of(saved)

    assert [(each.version, each.name) for each in versions] == [(3, wira.name), (2, budi.name), (1, wira.name)]
    assert [each.body for each in versions][:2] == ["Isi ketiga.", "Isi kedua."]


def test_a_version_saved_by_somebody_else_is_not_overwritten(
    press: PressRelease, wira: User, budi: User, now: datetime
) -> None:
    save(press, "Isi kedua.", by=budi, at=now)

    with pytest.raises(Changed, match="Budi Hartawan"):
        save(press, "Isi lain.", read_version="1", by=wira, at=now)


def test_a_change_takes_the_approval_back(press: PressRelease, wira: User, budi: User, now: datetime) -> None:
    operations.approve_press_release(press=press, read_version="1", by=wira, at=now)

    changed = save(press, "Isi kedua.", by=budi, at=now)

    assert (changed.status, changed.approved_by) == ("draft", None)


def test_the_head_approves_what_they_read(press: PressRelease, wira: User, budi: User, now: datetime) -> None:
    save(press, "Isi kedua.", by=budi, at=now)

    with pytest.raises(Changed):
        operations.approve_press_release(press=press, read_version="1", by=wira, at=now)


def test_only_an_approved_text_goes_out_and_then_stays(
    press: PressRelease, wira: User, today: Any, now: datetime
) -> None:
    with pytest.raises(RuleBroken):
        operations.release_press_release(press=press, released_on=today, by=wira, at=now)
    operations.approve_press_release(press=press, read_version="1", by=wira, at=now)
    with pytest.raises(RuleBroken):
        operations.release_press_release(press=press, released_on=today + timedelta(days=1), by=wira, at=now)

    released = operations.release_press_release(press=press, released_on=today, by=wira, at=now)

    with pytest.raises(RuleBroken):
        save(released, "Isi lain.", by=wira, at=now)
    codes = [event.code.rsplit(".", 1)[1] for event in events_on(press.public_id)]
    assert sorted(codes) == ["approved", "released", "written"]


def test_the_file_says_nothing_of_machine_or_officer_and_is_always_the_same(
    press: PressRelease, wira: User, now: datetime
) -> None:
    approved = operations.approve_press_release(press=press, read_version="1", by=wira, at=now)
    made = documents.press_docx(approved)

    assert made == documents.press_docx(approved)
    said = docx.Document(io.BytesIO(made)).core_properties
    day = approved.ceremony.held_on
    assert (said.author, said.last_modified_by) == ("Lapas Kelas IIB Melati", "Lapas Kelas IIB Melati")
    assert {said.created.date(), said.modified.date()} == {day}
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in package.namelist()
        whole = b"".join(package.read(name) for name in package.namelist())
    assert wira.name.encode() not in whole and b"python-docx" not in whole
    assert approved.body.splitlines()[0] in [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]


def test_a_draft_taken_out_says_that_it_is_one(press: PressRelease, wira: User, now: datetime) -> None:
    assert documents.DRAFTED in documents.press_text(press).decode("utf-8-sig")

    approved = operations.approve_press_release(press=press, read_version="1", by=wira, at=now)

    assert documents.DRAFTED not in documents.press_text(approved).decode("utf-8-sig")


def test_the_way_of_a_text_on_its_pages(ceremony: Ceremony, budi: User, wira: User, pages_of: Pages) -> None:
    path, writes, heads = f"/acara/{ceremony.public_id}/siaran-pers/", pages_of(budi), pages_of(wira)
    writes.post(f"{path}rancang/")
    typed = {"title": "Penutupan", "body": "Joko Prasetya\n\nFauzi Rahman hadir.", "read_version": "1"}

    person = Person.objects.order_by("pk")[0]
    refused = writes.post(f"{path}sunting/", {**typed, "body": f"Acara.\n\n{person.full_name} hadir."})
    assert refused.status_code == 200 and f"{person.full_name} hadir." in refused.content.decode()
    saved = writes.post(f"{path}sunting/", {**typed, "body": "Acara berlangsung tertib."})
    assert saved.status_code == 302
    assert writes.post(f"{path}setujui/", {"read_version": "2"}).status_code == 403
    heads.post(f"{path}setujui/", {"read_version": "2"})
    writes.post(f"{path}terbit/", {"released_on": ceremony.facility.day_of(timezone.now()).isoformat()})

    text = PressRelease.objects.get()
    assert (text.status, text.body) == ("released", "Acara berlangsung tertib.")
    assert "Versi 1" in writes.get(f"{path}versi/1/").content.decode()
    answer = writes.get(f"{path}unduh/docx/")
    assert answer.content.startswith(b"PK") and "Penutupan" not in answer["Content-Disposition"]
    assert "Acara berlangsung tertib." in writes.get(f"{path}unduh/txt/").content.decode("utf-8-sig")


def test_a_clash_keeps_what_was_typed(ceremony: Ceremony, budi: User, wira: User, pages_of: Pages) -> None:
    path = f"/acara/{ceremony.public_id}/siaran-pers/"
    pages_of(budi).post(f"{path}rancang/")
    typed = {"title": "Penutupan", "read_version": "1"}
    pages_of(wira).post(f"{path}sunting/", {**typed, "body": "Isi kepala."})

    clash = pages_of(budi).post(f"{path}sunting/", {**typed, "body": "Isi Budi."})

    assert clash.status_code == 409
    assert "Isi Budi." in clash.content.decode() and "Isi kepala." in clash.content.decode()


def _waits(user: User, now: datetime) -> dict[str, str]:
    return {wait.action: wait.desk for wait in all_of(waiting_for(user, now.date()))}


def test_a_text_waits_at_the_desk_of_whoever_has_the_next_step(
    press: PressRelease, wira: User, today: Any, now: datetime
) -> None:
    assert _waits(wira, now)[str(_("Read and approve"))] == Role.HEAD
    operations.approve_press_release(press=press, read_version="1", by=wira, at=now)
    assert _waits(wira, now)[str(_("Send it out"))] == Role.SECTION_HEAD

    operations.release_press_release(press=press, released_on=today, by=wira, at=now)

    assert str(_("Send it out")) not in _waits(wira, now)
