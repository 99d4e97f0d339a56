"""Whom we serve: a person for life, their stays, transfers and joinings, and the rosters that tell of them."""

from bekal.people.models.apart import ApartAttempt, ApartOverride, KeepApart
from bekal.people.models.consents import Consent, ConsentScan, Withdrawal
from bekal.people.models.joinings import Distinction, Joining, Parting
from bekal.people.models.people import Custody, Person, RegisterNumber
from bekal.people.models.rosters import RosterDoubt, RosterImport, RosterMapping, RosterPage
from bekal.people.models.transfers import Transfer

__all__ = [
    "ApartAttempt",
    "ApartOverride",
    "Consent",
    "ConsentScan",
    "Custody",
    "Distinction",
    "Joining",
    "KeepApart",
    "Parting",
    "Person",
    "RegisterNumber",
    "RosterDoubt",
    "RosterImport",
    "RosterMapping",
    "RosterPage",
    "Transfer",
    "Withdrawal",
]
