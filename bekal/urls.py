"""Every path of the house: staff behind the sign-in, then what the whole world may open."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bekal.web.desk.urls")),
    path("", include("bekal.web.site.urls")),
    path("panduan/", include("bekal.web.guides.urls")),
    path("akun/", include("bekal.foundation.accounts.urls")),
    path("akun/", include("bekal.foundation.accounts.sign_in_urls")),
    path("jendela/", include("bekal.web.windows.urls")),
    path("upt/", include("bekal.foundation.facilities.urls")),
    path("pekerjaan/", include("bekal.foundation.jobs.urls")),
    path("sehat/", include("bekal.foundation.keeping.urls")),
    path("surat/", include("bekal.foundation.papers.urls")),
    path("warga-binaan/", include("bekal.people.urls")),
    path("program/", include("bekal.delivery.programmes.urls")),
    path("sertifikat/", include("bekal.delivery.certificates.urls")),
    path("acara/", include("bekal.delivery.ceremonies.urls")),
]

handler400 = "bekal.web.errors.not_understood"
handler403 = "bekal.web.errors.forbidden"
handler404 = "bekal.web.errors.not_found"
# allauth's own word for a 429.
handler429 = "bekal.web.errors.too_often"
handler500 = "bekal.web.errors.failed"
