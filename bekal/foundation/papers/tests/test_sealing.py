import shutil
import subprocess
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.foundation.papers import seal_keys
from bekal.foundation.papers.drawing import draw
from bekal.foundation.papers.sealing import seal
from bekal.foundation.papers.tests.samples import CERTIFICATE
from bekal.foundation.papers.verifying import signatures_of

AT = datetime(2026, 12, 9, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A sealed paper and the key that sealed it."""
    from django.test import override_settings

    with override_settings(DATA=tmp_path_factory.mktemp("seal")):
        key = seal_keys.key_of(uuid.UUID(int=1), subject="Balai Latihan Amerta")
    return seal(draw("sertifikat", CERTIFICATE, drawn_at=AT), key=key, at=AT), key


def test_a_seal_is_whole_ours_and_dated_as_told(house) -> None:  # type: ignore[no-untyped-def]
    pdf, key = house

    (finding,) = signatures_of(pdf, trusted=[key.certificate]) or []

    assert (finding.is_valid, finding.is_whole, finding.is_of_house) == (True, True, True)
    assert finding.signer == "Balai Latihan Amerta"
    assert finding.claimed_at == AT


def test_pdfsig_accepts_it_over_the_whole_document(house, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert shutil.which("pdfsig"), "poppler-utils is part of what ./test installs"
    file = tmp_path / "surat.pdf"
    file.write_bytes(house[0])

    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_a_seal_of_another_house_is_not_ours(house) -> None:  # type: ignore[no-untyped-def]
    (finding,) = signatures_of(house[0], trusted=[]) or []

    assert not finding.is_valid
    assert not finding.is_of_house


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_no_changed_byte_passes(house, place: int, flip: int) -> None:  # type: ignore[no-untyped-def]
    pdf, key = house
    changed = bytearray(pdf)
    changed[place % len(pdf)] ^= flip

    found = signatures_of(bytes(changed), trusted=[key.certificate])

    # A byte inside the padding of the signature itself covers nothing and changes nothing; SHA-256 notices it.
    padding = pdf.rfind(b"/Contents")
    inside = padding < place % len(pdf) < padding + 16_500
    assert inside or not found or not all(finding.is_valid and finding.is_whole for finding in found)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_noise_is_answered_calmly(noise: bytes) -> None:
    assert not signatures_of(noise, trusted=[])
    assert not signatures_of(b"%PDF-1.7\n" + noise, trusted=[])


def test_a_cut_tail_and_an_added_one_are_noticed(house) -> None:  # type: ignore[no-untyped-def]
    pdf, key = house

    assert not signatures_of(pdf[:-200], trusted=[key.certificate])
    added = signatures_of(pdf + b"\n% more\n", trusted=[key.certificate])
    assert not added or not added[0].is_whole


def test_the_key_is_made_once_and_kept_to_ourselves(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    first = seal_keys.key_of(uuid.UUID(int=2), subject="A")
    again = seal_keys.key_of(uuid.UUID(int=2), subject="B")

    assert first.fingerprint == again.fingerprint
    (file,) = (tmp_path / "keys" / "seal").glob("*/whole.pem")
    assert file.stat().st_mode & 0o077 == 0
