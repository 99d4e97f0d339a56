"""What we need of the machine itself: its certificates, its package manager, an environment of its Python."""

import os
import shutil
import sys
from pathlib import Path

from ending import run_whole
from telling import Stopped, told

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "tools"
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
APT = "apt-get install -y --no-install-recommends"


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
        for name in ("PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
            chosen.setdefault(name, str(SYSTEM_CERTIFICATES))
    return chosen


def run(command: list[str], *, failing: str, **more: str) -> None:
    """Run a tool.

    Raises:
        Stopped: it failed; `failing` says so, and the end of what it said follows.
    """
    code, said = run_whole(command, cwd=ROOT, env=environment() | more)
    if code:
        raise Stopped(f"{failing}\n{said[-2000:]}")


def install(package: str, *, missing: str) -> None:
    """Install a package of the system when root, else say what to type.

    Raises:
        Stopped: we are not root, or the package cannot be had.
    """
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(f"{missing} Jalankan sebagai root: {APT} {package}")
    with told(f"Memasang {package}"):
        run(["apt-get", "update", "-qq"], failing="Daftar paket sistem tidak dapat diperbarui.")
        run([*APT.split(), package], failing=f"{package} tidak dapat dipasang.", DEBIAN_FRONTEND="noninteractive")


def have(program: str, package: str) -> None:
    """Have a program of the system, installing its package if it is missing."""
    if not shutil.which(program):
        install(package, missing=f"{program} belum ada.")


def make_venv(folder: Path) -> None:
    """An empty environment of the Python that runs us."""
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    code, said = run_whole(command, cwd=ROOT, env=environment())
    if code == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)
    if "ensurepip" not in said and "No module named" not in said:
        raise Stopped(f"Lingkungan Python tidak dapat dibuat.\n{said[-2000:]}")
    install(f"python{sys.version_info.major}.{sys.version_info.minor}-venv", missing="Modul venv belum ada.")
    run(command, failing="Lingkungan Python tidak dapat dibuat.")
