"""Kinds of units (UPT Pemasyarakatan) and the three time zones of the country."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FacilityKind(TextChoices):
    LAPAS = "lapas", _("Lapas")
    RUTAN = "rutan", _("Rutan")
    LPKA = "lpka", _("LPKA")
    BAPAS = "bapas", _("Bapas")


class Zone(TextChoices):
    WIB = "WIB", "WIB"
    WITA = "WITA", "WITA"
    WIT = "WIT", "WIT"
