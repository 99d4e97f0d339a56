"""Why the last backup failed, in the language of whoever reads the page; the terminal speaks Indonesian."""

from django.utils.translation import gettext as _

from bekal.foundation.keeping.diary import Diary


def why(known: Diary) -> str:
    """The reason of the last failure, and what to do. One that has no code stands as the terminal said it."""
    sentence = {
        "recovery": _("It has no recovery passphrase yet. The operator makes one at the PC."),
        "full": _("The disk of %(folder)s is full: no backup was made. Clear files there."),
        "unwritable": _("No backup can be written in %(folder)s. Look whether the folder is there and may be written."),
        "elsewhere": _(
            "The folder %(folder)s for second backups is not there. Connect that disk, or name another folder."
        ),
        "database": _(
            "The database could not be read: no backup was made. Look at its line in the state of the house."
        ),
        "program": _("The database could not be copied: no backup was made. Run scripts/manage doctor at the PC."),
        "empty": _("This house is still empty: there is nothing to back up."),
    }.get(known.reason)
    return sentence % {"folder": known.about} if sentence else known.sentence
