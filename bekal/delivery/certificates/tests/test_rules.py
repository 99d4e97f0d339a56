import math
import secrets

import pytest

from bekal.delivery.certificates import rules
from bekal.delivery.certificates.choices import CertificateStatus
from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken


def test_a_code_holds_at_least_55_bits_of_chance() -> None:
    assert math.log2(len(set(rules.ALPHABET)) ** rules.CODE_SIGNS) >= 55


def test_a_code_has_no_signs_that_look_alike() -> None:
    assert not set("0O1ILU5S") & set(rules.ALPHABET)


def test_a_code_is_written_in_groups_of_four() -> None:
    groups = rules.write_code(secrets.choice).split("-")

    assert [len(group) for group in groups] == [4, 4, 4]


@pytest.mark.parametrize(
    "typed", ["K7QM-4XTD-9F2A", "k7qm4xtd9f2a", " k7qm 4xtd 9f2a ", "K7QM–4XTD–9F2A", "k7qm-4XTD 9f2a\n"]
)
def test_a_typed_code_is_forgiven_its_form(typed: str) -> None:
    assert rules.read_code(typed) == "K7QM-4XTD-9F2A"


@pytest.mark.parametrize("typed", ["", "-", "K7", "K7QM-4XTD-9F2A-XXXX-XXXX", "<script>", "é" * 40, "\0"])
def test_whatever_is_typed_gives_something_to_look_up(typed: str) -> None:
    assert len(rules.read_code(typed)) <= 16


@pytest.mark.parametrize(
    ("outcome", "programme_kind", "kind"),
    [
        ("completed", "training", "training"),
        ("participated", "training", "participation"),
        ("completed", "rehabilitation", "rehabilitation"),
        ("participated", "rehabilitation", "participation"),
    ],
)
def test_the_kind_follows_how_the_part_ended(outcome: str, programme_kind: str, kind: str) -> None:
    assert rules.kind_due(outcome=outcome, programme_kind=programme_kind) == kind


@pytest.mark.parametrize("outcome", ["enrolled", "left"])
def test_nothing_is_due_before_the_end(outcome: str) -> None:
    with pytest.raises(RuleBroken):
        rules.kind_due(outcome=outcome, programme_kind="training")


def test_the_moves_of_a_certificate_hold_together() -> None:
    final = {CertificateStatus.REPLACED, CertificateStatus.REVOKED}

    assert problems(rules.CERTIFICATE_MOVES, start=CertificateStatus.VALID, final=final) == []


def test_a_certificate_is_not_issued_anew_where_nothing_was_wrong() -> None:
    with pytest.raises(RuleBroken):
        rules.check_differs({"nama": "Joko"}, {"nama": "Joko"})
