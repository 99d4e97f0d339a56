import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.foundation.core import encryption, keys
from bekal.foundation.core.encryption import Unreadable, blind_index, seal, unseal
from bekal.people.models import Person


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_what_was_sealed_for_a_row_opens_for_that_row_alone(plain: bytes) -> None:
    sealed = seal(plain, bound_to="people.person.nik:a")

    assert unseal(sealed, bound_to="people.person.nik:a") == plain
    with pytest.raises(Unreadable):
        unseal(sealed, bound_to="people.person.nik:b")


def test_a_changed_byte_is_noticed() -> None:
    sealed = bytearray(seal(b"5171010101900001", bound_to="x"))
    sealed[-1] ^= 1

    with pytest.raises(Unreadable):
        unseal(bytes(sealed), bound_to="x")


def test_values_of_an_older_key_stay_readable_after_a_new_key() -> None:
    old = seal(b"lama", bound_to="x")
    keys.create_key(encryption.FIELDS)

    new = seal(b"baru", bound_to="x")

    assert new[0] == old[0] + 1
    assert unseal(old, bound_to="x") == b"lama"


def test_the_blind_index_survives_a_new_key_and_tells_purposes_apart() -> None:
    before = blind_index("5171010101900001", purpose="nik")
    keys.create_key(encryption.INDEX)

    assert blind_index("5171010101900001", purpose="nik") == before
    assert blind_index("5171010101900001", purpose="other") != before


def test_a_nik_lies_encrypted_in_the_table_and_opens_on_its_row(joko: Person, lestari, as_user) -> None:  # type: ignore[no-untyped-def]
    as_user(lestari)
    joko.nik = "3509121203940001"
    joko.save(update_fields=["nik"])

    with connection.cursor() as cursor:
        cursor.execute("select nik from people_person where id = %s", [joko.pk])
        stored = bytes(cursor.fetchone()[0])

    assert b"3509121203940001" not in stored
    assert Person.objects.get(pk=joko.pk).nik == "3509121203940001"


def test_a_value_cannot_be_written_past_its_row(joko: Person, lestari, as_user) -> None:  # type: ignore[no-untyped-def]
    as_user(lestari)

    with pytest.raises(TypeError, match="save it through the row"):
        Person.objects.filter(pk=joko.pk).update(nik="3509121203940001")


def test_a_missing_key_is_named(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    sealed = seal(b"x", bound_to="x")
    settings.DATA = tmp_path / "elsewhere"

    with pytest.raises(keys.KeyMissing):
        unseal(sealed, bound_to="x")
