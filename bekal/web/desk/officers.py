"""The officers as a list that leaves the house. Their page stands below the floor on which lists are drawn."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bekal.foundation.accounts import permissions, queries
from bekal.foundation.core.doors import staff_page
from bekal.foundation.papers.lists import hand_out


@staff_page(permissions.MANAGE_POSTINGS)
def officers_out(request: HttpRequest, form: str) -> HttpResponse:
    """Who signs in here in which capacity, one posting a row, to print or to take along."""
    postings = queries.postings_for(request.user).filter(ended_at=None).order_by("user__name", "from_on", "pk")  # type: ignore[arg-type]
    columns = [_("Name"), _("NIP"), _("Username"), _("Post"), _("From"), _("Until"), _("State")]
    rows = [
        (
            hat.user.name,
            hat.user.nip,
            hat.user.username,
            hat.label,
            hat.from_on,
            hat.until_on,
            _("In use") if hat.user.is_active else _("Closed"),
        )
        for hat in postings
    ]
    return hand_out(request, form, title=_("Officers"), columns=columns, rows=rows)
