"""What the commands share: everything a fresh clone needs before it can run. Standard library alone, Python 3.11 or later.

Each part leaves a stamp of what it was made from, so that a second start asks a few files and does nothing.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from pathlib import Path

from ending import end_tidily
from machine import ROOT, TOOLS, have, make_venv, run
from telling import Stopped, told

BUILD = ROOT / "build"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# A moved checkout and another Python need environments of their own.
HERE = f"{sys.version_info.major}.{sys.version_info.minor} {ROOT}"


def digest(*paths: Path) -> str:
    """A short hash of what the files are called and hold."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _stamp(folder: Path) -> str:
    try:
        return (folder / "made-from").read_text()
    except OSError:
        return ""


def _tools() -> None:
    """uv and Node, for building: apart from what runs."""
    lock = ROOT / "requirements" / "build.txt"
    wanted = f"{HERE} {digest(lock)}"
    if _stamp(TOOLS) == wanted:
        return
    with told("Menyiapkan alat bantu"):
        make_venv(TOOLS)
        pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        run(pip, failing="Alat bantu tidak dapat dipasang. Periksa sambungan ke internet, lalu jalankan lagi.")
        (TOOLS / "made-from").write_text(wanted)


def _python(*, tests: bool) -> None:
    """The environment in which Bekal runs, from the hashed lock; with the test tools only where tests are run."""
    locks = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "test")}
    wanted = {name: f"{HERE} {name} {digest(lock)}" for name, lock in locks.items()}
    # An environment with the test tools serves for running too.
    fitting = {wanted["test"]} if tests else set(wanted.values())
    if PYTHON.exists() and _stamp(VENV) in fitting:
        return
    _tools()
    name = "test" if tests else "run"
    with told("Menyiapkan lingkungan Python"):
        if not PYTHON.exists() or not _stamp(VENV).startswith(f"{HERE} "):
            make_venv(VENV)
        (VENV / "made-from").unlink(missing_ok=True)
        uv = [str(TOOLS / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON)]
        failing = "Lingkungan Python tidak dapat dibuat. Periksa sambungan ke internet, lalu jalankan lagi."
        run([*uv, str(locks[name])], failing=failing)
        (VENV / "made-from").write_text(wanted[name])


def _assets() -> None:
    """Styles, scripts and font: built from npm packages by scripts/assets, then gathered with hashed names."""
    sources = [ROOT / "scripts" / "assets", ROOT / "package.json", ROOT / "package-lock.json"]
    sources += sorted((ROOT / "bekal" / "web" / "look").iterdir())
    sources += sorted((ROOT / "docs" / "panduan" / "gambar").iterdir())
    # Which classes are kept depends on the templates.
    sources += sorted((ROOT / "bekal").rglob("templates/**/*.html"))
    key = digest(*sources)
    gathered = BUILD / "static"
    if _stamp(gathered) == key:
        return
    _tools()
    with told("Membangun tampilan"):
        run([sys.executable, str(ROOT / "scripts" / "assets")], failing="Tampilan tidak dapat dibangun.")
        shutil.rmtree(gathered, ignore_errors=True)
        collect = [str(PYTHON), "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        settings = {"DJANGO_SETTINGS_MODULE": "bekal.settings", "BEKAL_SECRET_KEY": "unused here"}
        run(collect, failing="Tampilan tidak dapat dikumpulkan.", **settings)
        (gathered / "made-from").write_text(key)


def _messages() -> None:
    """The Indonesian catalogue, compiled."""
    parts = sorted((ROOT / "bekal" / "web" / "locale" / "id" / "LC_MESSAGES").rglob("*.po"))
    made = BUILD / "messages"
    key = digest(ROOT / "scripts" / "messages", *parts)
    if _stamp(made) == key:
        return
    run([str(PYTHON), str(ROOT / "scripts" / "messages"), "--compile"], failing="Kata-kata tidak dapat disusun.")
    made.mkdir(parents=True, exist_ok=True)
    (made / "made-from").write_text(key)


def prepare(*, tests: bool = False) -> None:
    """Make whatever is missing; safe to call at any time and by two at once.

    Raises:
        Stopped: something must be installed by hand first; the sentence is on the terminal.
    """
    if sys.version_info < (3, 11):
        raise Stopped("Bekal memerlukan Python 3.11 atau lebih baru.")
    end_tidily()
    try:
        BUILD.mkdir(exist_ok=True)
        with (BUILD / "preparing.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _python(tests=tests)
            _messages()
            _assets()
            if tests:
                have("chromium", "chromium")
                have("pdfsig", "poppler-utils")
    except OSError as wrong:
        raise Stopped(f"{wrong.filename or ROOT} tidak dapat dipakai ({wrong.strerror}).") from wrong


def in_environment(script: str, arguments: list[str]) -> None:
    """Go on as a script of this folder, in the prepared environment. Does not return."""
    chosen = {**os.environ, "DJANGO_SETTINGS_MODULE": "bekal.settings", "PYTHONPATH": str(ROOT)}
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), str(ROOT / "scripts" / script), *arguments], chosen)
