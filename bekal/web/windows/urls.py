from django.urls import path

from bekal.web.windows import views

app_name = "windows"
urlpatterns = [
    path("", views.windows, name="windows"),
    path("<slug:code>/", views.window, name="window"),
    path("<slug:code>/daftar/<slug:form>/", views.window_out, name="window-out"),
]
