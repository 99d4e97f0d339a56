"""Paths of people and their rosters. Nothing personal stands in a path: people are named by their public id."""

from django.urls import path, re_path

from bekal.people.views import people, rosters, stays, transfers

app_name = "people"
urlpatterns = [
    path("", people.people, name="list"),
    path("cetak/", people.people_printed, name="list-print"),
    re_path(r"^daftar\.(?P<kind>xlsx|csv)$", people.people_exported, name="list-export"),
    path("cari/", people.search, name="search"),
    path("terima/", stays.admit, name="admit"),
    path("impor/", rosters.rosters, name="rosters"),
    path("impor/<uuid:import_id>/", rosters.roster, name="roster"),
    path("impor/<uuid:import_id>/baris/<slug:status>/", rosters.roster_rows, name="roster-rows"),
    path("impor/<uuid:import_id>/kolom/", rosters.map_columns, name="roster-columns"),
    path("impor/<uuid:import_id>/simpan/", rosters.save_roster, name="roster-save"),
    path("impor/<uuid:import_id>/batal/", rosters.cancel_roster, name="roster-cancel"),
    path("impor/<uuid:import_id>/ditolak.xlsx", rosters.rejected_rows, name="roster-rejected"),
    path("meragukan/", rosters.doubts, name="doubts"),
    path("meragukan/<uuid:doubt_id>/", rosters.decide_doubt, name="doubt-decide"),
    path("masa/<uuid:custody_id>/perbaiki/", stays.correct, name="correct"),
    path("masa/<uuid:custody_id>/akhiri/", stays.end, name="end"),
    path("masa/<uuid:custody_id>/mutasi/", transfers.request_transfer, name="transfer-request"),
    path("mutasi/", transfers.transfers, name="transfers"),
    path("mutasi/daftar/<slug:form>/", transfers.transfers_out, name="transfers-out"),
    path("mutasi/<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("mutasi/<uuid:transfer_id>/setujui/", transfers.agree, name="transfer-agree"),
    path("mutasi/<uuid:transfer_id>/tolak/", transfers.refuse, name="transfer-refuse"),
    path("mutasi/<uuid:transfer_id>/tarik/", transfers.withdraw, name="transfer-withdraw"),
    path("mutasi/<uuid:transfer_id>/kembali/", transfers.turn_back, name="transfer-turn-back"),
    path("mutasi/<uuid:transfer_id>/tiba/", transfers.arrive, name="transfer-arrive"),
    path("<uuid:person_id>/", people.person, name="person"),
    path("<uuid:person_id>/terima/", stays.admit, name="admit-again"),
]
