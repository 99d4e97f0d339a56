"""How two workers share a whole run of the tests: by file, what takes minutes first, and all of the crawl by one of them.

The walk through the house takes minutes and is done once a worker, so whoever reads what was found on it must be that worker.
A file of one long test that came last would leave the other worker with nothing to do.
"""

from xdist.scheduler import LoadFileScheduling

CRAWL = "tests/crawl/"
LONG = ("tests/browser/test_every_page.py", CRAWL, "tests/commands/test_kills.py", "tests/browser/", "tests/commands/")


class SharedOut(LoadFileScheduling):
    """One file is one piece of work, and the crawl is one."""

    def _split_scope(self, nodeid: str) -> str:
        return CRAWL if nodeid.startswith(CRAWL) else super()._split_scope(nodeid)


def place(nodeid: str) -> int:
    """Where a test stands: the long ones in the order of LONG, then all others."""
    return next((place for place, begins in enumerate(LONG) if nodeid.startswith(begins)), len(LONG))
