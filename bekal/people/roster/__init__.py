"""Rosters as they really look: bytes in, people with their doubts out. Pure: no database, no clock, no file access."""

from bekal.people.roster.comparing import STATUSES, Verdict, Verdicts, compare
from bekal.people.roster.reader import Column, Reading, read_roster
from bekal.people.roster.reasons import FIELD_NAMES, Reason
from bekal.people.roster.refusals import Refused
from bekal.people.roster.registers import read_loosely as read_register_number_loosely
from bekal.people.roster.registers import read_register as read_register_number
from bekal.people.roster.synonyms import BIRTH, CLINICAL, FIELDS, ROW_NUMBER, UNKNOWN
from bekal.people.roster.watching import Watch, nobody, part, watched
from bekal.people.roster.workbooks import rejected_workbook, without_clinical

__all__ = [
    "BIRTH",
    "CLINICAL",
    "FIELDS",
    "FIELD_NAMES",
    "ROW_NUMBER",
    "STATUSES",
    "UNKNOWN",
    "Column",
    "Reading",
    "Reason",
    "Refused",
    "Verdict",
    "Verdicts",
    "Watch",
    "compare",
    "nobody",
    "part",
    "read_register_number",
    "read_register_number_loosely",
    "read_roster",
    "rejected_workbook",
    "watched",
    "without_clinical",
]
