"""Where passkeys are offered, and whom they do not let in."""

from types import SimpleNamespace

import pytest
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.core.exceptions import ValidationError
from django.test import Client

from bekal.foundation.accounts.passkeys import PasskeySignInForm, are_offered

HOSTS = {
    ("localhost:8000", False): True,
    ("pc-giatja:8000", True): True,
    ("pc-giatja.local", True): True,
    ("pc-giatja:8000", False): False,
    ("192.168.1.7:8000", True): False,
    ("127.0.0.1:8000", False): False,
    ("[2001:db8::7]:8000", True): False,
}


@pytest.mark.parametrize(("host", "is_secure"), HOSTS)
def test_passkeys_are_offered_by_name_and_safely_alone(host: str, is_secure: bool) -> None:
    assert are_offered(host, is_secure=is_secure) is HOSTS[host, is_secure]


def test_by_an_address_in_figures_the_pages_do_not_speak_of_them(sari, pages_of) -> None:  # type: ignore[no-untyped-def]
    asked = {"headers": {"Host": "127.0.0.1:8000"}}
    browser = pages_of(sari)

    assert "Masuk dengan kunci sandi" not in Client().get("/akun/masuk/", **asked).content.decode()
    assert "Tambah kunci sandi" not in browser.get("/akun/faktor/", **asked).content.decode()
    assert browser.get("/akun/faktor/webauthn/add/", **asked)["Location"] == "/akun/faktor/"
    assert Client().get("/akun/faktor/webauthn/login/", **asked)["Location"] == "/akun/masuk/"


@pytest.mark.parametrize("blocked", ["closed", "demo"])
def test_a_sign_in_that_no_password_opens_no_passkey_opens(sari, settings, monkeypatch, blocked: str) -> None:  # type: ignore[no-untyped-def]
    settings.IS_OPEN = True
    sari.is_active, sari.is_demo = blocked != "closed", blocked == "demo"
    monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda _form: SimpleNamespace(user=sari))

    with pytest.raises(ValidationError):
        PasskeySignInForm(data={}).clean_credential()


def test_a_strange_name_is_refused_in_a_sentence() -> None:
    refused = Client().get("/akun/masuk/", headers={"Host": "jahat.example"})

    assert refused.status_code == 400
    assert "tidak mengenal alamat ini" in refused.content.decode()
