"""What officers type about the day of a closing: checked here, saved by operations."""

from bekal.delivery.ceremonies.forms.ceremonies import AgendaForms, CeremonyForm
from bekal.delivery.ceremonies.forms.guests import GuestForms, ReceiversForm, TurnsForm
from bekal.delivery.ceremonies.forms.photos import DestroyForm, MarksForm, PhotosForm
from bekal.delivery.ceremonies.forms.press import PressForm, ReleaseForm

__all__ = [
    "AgendaForms",
    "CeremonyForm",
    "DestroyForm",
    "GuestForms",
    "MarksForm",
    "PhotosForm",
    "PressForm",
    "ReceiversForm",
    "ReleaseForm",
    "TurnsForm",
]
