"""All checks and tests, or the tests under the paths given. Started by ./test, in the environment with the test tools."""

import os
import subprocess
import sys

from checking import failed_checks
from ending import end_tidily, end_undisturbed
from preparing import BUILD, PYTHON, ROOT
from telling import say

from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment, leave, start_or_join
from bekal.embedded.refusals import Refused

# Tests have a cluster of their own, quick and of no value, wherever the house itself may be.
DATA = BUILD / "test-data"


def _run_tests(arguments: list[str]) -> int:
    # What takes minutes comes first (tests/sharing_out.py): the order is not to be turned round again.
    shared_out = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [str(PYTHON), "-m", "pytest", *(arguments or shared_out)]
    with subprocess.Popen(command, cwd=ROOT) as tests:
        try:
            return tests.wait()
        except BaseException:
            tests.terminate()
            raise


def main() -> int:
    end_tidily()
    for name in ("DATABASE_URL", "BEKAL_APP_DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    arguments = sys.argv[1:]
    failed = [] if arguments else failed_checks()
    if failed:
        say(f"Pemeriksaan yang gagal: {', '.join(failed)}. Tes tetap dijalankan.")
    cluster = Cluster(DATA, is_for_tests=True)
    try:
        start_or_join(cluster)
    except Refused as refusal:
        say(str(refusal))
        return 1
    try:
        os.environ.update(embedded_environment(cluster))
        return _run_tests(arguments) or (1 if failed else 0)
    finally:
        end_undisturbed()
        leave(cluster)


sys.exit(main())
