"""The door at which the pages listen."""

import errno
import os
import socket

from telling import Stopped

from bekal.embedded.refusals import Refused
from bekal.network.binding import LOOPBACK, Binding, binding

HOST = LOOPBACK


def where() -> Binding:
    """`BEKAL_BIND`, or this PC alone.

    Raises:
        Stopped: that is no address.
    """
    try:
        return binding()
    except Refused as refusal:
        raise Stopped(str(refusal)) from None


def port() -> int:
    """`PORT`, or 8000.

    Raises:
        Stopped: that is no port.
    """
    said = os.environ.get("PORT") or "8000"
    if not said.isascii() or not said.isdigit() or not 0 < int(said) < 65536:
        raise Stopped(f"PORT={said} bukan nomor pintu. Pilih angka 1024 sampai 65535, misalnya: PORT=8080 ./run")
    return int(said)


def check_free(number: int, address: str = HOST) -> None:
    """Refuse a port at which another program listens, and an address that is not this PC's.

    Raises:
        Stopped: it is taken, or not ours to take.
    """
    another = number + 1 if 1024 <= number < 65535 else 8080
    with _socket_for(address) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
        except PermissionError:
            raise Stopped(f"Pintu {number} hanya untuk root. Pilih yang lain, misalnya: PORT={another} ./run") from None
        except OSError as wrong:
            if wrong.errno == errno.EADDRNOTAVAIL:
                raise Stopped(
                    f"PC ini tidak beralamat {address}. Tulis BEKAL_BIND=0.0.0.0 atau alamat PC ini."
                ) from None
            raise Stopped(
                f"Pintu {number} sudah dipakai program lain. Pilih yang lain, misalnya: PORT={another} ./run"
            ) from None


def answers(number: int, address: str = HOST) -> bool:
    """Whether somebody listens there."""
    with _socket_for(address) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((address, number)) == 0


def _socket_for(address: str) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
