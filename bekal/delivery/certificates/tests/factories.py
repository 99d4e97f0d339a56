"""The smallest valid rows on which a certificate stands."""

from datetime import date, datetime, time, timedelta

from bekal.delivery.programmes.models import Batch, Decree, Enrolment, Module, Nomination, Programme
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility, Place
from bekal.people.models import Custody, Person

NAMES = (
    "Ahmad Fauzi Rahman",
    "Bagus Wirayudha",
    "Dewa Gede Anom",
    "Ferry Kristanto",
    "I Ketut Sulendra",
    "I Made Jana",
)


def make_person(facility: Facility, name: str, *, at: datetime) -> Person:
    """Somebody with an open stay."""
    person = Person.objects.create(
        facility=facility,
        full_name=name,
        search_name=name.lower(),
        birth_place="Amerta",
        birth_on=date(1990, 1, 2),
        sex="male",
        created_at=at,
    )
    number = Custody.objects.filter(facility=facility).count() + 200
    Custody.objects.create(
        facility=facility, person=person, register_number=f"B.I {number}/2026", standing="sentenced", created_at=at
    )
    return person


def make_batch(
    facility: Facility,
    *,
    code: str,
    at: datetime,
    kind: str = "training",
    status: str = "completed",
    verdict_only: bool = False,
) -> Batch:
    """A batch of a programme with two modules."""
    is_training = kind == "training"
    programme = Programme.objects.create(
        facility=facility,
        kind=kind,
        title=f"Tata Boga {code}" if is_training else f"Rehabilitasi Sosial {code}",
        certificate_title="Tata Boga: Kue dan Roti" if is_training else "Program Bina Diri",
        hours_jp=120,
        is_verdict_only=verdict_only or not is_training,
        created_at=at,
    )
    for position, title in enumerate(("Kebersihan pangan", "Adonan dan pai"), start=1):
        Module.objects.create(facility=facility, programme=programme, position=position, title=title, hours_jp=60)
    return Batch.objects.create(
        facility=facility,
        programme=programme,
        year=at.year,
        number=2,
        code=code,
        capacity=20,
        place=Place.objects.filter(facility=facility).order_by("pk")[0],
        starts_on=at.date() - timedelta(days=36),
        ends_on=at.date(),
        starts_at=time(9),
        ends_at=time(12),
        jp_per_session=4,
        is_verdict_only=programme.is_verdict_only,
        status=status,
        created_at=at,
    )


def enrol(batch: Batch, person: Person, *, by: User, at: datetime, status: str = "completed") -> Enrolment:
    """A part in a batch, by nomination and decree."""
    facility, hidden = batch.facility, batch.programme.kind == "rehabilitation"
    custody = person.custodies.get(ended_on=None)
    nomination = Nomination.objects.create(
        facility=facility,
        batch=batch,
        person=person,
        custody=custody,
        is_confidential=hidden,
        status="accepted",
        proposed_by=by,
        proposed_at=at,
    )
    decree = Decree.objects.filter(batch=batch).first() or Decree.objects.create(
        facility=facility,
        batch=batch,
        kind="participants",
        status="signed",
        is_confidential=hidden,
        number=f"SK-{batch.code}",
        decided_on=batch.starts_on - timedelta(days=3),
        drafted_by=by,
        drafted_at=at,
        signed_at=at,
    )
    return Enrolment.objects.create(
        facility=facility,
        batch=batch,
        person=person,
        custody=custody,
        nomination=nomination,
        decree=decree,
        is_confidential=hidden,
        status=status,
        enrolled_on=batch.starts_on,
        ended_at=at if status != "enrolled" else None,
    )
