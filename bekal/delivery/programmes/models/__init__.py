"""What is offered, who takes part, who came, how they left. One way for rehabilitation and for training."""

from bekal.delivery.programmes.models.batches import Batch
from bekal.delivery.programmes.models.corrections import Correction, MakeUpRule
from bekal.delivery.programmes.models.programmes import Criterion, Module, Programme
from bekal.delivery.programmes.models.sessions import Attendance, Facilitator, Instructor, Seat, Session
from bekal.delivery.programmes.models.sheets import Reading, Scan, ScanFile, Sheet
from bekal.delivery.programmes.models.taking_part import Decree, Enrolment, Hearing, Nomination, Tag

__all__ = [
    "Attendance",
    "Batch",
    "Correction",
    "Criterion",
    "Decree",
    "Enrolment",
    "Facilitator",
    "Hearing",
    "Instructor",
    "MakeUpRule",
    "Module",
    "Nomination",
    "Programme",
    "Reading",
    "Scan",
    "ScanFile",
    "Seat",
    "Session",
    "Sheet",
    "Tag",
]
