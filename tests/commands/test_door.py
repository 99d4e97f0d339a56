"""The door of a house: plain on this PC, with TLS beyond it, and told to the settings as it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from door import Door

from bekal.embedded.refusals import Refused
from bekal.network import machine_names
from bekal.network.binding import Binding

OFFICE = Binding("0.0.0.0", is_open=True)


@pytest.fixture(autouse=True)
def _a_pc_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_names, "host_name", lambda: "pc-giatja")
    monkeypatch.setattr(machine_names, "addresses", lambda: ["192.168.1.7"])


def _give(folder: Path, *, issuer: str, days: int = 300) -> None:
    """Put a pair of the office into the folder."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject, signer = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, cn)]) for cn in ("bekal.id", issuer))
    names = x509.SubjectAlternativeName([x509.DNSName("bekal.kantor.id"), x509.DNSName("*.kantor.id")])
    made = (
        x509.CertificateBuilder(signer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    form = serialization.PrivateFormat.PKCS8
    (folder / "kantor.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "kantor.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    )


def test_on_this_pc_alone_nothing_is_changed(tmp_path: Path) -> None:
    door = Door(Binding("127.0.0.1", is_open=False), 8000, tmp_path)

    assert door.arguments() == ["--host", "127.0.0.1", "--port", "8000"]
    assert door.environment() == {}
    assert "http://localhost:8000" in door.greeting()
    assert list(tmp_path.iterdir()) == []


def test_for_the_office_it_tells_names_and_fingerprint(tmp_path: Path) -> None:
    door = Door(OFFICE, 8000, tmp_path)

    assert "--ssl-certificate" in door.arguments()
    assert door.environment() == {
        "BEKAL_DOOR_NAMES": "pc-giatja,pc-giatja.local,localhost,192.168.1.7",
        "BEKAL_LOCAL_URL": "https://pc-giatja:8000",
        "BEKAL_HSTS": "0",
    }
    assert door.fingerprint in door.greeting()
    assert "https://192.168.1.7:8000" in door.greeting()


def test_an_address_that_came_later_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Door(OFFICE, 8000, tmp_path)
    monkeypatch.setattr(machine_names, "addresses", lambda: ["192.168.1.7", "10.0.0.9"])

    door = Door(OFFICE, 8000, tmp_path)

    assert door.fingerprint == before.fingerprint
    assert "belum memuat alamat 10.0.0.9" in door.greeting()
    assert "10.0.0.9" in door.environment()["BEKAL_DOOR_NAMES"]


@pytest.mark.parametrize(("issuer", "insists"), [("CA Kementerian", "1"), ("bekal.id", "0")])
def test_browsers_insist_on_tls_only_with_a_certificate_of_an_authority(
    tmp_path: Path, issuer: str, insists: str
) -> None:
    _give(tmp_path / "tls", issuer=issuer)

    door = Door(OFFICE, 443, tmp_path)

    assert door.environment()["BEKAL_HSTS"] == insists
    assert {"bekal.kantor.id", "*.kantor.id", "pc-giatja"} <= set(door.environment()["BEKAL_DOOR_NAMES"].split(","))


def test_the_end_of_the_offices_certificate_is_said_in_time(tmp_path: Path) -> None:
    _give(tmp_path / "tls", issuer="CA Kementerian", days=20)

    assert "berakhir pada" in Door(OFFICE, 443, tmp_path).greeting()


def test_a_certificate_put_in_while_the_house_runs_is_noticed_and_a_broken_one_changes_nothing(tmp_path: Path) -> None:
    door = Door(OFFICE, 443, tmp_path)
    assert not door.is_worn_out()

    (tmp_path / "tls" / "kantor.crt").write_text("setengah jadi")
    with pytest.raises(Refused):
        door.is_worn_out()
    _give(tmp_path / "tls", issuer="CA Kementerian")

    assert door.is_worn_out()
    assert not door.is_worn_out()
