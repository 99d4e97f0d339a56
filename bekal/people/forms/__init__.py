"""What officers type about people and rosters: checked here, saved by operations."""

from bekal.people.forms.apart import ApartListForm, PairForm, WhyApartForm
from bekal.people.forms.consents import ConsentListForm, ScanForm, WithdrawalForm
from bekal.people.forms.joinings import JoinForm, LookAlikeForm
from bekal.people.forms.people import EndForm, ListForm, PersonForm, SearchForm
from bekal.people.forms.rosters import DecisionForm, MappingForm, ReadOnForm, RosterFileForm
from bekal.people.forms.transfers import ArrivalForm, TransferForm, TransferListForm, WhyForm

__all__ = [
    "ApartListForm",
    "ArrivalForm",
    "ConsentListForm",
    "DecisionForm",
    "EndForm",
    "JoinForm",
    "ListForm",
    "LookAlikeForm",
    "MappingForm",
    "PairForm",
    "PersonForm",
    "ReadOnForm",
    "RosterFileForm",
    "ScanForm",
    "SearchForm",
    "TransferForm",
    "TransferListForm",
    "WhyApartForm",
    "WhyForm",
    "WithdrawalForm",
]
