from django.urls import path

from bekal.web.guides import views

app_name = "guides"
urlpatterns = [path("", views.front, name="front"), path("<slug:name>/", views.one, name="guide")]
