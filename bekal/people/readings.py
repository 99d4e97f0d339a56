"""A file of a registration desk, read: what `roster/` says about it, in the form in which the house keeps it."""

import re


class Refused(Exception):
    """The file cannot be read as a list of people."""

    code = ""


def register_number(text: str) -> str | None:
    """`B.I 12/2026`, however it is written; null for what is no register number."""
    found = re.fullmatch(
        r"\s*([AB])[.\s]*(I{1,3}|IV|V)[.\s]*([ab]?)[./\s]*0*(\d+)\s*/\s*(\d{4})\s*", text, re.IGNORECASE
    )
    return f"{found[1]}.{found[2]}{found[3].lower()} {found[4]}/{found[5]}".upper() if found else None
