"""Who asks, and by which way: what a proxy says of it counts only where the office said that it trusts this proxy."""

import ipaddress
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SAYINGS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _address(text: str) -> Address | None:
    with suppress(ValueError):
        found = ipaddress.ip_address(text.strip().strip("[]"))
        # A socket for both families names an IPv4 neighbour in the other's figures.
        return getattr(found, "ipv4_mapped", None) or found
    return None


def is_trusted(address: Address) -> bool:
    """Whether a proxy stands at this address (BEKAL_TRUSTED_PROXY: addresses or networks)."""
    return any(address in ipaddress.ip_network(net, strict=False) for net in settings.TRUSTED_PROXIES)


def client_of(neighbour: str, forwarded_for: str) -> str:
    """The address of whoever asks: the first from the right that is no proxy of ours, else the neighbour itself."""
    asking = _address(neighbour)
    if asking is None:
        return neighbour
    for said in reversed(forwarded_for.split(",")) if is_trusted(asking) else ():
        further = _address(said)
        if further is None:
            break
        asking = further
        if not is_trusted(further):
            break
    return str(asking)


class TrueClientMiddleware:
    """Puts the true client's address and scheme where everybody looks for them; sends cookies of TLS by TLS alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = {name: request.META.pop(name, "") for name in _SAYINGS}
        neighbour = request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = client_of(neighbour, said["HTTP_X_FORWARDED_FOR"])
        scheme = said["HTTP_X_FORWARDED_PROTO"].rpartition(",")[2].strip().lower()
        near = _address(neighbour)
        if near is not None and is_trusted(near) and scheme in ("http", "https"):
            request.META["wsgi.url_scheme"] = scheme
        response = self.get_response(request)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response
