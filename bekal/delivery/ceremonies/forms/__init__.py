"""What officers type about the day of a closing: checked here, saved by operations."""

from bekal.delivery.ceremonies.forms.ceremonies import AgendaForms, CeremonyForm
from bekal.delivery.ceremonies.forms.guests import GuestForms, TurnsForm
from bekal.delivery.ceremonies.forms.press import PressForm, ReleaseForm

__all__ = ["AgendaForms", "CeremonyForm", "GuestForms", "PressForm", "ReleaseForm", "TurnsForm"]
