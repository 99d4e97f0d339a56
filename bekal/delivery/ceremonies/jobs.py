"""The long work of a closing: issuing what is due, one certificate a step. Killed anywhere, it goes on from there."""

from bekal.delivery.ceremonies import operations, queries
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.operations.closing import ISSUING
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.jobs.registry import work
from bekal.foundation.jobs.work import Work


@work(ISSUING)
def issue_certificates(work: Work) -> None:
    """Issue each certificate of a ceremony.

    In an order that nobody can know, over all batches: the series is one for all kinds. Numbers in a row for one batch, or in
    the order of names, would let whoever sees some of them tell who holds the others.
    """
    ceremony, due, issued = work.read(lambda: _due(work))
    work.plan(done=len(issued), total=len(due))
    for position, enrolment in sorted(enumerate(due, start=1), key=lambda turn: turn[1].public_id):
        if enrolment.pk not in issued:
            with work.step() as at:
                operations.issue_in_turn(ceremony=ceremony, enrolment=enrolment, position=position, by=work.by, at=at)
    with work.step(counts=0) as at:
        operations.begin_handing_over(ceremony=ceremony, by=work.by, at=at)


def _due(work: Work) -> tuple[Ceremony, list[Enrolment], set[int]]:
    """The ceremony, who is due in calling order, and whose certificate is there already."""
    ceremony = Ceremony.objects.select_related("facility", "signatory").get(public_id=work.job.on)
    issued = queries.hand_overs_of(ceremony).values_list("certificate__enrolment_id", flat=True)
    return ceremony, queries.calling_order(ceremony), set(issued)
