from django.urls import path

from bekal.foundation.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.archive, name="archive"),
    path("daftar/<slug:form>/", views.archive_out, name="archive-out"),
    path("<uuid:paper_id>/pdf/", views.pdf, name="pdf"),
]
