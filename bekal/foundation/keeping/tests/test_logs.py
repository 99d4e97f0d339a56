"""The log is for finding faults, not people."""

import json
import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekal.foundation.accounts.models import User
from bekal.foundation.keeping.logs import JsonLines, QuietHandler
from bekal.web import errors

NAME, NIK = "I Wayan Mudita", "5102041708900004"


@pytest.fixture
def lines() -> Any:
    """What the house writes into its log, as the settings have it, on every level."""
    written: list[str] = []
    handler = logging.Handler()
    formatter = JsonLines()
    handler.emit = lambda record: written.append(formatter.format(record))  # type: ignore[method-assign]
    root, level = logging.getLogger(), logging.getLogger().level
    quiet = {
        name: logging.getLogger(name).level for name in ("django.request", "django.security", "procrastinate", "axes")
    }
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in quiet:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    for name, before in quiet.items():
        logging.getLogger(name).setLevel(before)


def _names_nobody(lines: list[str]) -> bool:
    return bool(lines) and not any(secret in line for line in lines for secret in (NAME, "Mudita", NIK))


def test_a_page_that_fails_over_a_name_logs_where_and_not_whom(  # type: ignore[no-untyped-def]
    wira: User, pages_of, lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ValueError(f"cannot greet {NAME}, {NIK}")

    monkeypatch.setattr("bekal.foundation.keeping.examining.look_over", fail)
    browser: Client = pages_of(wira)
    browser.raise_request_exception = False

    answer = browser.get(reverse("keeping:details") + f"?cari={NIK}")

    assert answer.status_code == 500
    told = [json.loads(line) for line in lines if "bekal.errors" in line]
    assert len(told) == 1 and "ValueError" in told[0]["said"] and "test_logs.py" in told[0]["said"]
    assert _names_nobody(lines)
    assert NAME not in answer.content.decode()


def test_whatever_others_log_names_nobody(lines: list[str]) -> None:
    stranger = logging.getLogger("some.library")
    try:
        raise KeyError(NAME)
    except KeyError:
        stranger.exception(f"row of {NAME} failed")
        stranger.error("row %s failed", NIK, exc_info=True)
        stranger.warning({"name": NAME})
    logging.getLogger("django.request").error("Bad Request: %s", f"/warga-binaan/cari/?cari={NIK}")

    assert len(lines) == 4
    assert _names_nobody(lines)
    assert json.loads(lines[0])["error"] == "KeyError"
    assert json.loads(lines[1])["said"] == "row %s failed"
    assert all(json.loads(line)["at"].endswith("+00:00") for line in lines)


def test_a_line_that_cannot_be_written_is_not_printed_instead(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken:
        def write(self, _text: str) -> None:
            raise OSError(28, "No space left on device")

    handler = QuietHandler(Broken())  # type: ignore[arg-type]
    handler.setFormatter(JsonLines())

    handler.handle(logging.LogRecord("bekal", logging.ERROR, __file__, 1, f"{NAME} {NIK}", None, None))

    assert NAME not in "".join(capsys.readouterr())


def test_the_log_of_the_house_is_set_up_so(settings) -> None:  # type: ignore[no-untyped-def]
    assert settings.LOGGING["formatters"]["lines"]["()"].endswith("JsonLines")
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"lines"}
    assert errors.log.name.startswith("bekal.")
