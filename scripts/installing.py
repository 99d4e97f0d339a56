"""Putting the unit of a house in place, and taking it away again. Run by root."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from telling import Stopped, say
from unit import NAME, Service, environment_file, unit

UNITS = Path("/etc/systemd/system")
# Where systemd runs as the first process (sd_booted(3)).
BOOTED = Path("/run/systemd/system")


def refuse_without_systemd() -> None:
    """Say it where there is nothing that starts services."""
    if not BOOTED.is_dir() or not shutil.which("systemctl"):
        raise Stopped("PC ini tidak memakai systemd. Buat ./run dimulai dengan cara yang dipakai PC ini.")


def chosen_user(named: str | None, data: Path) -> str:
    """As which plain user the house runs: the one named, else the owner of the data, else of this checkout.

    Raises:
        Stopped: there is no such user, or only root.
    """
    for uid in [_uid(named)] if named else [_owner(data), _owner(Path(__file__))]:
        if uid:
            return pwd.getpwuid(uid).pw_name
    raise Stopped(
        "Layanan tidak dijalankan sebagai root. Sebut pengguna biasa yang dapat membaca folder ini: "
        "scripts/service install --user NAMA. Bila belum ada: useradd --system --create-home bekal"
    )


def _uid(name: str) -> int:
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise Stopped(f"Tidak ada pengguna bernama {name} di PC ini.") from None


def _owner(path: Path) -> int | None:
    return path.stat().st_uid if path.exists() else None


def install(service: Service, *, units: Path = UNITS) -> None:
    """Put the unit in place and start it, now and with the PC."""
    _check_reach(service)
    _give_data(service)
    _write(service.told_in, environment_file(service), mode=0o600)
    _write(units / NAME, unit(service), mode=0o644)
    _systemctl("daemon-reload")
    # Told anew what it is told: a house that ran already begins again.
    _systemctl("enable", NAME)
    _systemctl("restart", NAME)
    say(
        f"Bekal kini berjalan sebagai layanan milik {service.user} dan mulai bersama PC ini. "
        f"Keadaannya: systemctl status {NAME}. Catatannya: journalctl -u {NAME}"
    )


def uninstall(*, units: Path = UNITS, told_in: Path = Service.told_in) -> None:
    """Stop the house and take the unit away. The data stay."""
    if not (units / NAME).exists():
        raise Stopped("Bekal belum dipasang sebagai layanan.")
    _systemctl("disable", "--now", NAME)
    (units / NAME).unlink()
    told_in.unlink(missing_ok=True)
    _systemctl("daemon-reload")
    say("Layanan Bekal dilepas. Data tidak diubah; rumah ini dapat dijalankan lagi dengan ./run")


def _check_reach(service: Service) -> None:
    """Refuse where the plain user cannot even read the programs."""
    python = service.root / ".venv" / "bin" / "python"
    who = pwd.getpwnam(service.user)
    as_them = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    asked = subprocess.run([str(python), "-c", ""], cwd="/", check=False, capture_output=True, **as_them)
    if asked.returncode:
        raise Stopped(
            f"Pengguna {service.user} tidak dapat menjalankan {python}. Taruh folder Bekal di tempat yang dapat dibacanya, "
            "misalnya /opt/bekal, lalu ulangi."
        )


def _give_data(service: Service) -> None:
    """A folder of data that is new belongs to the plain user; one that belongs to somebody else is left as it is."""
    who = pwd.getpwnam(service.user)
    if not service.data.exists():
        service.data.mkdir(mode=0o700, parents=True)
        os.chown(service.data, who.pw_uid, who.pw_gid)
    if service.data.stat().st_uid != who.pw_uid:
        raise Stopped(
            f"Folder data {service.data} bukan milik {service.user}. Hentikan Bekal, lalu serahkan: "
            f"chown --recursive {service.user}: {service.data}"
        )


def _write(path: Path, text: str, *, mode: int) -> None:
    draft = path.with_name(f".{path.name}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
    draft.chmod(mode)
    draft.replace(path)


def _systemctl(*words: str) -> None:
    done = subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(f"systemctl {' '.join(words)} gagal: {done.stderr.strip()}")
