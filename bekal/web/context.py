"""What every page shows around its own matter: where one may go, in which house, and whether it is a demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bekal.foundation.accounts.access import has
from bekal.foundation.accounts.passkeys import offered_to
from bekal.foundation.core.paths import path_to


def _doors() -> list[tuple[str, str, str]]:
    """Label, URL name and permission of each door in the bar, in their order."""
    return [
        (_("People"), "people:list", "people.view_people"),
        (_("Batches"), "programmes:batches", "programmes.view_batches"),
        (_("Hearings"), "programmes:hearings", "programmes.view_batches"),
        (_("Ceremonies"), "ceremonies:list", "ceremonies.view_ceremonies"),
        (_("Certificates"), "certificates:list", "certificates.view_certificates"),
        (_("Papers"), "papers:archive", "papers.view_archive"),
        (_("Facility"), "facilities:facility", "facilities.manage_facility"),
        (_("Officers"), "accounts:officers", "accounts.manage_postings"),
        (_("Trail"), "desk:trail", "audit.view_trail"),
        (_("Windows"), "windows:windows", "windows.view_windows"),
    ]


def house(request: HttpRequest) -> dict[str, Any]:
    """Navigation and facility for the signed-in; nothing for a stranger."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.posting is None:
        return {"navigation": [], "may_search": False, "is_demo": False, "offers_passkeys": offered_to(request)}
    navigation = [{"label": _("Desk"), "url": path_to("desk:desk"), "current": request.path == "/"}]
    for label, name, permission in _doors():
        if has(user, permission):
            url = path_to(name)
            navigation.append({"label": label, "url": url, "current": request.path.startswith(url)})
    facility = user.posting.facility
    return {
        "navigation": navigation,
        "may_search": has(user, "people.view_people"),
        "offers_passkeys": offered_to(request),
        "facility": facility,
        "is_demo": bool(facility and facility.is_demo),
    }
