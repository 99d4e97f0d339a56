from django.urls import path

from bekal.delivery.ceremonies.views import closing, exporting, handing_over, planning, showing

app_name = "ceremonies"
urlpatterns = [
    path("", showing.ceremonies, name="list"),
    path("daftar/<slug:form>/", exporting.list_out, name="list-out"),
    path("baru/", planning.plan, name="plan"),
    path("<uuid:ceremony_id>/", showing.ceremony, name="ceremony"),
    path("<uuid:ceremony_id>/ubah/", planning.change, name="change"),
    path("<uuid:ceremony_id>/batal/", planning.cancel, name="cancel"),
    path("<uuid:ceremony_id>/susunan/", planning.agenda, name="agenda"),
    path("<uuid:ceremony_id>/susunan/cetak/", showing.agenda_print, name="agenda-print"),
    path("<uuid:ceremony_id>/tutup/", closing.close, name="close"),
    path("<uuid:ceremony_id>/lanjutkan/", closing.resume, name="resume"),
    path("<uuid:ceremony_id>/akhiri/", closing.end, name="end"),
    path("<uuid:ceremony_id>/penyerahan/cetak/", handing_over.hand_over_print, name="hand-over-print"),
    path("<uuid:ceremony_id>/berita-acara/", exporting.minutes, name="minutes"),
    path("<uuid:ceremony_id>/penyerahan/daftar/<slug:form>/", exporting.hand_over_out, name="hand-over-out"),
    path("<uuid:ceremony_id>/cetak-sertifikat/", handing_over.print_file, name="print-file"),
    path("<uuid:ceremony_id>/penyerahan/<uuid:batch_id>/", handing_over.hand_over, name="hand-over"),
    path("<uuid:ceremony_id>/penyerahan/<uuid:batch_id>/terima/", handing_over.receive_rest, name="receive-rest"),
    path("<uuid:ceremony_id>/penyerahan/<uuid:batch_id>/urungkan/", handing_over.undo, name="undo"),
]
