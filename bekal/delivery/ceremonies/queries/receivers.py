"""Who comes forward for a batch: asked for their consent each time, as far as the user may see who takes part."""

from collections import defaultdict

from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.queries.ceremonies import batches_of
from bekal.delivery.programmes.choices import EnrolmentStatus
from bekal.delivery.programmes.models import Enrolment
from bekal.people.choices import ConsentKind
from bekal.people.queries import consenting


def who_may_receive(ceremony: Ceremony) -> dict[int, list[Enrolment]]:
    """By batch, by name: who takes part and consents to be photographed on the day of the ceremony."""
    batches = [row.batch_id for row in batches_of(ceremony)]
    rows = Enrolment.objects.filter(batch__in=batches).exclude(status=EnrolmentStatus.LEFT).select_related("person")
    enrolments = list(rows.defer("person__nik").order_by("person__search_name", "pk"))
    people = [enrolment.person for enrolment in enrolments]
    agreed = consenting(people, ConsentKind.PHOTO, on=ceremony.held_on, use=ceremony.public_id) if people else set()
    found: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolments:
        if enrolment.person_id in agreed:
            found[enrolment.batch_id].append(enrolment)
    return found


def receivers_of(ceremony: Ceremony) -> dict[int, Enrolment]:
    """By batch, who was chosen, as long as they consent."""
    may = {enrolment.pk for enrolments in who_may_receive(ceremony).values() for enrolment in enrolments}
    rows = ceremony.receivers.exclude(enrolment=None).select_related("enrolment__person")
    return {row.batch_id: row.enrolment for row in rows if row.enrolment_id in may}
