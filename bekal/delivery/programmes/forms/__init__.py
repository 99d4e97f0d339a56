"""Checking and shaping of what officers type about programmes; nothing is saved here."""

from bekal.delivery.programmes.forms.attendance import Line, Sheet
from bekal.delivery.programmes.forms.batches import BatchFilterForm, BatchForm, DepartureForm, ExitForm, ReasonForm
from bekal.delivery.programmes.forms.corrections import DecisionForm, MarkCorrectionForm, SessionCorrectionForm
from bekal.delivery.programmes.forms.hearings import (
    DecreeForm,
    HearingForm,
    NominationForm,
    OutsideDecreeForm,
    SignForm,
    decisions_of,
)
from bekal.delivery.programmes.forms.programmes import CriterionForm, ModuleFormSet, ProgrammeForm, ReferenceForm
from bekal.delivery.programmes.forms.readings import ReadingForm, TagPictureForm
from bekal.delivery.programmes.forms.sessions import InstructorForm, MakeUpRuleForm, SessionForm
from bekal.delivery.programmes.forms.sheets import CodeForm, Grid

__all__ = [
    "BatchFilterForm",
    "BatchForm",
    "CodeForm",
    "CriterionForm",
    "DecisionForm",
    "DecreeForm",
    "DepartureForm",
    "ExitForm",
    "Grid",
    "HearingForm",
    "InstructorForm",
    "Line",
    "MakeUpRuleForm",
    "MarkCorrectionForm",
    "ModuleFormSet",
    "NominationForm",
    "OutsideDecreeForm",
    "ProgrammeForm",
    "ReadingForm",
    "ReasonForm",
    "ReferenceForm",
    "SessionCorrectionForm",
    "SessionForm",
    "Sheet",
    "SignForm",
    "TagPictureForm",
    "decisions_of",
]
