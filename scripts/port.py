"""The door at which the pages listen."""

import os
import socket

from telling import Stopped

HOST = "127.0.0.1"


def port() -> int:
    """`PORT`, or 8000.

    Raises:
        Stopped: that is no port.
    """
    said = os.environ.get("PORT") or "8000"
    if not said.isascii() or not said.isdigit() or not 0 < int(said) < 65536:
        raise Stopped(f"PORT={said} bukan nomor pintu. Pilih angka 1024 sampai 65535, misalnya: PORT=8080 ./run")
    return int(said)


def check_free(number: int) -> None:
    """Refuse a port at which another program listens.

    Raises:
        Stopped: it is taken, or not ours to take.
    """
    another = number + 1 if 1024 <= number < 65535 else 8080
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except PermissionError:
            raise Stopped(f"Pintu {number} hanya untuk root. Pilih yang lain, misalnya: PORT={another} ./run") from None
        except OSError:
            raise Stopped(
                f"Pintu {number} sudah dipakai program lain. Pilih yang lain, misalnya: PORT={another} ./run"
            ) from None


def answers(number: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, number)) == 0
