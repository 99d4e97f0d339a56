"""From what is known of a certificate to one word and four answers. Pure.

Each answer stands alone: issued here, file unchanged, not revoked, sealed by whom. Each may be "not checked".
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from bekal.delivery.certificates.checking import Checked


class Answer(StrEnum):
    YES = "ok"
    NO = "bad"
    OPEN = "open"


class File(StrEnum):
    """What an uploaded file turned out to be."""

    NONE = "none"
    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """One question with its answer, in words and with a reason."""

    answer: Answer
    title: str
    detail: str


@dataclass(frozen=True)
class Verdict:
    """The one word that comes first, and what to do with it."""

    is_good: bool
    title: str
    sentence: str


def file_is(*, has_file: bool, is_same: bool, was_sealed_here: bool) -> File:
    """What a file is: none given, the same as issued, once issued and changed since, or never seen here."""
    if not has_file:
        return File.NONE
    if is_same:
        return File.SAME
    return File.CHANGED if was_sealed_here else File.UNKNOWN


def verdict_on(found: Checked | None, file: File) -> Verdict:
    """The verdict: the worst of the four answers decides."""
    if file == File.CHANGED:
        return Verdict(
            False, _("This file was changed"), _("It is not as it was issued. Ask its holder for the original file.")
        )
    if file == File.UNKNOWN:
        return Verdict(
            False,
            _("This file is not known"),
            _("No paper issued here has this content. Try the code below its QR picture."),
        )
    if found is None:
        return Verdict(
            False, _("This code is not known"), _("Look at the letters once more, or ask whoever issued the paper.")
        )
    if found.is_replaced:
        return Verdict(
            False, _("This paper was replaced"), _("Do not use it any more. Ask its holder for the new one.")
        )
    if not found.is_valid:
        return Verdict(False, _("This paper is revoked"), _("Do not use it any more."))
    if found.is_verdict_only:
        sentence = _("What it says is not shown. Its holder can show it to you.")
        return Verdict(True, _("This paper is valid"), sentence)
    return Verdict(True, _("This certificate is valid"), _("Compare what is shown below with the paper."))


def checks_on(found: Checked | None, file: File, *, seal_holds: bool | None = None) -> list[Check]:
    """The four answers, in the same form for every code and file. `seal_holds` is None where no file was given."""
    return [_issued(found, file), _unchanged(file), _not_revoked(found), _sealed(found, file, seal_holds)]


def _issued(found: Checked | None, file: File) -> Check:
    if found:
        return Check(Answer.YES, _("Issued here"), _("Its code is in the records of the issuer."))
    if file == File.CHANGED:
        return Check(
            Answer.YES, _("Issued here"), _("It carries a seal of this issuer; what was issued was another content.")
        )
    return Check(Answer.NO, _("Not issued here"), _("Nothing like it is in the records of this house."))


def _unchanged(file: File) -> Check:
    return {
        File.NONE: Check(
            Answer.OPEN, _("File not checked"), _("You checked the code. Upload the PDF file to compare its content.")
        ),
        File.SAME: Check(Answer.YES, _("File unchanged"), _("The file is exactly as it was issued.")),
        File.CHANGED: Check(Answer.NO, _("File changed"), _("The file differs from the one that was issued.")),
        File.UNKNOWN: Check(Answer.NO, _("File not known"), _("There is no issued file to compare it with.")),
    }[file]


def _not_revoked(found: Checked | None) -> Check:
    if found is None:
        return Check(Answer.OPEN, _("Standing not checked"), _("Only what was issued here can be revoked here."))
    if found.is_replaced:
        return Check(Answer.NO, _("Replaced"), _("A corrected one took its place."))
    if not found.is_valid:
        return Check(Answer.NO, _("Revoked"), _("The issuer took it back."))
    return Check(Answer.YES, _("Not revoked"), _("It is good at the moment of this check, and has no last day."))


def _sealed(found: Checked | None, file: File, seal_holds: bool | None) -> Check:
    if file == File.CHANGED:
        return Check(Answer.NO, _("Seal broken"), _("The seal no longer fits the content."))
    if found is None or found.sealed_by is None or seal_holds is False:
        return Check(Answer.OPEN, _("Seal not checked"), _("There is no seal here that this house could look at."))
    words = _("Electronic seal, not certified, of %(issuer)s. A signature by hand on the paper is not checked here.")
    return Check(Answer.YES, _("Sealed by its issuer"), words % {"issuer": found.sealed_by})
