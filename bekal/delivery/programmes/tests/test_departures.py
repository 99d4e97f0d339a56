"""A departure ends every part in a batch, seen or not; what crosses to the other facility."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bekal.delivery.programmes import operations
from bekal.delivery.programmes.models import Enrolment, Nomination, Tag
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.audit.models import Event
from bekal.foundation.core.invariants import violations
from bekal.people import operations as people
from bekal.people.models import Custody, Person
from bekal.people.thread import thread_of


@pytest.fixture
def in_both(melati, house, budi, nyoman, dewi, wira, sari, joko, now, within):
    """Joko learns to bake and takes part in rehabilitation; he is proposed for a third batch."""
    before = make.days_before(now, 30)
    with within(house):
        baking = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        make.fill(baking, [joko], proposer=sari, board=dewi, head=wira, at=before)
        clinic = make.make_programme(
            melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Program A"
        )
        clinic_batch = make.make_batch(clinic, nyoman, before, starts_at="13:00", ends_at="16:00")
        make.fill(clinic_batch, [joko], proposer=nyoman, board=dewi, head=wira, at=before)
        laundry = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Pelatihan Laundry")
        later = make.make_batch(laundry, budi, before, starts_on=now.date() + timedelta(days=9),
                                ends_on=now.date() + timedelta(days=30))  # fmt: skip
        make.propose(later, [joko], sari, before)
    return joko


@pytest.fixture
def agreed(in_both, kenanga, lestari, tari, now, within):
    with within(lestari):
        stay = Custody.objects.get(person=in_both)
        row = people.request_transfer(custody=stay, destination=kenanga, reason="Penuh", by=lestari, at=now)
    with within(tari):
        return people.agree_to_transfer(transfer=row, by=tari, at=now)


def _depart(agreed, lestari, today, now, within):
    with within(lestari):
        return operations.depart(transfer=agreed, departed_on=today, by=lestari, at=now)


def test_a_departure_ends_every_part_by_law_also_those_out_of_sight(
    agreed, in_both, lestari, house, today, now, within
):
    _depart(agreed, lestari, today, now, within)

    with within(house):
        parts = Enrolment.objects.filter(person=in_both)
        assert {(row.status, row.exit_kind, row.exit_group, row.exit_on) for row in parts} == {
            ("left", "transfer", "by_law", today)
        }
        assert set(Tag.objects.filter(enrolment__person=in_both).values_list("status", flat=True)) == {"released"}
        assert Nomination.objects.get(batch__programme__title="Laundry").status == "withdrawn"
        assert list(violations()) == []


def test_lestari_sees_no_more_of_rehabilitation_after_the_departure_than_before(
    agreed, in_both, lestari, today, now, within
):
    with within(lestari):
        before = Enrolment.objects.filter(is_confidential=True).count()
        operations.depart(transfer=agreed, departed_on=today, by=lestari, at=now)

        assert Enrolment.objects.filter(is_confidential=True).count() == before == 0
        events = Event.objects.filter(code="people.transfer.departed")
        assert "Rehabilitasi" not in str([event.payload for event in events])


def test_the_departure_of_a_resident_and_of_anybody_read_the_same(agreed, lestari, pages_of):
    url = reverse("programmes:transfer-depart", args=[agreed.public_id])

    page = pages_of(lestari).get(url).content.decode()

    assert "Rehabilitasi" not in page and "Tata Boga" not in page


def test_only_the_care_team_of_kenanga_learns_of_rehabilitation_at_melati(
    agreed, in_both, lestari, tari, rina, today, now, within, kenanga, house
):
    _depart(agreed, lestari, today, now, within)
    with within(tari):
        people.arrive(
            transfer=agreed, register_number="B.I 7/2026", standing="sentenced", arrived_on=today, by=tari, at=now
        )

    def told(user):
        with within(user):
            thread = thread_of(Person.objects.get(pk=in_both.pk), user=user, today=today)
            return " ".join(f"{stop.title} {stop.sentence}" for stop in [*thread.behind, *thread.today, *thread.ahead])

    assert "Tata Boga" in told(rina) and "Rehabilitasi" not in told(rina)
    rina.posting.role = "counsellor"
    assert "Rehabilitasi Sosial" in told(rina) and "Mutasi ke UPT lain" in told(rina)


def test_melati_keeps_the_list_of_its_batch_with_the_name(agreed, in_both, lestari, tari, budi, today, now, within):
    _depart(agreed, lestari, today, now, within)
    with within(tari):
        people.arrive(
            transfer=agreed, register_number="B.I 7/2026", standing="sentenced", arrived_on=today, by=tari, at=now
        )

    with within(budi):
        part = Enrolment.objects.select_related("person", "custody").get(batch__programme__title="Tata Boga")
        assert (part.person.full_name, part.custody.register_number) == ("Joko Prasetyo", "B.I 118/2025")


def test_attendance_of_the_day_after_does_not_refuse_a_departure(agreed, in_both, lestari, sari, house, now, within):
    with within(house):
        baking = Enrolment.objects.get(batch__programme__title="Tata Boga")
        operations.start_batch(batch=baking.batch, by=house, at=now)
        session = baking.batch.sessions.order_by("-held_on").first()
        make.mark_all(session, house, now)

    _depart(agreed, lestari, session.held_on - timedelta(days=1), now, within)

    with within(house):
        assert Enrolment.objects.get(pk=baking.pk).exit_on == session.held_on
