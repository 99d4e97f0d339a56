from django.urls import path

from bekal.foundation.accounts import first_run, officers, views

app_name = "accounts"
urlpatterns = [
    path("mulai/", first_run.first_run, name="first-run"),
    path("jabatan/", views.switch_posting, name="switch-posting"),
    path("tampilan/", views.appearance, name="appearance"),
    path("bahasa/", views.language, name="language"),
    path("sandi/", views.password, name="password"),
    path("tanpa-jabatan/", views.no_posting, name="no-posting"),
    path("masuk-lagi/<str:token>/", views.come_in_again, name="come-in-again"),
    path("petugas/", officers.officers, name="officers"),
    path("petugas/baru/", officers.new_officer, name="officer-new"),
    path("petugas/<uuid:user_id>/", officers.officer, name="officer"),
    path("petugas/<uuid:user_id>/keadaan/", officers.set_active, name="officer-active"),
    path("petugas/<uuid:user_id>/masuk-lagi/", officers.offer_reset, name="officer-reset"),
    path("jabatan/<uuid:posting_id>/akhiri/", officers.end_posting, name="posting-end"),
]
