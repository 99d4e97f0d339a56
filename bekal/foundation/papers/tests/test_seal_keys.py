import uuid
from pathlib import Path

from bekal.foundation.papers import seal_keys


def test_a_key_is_made_once_and_kept_to_ourselves(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    first = seal_keys.key_of(uuid.UUID(int=2), subject="Balai Latihan Amerta")
    again = seal_keys.key_of(uuid.UUID(int=2), subject="Nama lain")

    assert (again.fingerprint, again.subject) == (first.fingerprint, "Balai Latihan Amerta")
    (file,) = (tmp_path / "keys" / "seal").glob("*/*")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_each_facility_has_its_own_key_and_the_house_knows_them_all(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    keys = [seal_keys.key_of(uuid.UUID(int=number), subject="Balai") for number in (1, 2)]

    assert len({key.fingerprint for key in keys}) == 2
    assert {one.fingerprint(one.signature_hash_algorithm) for one in seal_keys.certificates_of_house()} == {  # type: ignore[arg-type]
        key.fingerprint for key in keys
    }
