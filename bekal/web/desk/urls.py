from django.urls import path

from bekal.web.desk import officers, trail, views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("catatan/", trail.trail, name="trail"),
    path("catatan/daftar/<slug:form>/", trail.trail_out, name="trail-out"),
    path("petugas/daftar/<slug:form>/", officers.officers_out, name="officers-out"),
]
