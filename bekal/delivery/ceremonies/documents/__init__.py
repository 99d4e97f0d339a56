"""Papers of the day of a closing."""

from bekal.delivery.ceremonies.documents.closing import MINUTES, minutes, print_file

__all__ = ["MINUTES", "minutes", "print_file"]
