"""Reads about long work."""

from django.db.models import QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.jobs.models import Job


def jobs_for(user: User) -> QuerySet[Job]:
    """The jobs of the user's facility, latest first. Row security leaves out what tells of rehabilitation."""
    facility = user.facility_here
    return Job.objects.filter(facility_id=facility).select_related("by").order_by("-pk")
