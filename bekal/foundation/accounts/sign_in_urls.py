"""The pages of allauth that this house uses: sign-in, sign-out, second factor. No sign-up, no letters."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("masuk/ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("faktor/", include("allauth.mfa.urls")),
]
