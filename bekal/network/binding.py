"""Where the house listens: on this PC alone, or, with BEKAL_BIND, for the office's network. Standard library alone."""

import ipaddress
import os
from dataclasses import dataclass

from bekal.embedded.refusals import Refused

LOOPBACK = "127.0.0.1"
_THIS_PC = frozenset({"", LOOPBACK, "::1", "localhost"})


@dataclass(frozen=True)
class Binding:
    """The address at which the pages listen; `is_open` where others than this PC may come."""

    address: str
    is_open: bool

    @property
    def takes_every_address(self) -> bool:
        return self.is_open and ipaddress.ip_address(self.address).is_unspecified

    @property
    def reached_at(self) -> str:
        """The address at which this PC itself reaches the pages."""
        if self.takes_every_address:
            return "::1" if ":" in self.address else LOOPBACK
        return self.address


def binding() -> Binding:
    """What BEKAL_BIND says: an address of this PC, 0.0.0.0 or :: for all of them. Without it: this PC alone.

    Raises:
        Refused: that is no address.
    """
    said = (os.environ.get("BEKAL_BIND") or "").strip()
    if said in _THIS_PC:
        return Binding("::1" if said == "::1" else LOOPBACK, is_open=False)
    try:
        return Binding(str(ipaddress.ip_address(said)), is_open=True)
    except ValueError:
        raise Refused(
            f"BEKAL_BIND={said} bukan alamat IP. Tulis 0.0.0.0 untuk seluruh jaringan kantor, atau satu alamat PC ini."
        ) from None
