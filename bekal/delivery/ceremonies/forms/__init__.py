"""What officers type about the day of a closing: checked here, saved by operations."""

from bekal.delivery.ceremonies.forms.ceremonies import AgendaForms, CeremonyForm

__all__ = ["AgendaForms", "CeremonyForm"]
