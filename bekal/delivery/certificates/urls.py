from django.urls import path

from bekal.delivery.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.certificates, name="list"),
    path("daftar/<slug:form>/", views.certificates_out, name="list-out"),
    path("<uuid:certificate_id>/", views.certificate, name="certificate"),
    path("<uuid:certificate_id>/berkas/", views.pdf, name="pdf"),
    path("<uuid:certificate_id>/cabut/", views.revoke, name="revoke"),
    path("<uuid:certificate_id>/terbitkan-ulang/", views.reissue, name="reissue"),
]
