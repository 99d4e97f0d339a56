"""What a proxy says counts only if the office trusts it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from bekal.foundation.core.true_client import TrueClientMiddleware, client_of

CASES = {
    "no proxy": ([], "10.0.0.5", "1.2.3.4", "10.0.0.5"),
    "a proxy": (["127.0.0.1"], "127.0.0.1", "10.0.0.9", "10.0.0.9"),
    "what the client said before the proxy": (["127.0.0.1"], "127.0.0.1", "6.6.6.6, 10.0.0.9", "10.0.0.9"),
    "two proxies": (["127.0.0.1", "10.1.0.0/16"], "127.0.0.1", "10.0.0.9, 10.1.2.3", "10.0.0.9"),
    "nobody but proxies": (["127.0.0.1", "10.1.0.0/16"], "127.0.0.1", "10.1.2.4", "10.1.2.4"),
    "no word": (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
    "no address": (["127.0.0.1"], "127.0.0.1", "unknown", "127.0.0.1"),
    "a neighbour of another family": (["10.0.0.1"], "::ffff:10.0.0.1", "2001:db8::7", "2001:db8::7"),
    "no neighbour": (["127.0.0.1"], "", "1.2.3.4", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_true_client(case: str, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRUSTED_PROXIES, neighbour, said, expected = CASES[case]

    assert client_of(neighbour, said) == expected


def _through(settings, trusted: list[str], **meta: str) -> tuple[HttpRequest, HttpResponse]:  # type: ignore[no-untyped-def]
    settings.TRUSTED_PROXIES = trusted

    def page(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("sessionid", "x")
        return response

    request = RequestFactory().get("/", **meta)
    return request, TrueClientMiddleware(page)(request)


@pytest.mark.parametrize(("trusted", "is_secure"), [(["127.0.0.1"], True), ([], False)])
def test_a_cookie_of_tls_goes_by_tls_alone(settings, trusted: list[str], is_secure: bool) -> None:  # type: ignore[no-untyped-def]
    request, response = _through(settings, trusted, HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_FOR="10.0.0.9")

    assert request.is_secure() is is_secure
    assert bool(response.cookies["sessionid"]["secure"]) is is_secure
    assert request.META["REMOTE_ADDR"] == ("10.0.0.9" if is_secure else "127.0.0.1")
    assert "HTTP_X_FORWARDED_FOR" not in request.META


def test_a_stranger_cannot_get_more_tries_by_naming_other_addresses(sari) -> None:  # type: ignore[no-untyped-def]
    client = Client()
    answers = [
        client.post("/akun/masuk/", {"login": "sari", "password": "salah"}, headers={"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(9)
    ]

    assert answers[-1].status_code == 429


def test_behind_a_trusted_proxy_one_clients_tries_do_not_shut_out_another(sari, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    client = Client()

    def try_from(address: str) -> int:
        entered = {"login": "sari", "password": "salah"}
        return client.post("/akun/masuk/", entered, headers={"X-Forwarded-For": address}).status_code

    assert [try_from("10.0.0.7") for _n in range(9)][-1] == 429
    assert try_from("10.0.0.8") == 200
