"""The progress of long work, as a page and as the piece of a page that htmx asks for again."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bekal.foundation.jobs import queries


@login_required
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far a job is. Whoever may see the job may see its progress."""
    found = get_object_or_404(queries.jobs_for(request.user), public_id=job_id)  # type: ignore[arg-type]
    template = "jobs/_progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    response = render(request, template, {"job": found})
    response["Cache-Control"] = "no-store"
    return response
