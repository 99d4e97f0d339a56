"""The cast of bekal/conftest.py plays here too; and how a whole run is shared out."""

import pytest
from xdist.remote import Producer

from bekal.conftest import *  # noqa: F403
from tests.sharing_out import SharedOut, place


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharedOut | None:
    return SharedOut(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))
