"""Measures the pages in the nation's house; the last line is what was found, as JSON. Started by benchmarks/pages.py."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlencode

from ending import end_group
from port import answers
from preparing import ROOT
from telling import say

from benchmarks.nation.house import nation

ROUNDS, SEARCHES = 60, 60
# Typed as heard: a letter too many, one too few, two that changed places.
TYPOS = ("komang suarjanna", "budi darmavan wiaya", "ketut pratma", "siti nugrho", "hendra kusma lubs", "wayan mudtia")


def _free_port() -> int:
    import socket

    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _pages(port: int) -> Iterator[None]:
    """The house's pages as ./run starts them, with the floor's paths beside."""
    import time

    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "bekal.wsgi:application",
    ]  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.nation.settings", "BEKAL_DB_POOL": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        while not answers(port, "127.0.0.1"):
            time.sleep(0.1)
        yield
    finally:
        end_group(process, signal.SIGTERM)
        process.wait()


def _asked() -> dict[str, tuple[list[Any], list[Any]]]:
    """For each page the addresses of ours and of the floor, several of each."""

    from bekal.delivery.programmes.models import Batch
    from bekal.foundation.core.scope import Scope, entered
    from bekal.people.models import Person

    with entered(Scope(1001, (1,), care=True)):
        people = list(Person.objects.filter(facility=1).order_by("-pk").values_list("public_id", flat=True)[100:120])
        batches = list(
            Batch.objects.filter(facility=1, status="running", programme__kind="training").values_list(
                "public_id", flat=True
            )
        )
    typed = [urlencode({"cari": text}) for text in TYPOS]
    return {
        "person": ([(f"/warga-binaan/{one}/",) for one in people], [(f"/lantai/orang/{one}/",) for one in people]),
        "batch": (
            [(f"/program/angkatan/{one}/",) for one in batches],
            [(f"/lantai/angkatan/{one}/",) for one in batches],
        ),
        "search": ([("/warga-binaan/cari/", text) for text in typed], [("/lantai/cari/", text) for text in typed]),
        "desk": ([("/",)], [("/lantai/meja/",)]),
        "list": ([("/warga-binaan/",), ("/warga-binaan/?halaman=40",)], [("/lantai/daftar/",)]),
    }


def main() -> None:
    with nation():
        from benchmarks.nation.asking import Asker, p95, queries_of, rounds, signed_in

        session, port = signed_in("petugas1"), _free_port()
        found: dict[str, Any] = {"pages": {}}
        asked = _asked()
        for name, (ours, _floor) in asked.items():
            told = queries_of(session, *ours[0])
            found["pages"][name] = {"queries": len(told)}
            if "--sql" in sys.argv:
                print(f"-- {name}", *(statement[:400] for statement in told), sep="\n")
        with _pages(port):
            for name, (ours, floor) in asked.items():
                own, plain = rounds(port, session, ours, floor, times=ROUNDS)
                found["pages"][name] |= {"per_second": own, "floor_per_second": plain, "ratio": own / plain}
                say(f"  {name}: {found['pages'][name]}")
            for where, path in (("facility", "/warga-binaan/cari/"), ("nation", "/bangsa/cari/")):
                with closing(Asker(port, session)) as asker:
                    times = [
                        asker.ask(path, urlencode({"cari": TYPOS[number % len(TYPOS)]})) for number in range(SEARCHES)
                    ]
                found[f"search_{where}_p95"] = p95(times[2:])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
