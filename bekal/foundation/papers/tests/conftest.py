import uuid
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from bekal.foundation.papers import seal_keys
from bekal.foundation.papers.drawing import draw
from bekal.foundation.papers.seal_keys import SealKey
from bekal.foundation.papers.sealing import seal
from bekal.foundation.papers.tests.samples import CERTIFICATE

AT = datetime(2026, 12, 9, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    """The sealing key of a house."""
    with override_settings(DATA=tmp_path_factory.mktemp("seal")):
        return seal_keys.key_of(uuid.UUID(int=1), subject="Balai Latihan Amerta")


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """A certificate before it is sealed."""
    return draw("sertifikat", CERTIFICATE, drawn_at=AT)


@pytest.fixture(scope="module")
def sealed(drawn: bytes, key: SealKey) -> bytes:
    return seal(drawn, key=key, at=AT)
