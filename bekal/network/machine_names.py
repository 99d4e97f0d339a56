"""By which names and addresses the office's PCs may call this one. Linux, standard library alone."""

import fcntl
import ipaddress
import re
import socket
import struct
from contextlib import suppress
from pathlib import Path

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_SIOCGIFADDR = 0x8915
_HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


def host_name() -> str:
    """The machine's name in small letters; `localhost` where it has none that a browser could call."""
    name = socket.gethostname().lower()
    return name if _HOST_NAME.fullmatch(name) else "localhost"


def addresses() -> list[str]:
    """The machine's own addresses, without loopback and link-local ones, in a steady order."""
    found: list[Address] = [*sorted(_addresses_4()), *sorted(_addresses_6())]
    return [str(one) for one in found if _is_of_office(one)]


def names() -> list[str]:
    """Name, name with .local (mDNS), localhost, addresses: what the certificate stands for."""
    host = host_name()
    also = [] if host == "localhost" or host.endswith(".local") else [f"{host.split('.')[0]}.local"]
    return list(dict.fromkeys([host, *also, "localhost", *addresses()]))


def is_address(name: str) -> bool:
    """Whether a name is an address in figures."""
    with suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    return False


def _is_of_office(one: Address) -> bool:
    return not (one.is_loopback or one.is_link_local or one.is_unspecified)


def _addresses_4() -> set[ipaddress.IPv4Address]:
    """One address of each interface (netdevice(7), SIOCGIFADDR); an interface without one has nothing to say."""
    found = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _number, interface in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(asked, _SIOCGIFADDR, struct.pack("256s", interface.encode()[:15]))
                found.add(ipaddress.IPv4Address(answer[20:24]))
    return found


def _addresses_6() -> set[ipaddress.IPv6Address]:
    try:
        lines = Path("/proc/net/if_inet6").read_text().splitlines()
    except OSError:
        return set()
    return {ipaddress.IPv6Address(bytes.fromhex(line.split()[0])) for line in lines}
