"""What officers type about people and rosters: checked here, saved by operations."""

from bekal.people.forms.people import EndForm, ListForm, PersonForm, SearchForm
from bekal.people.forms.rosters import DecisionForm, MappingForm, ReadOnForm, RosterFileForm
from bekal.people.forms.transfers import ArrivalForm, TransferForm, TransferListForm, WhyForm

__all__ = [
    "ArrivalForm",
    "DecisionForm",
    "EndForm",
    "ListForm",
    "MappingForm",
    "PersonForm",
    "ReadOnForm",
    "RosterFileForm",
    "SearchForm",
    "TransferForm",
    "TransferListForm",
    "WhyForm",
]
