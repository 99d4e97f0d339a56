"""Standing, sex, how a stay ends, and what becomes of a row of a roster."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """UU 22/2022 tells these apart; the register's class says which."""

    SENTENCED = "sentenced", _("Sentenced person")
    REMAND = "remand", _("Remand detainee")
    CHILD = "child", _("Child in custody")
    CLIENT = "client", _("Probation client")


class Sex(TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class CustodyEnd(TextChoices):
    RELEASE = "release", _("Released at the end of the sentence (bebas murni)")
    RELEASED_BY_LAW = "released_by_law", _("Released by operation of law (bebas demi hukum)")
    PAROLE = "parole", _("Parole (PB)")
    CONDITIONAL_LEAVE = "conditional_leave", _("Conditional leave (CB)")
    PRE_RELEASE_LEAVE = "pre_release_leave", _("Leave before release (CMB)")
    ASSIMILATION = "assimilation", _("Assimilation")
    TRANSFER = "transfer", _("Transferred to another facility")
    DEATH = "death", _("Died")


class TransferStatus(TextChoices):
    REQUESTED = "requested", _("Requested")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DEPARTED = "departed", _("On the way")
    TURNED_BACK = "turned_back", _("Turned back")
    ARRIVED = "arrived", _("Arrived")


class RosterState(TextChoices):
    READING = "reading", _("Being read")
    READY = "ready", _("Read, not saved yet")
    COMMITTED = "committed", _("Saved")
    REFUSED = "refused", _("Could not be read")
    CANCELLED = "cancelled", _("Cancelled")


class DoubtDecision(TextChoices):
    WAITING = "waiting", _("Decide later")
    TAKEN = "taken", _("Save as read")
    DROPPED = "dropped", _("Leave out")


class ConsentKind(TextChoices):
    """What a public body may not do on its task alone and asks for (UU 27/2022 on personal data; belum diverifikasi)."""

    PHOTO = "photo", _("Photo")
    PUBLICITY = "publicity", _("Publicity")
    CONTACT = "contact", _("Contact after release")


class ConsentAnswer(TextChoices):
    GIVEN = "given", _("Consents")
    REFUSED = "refused", _("Does not consent")


class ConsentProof(TextChoices):
    SIGNED = "signed", _("Signed form")
    WITNESSED = "witnessed", _("Said before a witness")


class WithdrawnThrough(TextChoices):
    PERSON = "person", _("By the person")
    REPRESENTATIVE = "representative", _("By a representative")
