"""Checking and shaping of what officers type about programmes; nothing is saved here."""

from bekal.delivery.programmes.forms.attendance import Line, Sheet
from bekal.delivery.programmes.forms.batches import (
    BatchFilterForm,
    BatchForm,
    DepartureForm,
    ExitForm,
    ReasonForm,
    SessionForm,
)
from bekal.delivery.programmes.forms.hearings import (
    DecreeForm,
    HearingForm,
    NominationForm,
    OutsideDecreeForm,
    SignForm,
    decisions_of,
)
from bekal.delivery.programmes.forms.programmes import CriterionForm, ModuleFormSet, ProgrammeForm, ReferenceForm

__all__ = [
    "BatchFilterForm",
    "BatchForm",
    "CriterionForm",
    "DecreeForm",
    "DepartureForm",
    "ExitForm",
    "HearingForm",
    "Line",
    "ModuleFormSet",
    "NominationForm",
    "OutsideDecreeForm",
    "ProgrammeForm",
    "ReasonForm",
    "ReferenceForm",
    "SessionForm",
    "Sheet",
    "SignForm",
    "decisions_of",
]
