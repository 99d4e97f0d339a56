"""Which picture is shown to whom, and which may go to the press. Pure."""

from django.utils.translation import gettext as _

from bekal.delivery.ceremonies.choices import PhotoStatus
from bekal.foundation.core.moves import Moves
from bekal.foundation.core.refusals import RuleBroken

PHOTO_MOVES: Moves = {
    PhotoStatus.UNSEEN: {PhotoStatus.PEOPLE, PhotoStatus.NOBODY, PhotoStatus.GONE},
    PhotoStatus.PEOPLE: {PhotoStatus.NOBODY, PhotoStatus.GONE},
    PhotoStatus.NOBODY: {PhotoStatus.PEOPLE, PhotoStatus.GONE},
    PhotoStatus.GONE: frozenset(),
}


def is_shown(status: str, *, lacking: int, handles: bool) -> bool:
    """Whether somebody who may see the ceremony sees a picture.

    Until an officer has said who is in it, those alone who handle pictures; then everybody or, where the consent of one of
    the people in it is lacking today, nobody at all.
    """
    return {
        PhotoStatus.UNSEEN: handles,
        PhotoStatus.PEOPLE: lacking == 0,
        PhotoStatus.NOBODY: True,
        PhotoStatus.GONE: False,
    }[PhotoStatus(status)]


def may_go_to_press(status: str, *, lacking: int, unpublished: int, is_confidential: bool) -> bool:
    """Whether a picture may be given out: nobody can be recognised, or everybody in it consents to photo and publicity.

    A face at the closing of a rehabilitation batch is a health fact, which no consent to publicity was asked about.
    """
    if status == PhotoStatus.NOBODY:
        return True
    return status == PhotoStatus.PEOPLE and lacking == 0 and unpublished == 0 and not is_confidential


def check_may_keep(*, is_confidential: bool, is_of_hall: bool, sees_care: bool) -> None:
    """Pictures that may show somebody in rehabilitation are kept by those who may know who that is.

    Raises:
        RuleBroken: the officer may not know.
    """
    if not is_confidential or sees_care:
        return
    if is_of_hall:
        raise RuleBroken(
            _(
                "Pictures of the whole hall are kept by the care team or the head here, since a rehabilitation batch closes too. "
                "Choose the batch that these show."
            ),
            field="batch",
        )
    raise RuleBroken(_("Pictures of this batch are kept by the care team or the head."), field="batch")


def check_marks(*, people: int, is_nobody: bool) -> None:
    """A picture shows somebody, or nobody who can be recognised; one of the two must be said.

    Raises:
        RuleBroken: neither was said, or both.
    """
    if (people > 0) == is_nobody:
        raise RuleBroken(_("Tick everybody who can be recognised, or say that nobody can: one of the two."))


def why_unreadable(reason: str) -> str:
    """The sentence for a file that cannot be kept."""
    return {
        "heic": _(
            "This picture is HEIC, which cannot be read here. Set the phone's camera to JPEG, or send it as JPEG."
        ),
        "kind": _("This file is no picture that can be read: JPEG, PNG or WebP."),
        "points": _("This picture is too large: at most 64 million points. Take it again at the usual size."),
        "bytes": _("This file is larger than 25 MB. Send the picture at its usual size."),
        "broken": _("This picture is damaged or cut off. Take it from the phone once more."),
    }[reason]
