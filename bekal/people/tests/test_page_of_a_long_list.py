"""The page of a long list costs what it shows, not what the list holds; and lists that were kept whole still open."""

import json
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from bekal.foundation.accounts.models import User
from bekal.foundation.core import encryption
from bekal.foundation.facilities.models import Facility
from bekal.people import reports
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport, RosterPage
from bekal.people.operations import large
from bekal.people.tests.test_page_import import READ_ON, PagesOf, choose

divide = import_module("bekal.people.migrations.0017_rosters_in_pages_in_scope").divide
SHORT, LONG = 60, 600


def a_list(count: int) -> bytes:
    """So many good rows, a rejected row for every tenth of them, and as many that are doubtful."""
    good = [f"I Wayan Contoh,B.I {number:04d}/2026,17-08-1990" for number in range(1, count + 1)]
    rejected = [f"Salah,BI-{number:04d},17-08-1990" for number in range(count // 10)]
    doubtful = [f"I Gede 2,B.I {number:04d}/2026," for number in range(5001, 5001 + count // 10)]
    return "\n".join(["Nama,No. Reg,Tgl Lahir", *good, *rejected, *doubtful]).encode()


class Cost:
    """What answering took: how many statements, how many encrypted bytes were opened, and whether the file was read."""

    def __init__(self, statements: int, opened: int, has_file: bool) -> None:
        self.statements, self.opened, self.has_file = statements, opened, has_file


Costs = Callable[[Client, str], Cost]


@pytest.fixture
def cost_of(monkeypatch: pytest.MonkeyPatch) -> Costs:
    opened: list[int] = []
    unseal = encryption.unseal

    def counting(sealed: bytes, *, bound_to: str) -> bytes:
        opened.append(len(sealed) if bound_to.startswith("people.roster") else 0)
        return unseal(sealed, bound_to=bound_to)

    def cost(client: Client, path: str) -> Cost:
        opened.clear()
        told: list[str] = []

        def telling(execute: Any, sql: str, *rest: Any) -> Any:
            told.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(telling):
            assert client.get(path).status_code == 200
        return Cost(len(told), sum(opened), any('"people_rosterimport"."file",' in sql for sql in told))

    monkeypatch.setattr(encryption, "unseal", counting)
    return cost


@pytest.fixture
def short_and_long(pages_of: PagesOf, lestari: User) -> tuple[Client, str, str]:
    client = pages_of(lestari)
    return client, choose(client, a_list(SHORT)), choose(client, a_list(LONG))


@pytest.mark.parametrize("part", ["", "baris/new/", "baris/new/?halaman=2", "baris/unchanged/", "baris/absent/"])
def test_a_page_of_a_list_ten_times_as_long_costs_the_same(
    short_and_long: tuple[Client, str, str], cost_of: Costs, part: str
) -> None:
    client, short, long = short_and_long
    cost_of(client, short)

    little, much = cost_of(client, short + part), cost_of(client, long + part)

    assert 0 < much.statements == little.statements
    assert 0 < much.opened < little.opened + reports.PER_PAGE * 600
    assert not much.has_file and not little.has_file


def test_every_row_stands_on_one_page_in_the_order_of_the_file(short_and_long: tuple[Client, str, str]) -> None:
    client, _short, long = short_and_long

    shown: list[int] = []
    for number in range(1, LONG // reports.PER_PAGE + 1):
        page = client.get(f"{long}baris/new/?halaman={number}")
        assert page.context["page"].paginator.count == LONG
        shown += [line.number for line in page.context["lines"]]

    assert shown == list(range(2, LONG + 2))


def test_what_needs_a_decision_comes_in_the_order_of_the_file(short_and_long: tuple[Client, str, str]) -> None:
    client, short, _long = short_and_long

    decide = client.get(short).context["preview"].to_decide

    assert [line.number for line in decide] == list(range(SHORT + 2, SHORT + 14))
    assert {line.status for line in decide} == {"rejected", "doubtful"}


def test_a_list_that_changes_nobody_is_also_saved_in_the_background_when_it_is_long(
    pages_of: PagesOf, lestari: User, as_user: Callable[[User], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = pages_of(lestari)
    client.post(f"{choose(client, a_list(SHORT))}simpan/", READ_ON)
    again = choose(client, a_list(SHORT))
    monkeypatch.setattr(large, "ROWS_AT_ONCE", SHORT - 1)

    client.post(f"{again}simpan/", READ_ON)

    assert client.get(again).context["job_runs"]


def test_saving_keeps_the_pages_of_before_and_the_workbook(
    pages_of: PagesOf, lestari: User, as_user: Callable[[User], User]
) -> None:
    client = pages_of(lestari)
    there = choose(client, a_list(SHORT))
    workbook = client.get(f"{there}ditolak.xlsx").content

    client.post(f"{there}simpan/", READ_ON)

    assert client.get(f"{there}ditolak.xlsx").content == workbook
    as_user(lestari)
    roster = RosterImport.objects.get()
    assert sorted(row["row"] for row in reports.every_row(roster)) == list(range(2, SHORT + 14))
    assert set(RosterPage.objects.filter(kind="new").values_list("judging", flat=True)) == {1, 2}


def _whole(rows: list[dict[str, Any]]) -> str:
    facts = {"encoding": "utf-8", "hidden_rows": 3, "columns": [], "rejected": "UEs="}
    return json.dumps({**facts, "rows": rows, "absent": ["B.I 9/2020"]})


def test_a_list_that_was_kept_whole_opens_and_saves_as_before(
    pages_of: PagesOf, lestari: User, melati: Facility, now: datetime, as_user: Callable[[User], User]
) -> None:
    client = pages_of(lestari)
    there = choose(client, a_list(SHORT))
    as_user(lestari)
    read = RosterImport.objects.get()
    rows = reports.every_row(read)
    kept_whole = RosterImport.objects.create(
        facility=melati,
        file_name="daftar.csv",
        sha256="0" * 64,
        state=RosterState.READY,
        counts=read.counts,
        report=_whole(rows),
        read_by=lestari,
        read_at=now,
    )
    # Those that are in pages already stay as they are.
    before = read.report
    divide(apps, None)

    kept_whole.refresh_from_db()
    assert reports.every_row(kept_whole) == rows
    assert reports.every_absent(kept_whole) == ["B.I 9/2020"]
    assert reports.workbook_of(kept_whole) == b"PK"
    assert RosterImport.objects.get(pk=read.pk).report == before
    there = there.replace(str(read.public_id), str(kept_whole.public_id))
    page = client.get(there)
    assert (page.context["preview"].rows, page.context["preview"].hidden_rows) == (len(rows), 3)
    client.post(f"{there}simpan/", READ_ON)
    assert client.get(there).context["roster"].state == "committed"
