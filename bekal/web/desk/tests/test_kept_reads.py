"""What a kept read gives is what the plain read gives, for every officer and facility that opens the pages of the day."""

from datetime import time
from typing import Any

import pytest

from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.core import together
from bekal.foundation.core.together import HowMany, Kept

OFFICERS = ("budi", "rina", "ayu", "wira", "dewi", "nyoman", "lestari", "agung", "sari")


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the kept reads that were held against the plain ones."""
    names: list[str] = []
    plainly = together.together

    def both(*reads: Any) -> list[list[Any]]:
        given = plainly(*reads)
        for read, rows in zip(reads, given, strict=True):
            kept = read.of if isinstance(read, HowMany) else read
            if isinstance(kept, Kept):
                plain = kept.make(*kept.arguments)
                assert rows == ([plain.count()] if isinstance(read, HowMany) else list(plain)), kept.make
                names.append(kept.make.__qualname__)
        return given

    monkeypatch.setattr(together, "together", both)
    return names


def test_kept_reads_give_every_officer_what_the_plain_ones_give(  # type: ignore[no-untyped-def]
    request, compared, as_user, pages_of, melati, nyoman, wira, now
) -> None:
    as_user(wira)
    people = [make.make_person(melati, at=now) for _number in range(3)]
    paths = ["/"]
    for kind, hour in (("training", 8), ("rehabilitation", 13)):
        programme = make.make_programme(melati, nyoman, now, kind=kind, title=f"Program {kind}")
        batch = make.make_batch(programme, nyoman, now, starts_at=time(hour), ends_at=time(hour + 3, 45))
        make.propose(batch, people[:2], nyoman, now)
        paths.append(f"/program/angkatan/{batch.public_id}/")
    paths += [f"/warga-binaan/{person.public_id}/" for person in people]

    # In turn and twice, so that each is filled into what was written for another.
    officers = [request.getfixturevalue(name) for name in OFFICERS]
    for _twice in range(2):
        for officer in officers:
            browser = pages_of(officer)
            for path in paths:
                assert browser.get(path).status_code in (200, 302, 403, 404), (officer, path)

    assert len(set(compared)) > 20, sorted(set(compared))
