from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from bekal.delivery.ceremonies import operations, queries
from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.tests.factories import issue_all, make_ceremony, make_running_batch, receive_all
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.programmes.choices import BatchStatus, TagStatus
from bekal.delivery.programmes.models import Batch, Tag
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import events_on, holds_root
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs.models import Job

As = Callable[[User], User]


@pytest.fixture
def batches(melati: Facility, wira: User, as_user: As, now: datetime) -> list[Batch]:
    as_user(wira)
    return [make_running_batch(melati, code=code, by=wira, at=now) for code in ("TB2", "LD1")]


@pytest.fixture
def ceremony(melati: Facility, batches: list[Batch], budi: User, as_user: As, now: datetime) -> Ceremony:
    return make_ceremony(melati, batches, by=as_user(budi), at=now)


def test_a_plan_has_its_batches_in_order_and_a_running_order(ceremony: Ceremony, batches: list[Batch]) -> None:
    assert [row.batch for row in queries.batches_of(ceremony)] == batches
    assert queries.agenda_of(ceremony)[0].starts_at == time(8, 30)


def test_a_batch_closes_at_one_ceremony_only(
    melati: Facility, ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    with pytest.raises(RuleBroken):
        make_ceremony(melati, batches[:1], by=budi, at=now)


def test_batches_change_places_and_leave_the_plan(
    ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    facts = {fact: getattr(ceremony, fact) for fact in ("title", "held_on", "starts_at", "place", "signatory")}

    operations.change_ceremony(ceremony=ceremony, **facts, batches=batches[::-1], by=budi, at=now)
    assert [row.batch for row in queries.batches_of(ceremony)] == batches[::-1]

    operations.change_ceremony(ceremony=ceremony, **facts, batches=batches[:1], by=budi, at=now)
    assert [row.batch for row in queries.batches_of(ceremony)] == batches[:1]


def test_the_batches_of_a_cancelled_ceremony_may_close_at_another(
    melati: Facility, ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    operations.cancel_ceremony(ceremony=ceremony, by=budi, at=now)

    assert queries.batches_of(make_ceremony(melati, batches, by=budi, at=now))


def test_closing_closes_all_batches_and_takes_the_tags_back(ceremony: Ceremony, budi: User, now: datetime) -> None:
    closed = operations.close_batches(ceremony=ceremony, by=budi, at=now)

    assert closed.status == CeremonyStatus.CLOSING
    assert set(Batch.objects.values_list("status", flat=True)) == {BatchStatus.COMPLETED}
    assert set(Tag.objects.values_list("status", flat=True)) == {TagStatus.RELEASED}
    assert closed.job.total == 6


def test_pressing_twice_asks_for_the_issuing_once(ceremony: Ceremony, budi: User, now: datetime) -> None:
    operations.close_batches(ceremony=ceremony, by=budi, at=now)
    operations.close_batches(ceremony=ceremony, by=budi, at=now + timedelta(seconds=2))

    assert Job.objects.count() == 1


def test_the_second_officer_is_told_who_closed(
    ceremony: Ceremony, budi: User, wira: User, as_user: As, now: datetime
) -> None:
    operations.close_batches(ceremony=ceremony, by=budi, at=now)

    with pytest.raises(Changed, match=r"Budi Hartawan.*10\.42"):
        operations.close_batches(ceremony=ceremony, by=as_user(wira), at=now)


def test_one_batch_that_is_not_ready_leaves_all_open(
    ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    batches[1].sessions.update(status="planned", held_jp=None)

    with pytest.raises(RuleBroken):
        operations.close_batches(ceremony=ceremony, by=budi, at=now)

    assert set(Batch.objects.values_list("status", flat=True)) == {BatchStatus.RUNNING}


def test_whoever_does_not_see_a_batch_does_not_close_it(
    melati: Facility, batches: list[Batch], budi: User, wira: User, as_user: As, now: datetime
) -> None:
    as_user(wira)
    clinic = make_running_batch(melati, code="RS2", by=wira, at=now, kind="rehabilitation")
    ceremony = make_ceremony(melati, [clinic, *batches], by=as_user(budi), at=now)

    with pytest.raises(RuleBroken):
        operations.close_batches(ceremony=ceremony, by=budi, at=now)
    assert operations.close_batches(ceremony=ceremony, by=as_user(wira), at=now).closed_by == wira


def test_everybody_sees_how_many_and_only_care_sees_who(
    melati: Facility, batches: list[Batch], budi: User, wira: User, as_user: As, now: datetime
) -> None:
    as_user(wira)
    clinic = make_running_batch(melati, code="RS2", by=wira, at=now, kind="rehabilitation")
    ceremony = issue_all(make_ceremony(melati, [clinic, *batches], by=wira, at=now), by=wira, at=now)
    seen_by_head = queries.counts_of(ceremony), queries.hand_overs_of(ceremony).count()

    as_user(budi)

    assert (queries.counts_of(ceremony), queries.hand_overs_of(ceremony).count()) == (seen_by_head[0], 6)
    assert seen_by_head[1] == 9


def test_a_stranger_counts_nothing(ceremony: Ceremony, rina: User, as_user: As) -> None:
    as_user(rina)

    assert queries.counts_of(ceremony) == {}


def record(
    ceremony: Ceremony, batch: Batch, outcomes: list[str], *, by: User, at: datetime, read: str = "waiting"
) -> int:
    rows = list(queries.hand_overs_of(ceremony, batch=batch))
    entered = {row.public_id: outcome for row, outcome in zip(rows, outcomes, strict=False)}
    before = dict.fromkeys(entered, read)
    return operations.record_hand_overs(
        ceremony=ceremony, batch=batch, read=before, entered=entered, handed_by="Ibu Kartika", by=by, at=at
    )


def test_hand_overs_are_recorded_with_who_gave_them(
    ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    issue_all(ceremony, by=budi, at=now)

    assert record(ceremony, batches[0], ["received", "absent"], by=budi, at=now) == 2
    first, second, third = queries.hand_overs_of(ceremony, batch=batches[0])
    assert (first.outcome, first.handed_by, first.recorded_by) == ("received", "Ibu Kartika", budi)
    assert (second.outcome, second.handed_by) == ("absent", "")
    assert third.outcome == HandOverOutcome.WAITING


def test_two_officers_with_one_list_do_not_overwrite_each_other(
    ceremony: Ceremony, batches: list[Batch], budi: User, sari: User, now: datetime
) -> None:
    issue_all(ceremony, by=budi, at=now)
    record(ceremony, batches[0], ["absent"], by=sari, at=now)

    with pytest.raises(Changed, match="Sari Laksmi"):
        record(ceremony, batches[0], ["received", "received"], by=budi, at=now)

    assert [row.outcome for row in queries.hand_overs_of(ceremony, batch=batches[0])] == [
        "absent",
        "waiting",
        "waiting",
    ]


def test_the_same_entry_by_two_officers_is_no_clash(
    ceremony: Ceremony, batches: list[Batch], budi: User, sari: User, now: datetime
) -> None:
    issue_all(ceremony, by=budi, at=now)
    record(ceremony, batches[0], ["received"], by=sari, at=now)

    assert record(ceremony, batches[0], ["received"], by=budi, at=now) == 0


def test_the_rest_is_received_in_one_press_and_undone_in_one(
    ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    issue_all(ceremony, by=budi, at=now)
    record(ceremony, batches[0], ["absent"], by=budi, at=now)
    later = now + timedelta(minutes=1)

    assert receive_all(ceremony, batches[0], by=budi, at=later) == 2
    assert (
        operations.undo_hand_overs(ceremony=ceremony, batch=batches[0], by=budi, at=later + timedelta(minutes=1)) == 2
    )
    assert [row.outcome for row in queries.hand_overs_of(ceremony, batch=batches[0])] == [
        "absent",
        "waiting",
        "waiting",
    ]


def test_nobody_undoes_the_entries_of_somebody_else(
    ceremony: Ceremony, batches: list[Batch], budi: User, sari: User, now: datetime
) -> None:
    issue_all(ceremony, by=budi, at=now)
    record(ceremony, batches[0], ["absent"], by=sari, at=now)

    with pytest.raises(RuleBroken):
        operations.undo_hand_overs(ceremony=ceremony, batch=batches[0], by=budi, at=now)


def test_a_ceremony_ends_with_minutes_that_carry_the_root_of_the_day(
    ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime
) -> None:
    issue_all(ceremony, by=budi, at=now)
    with pytest.raises(RuleBroken):
        operations.end_ceremony(ceremony=ceremony, by=budi, at=now)
    for batch in batches:
        receive_all(ceremony, batch, by=budi, at=now)

    ended = operations.end_ceremony(ceremony=ceremony, by=budi, at=now)

    assert ended.status == CeremonyStatus.ENDED
    assert ended.minutes.data["jumlah"]["diterima"] == 6
    assert holds_root(ended.minutes.data["akar"])
    assert "ceremonies.ceremony.ended" in [event.code for event in events_on(ceremony.public_id)]


def test_the_minutes_name_no_participant(ceremony: Ceremony, batches: list[Batch], budi: User, now: datetime) -> None:
    issue_all(ceremony, by=budi, at=now)
    for batch in batches:
        receive_all(ceremony, batch, by=budi, at=now)

    said = str(operations.end_ceremony(ceremony=ceremony, by=budi, at=now).minutes.data)

    for certificate in Certificate.objects.select_related("enrolment__person"):
        assert certificate.enrolment.person.full_name not in said
