import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import entered
from bekal.foundation.papers import operations, rules
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.models import Paper
from bekal.foundation.papers.tests.samples import CERTIFICATE


def _paper(by, at, **changes):  # type: ignore[no-untyped-def]
    data = {key: value for key, value in CERTIFICATE.items() if key != "nomor"}
    return operations.make_paper(
        kind=PaperKind.CERTIFICATE,
        template="sertifikat",
        data={**data, **changes},
        facility=by.posting.facility,
        is_confidential=False,
        by=by,
        at=at,
    )


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{urut:04}/{kode_upt}/{bulan_romawi}/{tahun}", "0147/MLT/X/2026"),
        ("{urut}/{bulan}/{tahun}", "147/10/2026"),
    ],
)
def test_numbers_follow_their_pattern(pattern: str, number: str) -> None:
    assert rules.write_number(pattern, sequence=147, day=date(2026, 10, 21), facility_code="MLT") == number


@pytest.mark.parametrize(
    "pattern", ["{urut}", "{tahun}", "{urut}/{tahun}/{nama}", "{urut.real}/{tahun}", "{urut", "{}/{tahun}"]
)
def test_a_pattern_that_would_repeat_or_break_is_refused(pattern: str) -> None:
    with pytest.raises(RuleBroken):
        rules.check_pattern(pattern)


def test_numbers_have_no_gap_where_a_paper_could_not_be_drawn(budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(budi)
    first = _paper(budi, now)

    with pytest.raises(RuleBroken):
        _paper(budi, now, unit="no table")
    second = _paper(budi, now)

    assert (first.sequence, second.sequence) == (1, 2)


def test_a_new_year_begins_at_one(budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(budi)
    _paper(budi, now)

    assert _paper(budi, now + timedelta(days=40)).sequence == 1


def test_a_clock_behind_the_trail_seals_nothing(budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(budi)
    _paper(budi, now)

    with pytest.raises(RuleBroken):
        _paper(budi, now - timedelta(hours=1))


def test_whoever_began_first_may_seal_last(budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(budi)
    _paper(budi, now)

    assert _paper(budi, now - timedelta(seconds=40)).sequence == 2


def test_eight_threads_take_numbers_without_gap_or_double(fresh_database, budi, now) -> None:  # type: ignore[no-untyped-def]
    failed = []

    def make() -> None:
        try:
            for _time in range(3):
                with entered(scope_of(budi)):
                    _paper(budi, now)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    with entered(scope_of(budi)):
        assert sorted(Paper.objects.values_list("sequence", flat=True)) == list(range(1, 25))


def test_a_voided_number_is_kept(budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(budi)
    paper = _paper(budi, now)

    operations.void_paper(paper, reason="Salah lampiran", by=budi, at=now)

    assert _paper(budi, now).sequence == 2
    with pytest.raises(RuleBroken):
        operations.void_paper(paper, reason="Lagi", by=budi, at=now)
