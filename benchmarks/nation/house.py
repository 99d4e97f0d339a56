"""The nation's house in `build/`: made and filled at its first use, opened at once later."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opening import opened_house
from preparing import ROOT
from telling import say

from bekal.embedded.cluster import Cluster

FOLDER = ROOT / "build" / "nation"
# Raised when the filling changes: an older house is made anew.
EDITION = "1"


@contextmanager
def nation() -> Iterator[Cluster]:
    """The house, open in this process's environment, and its cluster."""
    stamp = FOLDER / "filled"
    if stamp.exists() and stamp.read_text() != EDITION:
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o755)
    os.environ["BEKAL_DATA"] = str(FOLDER)
    os.environ.pop("DATABASE_URL", None)
    # It can be filled again: a copy of it before each new version would take longer than that.
    os.environ["BEKAL_MIGRATE_WITHOUT_BACKUP"] = "1"
    with opened_house():
        import django

        django.setup()
        cluster = Cluster(FOLDER)
        if not stamp.exists():
            _fill(cluster)
            stamp.write_text(EDITION)
        yield cluster


def _fill(cluster: Cluster) -> None:
    from django.conf import settings
    from django.utils import timezone

    from benchmarks.nation.filling import Filling

    say("Mengisi rumah sebesar bangsa (sekali saja, beberapa menit) …")
    with cluster.connect(settings.DATABASES["default"]["NAME"]) as owner:
        Filling(owner, say, timezone.now().date()).run()


def size_of(folder: Path = FOLDER) -> float:
    """How many gigabytes the house takes on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e9
