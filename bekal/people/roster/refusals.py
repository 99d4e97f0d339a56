"""Why a whole file is refused: a code for programs, and a sentence for the officer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Promise] = {
    "empty_file": gettext_lazy("This file is empty. Nothing has changed."),
    "not_a_spreadsheet": gettext_lazy("This file is no list. Choose an Excel, ODS or CSV file. Nothing has changed."),
    "damaged_file": gettext_lazy(
        "This file is damaged or cut off and cannot be opened. Save it again in the program that it comes from,"
        " then upload it again."
    ),
    "password": gettext_lazy("This file is locked with a password. Save it without a password, then upload it again."),
    "no_header": gettext_lazy("No row of headings names a name and a register number. Nothing has changed."),
    "not_a_roster": gettext_lazy(
        "There are names and register numbers, but this is no list of people: it has no NIK, day of birth, sentence,"
        " expiry or day of admission."
    ),
}


class Refused(Exception):
    """The file cannot be taken as a roster; `code` is one of `SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(str(SENTENCES[code]))
        self.code = code
