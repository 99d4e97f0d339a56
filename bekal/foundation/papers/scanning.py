"""Scans and photos that officers hand in: judged by a process of its own, which knows no settings and holds no connection."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekal.foundation.core.confined import Stopped, answer_of
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.papers.verifying import PATIENCE_SECONDS

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Looked:
    """What a scan is (`pdf`, `jpeg` or `png`), its pages, and the texts of the QR codes that could be read on a picture."""

    kind: str
    pages: int
    codes: tuple[str, ...]


def look_at(data: bytes) -> Looked:
    """What a scan is and says. A PDF is counted and searched for what could act; its pictures are not read.

    Raises:
        RuleBroken: it is too large, of another kind, damaged, locked, or a PDF that could do something; says which.
    """
    if len(data) > MAX_BYTES:
        raise RuleBroken(
            _("The file is larger than 10 MB. Scan it in grey at 200 dpi and choose it again."), field="scan"
        )
    try:
        told = json.loads(answer_of("bekal.foundation.papers.scan_reading", data, patience_seconds=PATIENCE_SECONDS))
    except (Stopped, ValueError):
        told = {"wrong": "broken"}
    if "wrong" in told:
        raise RuleBroken(_why(told["wrong"]), field="scan")
    return Looked(told["kind"], told["pages"], tuple(told["codes"]))


def _why(wrong: str) -> str:
    return {
        "kind": _("The file is no PDF, JPEG or PNG. Scan the sheet as one of these and choose it again."),
        "large": _(
            "The picture is too large, or the PDF has too many pages. Scan the sheet alone and choose it again."
        ),
        "locked": _("The PDF is locked with a password. Scan the sheet without one and choose it again."),
        "active": _("The PDF carries a program or another file. Scan the sheet anew and choose that file."),
    }.get(wrong, _("The file is damaged and cannot be read. Scan the sheet again and choose the new file."))
