from django.urls import path

from bekal.foundation.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.archive, name="archive"),
    path("<uuid:paper_id>/pdf/", views.pdf, name="pdf"),
]
