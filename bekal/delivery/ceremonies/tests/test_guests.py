"""Guests and turns: what operations keep, who sees which guest, what the papers say."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pypdf
import pytest

from bekal.delivery.ceremonies import documents, operations, queries, rules
from bekal.delivery.ceremonies.choices import TurnKind
from bekal.delivery.ceremonies.models import Ceremony, Guest
from bekal.delivery.ceremonies.tests.factories import issue_all, make_ceremony, make_running_batch, receive_all
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import events_on
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.queries import pdf_of

As = Callable[[User], User]


def line(**facts: Any) -> dict[str, Any]:
    return {"guest": None, "kind": "government", "name": "", "post": "", "office": "", "answer": "waiting", **facts}


OFFICE = line(name="Ni Luh Contoh", post="Plt. Kepala Dinas", office="Dinas Koperasi Amerta", answer="confirmed")
FAMILY = line(kind="family", name="Ni Wayan Keluarga")


@pytest.fixture
def batches(melati: Facility, wira: User, as_user: As, now: datetime) -> list[Batch]:
    as_user(wira)
    kinds = (("RS2", "rehabilitation"), ("TB2", "training"))
    return [make_running_batch(melati, code=code, by=wira, at=now, kind=kind) for code, kind in kinds]


@pytest.fixture
def ceremony(melati: Facility, batches: list[Batch], wira: User, now: datetime) -> Ceremony:
    return make_ceremony(melati, batches, by=wira, at=now)


@pytest.fixture
def training(melati: Facility, wira: User, as_user: As, now: datetime) -> Ceremony:
    as_user(wira)
    return make_ceremony(melati, [make_running_batch(melati, code="LD9", by=wira, at=now)], by=wira, at=now)


def test_a_list_of_guests_is_written_as_a_whole(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, FAMILY], by=wira, at=now)
    first, second = queries.guests_of(ceremony)
    kept = line(guest=second.public_id, kind="family", name="Ni Wayan Keluarga", answer="declined")

    operations.set_guests(ceremony=ceremony, lines=[kept, line(post="Camat")], by=wira, at=now)

    assert [(guest.name or guest.post, guest.answer) for guest in queries.guests_of(ceremony)] == [
        ("Ni Wayan Keluarga", "declined"),
        ("Camat", "waiting"),
    ]
    assert Guest.objects.get(pk=first.pk).is_active is False
    assert [event.code for event in events_on(ceremony.public_id)].count("ceremonies.guests.set") == 2


def test_no_name_of_a_guest_is_in_the_trail(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, FAMILY], by=wira, at=now)

    assert not any(
        "Luh" in str(event.payload) or "Wayan" in str(event.payload) for event in events_on(ceremony.public_id)
    )


def test_a_list_changed_by_somebody_else_is_not_overwritten(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE], read_version="0", by=wira, at=now)

    with pytest.raises(Changed):
        operations.set_guests(ceremony=ceremony, lines=[], read_version="0", by=wira, at=now)


def test_families_at_a_rehabilitation_closing_are_hidden_and_still_counted(
    ceremony: Ceremony, wira: User, budi: User, as_user: As, now: datetime
) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, FAMILY], by=wira, at=now)
    counted = queries.guest_counts(ceremony)

    as_user(budi)

    assert [guest.name for guest in queries.guests_of(ceremony)] == ["Ni Luh Contoh"]
    assert queries.guest_counts(ceremony) == counted
    assert queries.all_guests(counted).invited == 2


def test_whoever_does_not_see_families_cannot_list_one_and_leaves_them_alone(
    ceremony: Ceremony, wira: User, budi: User, as_user: As, now: datetime
) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, FAMILY], by=wira, at=now)
    as_user(budi)

    with pytest.raises(RuleBroken):
        operations.set_guests(ceremony=ceremony, lines=[OFFICE, FAMILY], by=budi, at=now)
    operations.set_guests(ceremony=ceremony, lines=[], by=budi, at=now)

    as_user(wira)
    assert [guest.name for guest in queries.guests_of(ceremony)] == ["Ni Wayan Keluarga"]


def test_families_of_a_training_are_listed_by_whoever_plans_it(
    training: Ceremony, budi: User, as_user: As, now: datetime
) -> None:
    operations.set_guests(ceremony=training, lines=[FAMILY], by=as_user(budi), at=now)

    assert queries.guests_of(training).count() == 1


def test_families_stay_hidden_when_the_plan_changes_or_falls_away(
    training: Ceremony, batches: list[Batch], wira: User, budi: User, as_user: As, now: datetime
) -> None:
    operations.set_guests(ceremony=training, lines=[FAMILY], by=wira, at=now)
    facts = {fact: getattr(training, fact) for fact in ("title", "held_on", "starts_at", "place", "signatory")}

    operations.change_ceremony(ceremony=training, **facts, batches=batches[:1], by=as_user(budi), at=now)
    assert queries.guests_of(training).count() == 0
    operations.cancel_ceremony(ceremony=training, by=budi, at=now)
    assert queries.guests_of(training).count() == 0


def test_two_officers_at_two_doors_do_not_undo_each_other(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, line(post="Camat"), line(post="Lurah")], by=wira, at=now)
    keys = [guest.public_id for guest in queries.guests_of(ceremony)]

    assert operations.receive_guests(ceremony=ceremony, shown=keys, read=[], came=keys[:1], by=wira, at=now) == 1
    assert operations.receive_guests(ceremony=ceremony, shown=keys, read=[], came=keys[1:2], by=wira, at=now) == 1

    assert [guest.has_come for guest in queries.guests_of(ceremony)] == [True, True, False]


def test_guests_are_not_changed_after_the_minutes_counted_them(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.cancel_ceremony(ceremony=ceremony, by=wira, at=now)

    with pytest.raises(RuleBroken):
        operations.set_guests(ceremony=ceremony, lines=[OFFICE], by=wira, at=now)


def test_each_guest_gets_one_letter_and_a_new_one_only_when_addressed_otherwise(
    ceremony: Ceremony, wira: User, now: datetime
) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, line(name="Bapak Lurah Contoh")], by=wira, at=now)

    assert operations.write_invitations(ceremony=ceremony, by=wira, at=now) == 2
    assert operations.write_invitations(ceremony=ceremony, by=wira, at=now) == 0
    first, second = queries.guests_of(ceremony)
    changed = {**OFFICE, "guest": first.public_id, "post": "Kepala Dinas"}
    operations.set_guests(
        ceremony=ceremony, lines=[changed, line(guest=second.public_id, name="Bapak Lurah Contoh")], by=wira, at=now
    )
    assert operations.write_invitations(ceremony=ceremony, by=wira, at=now) == 1

    again = queries.guests_of(ceremony)[0]
    assert again.invitation.sequence == 3
    first.invitation.refresh_from_db()
    assert first.invitation.status == "voided"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_of(again.invitation))).pages)
    assert "Kepala Dinas, Dinas Koperasi Amerta" in text and "Penutupan pelatihan" in text


def test_the_letter_of_a_hidden_family_is_hidden_too(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE, FAMILY], by=wira, at=now)
    operations.write_invitations(ceremony=ceremony, by=wira, at=now)

    assert [guest.invitation.is_confidential for guest in queries.guests_of(ceremony)] == [False, True]


def _givers(ceremony: Ceremony, giver: Any) -> dict[Any, Any]:
    return {(row.batch, what): giver for row in queries.batches_of(ceremony) for what in TurnKind}


def test_turns_are_said_by_the_script_and_the_minutes(
    ceremony: Ceremony, batches: list[Batch], wira: User, now: datetime
) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE], by=wira, at=now)
    operations.set_turns(ceremony=ceremony, givers=_givers(ceremony, queries.guests_of(ceremony)[0]), by=wira, at=now)
    issue_all(ceremony, by=wira, at=now)
    for batch in batches:
        receive_all(ceremony, batch, by=wira, at=now)

    said = documents.script(ceremony)
    minutes = operations.end_ceremony(ceremony=ceremony, by=wira, at=now).minutes.data

    name = "Ni Luh Contoh, Plt. Kepala Dinas, Dinas Koperasi Amerta"
    assert any(name in sentence for sentence in said["ucapan"])
    assert minutes["penyerahan"] == [[batch.name, name, name] for batch in batches]
    assert minutes["tamu"] == [["Instansi pemerintah", 1, 0]]


def test_the_script_calls_nobody_of_the_rehabilitation_batch_for_those_without_care(
    ceremony: Ceremony, wira: User, budi: User, as_user: As, now: datetime
) -> None:
    issue_all(ceremony, by=wira, at=now)
    seen_by_head = len(documents.script(ceremony)["penyerahan"])

    as_user(budi)

    assert (seen_by_head, [part["angkatan"] for part in documents.script(ceremony)["penyerahan"]]) == (
        2,
        [queries.batches_of(ceremony)[1].batch.name],
    )


def test_a_turn_of_a_guest_who_falls_away_is_nobodys_again(ceremony: Ceremony, wira: User, now: datetime) -> None:
    operations.set_guests(ceremony=ceremony, lines=[OFFICE], by=wira, at=now)
    operations.set_turns(ceremony=ceremony, givers=_givers(ceremony, queries.guests_of(ceremony)[0]), by=wira, at=now)

    operations.set_guests(ceremony=ceremony, lines=[], by=wira, at=now)

    assert {queries.named(turn) for turn in queries.turns_of(ceremony).values()} == {""}


def test_a_guest_of_another_ceremony_has_no_turn_here(
    ceremony: Ceremony, training: Ceremony, wira: User, now: datetime
) -> None:
    operations.set_guests(ceremony=training, lines=[OFFICE], by=wira, at=now)

    with pytest.raises(RuleBroken):
        operations.set_turns(
            ceremony=ceremony, givers=_givers(ceremony, queries.guests_of(training)[0]), by=wira, at=now
        )


@pytest.mark.parametrize(
    ("names", "said"), [((), ""), (("A",), "A"), (("A", "B"), "A dan B"), (("A", "B", "C"), "A, B, dan C")]
)
def test_names_are_said_together_as_indonesian_does(names: tuple[str, ...], said: str) -> None:
    assert rules.together(names) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (rules.Part("09.00", "Doa"), "Acara berikutnya, Doa."),
        (
            rules.Part("09.00", "Sambutan", "Kepala Lapas"),
            "Acara berikutnya, Sambutan. Kepada Kepala Lapas, waktu dan tempat kami persilakan.",
        ),
    ],
)
def test_the_script_calls_whoever_leads_a_part(part: rules.Part, said: str) -> None:
    assert rules.spoken(part) == said
