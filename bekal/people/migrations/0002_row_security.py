"""People, stays and rosters belong to the facility that holds them."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        RowSecurity("people_person"),
        RowSecurity("people_personevent"),
        RowSecurity("people_custody"),
        RowSecurity("people_custodyevent"),
        RowSecurity("people_rosterimport"),
        RowSecurity("people_rosterimportevent"),
        RowSecurity("people_rosterdoubt"),
        RowSecurity("people_rosterdoubtevent"),
        RowSecurity("people_rostermapping"),
        RowSecurity("people_rostermappingevent"),
        RowSecurity("people_registernumber"),
    ]
