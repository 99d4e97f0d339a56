"""What staff do with people and their rosters."""

from bekal.people.operations.stays import admit, correct, end_stay, open_person, record_export

__all__ = ["admit", "correct", "end_stay", "open_person", "record_export"]
