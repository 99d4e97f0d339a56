"""Every check that is not a test: style, types, floors, templates, words, migrations. Started by scripts/check and ./test."""

import os
import subprocess
import sys
import time

from preparing import ROOT, VENV
from telling import say

CHECKS = {
    "ruff": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-cache"],
    "djlint": ["djlint", "bekal", "--lint", "--quiet"],
    "kata-kata": ["python", "scripts/messages", "--check"],
    "migrasi": ["python", "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "0"],
}


def failed_checks() -> list[str]:
    """Run every check; the names of those that failed, whose findings are on the terminal."""
    # Settings want a key, and looking at migrations asks the database only where it is up.
    environment = {"BEKAL_SECRET_KEY": "unused here", **os.environ, "BEKAL_AS": "owner"}
    failed = []
    for name, command in CHECKS.items():
        begun = time.monotonic()
        done = subprocess.run(
            [str(VENV / "bin" / command[0]), *command[1:]],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        say(f"Periksa {name}: {'baik' if done.returncode == 0 else 'GAGAL'}, {time.monotonic() - begun:.0f} dtk")
        if done.returncode:
            failed.append(name)
            say(done.stdout.rstrip())
    return failed


if __name__ == "__main__":
    sys.exit(1 if failed_checks() else 0)
