"""How two workers share a whole run of the tests: by file, what takes minutes early, and all of the crawl by one of them.

The walk through the house takes minutes and is done once a worker, so whoever reads what was found on it must be that worker.
A file of one long test that came last would leave the other worker with nothing to do. But a worker that has opened a browser is
inside of its loop until the end, where no seal can be verified: whatever needs a browser comes after all that does not.
"""

from xdist.scheduler import LoadFileScheduling

CRAWL = "tests/crawl/"
ORDER = (CRAWL, "tests/commands/test_kills.py", "bekal/", "tests/architecture/", "tests/journeys/",
         "tests/browser/test_every_page.py", "tests/browser/", "tests/commands/", "tests/pictures/")  # fmt: skip


class SharedOut(LoadFileScheduling):
    """One file is one piece of work, and the crawl is one."""

    def _split_scope(self, nodeid: str) -> str:
        return CRAWL if nodeid.startswith(CRAWL) else super()._split_scope(nodeid)


def place(nodeid: str) -> int:
    """Where a test stands: as ORDER says."""
    return next((place for place, begins in enumerate(ORDER) if nodeid.startswith(begins)), len(ORDER))
