"""Runs the benchmarks: one object a line with --json, else a table in docs/benchmarks.md. Started by scripts/bench."""

import importlib.util
import json
import os
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from opening import opened_house
from preparing import ROOT
from telling import say

BENCHMARKS = ROOT / "benchmarks"


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _write(found: list[dict[str, Any]]) -> None:
    lines = [
        "# Benchmarks",
        "",
        f"Measured on {date.today().isoformat()}, Python {platform.python_version()}, {os.cpu_count()} cores, by `scripts/bench`.",
        "Each ratio is ours to a floor measured in the same run; absolute times on shared machines mean little.",
        "",
        "| name | ratio | goal | holds | how |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in found:
        sign = "≥" if row["better"] == "higher" else "≤"
        holds = "yes" if row["holds"] else "**no**"
        lines.append(f"| {row['name']} | {row['ratio']:.2f} | {sign} {row['goal']} | {holds} | {row['detail']} |")
    (ROOT / "docs" / "benchmarks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    names = [argument for argument in sys.argv[1:] if argument != "--json"]
    as_json = "--json" in sys.argv
    modules = {path.stem: path for path in sorted(BENCHMARKS.glob("*.py"))}
    loaded = {module.NAME: module for module in map(_load, modules.values()) if hasattr(module, "NAME")}
    if unknown := [name for name in names if name not in loaded]:
        say(f"Tidak ada ukuran {', '.join(unknown)}. Yang ada: {', '.join(sorted(loaded))}")
        return 2
    found = []
    # A house of its own: measuring leaves nothing in yours.
    with tempfile.TemporaryDirectory(prefix="bekal-bench-") as folder:
        os.environ["BEKAL_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        Path(folder).chmod(0o755)
        with opened_house():
            import django

            django.setup()
            for name, module in loaded.items():
                if names and name not in names:
                    continue
                say(f"Mengukur {name} …")
                row = module.run()
                found.append(row)
                print(
                    json.dumps(row, ensure_ascii=False) if as_json else f"{name}: {row['ratio']:.2f} ({row['detail']})",
                    flush=True,
                )
    if not as_json and not names:
        _write(found)
    return 0 if all(row["holds"] for row in found) else 1


sys.exit(main())
