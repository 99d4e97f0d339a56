"""The page of a job leads nowhere that its address names."""

from datetime import datetime
from typing import Any

from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job


def test_a_link_that_somebody_sent_leads_to_no_other_house(
    melati: Any, sari: Any, pages_of: Any, within: Any, now: datetime
) -> None:
    with within(sari):
        job = Job.objects.create(facility=melati, kind="people.read_roster", by=sari, asked_at=now, state=JobState.DONE)

    page = pages_of(sari).get(f"/pekerjaan/{job.public_id}/?kembali=https://lain.example/masuk")

    assert page.status_code == 200
    assert 'href="https://lain.example' not in page.content.decode()
