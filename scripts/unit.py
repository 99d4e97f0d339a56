"""The systemd unit with which a house starts together with its PC. Pure: from what is asked to two texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from telling import Stopped

NAME = "bekal.service"
# What a house may be told; the rest of the environment stays outside.
TOLD = (
    "PORT", "BEKAL_BIND", "BEKAL_TLS_CERT", "BEKAL_TLS_KEY", "BEKAL_HOSTS", "BEKAL_PUBLIC_URL", "BEKAL_TRUSTED_PROXY",
    "DATABASE_URL", "BEKAL_APP_DATABASE_URL", "BEKAL_BACKUP_TO",
)  # fmt: skip

# Every way out of the data folder is shut, as far as the parts of the house allow.
SHUT = """
NoNewPrivileges=yes
ProtectSystem=strict
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
# AF_NETLINK tells the PC's own addresses, for the certificate.
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0077
""".strip()


@dataclass(frozen=True)
class Service:
    """A house as a service: which checkout, which data, as which plain user, told what."""

    root: Path
    data: Path
    user: str
    environment: Mapping[str, str]
    told_in: Path = Path("/etc/bekal.env")

    @property
    def has_own_database(self) -> bool:
        return "DATABASE_URL" not in self.environment


def told(environment: Mapping[str, str]) -> dict[str, str]:
    """What of an environment a service is told. Never the demo: a service is there for an office.

    Raises:
        Stopped: a value has more than one line.
    """
    chosen = {name: environment[name] for name in TOLD if environment.get(name)}
    if broken := [name for name, value in chosen.items() if not value.isprintable()]:
        raise Stopped(f"{', '.join(broken)} berisi baris baru atau tanda yang tidak tercetak. Tulis ulang nilainya.")
    return {**chosen, "BEKAL_DEMO": "0"}


def environment_file(service: Service) -> str:
    """What the house is told; apart from the unit, since everybody may read a unit."""
    told_to = {**service.environment, "BEKAL_DATA": str(service.data)}
    return "".join(f"{name}={_quoted(value)}\n" for name, value in sorted(told_to.items()))


def unit(service: Service) -> str:
    """The unit: begins with the PC, as a plain user, begun again when it ends."""
    python, running = service.root / ".venv" / "bin" / "python", service.root / "scripts" / "running.py"
    written = [_plain(service.data), *_backups(service), *(["/tmp"] if service.has_own_database else [])]
    return "\n".join(
        [
            "# Dibuat oleh scripts/service. Ubah lewat scripts/service install, bukan di sini.",
            "[Unit]",
            "Description=Bekal",
            "Wants=network-online.target",
            "After=network-online.target",
            "StartLimitIntervalSec=0",
            "",
            "[Service]",
            "Type=exec",
            f"User={service.user}",
            f"WorkingDirectory={_plain(service.root)}",
            f"EnvironmentFile={_plain(service.told_in)}",
            f"Environment=DJANGO_SETTINGS_MODULE=bekal.settings PYTHONDONTWRITEBYTECODE=1 "
            f"{_quoted(f'PYTHONPATH={_plain(service.root)}')}",
            f"ExecStart={_quoted(_plain(python))} {_quoted(_plain(running))}",
            "Restart=always",
            "RestartSec=10",
            # The house ends its parts in order within thirty seconds; only what is left then is killed.
            "KillMode=mixed",
            "TimeoutStopSec=60",
            "SyslogIdentifier=bekal",
            "",
            SHUT,
            f"ReadWritePaths={' '.join(map(_quoted, written))}",
            *_temporary(service),
            *_homes(service),
            *_capabilities(service),
            "",
            "[Install]",
            "WantedBy=multi-user.target",
            "",
        ]
    )


def _plain(path: Path) -> str:
    """A path as a unit writes it: its own % are no specifiers."""
    return str(path).replace("%", "%%")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _backups(service: Service) -> list[str]:
    """The other disk of the second copies; the house opens also while it is not plugged in."""
    folder = service.environment.get("BEKAL_BACKUP_TO")
    return [f"-{_plain(Path(folder))}"] if folder else []


def _temporary(service: Service) -> list[str]:
    if service.has_own_database:
        return [
            "# scripts/manage meets the database's socket in /tmp: one that is private would hide it.",
            "PrivateTmp=no",
        ]
    return ["PrivateTmp=yes"]


def _homes(service: Service) -> list[str]:
    lies_in_home = any(
        path.is_relative_to(home) for path in (service.root, service.data) for home in ("/home", "/root")
    )
    return [f"ProtectHome={'read-only' if lies_in_home else 'yes'}"]


def _capabilities(service: Service) -> list[str]:
    needs_root = int(service.environment.get("PORT", "8000")) < 1024
    allowed = "CAP_NET_BIND_SERVICE" if needs_root else ""
    return [f"CapabilityBoundingSet={allowed}", f"AmbientCapabilities={allowed}"]
