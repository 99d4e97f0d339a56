from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bekal.foundation.accounts.models import User
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.jobs.models import Job
from bekal.foundation.jobs.work import Work
from bekal.people import incoming, jobs
from bekal.people.models import Custody, RosterDoubt, RosterImport, RosterMapping
from bekal.people.operations import large

PagesOf = Callable[[User], Client]
AsUser = Callable[[User], User]
ROSTERS = Path(__file__).resolve().parents[3] / "tests" / "data" / "rosters"
READ_ON = {"legal_dates_read_on": "2026-11-05"}
A_LIST = (
    b"Nama;No. Reg;Tgl Lahir;Blok\nI Made Contoh;B.I 1/2026;17-08-1990;A.1\nI Gede 2;B.I 2/2026;;A.1\nSalah;BI-12;;A.1"
)


def choose(client: Client, data: bytes, name: str = "daftar.csv") -> str:
    answer = client.post(reverse("people:rosters"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.headers["Location"]


def test_lestari_imports_a_list_by_hand(pages_of: PagesOf, lestari: User, as_user: AsUser) -> None:
    client = pages_of(lestari)

    there = choose(client, A_LIST)
    page = client.get(there)

    assert page.context["asks_columns"]
    columns = {f"kolom_{column.letter}": column.read_as for column in page.context["preview"].columns}
    client.post(f"{there}kolom/", columns)
    page = client.get(there)
    assert not page.context["asks_columns"]
    for words in ("I Made Contoh", "I Gede 2", "BI-12", "B.I 12/2026"):
        assert words in page.content.decode()
    client.post(f"{there}simpan/", READ_ON)
    assert "Lestari Wulan" in client.get(there).content.decode()
    as_user(lestari)
    assert Custody.objects.get().person.full_name == "I Made Contoh"

    doubts = reverse("people:doubts")
    assert "I Gede 2" in client.get(doubts).content.decode()
    as_user(lestari)
    client.post(reverse("people:doubt-decide", args=[RosterDoubt.objects.get().public_id]), {"decision": "taken"})
    as_user(lestari)
    assert Custody.objects.count() == 2
    assert "I Gede 2" not in client.get(doubts).context["lines"]


def test_rejected_rows_come_back_as_a_workbook(pages_of: PagesOf, lestari: User) -> None:
    client = pages_of(lestari)
    there = choose(client, A_LIST)

    answer = client.get(f"{there}ditolak.xlsx")

    assert answer.content[:2] == b"PK"
    assert client.get(f"{there}baris/rejected/").status_code == 200
    assert client.get(f"{there}baris/absent/").status_code == 200
    assert client.get(f"{there}baris/anything/").status_code == 404


def test_a_header_seen_before_is_not_asked_again(pages_of: PagesOf, lestari: User, as_user: AsUser) -> None:
    client = pages_of(lestari)
    there = choose(client, A_LIST)
    wanted = {"kolom_A": "full_name", "kolom_B": "register_number", "kolom_C": "birth_on", "kolom_D": "remark"}

    client.post(f"{there}kolom/", wanted)
    again = client.get(choose(client, A_LIST))

    as_user(lestari)
    assert RosterMapping.objects.get().mapping["D"] == "remark"
    assert not again.context["asks_columns"]
    assert again.context["roster"].columns["D"] == "remark"


def test_two_columns_cannot_be_the_same_thing(pages_of: PagesOf, lestari: User, as_user: AsUser) -> None:
    client = pages_of(lestari)
    there = choose(client, A_LIST)

    client.post(
        f"{there}kolom/",
        {"kolom_A": "full_name", "kolom_B": "full_name", "kolom_C": "birth_on", "kolom_D": "remark"},
    )

    as_user(lestari)
    assert not RosterMapping.objects.exists()
    assert client.get(there).context["roster"].columns["B"] == "register_number"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 surat", "not_a_spreadsheet"),
        (b"PK\x03\x04 terpotong", "damaged_file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_spreadsheet"),
        (b"Kegiatan;Tanggal\nSenam;1-1-2026", "no_header"),
    ],
)
def test_what_is_no_list_gets_a_clear_sentence(
    pages_of: PagesOf, lestari: User, as_user: AsUser, data: bytes, code: str
) -> None:
    client = pages_of(lestari)

    page = client.get(choose(client, data, "daftar.xlsx")).content.decode()

    as_user(lestari)
    assert RosterImport.objects.get().refusal == code
    assert 'role="alert"' in page
    assert not Custody.objects.exists()


