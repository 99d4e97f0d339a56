from django.core.management import call_command
from django.db import connection

from bekal.foundation.audit.models import Event
from bekal.people.models import Person


def test_a_new_key_takes_over_every_value_and_nothing_is_lost(joko, lestari, as_user, capsys) -> None:  # type: ignore[no-untyped-def]
    as_user(lestari)
    joko.nik = "3509121203940001"
    joko.save(update_fields=["nik"])

    call_command("rotate_keys")

    as_user(lestari)
    with connection.cursor() as cursor:
        cursor.execute("select get_byte(nik, 0) from people_person where id = %s", [joko.pk])
        assert cursor.fetchone() == (2,)
    assert Person.objects.get(pk=joko.pk).nik == "3509121203940001"
    assert Event.objects.get(code="core.keys.rotated").payload["values"] == 1
