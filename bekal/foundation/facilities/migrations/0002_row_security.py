"""Rooms, officials and holidays belong to their facility. Facility and Region are names that anyone may know."""

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity, of_facility


class Migration(migrations.Migration):
    dependencies = [("facilities", "0001_initial")]
    operations = [
        RowSecurity("facilities_facilityevent", of_facility("pgh_obj_id")),
        RowSecurity("facilities_place"),
        RowSecurity("facilities_placeevent"),
        RowSecurity("facilities_official"),
        RowSecurity("facilities_officialevent"),
        RowSecurity("facilities_holiday"),
        RowSecurity("facilities_holidayevent"),
    ]