def test_a_huge_file_is_turned_back(pages_of: PagesOf, lestari: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bekal.people.forms.rosters.MOST_BYTES", 10)

    page = pages_of(lestari).post(reverse("people:rosters"), {"file": SimpleUploadedFile("daftar.csv", A_LIST)})

    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_name_of_cp1252_is_read_as_it_was_written(pages_of: PagesOf, lestari: User) -> None:
    client = pages_of(lestari)

    page = client.get(choose(client, "Nama;No. Reg;Tgl Lahir\nJosé Contoh;B.I 1/2026;17-08-1990".encode("cp1252")))

    assert "José Contoh" in page.content.decode()


def test_a_script_in_a_list_is_only_text(pages_of: PagesOf, lestari: User) -> None:
    client = pages_of(lestari)

    page = client.get(choose(client, b"Nama;No. Reg;Tgl Lahir\n<script>alert(1)</script>;B.I 1/2026;17-08-1990"))

    assert "<script>alert" not in page.content.decode()


def test_the_same_file_again_says_who_saved_it(pages_of: PagesOf, lestari: User) -> None:
    client = pages_of(lestari)
    client.post(f"{choose(client, A_LIST)}simpan/", READ_ON)

    again = client.get(choose(client, A_LIST))

    assert again.context["saved_before"].committed_by == lestari
    assert again.context["roster"].counts["unchanged"] == 1


def test_a_list_put_away_is_gone_from_the_desk(pages_of: PagesOf, lestari: User) -> None:
    client = pages_of(lestari)
    there = choose(client, A_LIST)

    client.post(f"{there}batal/")

    assert client.get(there).context["roster"].state == "cancelled"


def test_sari_and_rina_do_not_reach_a_list(pages_of: PagesOf, lestari: User, sari: User, rina: User) -> None:
    there = choose(pages_of(lestari), A_LIST)

    assert pages_of(sari).get(there).status_code == 403
    assert pages_of(rina).get(there).status_code == 403


def test_a_large_list_is_read_and_saved_in_the_background(
    pages_of: PagesOf, lestari: User, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "BYTES_AT_ONCE", 10)
    monkeypatch.setattr(large, "ROWS_AT_ONCE", 0)
    client = pages_of(lestari)

    there = choose(client, A_LIST)
    assert client.get(there).context["job_runs"]
    as_user(lestari)
    roster = RosterImport.objects.get()
    assert (roster.state, roster.file) == ("reading", None)
    jobs.read_roster(Work(Job.objects.get(kind="people.read_roster"), lestari))
    with pytest.raises(RuleBroken):
        incoming.fetch(roster)
    as_user(lestari)
    Job.objects.update(state="done")

    for _ in range(2):
        client.post(f"{there}simpan/", READ_ON)
    as_user(lestari)
    saving = Job.objects.get(kind="people.commit_roster")
    for _ in range(2):
        jobs.commit_roster(Work(saving, lestari))
    as_user(lestari)
    assert Custody.objects.count() == 1
    assert RosterImport.objects.get().state == "committed"


def test_columns_of_a_list_with_health_data_are_remembered_for_the_next_time(
    pages_of: PagesOf, lestari: User, as_user: AsUser
) -> None:
    client, data = (
        pages_of(lestari),
        b"Nama;No. Reg;Tgl Lahir;Tes Urin;Tempat\nI Made;B.I 1/2026;17-08-1990;rahasia;C.7",
    )
    there = choose(client, data)
    assert "rahasia" not in client.get(there).content.decode()

    wanted = {"kolom_A": "full_name", "kolom_B": "register_number", "kolom_C": "birth_on", "kolom_E": "block"}
    client.post(f"{there}kolom/", wanted)

    assert client.get(there).context["roster"].state == "cancelled"
    assert client.get(choose(client, data)).context["roster"].columns["E"] == "block"
