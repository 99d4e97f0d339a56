"""The recovery passphrase at the terminal: shown once, when a house gets one."""

import os
import sys
from pathlib import Path

from telling import say

from bekal.foundation.keeping import recovery

ON_PAPER = (
    "Tulis di kertas dan simpan di tempat terkunci, jauh dari PC ini. Tanpa frasa ini cadangan tidak dapat dibuka, "
    "dan frasa ini tidak ditampilkan lagi."
)


def told(passphrase: str) -> str:
    """How the passphrase is shown."""
    return f"\nFrasa pemulihan cadangan:\n\n    {passphrase}\n\n{ON_PAPER}\n"


def have_recovery(data: Path) -> None:
    """Give a house its recovery passphrase if it has none yet, and show it; never into the journal of the system."""
    if recovery.read(data) is not None:
        return
    if _is_journal():
        say(
            "Rumah ini belum punya frasa pemulihan, jadi belum dicadangkan. Jalankan: scripts/manage recovery_passphrase"
        )
        return
    say(told(recovery.renew(data)))


def _is_journal() -> bool:
    """Whether what we say is kept by the system (systemd.exec(5), JOURNAL_STREAM)."""
    known = os.fstat(sys.stderr.fileno())
    return os.environ.get("JOURNAL_STREAM") == f"{known.st_dev}:{known.st_ino}"
