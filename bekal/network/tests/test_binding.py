import pytest

from bekal.embedded.refusals import Refused
from bekal.network.binding import binding


@pytest.mark.parametrize("said", ["", "127.0.0.1", "localhost", " 127.0.0.1 "])
def test_without_a_word_the_house_is_for_this_pc_alone(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEKAL_BIND", said)

    assert (binding().address, binding().is_open) == ("127.0.0.1", False)


@pytest.mark.parametrize(
    ("said", "reached_at"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("192.168.1.7", "192.168.1.7"), ("127.0.0.2", "127.0.0.2")],
)
def test_every_other_address_is_open_to_the_office(said: str, reached_at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEKAL_BIND", said)

    assert (binding().address, binding().is_open, binding().reached_at) == (said, True, reached_at)


@pytest.mark.parametrize("said", ["kantor", "192.168.1", "0.0.0.0:8000", "ya"])
def test_what_is_no_address_is_said_in_a_sentence(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEKAL_BIND", said)

    with pytest.raises(Refused, match="bukan alamat IP"):
        binding()
