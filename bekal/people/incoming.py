"""Files that wait to be read: encrypted, in the house's store, gone as soon as they were read."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from bekal.foundation.core.encryption import seal, unseal
from bekal.foundation.core.refusals import RuleBroken
from bekal.people.models import RosterImport


def _path(roster_import: RosterImport) -> str:
    return f"incoming/{roster_import.public_id}"


def put(roster_import: RosterImport, data: bytes) -> None:
    """Keep the bytes of a file until somebody has read them."""
    path = _path(roster_import)
    default_storage.save(path, ContentFile(seal(data, bound_to=path)))


def fetch(roster_import: RosterImport) -> bytes:
    """The bytes as they came.

    Raises:
        RuleBroken: they are gone, as after a restore of the database alone.
    """
    path = _path(roster_import)
    try:
        with default_storage.open(path) as file:
            return unseal(file.read(), bound_to=path)
    except FileNotFoundError as gone:
        raise RuleBroken(_("The file is no longer here. Choose it again.")) from gone


def drop(roster_import: RosterImport) -> None:
    """Forget the bytes. Nothing happens if they are gone already."""
    default_storage.delete(_path(roster_import))
