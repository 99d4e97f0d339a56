"""Paper first: a printed sheet has a code, is keyed as a whole, and its scan is kept."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bekal.delivery.programmes import operations, queries, rules
from bekal.delivery.programmes.models import Sheet
from bekal.delivery.programmes.operations import Column
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.delivery.programmes.tests.test_races import _as, together
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference
from bekal.foundation.papers.tests.test_scanning import a_pdf, picture_of

REASONS = {"S": "sick", "D": "court"}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("h", Mark(True, "", "active", 5)),
        (" P ", Mark(True, "", "passive", 5)),
        ("H3", Mark(True, "", "active", 3)),
        ("p0", Mark(True, "", "passive", 0)),
        ("s", Mark(False, "sick")),
    ],
)
def test_one_key_is_one_mark_and_comes_back_as_it_was_typed(text, mark):
    assert rules.mark_of_cell(text, held_jp=5, reasons=REASONS) == mark
    shown = rules.cell_of_mark(mark, held_jp=5, keys={code: key for key, code in REASONS.items()})
    assert rules.mark_of_cell(shown, held_jp=5, reasons=REASONS) == mark


@pytest.mark.parametrize("text", ["Z", "H9", "S2", "HS", "3", "ya"])
def test_a_cell_that_is_no_key_is_refused(text):
    with pytest.raises(RuleBroken):
        rules.mark_of_cell(text, held_jp=5, reasons=REASONS)


def test_each_reason_has_a_key_of_its_own():
    keys = [row["key"] for row in reference.rows("absence_reasons")]

    assert len(set(keys) | {rules.PRESENT, rules.PASSIVE}) == len(keys) + 2
    assert all(len(key) == 1 and key.isupper() for key in keys)


@pytest.mark.parametrize(("typed", "on_paper", "differs"), [(17, "17", False), (17, "16", True), (17, "", False)])
def test_the_sum_on_paper_is_compared_where_there_is_one(typed, on_paper, differs):
    assert rules.sum_differs(typed=typed, on_paper=on_paper) is differs


def test_a_code_is_read_as_it_is_written_or_spoken():
    assert rules.code_typed(" k7m2-9qxr ") == "K7M29QXR"
    assert not rules.is_sheet_code("K7M29QX0")


@pytest.fixture
def batch(as_user, budi, sari, dewi, wira, joko, melati):
    """A batch that has run for a week and runs for one more, on the day the test is run."""
    moment = datetime.now(UTC)
    today, before = melati.day_of(moment), moment - timedelta(days=20)
    as_user(wira)
    programme = make.make_programme(melati, budi, before)
    batch = make.make_batch(
        programme, budi, before, starts_on=today - timedelta(days=7), ends_on=today + timedelta(days=7),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
    )  # fmt: skip
    make.fill(batch, [joko, make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=budi, at=before)


def _three(batch):
    """The sessions of the last three days before today."""
    sessions = [row for row in queries.sessions_of(batch) if row.held_on < datetime.now(UTC).date()]
    return sessions[-4:-1]


@pytest.fixture
def sheet(batch, sari):
    sessions = _three(batch)
    people = queries.on_list(sessions[0])
    return operations.print_sheet(batch=batch, sessions=sessions, enrolments=people, by=sari, at=datetime.now(UTC))


def _url(sheet):
    return reverse("programmes:sheet", args=[sheet.public_id])


def _typed(sheet, *rows, **more):
    """Rows of keys, as they stand on paper: `"HHS"` is one person at three sessions."""
    cells = {
        f"s-{place}-{key}": row[place] for key, row in zip(sheet.enrolments, rows, strict=True) for place in range(3)
    }
    return {**{f"ada-{place}": "ya" for place in range(3)}, **cells, **more}


def test_the_same_print_is_the_same_sheet_and_its_code_says_nothing(batch, sheet, sari):
    again = operations.print_sheet(
        batch=batch, sessions=_three(batch), enrolments=queries.on_list(_three(batch)[0]), by=sari, at=datetime.now(UTC)
    )

    assert again == sheet
    assert rules.is_sheet_code(sheet.code)
    assert batch.code not in sheet.code


def test_a_whole_sheet_is_saved_at_once_with_its_scan(sheet, batch, sari, pages_of, as_user, wira):
    scan = picture_of(sheet.code)
    file = SimpleUploadedFile("Joko Prasetyo.png", scan, "image/png")

    answer = pages_of(sari).post(
        _url(sheet), {**_typed(sheet, "HHS", "PH3"), "pindaian": file} | {"s-2-" + str(sheet.enrolments[1]): "H3"}
    )

    as_user(wira)
    assert answer.status_code == 302
    rows = [row for session in _three(batch) for row in session.attendances.order_by("enrolment__person__search_name")]
    said = [(row.is_present, row.absence_reason, row.participation, row.counted_jp) for row in rows]
    assert len(said) == 6
    assert said.count((False, "sick", "", 0)) == 1
    assert said.count((True, "", "active", 3)) == 1
    kept = sheet.scans.get()
    assert (kept.digest, kept.is_code_read, kept.kind) == (hashlib.sha256(scan).hexdigest(), True, "png")
    assert bytes(kept.file.content) == scan
    assert {row.status for row in _three(batch)} == {"held"}


def test_a_scan_opens_for_those_who_may_and_can_do_nothing(sheet, sari, rina, dewi, pages_of, as_user, wira):
    kept = operations.keep_scan(sheet=sheet, content=a_pdf(), by=sari, at=datetime.now(UTC))
    url = reverse("programmes:scan", args=[sheet.public_id, kept.public_id])

    answer = pages_of(sari).get(url)

    assert answer.content == a_pdf()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert kept.public_id.hex[:12] in answer["Content-Disposition"]
    as_user(wira)
    assert Event.objects.filter(code="programmes.scan.read").count() == 1
    assert pages_of(rina).get(url).status_code == 404
    assert pages_of(dewi).get(url).status_code == 403


def test_the_picture_of_another_sheet_is_refused_and_nothing_is_saved(sheet, sari, pages_of, as_user, wira):
    file = SimpleUploadedFile("lembar.png", picture_of("22223333"), "image/png")

    page = pages_of(sari).post(_url(sheet), {**_typed(sheet, "HHH", "HHH"), "pindaian": file})

    assert "22223333" in page.content.decode()
    assert page.context["grid"].columns[0].present == 2
    as_user(wira)
    assert sheet.scans.count() == 0
    assert all(session.attendances.count() == 0 for session in _three(sheet.batch))


def test_what_is_not_clear_names_row_and_session_and_loses_nothing(sheet, sari, pages_of, as_user, wira):
    page = pages_of(sari).post(_url(sheet), _typed(sheet, "HZH", "HHH"))

    text = page.content.decode()
    assert "Baris 1, pertemuan ke-" in text
    assert [cell.text for cell in page.context["grid"].rows[0][2]] == ["H", "Z", "H"]
    as_user(wira)
    assert all(session.attendances.count() == 0 for session in _three(sheet.batch))


def test_a_sum_that_differs_is_told_before_anything_is_saved(sheet, sari, pages_of, as_user, wira):
    typed = _typed(sheet, "HHH", "HSH", **{"jumlah-0": "2", "jumlah-1": "2"})
    browser = pages_of(sari)

    page = browser.post(_url(sheet), typed)

    assert [column.place for column in page.context["grid"].differing] == [1]
    as_user(wira)
    assert _three(sheet.batch)[0].attendances.count() == 0
    assert browser.post(_url(sheet), typed | {"simpan": "tetap"}).status_code == 302
    as_user(wira)
    assert _three(sheet.batch)[0].attendances.count() == 2


def test_where_somebody_was_faster_both_entries_are_shown_and_one_is_chosen(sheet, sari, budi, pages_of, as_user, wira):
    pages_of(budi).post(_url(sheet), _typed(sheet, "SHH", "HHH"))
    late = _typed(sheet, "HHH", "HHH")

    page = pages_of(sari).post(_url(sheet), late)

    assert page.status_code == 409
    text = page.content.decode()
    assert "Budi Hartawan" in text
    ((_row, _person, _column, cell),) = page.context["grid"].clashing
    assert (cell.text, cell.theirs_text) == ("H", "S")
    as_user(wira)
    row = _three(sheet.batch)[0].attendances.get(enrolment__public_id=sheet.enrolments[0])
    assert row.absence_reason == "sick"
    versions = {f"v-{cell.name}": cell.version for *_rest, cells in page.context["grid"].rows for cell in cells}
    pages_of(sari).post(_url(sheet), late | versions)
    as_user(wira)
    row.refresh_from_db()
    assert row.is_present


def test_whoever_takes_the_other_entry_writes_nothing(sheet, sari, budi, pages_of, as_user, wira):
    pages_of(budi).post(_url(sheet), _typed(sheet, "SHH", "HHH"))
    name = f"0-{sheet.enrolments[0]}"

    answer = pages_of(sari).post(_url(sheet), _typed(sheet, "HHH", "HHH") | {f"ambil-{name}": "1"})

    as_user(wira)
    assert answer.status_code == 302
    row = _three(sheet.batch)[0].attendances.get(enrolment__public_id=sheet.enrolments[0])
    assert (row.absence_reason, row.recorded_by) == ("sick", budi)


def test_a_sheet_without_a_mark_changes_no_session(sheet, sari, pages_of, as_user, wira):
    pages_of(sari).post(_url(sheet), {f"ada-{place}": "ya" for place in range(3)})

    as_user(wira)
    assert {row.status for row in _three(sheet.batch)} == {"planned"}


def test_a_sheet_costs_the_same_for_one_session_and_for_three(
    batch, sheet, sari, pages_of, django_assert_max_num_queries
):
    one = operations.print_sheet(
        batch=batch,
        sessions=_three(batch)[:1],
        enrolments=queries.on_list(_three(batch)[0]),
        by=sari,
        at=datetime.now(UTC),
    )
    browser = pages_of(sari)
    for printed in (one, sheet):
        with django_assert_max_num_queries(16):
            browser.get(_url(printed))


def test_a_sheet_is_found_by_its_code(sheet, sari, pages_of):
    browser, url = pages_of(sari), reverse("programmes:sheets")

    found = browser.post(url, {"code": f"{sheet.code[:4].lower()} {sheet.code[4:]}"})

    assert found["Location"] == _url(sheet)
    assert "code" in browser.post(url, {"code": "22223333"}).context["form"].errors


@pytest.mark.parametrize("name", ["sheet-paper", "week-paper"])
def test_paper_carries_the_code_of_its_sheet(batch, sari, pages_of, as_user, wira, name):
    row = _three(batch)[0] if name == "sheet-paper" else batch

    answer = pages_of(sari).get(reverse(f"programmes:{name}", args=[row.public_id]))

    assert answer.content[:5] == b"%PDF-"
    assert "Joko" not in answer["Content-Disposition"]
    as_user(wira)
    assert Sheet.objects.count() == 1


def test_a_sheet_of_rehabilitation_is_for_the_care_team(
    melati, joko, nyoman, ayu, dewi, wira, budi, now, pages_of, as_user
):
    as_user(wira)
    before = now - timedelta(days=28)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    batch = make.make_batch(programme, nyoman, before)
    make.fill(batch, [joko], proposer=ayu, board=dewi, head=wira, at=before)
    operations.start_batch(batch=batch, by=nyoman, at=before)
    sessions, people = queries.on_paper(batch, batch.starts_on, batch.ends_on)
    sheet = operations.print_sheet(batch=batch, sessions=sessions, enrolments=people, by=ayu, at=now)
    scan = operations.keep_scan(sheet=sheet, content=a_pdf(), by=ayu, at=now)

    assert sheet.is_confidential
    assert scan.is_confidential
    assert pages_of(ayu).get(_url(sheet)).status_code == 200
    assert pages_of(budi).get(_url(sheet)).status_code == 404
    assert sheet.code not in pages_of(budi).get(reverse("programmes:sheets")).content.decode()
    as_user(budi)
    assert (batch.sheets.count(), sheet.scans.count()) == (0, 0)
    with pytest.raises(RuleBroken):
        operations.print_sheet(batch=batch, sessions=sessions, enrolments=people, by=budi, at=now)


def test_two_officers_key_one_sheet_at_once_and_lose_no_mark(
    fresh_database, melati, joko, sari, budi, dewi, wira, now, within
):
    before = now - timedelta(days=28)
    with within(wira):
        batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        make.fill(batch, [joko], proposer=sari, board=dewi, head=wira, at=before)
        operations.start_batch(batch=batch, by=budi, at=before)
        sessions, people = queries.on_paper(batch, batch.starts_on, batch.ends_on)
        sheet = operations.print_sheet(batch=batch, sessions=sessions, enrolments=people, by=sari, at=now)
    key = people[0].public_id

    def columns(mark):
        return [Column(row, "held", marks={key: mark}, read={key: ""}, session_read="") for row in sessions]

    answers = together(
        _as(sari, operations.key_sheet, sheet=sheet, columns=columns(Mark(True, "", "active", 5)), at=now),
        _as(budi, operations.key_sheet, sheet=sheet, columns=columns(Mark(False, "sick"))[::-1], at=now),
    )

    assert sorted(answer.rows for answer in answers) == [0, 4]
    assert sorted(answer.clashes for answer in answers) == [0, 4]
