"""All checks and tests. Started by ./test, in the environment with the test tools."""

import os
import subprocess
import sys

from preparing import BUILD, PYTHON, ROOT

# Tests have a cluster of their own, quick and of no value.
os.environ["BEKAL_DATA"] = str(BUILD / "test-data")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment, leave, start_or_join


def main() -> int:
    cluster = Cluster(BUILD / "test-data", is_for_tests=True)
    start_or_join(cluster)
    try:
        os.environ.update(embedded_environment(cluster))
        arguments = sys.argv[1:]
        if not arguments:
            checked = subprocess.run([str(ROOT / "scripts" / "check")], cwd=ROOT, check=False).returncode
            if checked:
                return checked
        command = [str(PYTHON), "-m", "pytest", *(arguments or ["-n", "2", "--dist", "loadfile"])]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    finally:
        leave(cluster)


sys.exit(main())
