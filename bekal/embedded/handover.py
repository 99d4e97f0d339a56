"""What Django's settings are told of a database: environment variables, and nothing else."""

from pathlib import Path

from bekal.embedded.secrets_kept import keep


def handed_over(
    data: Path, host: str, port: int, name: str, owner: tuple[str, str], app: tuple[str, str]
) -> dict[str, str]:
    """The variables that bekal/settings.py reads; `owner` and `app` are a role and its password."""
    return {
        "BEKAL_DATA": str(data),
        "BEKAL_SECRET_KEY": keep(data / "secrets", "sessions"),
        "BEKAL_DB_HOST": host,
        "BEKAL_DB_PORT": str(port),
        "BEKAL_DB_NAME": name,
        "BEKAL_DB_OWNER": owner[0],
        "BEKAL_DB_OWNER_PASSWORD": owner[1],
        "BEKAL_DB_APP": app[0],
        "BEKAL_DB_APP_PASSWORD": app[1],
    }
