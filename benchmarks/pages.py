"""Person, batch, search, desk and list in a house of a nation's size: 530 facilities, 300,000 people, 5,000,000 attendance rows.

The floor is a plain view behind the same sign-in that reads the same rows with one query and prints them without components
(benchmarks/nation/floor.py). Both are asked over HTTP of the server that ./run starts. The house is kept in build/nation.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

NAME = "pages"
GOAL = 0.4
MOST_QUERIES, FACILITY_SECONDS, NATION_SECONDS = 8, 0.3, 1.5
ROOT = Path(__file__).resolve().parent.parent


def run() -> dict[str, Any]:
    """The worst page's ratio; the goal holds only where queries and searches keep theirs."""
    import os

    path = os.pathsep.join((str(ROOT), str(ROOT / "scripts")))
    command = [sys.executable, "-m", "benchmarks.nation"]
    told = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True, check=True
    )
    found = json.loads(told.stdout.strip().splitlines()[-1])
    pages = found["pages"]
    ratio = min(page["ratio"] for page in pages.values())
    facility, nation = found["search_facility_p95"], found["search_nation_p95"]
    most = max(page["queries"] for page in pages.values())
    holds = ratio >= GOAL and most <= MOST_QUERIES and facility < FACILITY_SECONDS and nation < NATION_SECONDS
    each = "; ".join(
        f"{name} {page['ratio']:.2f} ({page['per_second']:.0f}/s of {page['floor_per_second']:.0f}/s, {page['queries']} queries)"
        for name, page in pages.items()
    )
    detail = f"{each}. A name with a typo, p95: {facility:.2f} s in one facility, {nation:.2f} s in the nation"
    return {"name": NAME, "ratio": ratio, "goal": GOAL, "better": "higher", "holds": holds, "detail": detail}
