"""States and kinds of what is offered, who takes part, who came, how they left."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(TextChoices):
    TRAINING = "training", _("Skills training")
    REHABILITATION = "rehabilitation", _("Social rehabilitation")


class BatchStatus(TextChoices):
    PLANNED = "planned", _("Being filled")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class NominationStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for the hearing")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class HearingStatus(TextChoices):
    OPEN = "open", _("Open")
    DECIDED = "decided", _("Decided")


class EnrolmentStatus(TextChoices):
    ENROLLED = "enrolled", _("Taking part")
    COMPLETED = "completed", _("Completed")
    PARTICIPATED = "participated", _("Took part, did not complete")
    LEFT = "left", _("Left")


class ExitGroup(TextChoices):
    """An exit by law is not a drop-out (DOMAIN a.7)."""

    BY_LAW = "by_law", _("Left by law")
    REMOVED = "removed", _("Removed")
    WITHDREW = "withdrew", _("Withdrew")
    DIED = "died", _("Died")
    CALLED_OFF = "off", _("Batch called off")


class TagStatus(TextChoices):
    WORN = "worn", _("Worn")
    RELEASED = "released", _("Given back")


class SessionStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    PARTLY_HELD = "partly_held", _("Held in part")
    NOT_HELD = "not_held", _("Not held")


class Participation(TextChoices):
    ACTIVE = "active", _("Active")
    PASSIVE = "passive", _("Passive")


class CriterionRule(TextChoices):
    """Rules that a programme may ask of a person; each has a pure function of the same name in rules.py."""

    STANDING_IS = "standing_is", _("Standing")
    REMAINING_DAYS_AT_LEAST = "remaining_days_at_least", _("Days left after the batch ends")
    SERVED_FRACTION_AT_LEAST = "served_fraction_at_least", _("Part of the sentence served")
    SENTENCE_AT_MOST_MONTHS = "sentence_at_most_months", _("Length of the sentence at most")
    SENTENCE_AT_LEAST_MONTHS = "sentence_at_least_months", _("Length of the sentence at least")
    OFFENCE_GROUP_IS = "offence_group_is", _("Group of the offence")


class DecreeKind(TextChoices):
    PARTICIPANTS = "participants", _("Participants of a batch")
    TEAM = "team", _("Team of a batch")


class DecreeStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")


class CorrectionStatus(TextChoices):
    REQUESTED = "requested", _("Waiting for a decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ScanKind(TextChoices):
    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class Seen(TextChoices):
    """What a reader saw when a tag was held before it."""

    PRESENT = "present", _("Present")
    ALREADY = "already", _("Scanned already")
    UNKNOWN = "unknown", _("Tag not known here")
    GIVEN_BACK = "given_back", _("Tag was given back")
    OTHER_BATCH = "other_batch", _("Tag of another batch")
    NOT_ON_LIST = "not_on_list", _("Not on the list of this session")
    WRONG_DAY = "wrong_day", _("Scanned on another day")
    MARKED_ABSENT = "marked_absent", _("Marked as absent already")
