"""Which kind is due, what a code looks like, what may become of a certificate. Pure."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from bekal.delivery.certificates.choices import CertificateKind, CertificateStatus
from bekal.delivery.programmes.choices import EnrolmentStatus, ProgrammeKind
from bekal.foundation.core.moves import Moves
from bekal.foundation.core.refusals import RuleBroken

CERTIFICATE_MOVES: Moves = {
    CertificateStatus.VALID: {CertificateStatus.REPLACED, CertificateStatus.REVOKED},
    CertificateStatus.REPLACED: frozenset(),
    CertificateStatus.REVOKED: frozenset(),
}

# Neither 0 and O, nor 1, I and L, nor 5 and S, nor U and V together: codes are read from paper and typed on a phone.
# 28 signs, twelve of them: 57 bits.
ALPHABET = "2346789ABCDEFGHJKMNPQRTVWXYZ"
CODE_SIGNS, GROUP = 12, 4


def write_code(pick: Callable[[Sequence[str]], str]) -> str:
    """A fresh code such as `K7QM-4XTD-9F2A`; `pick` takes one sign of the alphabet by chance (`secrets.choice`)."""
    return _grouped("".join(pick(ALPHABET) for _sign in range(CODE_SIGNS)))


def read_code(typed: str) -> str:
    """The code as it is kept, from what somebody typed: small letters, blanks and missing hyphens are forgiven.

    Whatever was typed gives some text of the same form, so that a wrong code is looked up just as a right one.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return _grouped(signs[: CODE_SIGNS + 1]) or "-"


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def kind_due(*, outcome: str, programme_kind: str) -> CertificateKind:
    """What somebody gets who ended a programme this way.

    Raises:
        RuleBroken: the part in the batch has not ended, or was left before its end.
    """
    if outcome == EnrolmentStatus.PARTICIPATED:
        return CertificateKind.PARTICIPATION
    if outcome == EnrolmentStatus.COMPLETED:
        is_training = programme_kind == ProgrammeKind.TRAINING
        return CertificateKind.TRAINING if is_training else CertificateKind.REHABILITATION
    raise RuleBroken(_("A certificate follows the closing of the batch, for those who took part until its end."))


def check_differs(before: dict[str, str], after: dict[str, str]) -> None:
    """A certificate is issued anew only where what it prints of the person was wrong.

    Raises:
        RuleBroken: name, place and day of birth are printed as they are known.
    """
    if before == after:
        raise RuleBroken(_("Everything printed is as it is known here. Correct the person first, then issue anew."))
