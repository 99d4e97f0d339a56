"""What the commands share: everything a fresh clone needs before it can run. Standard library alone, Python 3.11 or later.

Each part leaves a stamp of what it was made from, so that a second start asks a few files and does nothing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = BUILD / "tools"
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class Stopped(SystemExit):
    """The machine lacks something that we may not install; the sentence says what to type."""

    def __init__(self, sentence: str) -> None:
        print(sentence, file=sys.stderr)
        super().__init__(1)


def say(sentence: str) -> None:
    """Tell the person at the terminal how far we are; on standard error, since standard output may be JSON."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def _told(what: str) -> Iterator[None]:
    say(f"{what} …")
    begun = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - begun:.0f} dtk")


def environment() -> dict[str, str]:
    """The environment for tools: the system's certificates (uv, npm and pip bring their own), no interpreter downloads."""
    chosen = {
        **os.environ,
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        "NODE_USE_SYSTEM_CA": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PATH": f"{TOOLS / 'bin'}:{os.environ.get('PATH', os.defpath)}",
    }
    if SYSTEM_CERTIFICATES.exists():
        chosen.setdefault("PIP_CERT", str(SYSTEM_CERTIFICATES))
        chosen.setdefault("SSL_CERT_FILE", str(SYSTEM_CERTIFICATES))
        chosen.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))
    return chosen


def _run(command: list[str], *, failing: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(f"{failing}\n{(done.stderr or done.stdout).strip()[-2000:]}")


def digest(*paths: Path) -> str:
    """A short hash of what the files hold."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def _stamp(folder: Path) -> str:
    try:
        return (folder / "made-from").read_text()
    except OSError:
        return ""


def install_from_system(program: str, package: str) -> None:
    """Have a program of the system: install its package when root, else say what to type.

    Raises:
        Stopped: the program is missing and we are not root, or the package cannot be had.
    """
    if shutil.which(program):
        return
    command = f"apt-get install -y --no-install-recommends {package}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(f"{program} belum ada. Jalankan sebagai root: {command}")
    with _told(f"Memasang {package}"):
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
        _run(["sh", "-c", f"DEBIAN_FRONTEND=noninteractive {command}"], failing=f"{package} tidak dapat dipasang.")


def _make_venv(folder: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(f"Modul venv belum ada. Jalankan sebagai root: apt-get install -y {package}")
    with _told(f"Memasang {package}"):
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
        _run(
            ["apt-get", "install", "-y", "--no-install-recommends", package], failing="Modul venv tidak dapat dipasang."
        )
    _run([sys.executable, "-m", "venv", str(folder)], failing="Lingkungan Python tidak dapat dibuat.")


def _tools() -> None:
    """uv and Node, for building: apart from what runs."""
    lock = ROOT / "requirements" / "build.txt"
    if _stamp(TOOLS) == digest(lock):
        return
    with _told("Menyiapkan alat bantu"):
        shutil.rmtree(TOOLS, ignore_errors=True)
        _make_venv(TOOLS)
        pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        _run(pip, failing="Alat bantu tidak dapat dipasang. Periksa sambungan ke internet, lalu jalankan lagi.")
        (TOOLS / "made-from").write_text(digest(lock))


def _python(*, tests: bool) -> None:
    """The environment in which Bekal runs, from the hashed lock; with the test tools only where tests are run."""
    run_lock, test_lock = (ROOT / "requirements" / f"{name}.txt" for name in ("run", "test"))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    wanted = {"run": f"{version} run {digest(run_lock)}", "test": f"{version} test {digest(test_lock)}"}
    # An environment with the test tools serves for running too.
    fitting = {wanted["test"]} if tests else set(wanted.values())
    if PYTHON.exists() and _stamp(VENV) in fitting:
        return
    _tools()
    name, lock = ("test", test_lock) if tests else ("run", run_lock)
    with _told("Menyiapkan lingkungan Python"):
        if not PYTHON.exists() or not _stamp(VENV).startswith(f"{version} "):
            shutil.rmtree(VENV, ignore_errors=True)
            _make_venv(VENV)
        (VENV / "made-from").unlink(missing_ok=True)
        uv = [
            str(TOOLS / "bin" / "uv"),
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            str(PYTHON),
            str(lock),
        ]
        _run(uv, failing="Lingkungan Python tidak dapat dibuat. Periksa sambungan ke internet, lalu jalankan lagi.")
        (VENV / "made-from").write_text(wanted[name])


def _assets() -> None:
    """Styles, scripts and font: built from npm packages by scripts/assets, then gathered with hashed names."""
    sources = [ROOT / "scripts" / "assets", ROOT / "package.json", ROOT / "package-lock.json"]
    sources += sorted((ROOT / "bekal" / "web" / "look").iterdir())
    # Which classes are kept depends on the templates.
    sources += sorted((ROOT / "bekal").rglob("templates/**/*.html"))
    key = digest(*sources)
    gathered = BUILD / "static"
    if _stamp(gathered) == key:
        return
    _tools()
    with _told("Membangun tampilan"):
        _run([sys.executable, str(ROOT / "scripts" / "assets")], failing="Tampilan tidak dapat dibangun.")
        shutil.rmtree(gathered, ignore_errors=True)
        collect = [str(PYTHON), "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        done = subprocess.run(
            collect,
            cwd=ROOT,
            env={**environment(), "DJANGO_SETTINGS_MODULE": "bekal.settings", "BEKAL_SECRET_KEY": "unused here"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Stopped(f"Tampilan tidak dapat dikumpulkan.\n{done.stderr.strip()[-2000:]}")
        (gathered / "made-from").write_text(key)


def _messages() -> None:
    """The Indonesian catalogue, compiled."""
    source = ROOT / "bekal" / "web" / "locale" / "id" / "LC_MESSAGES"
    parts = sorted(source.rglob("*.po"))
    made = BUILD / "messages"
    if _stamp(made) == digest(*parts):
        return
    _run([str(PYTHON), str(ROOT / "scripts" / "messages"), "--compile"], failing="Kata-kata tidak dapat disusun.")
    made.mkdir(parents=True, exist_ok=True)
    (made / "made-from").write_text(digest(*parts))


def prepare(*, tests: bool = False) -> None:
    """Make whatever is missing; safe to call at any time and by two at once.

    Raises:
        Stopped: something must be installed by hand first; the sentence is on the terminal.
    """
    if sys.version_info < (3, 11):
        raise Stopped("Bekal memerlukan Python 3.11 atau lebih baru.")
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _python(tests=tests)
        _messages()
        _assets()
        if tests:
            install_from_system("chromium", "chromium")
            install_from_system("pdfsig", "poppler-utils")


def in_environment(script: str, arguments: list[str]) -> None:
    """Go on as a script of this folder, in the prepared environment. Does not return."""
    chosen = {**os.environ, "DJANGO_SETTINGS_MODULE": "bekal.settings", "PYTHONPATH": str(ROOT)}
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), str(ROOT / "scripts" / script), *arguments], chosen)
