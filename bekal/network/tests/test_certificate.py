"""The house's own certificate, and the office's in its place."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from bekal.embedded.refusals import Refused
from bekal.network.certificate import fingerprint
from bekal.network.office_certificate import office_certificate
from bekal.network.own_certificate import own_certificate

AT = datetime(2026, 12, 8, 2, 42, tzinfo=UTC)
NAMES = ["pc-giatja", "pc-giatja.local", "localhost", "192.168.1.7"]


def _own(folder: Path, *, names: list[str] = NAMES, at: datetime = AT):  # type: ignore[no-untyped-def]
    return own_certificate(folder / "tls", names=names, at=at)


def test_the_house_makes_a_certificate_for_its_names_that_it_alone_can_read(tmp_path: Path) -> None:
    made = _own(tmp_path)

    found = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    assert isinstance(found.public_key(), ec.EllipticCurvePublicKey)
    assert found.public_key().curve.name == "secp256r1"
    assert sorted(made.names) == sorted(NAMES)
    assert made.fingerprint == fingerprint(found)
    assert not found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    for path in (made.certificate, made.key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.key.parent.stat().st_mode) == 0o700


def test_a_second_start_shows_the_same_certificate(tmp_path: Path) -> None:
    assert _own(tmp_path).fingerprint == _own(tmp_path, at=AT + timedelta(days=400)).fingerprint


def test_it_is_renewed_before_it_ends_with_the_same_key(tmp_path: Path) -> None:
    first = _own(tmp_path)
    key = first.key.read_bytes()

    later = _own(tmp_path, at=first.ends_at - timedelta(days=89))

    assert later.fingerprint != first.fingerprint
    assert later.key.read_bytes() == key
    assert later.ends_at > first.ends_at + timedelta(days=600)


def test_another_name_of_the_pc_renews_it_and_a_new_address_alone_does_not(tmp_path: Path) -> None:
    first = _own(tmp_path)

    assert _own(tmp_path, names=[*NAMES, "10.0.0.9"]).fingerprint == first.fingerprint
    assert _own(tmp_path, names=["pc-baru", "localhost"]).fingerprint != first.fingerprint


def test_a_certificate_of_another_key_is_made_anew(tmp_path: Path) -> None:
    first = _own(tmp_path)
    first.key.unlink()

    assert _own(tmp_path).fingerprint != first.fingerprint


def test_a_broken_key_is_said_in_a_sentence(tmp_path: Path) -> None:
    _own(tmp_path).key.write_text("bukan kunci")

    with pytest.raises(Refused, match="tidak terbaca"):
        _own(tmp_path)


def _pair(folder: Path, *, days: int = 300, begins: int = -1, key=None, signer: str = "CA Kantor") -> tuple[Path, Path]:  # type: ignore[no-untyped-def]
    """A certificate of the office with its key in the older form (SEC 1 or PKCS#1)."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject, issuer = (
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, cn)]) for cn in ("bekal.contoh.id", signer)
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(AT + timedelta(days=begins))
        .not_valid_after(AT + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bekal.contoh.id")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "kantor.crt", folder / "kantor.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.TraditionalOpenSSL
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return paths


def _office(folder: Path):  # type: ignore[no-untyped-def]
    return office_certificate(folder, at=AT)


def test_without_a_certificate_of_the_office_there_is_none(tmp_path: Path) -> None:
    assert _office(tmp_path / "tls") is None


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_the_offices_pair_takes_the_place_whatever_form_its_key_has(tmp_path: Path, kind: str) -> None:
    _pair(tmp_path, key=rsa.generate_private_key(65537, 2048) if kind == "rsa" else None)

    found = _office(tmp_path)

    assert found.names == ["bekal.contoh.id"]
    assert found.is_of_authority
    assert found.key.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    assert stat.S_IMODE(found.key.stat().st_mode) == 0o600


def test_one_that_the_office_signed_itself_is_no_authoritys(tmp_path: Path) -> None:
    _pair(tmp_path, signer="bekal.contoh.id")

    assert not _office(tmp_path).is_of_authority


def test_variables_name_a_pair_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = _pair(tmp_path / "lain")
    monkeypatch.setenv("BEKAL_TLS_CERT", str(certificate))
    monkeypatch.setenv("BEKAL_TLS_KEY", str(key))

    assert _office(tmp_path / "tls").certificate == certificate


def _other_key(folder: Path) -> None:
    certificate, _key = _pair(folder)
    kept = certificate.read_bytes()
    _pair(folder)
    certificate.write_bytes(kept)


def _locked(folder: Path) -> None:
    _certificate, path = _pair(folder)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    locked = serialization.BestAvailableEncryption(b"rahasia")
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))


WRONG = {
    "another key": (_other_key, "bukan pasangan"),
    "over": (lambda folder: _pair(folder, days=-1, begins=-9), "sudah berakhir pada 07-12-2026"),
    "not yet": (lambda folder: _pair(folder, begins=2), "baru berlaku mulai 10-12-2026"),
    "half": (lambda folder: _pair(folder)[1].unlink(), "kedua berkas"),
    "no certificate": (lambda folder: _pair(folder)[0].write_text("x"), "bukan sertifikat dalam bentuk PEM"),
    "no key": (lambda folder: _pair(folder)[1].write_text("x"), "bukan kunci dalam bentuk PEM"),
    "locked": (_locked, "terkunci dengan kata sandi"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_the_offices_pair_is_said_in_one_sentence(tmp_path: Path, case: str) -> None:
    spoil, sentence = WRONG[case]
    spoil(tmp_path)

    with pytest.raises(Refused, match=sentence):
        _office(tmp_path)


def test_an_unreadable_or_half_named_pair_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEKAL_TLS_CERT", str(tmp_path / "tiada.crt"))
    with pytest.raises(Refused, match="dua-duanya"):
        _office(tmp_path)

    monkeypatch.setenv("BEKAL_TLS_KEY", str(tmp_path / "tiada.key"))
    with pytest.raises(Refused, match="tidak terbaca"):
        _office(tmp_path)
