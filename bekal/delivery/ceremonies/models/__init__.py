"""The day itself: a closing of several batches at once, who came to it, who received what, what was told of it."""

from bekal.delivery.ceremonies.models.ceremonies import AgendaItem, Ceremony, CeremonyBatch, HandOver
from bekal.delivery.ceremonies.models.guests import Guest, HandOverTurn, SymbolicReceiver
from bekal.delivery.ceremonies.models.photos import Photo, PhotoFile, PhotoPerson
from bekal.delivery.ceremonies.models.press import PressRelease

__all__ = [
    "AgendaItem",
    "Ceremony",
    "CeremonyBatch",
    "Guest",
    "HandOver",
    "HandOverTurn",
    "Photo",
    "PhotoFile",
    "PhotoPerson",
    "PressRelease",
    "SymbolicReceiver",
]
