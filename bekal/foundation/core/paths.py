"""Addresses of pages, found once for each page and filled in from then on: a list of fifty rows asks for fifty."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

# Stands in a path where an id will stand.
_HOLE = UUID("0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b")


@lru_cache(maxsize=2048)
def _shape(name: str, told: tuple[str | None, ...], _prefix: str) -> str:
    """The path of a page with `{}` where each id goes."""
    path = reverse(name, args=[_HOLE if word is None else word for word in told])
    return path.replace("{", "{{").replace("}", "}}").replace(str(_HOLE), "{}")


def path_to(name: str, *ids: UUID | str) -> str:
    """The path of a page by its name, as `reverse` gives it; its arguments are public ids and words.

    Raises:
        NoReverseMatch: no page has that name and those arguments.
    """
    shape = _shape(name, tuple(None if isinstance(one, UUID) else one for one in ids), get_script_prefix())
    return shape.format(*(one for one in ids if isinstance(one, UUID))) if ids else shape
