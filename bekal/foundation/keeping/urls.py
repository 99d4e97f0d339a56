from django.urls import path

from bekal.foundation.keeping import public, views

app_name = "keeping"
urlpatterns = [path("", public.health, name="health"), path("rinci/", views.details, name="details")]
