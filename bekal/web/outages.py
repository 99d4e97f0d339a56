"""What is out of a page's hands for a while: the database is away, the disk is full. Told from faults of our own."""

import errno
import shutil
import traceback
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType

import psycopg
from django.conf import settings
from django.db import InterfaceError

from bekal.foundation.keeping.rules import is_full


class Outage(StrEnum):
    DATABASE = "database"
    DISK = "disk"


NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# PostgreSQL, appendix A: connection exceptions; too many connections; shut down by an operator or a crash, or not up yet.
AWAY = ("08", "53300", "57P01", "57P02", "57P03")
FULL_STATES = ("53100", "58030")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def outage(error: BaseException | None) -> Outage | None:
    """Which outage this error tells of; None where the fault is ours."""
    for one in _chain(error):
        state = one.sqlstate or "" if isinstance(one, psycopg.Error) else ""
        if state in FULL_STATES or (isinstance(one, OSError) and one.errno in NO_ROOM):
            return Outage.DISK
        is_cut = isinstance(one, psycopg.OperationalError) and not state
        if is_cut or state.startswith(AWAY) or isinstance(one, InterfaceError | psycopg.InterfaceError):
            # A server whose disk is full ends, and then only its absence is seen.
            return Outage.DISK if _is_disk_full() else Outage.DATABASE
    return None


def _is_disk_full() -> bool:
    try:
        return is_full(free=shutil.disk_usage(Path(settings.DATA)).free)
    except OSError:
        return False


def is_undecided(error: BaseException | None, trace: TracebackType | None) -> bool:
    """Whether the connection was lost while the database was told to keep what was done: it may have been kept, or not."""
    refused = any(isinstance(one, psycopg.Error) and (one.sqlstate or "") in FULL_STATES for one in _chain(error))
    return not refused and any(frame.name == "_commit" for frame in traceback.extract_tb(trace))
