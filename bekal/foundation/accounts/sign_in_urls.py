"""The pages of allauth that this house uses: sign-in, sign-out, second factor. No sign-up, no letters."""

from allauth.account import views as account
from django.urls import include, path

from bekal.foundation.accounts import passkeys

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("masuk/ulang/", account.reauthenticate, name="account_reauthenticate"),
    # These three before allauth's own: a passkey is asked for by name alone.
    path("faktor/webauthn/add/", passkeys.add, name="mfa_add_webauthn"),
    path("faktor/webauthn/login/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("faktor/webauthn/reauthenticate/", passkeys.confirm, name="mfa_reauthenticate_webauthn"),
    path("faktor/", include("allauth.mfa.urls")),
]
