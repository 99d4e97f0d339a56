"""The script of a ceremony on paper: the running order, what is said, and who is called in which order."""

from itertools import groupby
from typing import Any

from bekal.delivery.ceremonies import queries, rules
from bekal.delivery.ceremonies.choices import TurnKind
from bekal.delivery.ceremonies.models import Ceremony, HandOver
from bekal.delivery.programmes.documents import tag_number
from bekal.foundation.core.days import indonesian_clock, indonesian_full_day

SCRIPT = "agenda"


def script(ceremony: Ceremony) -> dict[str, Any]:
    """What the master of ceremonies reads (naskah pembawa acara), with the names that the user may see."""
    facility, turns, receivers = ceremony.facility, queries.turns_of(ceremony), queries.receivers_of(ceremony)
    parts = [
        rules.Part(indonesian_clock(item.starts_at), item.title, item.in_charge, item.note)
        for item in queries.agenda_of(ceremony)
    ]
    givings = [
        rules.Giving(
            row.batch.name,
            queries.giver_of(turns, row.batch, TurnKind.TAGS),
            queries.giver_of(turns, row.batch, TurnKind.CERTIFICATES) or row.handed_over_by,
            [receivers[row.batch_id].person.full_name] if row.batch_id in receivers else [],
        )
        for row in queries.batches_of(ceremony)
    ]
    return {
        "upt": facility.name,
        "judul": ceremony.title,
        "hari": indonesian_full_day(ceremony.held_on),
        "pukul": f"{indonesian_clock(ceremony.starts_at)} {facility.zone}",
        "tempat": ceremony.place,
        "acara": [[part.hour, part.title, part.in_charge, part.note, rules.spoken(part)] for part in parts],
        "ucapan": rules.spoken_givings(givings),
        "penyerahan": [
            {"angkatan": batch, "peserta": [_called(line) for line in lines]}
            for batch, lines in groupby(_lines(ceremony), key=_batch)
        ],
    }


def _lines(ceremony: Ceremony) -> list[HandOver]:
    return list(queries.hand_overs_of(ceremony).select_related("certificate__enrolment__batch__programme"))


def _batch(line: HandOver) -> str:
    batch = line.certificate.enrolment.batch
    return str(batch.name)


def _called(line: HandOver) -> list[str]:
    enrolment, paper = line.certificate.enrolment, line.certificate.paper
    return [tag_number(enrolment.batch, enrolment.tag.number), paper.data["nama"], paper.number]
