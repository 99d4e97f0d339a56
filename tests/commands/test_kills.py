"""A morning of twenty officers while parts of the house are killed: what was acknowledged is there, nothing by half."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10


def test_ten_kills_lose_nothing_that_was_acknowledged() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BEKAL_DB_")}
    command = [sys.executable, ROOT / "scripts" / "bench", "kills", "--json"]

    morning = subprocess.run(
        command, env={**environment, "BEKAL_KILLS": str(KILLS)}, capture_output=True, text=True, check=False
    )

    assert morning.returncode == 0, morning.stderr[-3000:] + morning.stdout
    found = json.loads(morning.stdout.splitlines()[-1])
    assert found["ratio"] == 1.0
    assert found["detail"].startswith(f"{KILLS} kills")
