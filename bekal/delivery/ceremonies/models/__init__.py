"""The day itself: a closing of several batches at once, who came to it, who received what, what was told of it."""

from bekal.delivery.ceremonies.models.ceremonies import AgendaItem, Ceremony, CeremonyBatch, HandOver

__all__ = ["AgendaItem", "Ceremony", "CeremonyBatch", "HandOver"]
