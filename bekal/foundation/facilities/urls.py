from django.urls import path

from bekal.foundation.facilities import views

app_name = "facilities"
urlpatterns = [
    path("", views.facility, name="facility"),
    path("tempat/", views.add_place, name="place-add"),
    path("tempat/<uuid:place_id>/", views.change_place, name="place-change"),
    path("pejabat/", views.add_official, name="official-add"),
    path("libur/", views.add_holiday, name="holiday-add"),
    path("libur/<uuid:holiday_id>/hapus/", views.drop_holiday, name="holiday-drop"),
]
