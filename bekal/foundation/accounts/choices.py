"""The desks of the house, as roles."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    HEAD = "head", _("Head of the facility")
    RECORDS = "records", _("Records staff")
    PROGRAMME_MANAGER = "programme_manager", _("Rehabilitation programme manager")
    COUNSELLOR = "counsellor", _("Counsellor")
    SECTION_HEAD = "section_head", _("Head of work activities")
    TRAINER = "trainer", _("Trainer")
    BOARD = "board", _("Board member (TPP)")
    SECURITY = "security", _("Security officer (KPLP)")
    PARTNER = "partner", _("Partner")
    PROBATION = "probation", _("Probation officer")
    REGION = "region", _("Regional office")
    NATION = "nation", _("Directorate General")
    OPERATOR = "operator", _("Operator")
    SYSTEM = "system", _("System")
