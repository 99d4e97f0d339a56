from django.urls import path

from bekal.web.desk import trail, views

app_name = "desk"
urlpatterns = [path("", views.desk, name="desk"), path("catatan/", trail.trail, name="trail")]
