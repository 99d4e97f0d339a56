"""The product's paths, and beneath /lantai/ the floor's."""

from django.urls import path

from bekal.urls import handler403, handler404, handler500
from bekal.urls import urlpatterns as product
from benchmarks.nation import floor

urlpatterns = [
    *product,
    path("lantai/daftar/", floor.people),
    path("lantai/orang/<uuid:public_id>/", floor.person),
    path("lantai/cari/", floor.search),
    path("lantai/angkatan/<uuid:public_id>/", floor.batch),
    path("lantai/meja/", floor.desk),
    path("bangsa/cari/", floor.nation_search),
]
__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
