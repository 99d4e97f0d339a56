"""The door of a running house: at which address, with which certificate, under which names."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bekal.network import machine_names
from bekal.network.binding import Binding
from bekal.network.certificate import Certificate
from bekal.network.office_certificate import office_certificate
from bekal.network.own_certificate import own_certificate

SOON = timedelta(days=30)


class Door:
    """Where the pages listen. Beyond this PC always with TLS; on it, plain."""

    def __init__(self, where: Binding, port: int, data: Path) -> None:
        self.where, self.port, self.tls = where, port, data / "tls"
        self.certificate = self._certificate() if where.is_open else None

    def _certificate(self) -> Certificate:
        at = datetime.now(UTC)
        return office_certificate(self.tls, at=at) or own_certificate(self.tls, names=machine_names.names(), at=at)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint if self.certificate else ""

    def is_worn_out(self) -> bool:
        """Whether the pages should begin anew, since the certificate was renewed or replaced."""
        if self.certificate is None:
            return False
        before, self.certificate = self.certificate, self._certificate()
        return before.fingerprint != self.certificate.fingerprint

    def arguments(self) -> list[str]:
        """What the web server must know."""
        at = ["--host", self.where.address, "--port", str(self.port)]
        if self.certificate is None:
            return at
        pair = ["--ssl-certificate", str(self.certificate.certificate), "--ssl-keyfile", str(self.certificate.key)]
        # TLS 1.2 is what the browsers of the office's oldest PCs speak.
        return [*at, *pair, "--ssl-protocol-min", "tls1.2"]

    def names(self) -> list[str]:
        """By which names and addresses browsers may call the house; the first is the one that is told."""
        if self.certificate is None:
            return ["localhost"]
        here = machine_names.names() if self.where.takes_every_address else [self.where.address]
        given = list(self.certificate.names)
        first = [name for name in given if not name.startswith("*")] if self.certificate.is_of_authority else []
        return list(dict.fromkeys([*first[:1], *here, *given]))

    def environment(self) -> dict[str, str]:
        """What the settings must know: names that may call, and whether browsers are to insist on TLS."""
        if self.certificate is None:
            return {}
        names = self.names()
        return {
            "BEKAL_DOOR_NAMES": ",".join(names),
            "BEKAL_LOCAL_URL": self._url(names[0]),
            "BEKAL_HSTS": "1" if self.certificate.is_of_authority else "0",
        }

    def _url(self, name: str) -> str:
        scheme, host = "https" if self.certificate else "http", f"[{name}]" if ":" in name else name
        return f"{scheme}://{host}:{self.port}"

    def greeting(self) -> str:
        """Where the house is, for the person at the terminal."""
        if self.certificate is None:
            return f"Bekal berjalan di {self._url('localhost')}  (hentikan dengan Ctrl+C)"
        at = [f"  {self._url(name)}" for name in self.names() if name != "localhost" and not name.startswith("*")]
        lines = ["Bekal terbuka untuk jaringan kantor  (hentikan dengan Ctrl+C)", *at]
        lines.append(f"Sidik jari SHA-256 sertifikat:\n  {self.certificate.fingerprint}")
        return "\n".join([*lines, *self._remarks(self.certificate)])

    def _remarks(self, certificate: Certificate) -> Sequence[str]:
        remarks = []
        missing = [one for one in machine_names.addresses() if one not in certificate.names]
        if not certificate.is_of_authority and self.where.takes_every_address and missing:
            remarks.append(
                f"Sertifikat belum memuat alamat {', '.join(missing)}. Bila petugas membukanya lewat alamat itu, hapus "
                f"{certificate.certificate} lalu jalankan lagi; sidik jarinya berubah."
            )
        if certificate.ends_at - datetime.now(UTC) < SOON:
            remarks.append(f"Sertifikat kantor berakhir pada {certificate.ends_at:%d-%m-%Y}. Siapkan yang baru.")
        return remarks
