from django.urls import path

from bekal.web.site import public

app_name = "site"
urlpatterns = [
    path("periksa/", public.ask, name="ask"),
    path("periksa/<str:typed>/", public.code, name="code"),
]
