"""Papers of the day of a closing, and the text for the press."""

from bekal.delivery.ceremonies.documents.closing import MINUTES, minutes, print_file
from bekal.delivery.ceremonies.documents.guests import GUEST_SHEET, INVITATION, guest_sheet, invitation
from bekal.delivery.ceremonies.documents.press import DRAFTED, paragraphs_of, press_docx, press_text
from bekal.delivery.ceremonies.documents.script import SCRIPT, script

__all__ = [
    "DRAFTED",
    "GUEST_SHEET",
    "INVITATION",
    "MINUTES",
    "SCRIPT",
    "guest_sheet",
    "invitation",
    "minutes",
    "paragraphs_of",
    "press_docx",
    "press_text",
    "print_file",
    "script",
]
