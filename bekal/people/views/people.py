"""Pages that show people: the list in its forms, the search, and a person's thread."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.people import operations, permissions, queries, rules
from bekal.people.forms import ListForm, SearchForm
from bekal.people.joinings import person_known_to
from bekal.people.models import Custody
from bekal.people.searching import search as search_people
from bekal.people.thread import whole_page_of

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[ListForm, QuerySet[Custody]]:
    form = ListForm(request.GET, blocks=queries.blocks_for(request.user))  # type: ignore[arg-type]
    form.is_valid()
    custodies = queries.custodies_for(request.user)  # type: ignore[arg-type]
    custodies = queries.who_left(custodies) if form.has_left else queries.in_custody(custodies)
    for name, column in (("golongan", "standing"), ("blok", "block")):
        if form.cleaned_data.get(name):
            custodies = custodies.filter(**{column: form.cleaned_data[name]})
    return form, custodies.defer("offence", "person__nik")


@staff_page(permissions.VIEW_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Who is here, or who left; by name."""
    form, custodies = _filtered(request)
    pager_query = request.GET.copy()
    pager_query.pop("halaman", None)
    context = {
        "form": form,
        "page": Paginator(custodies, PER_PAGE).get_page(request.GET.get("halaman")),
        "pager_query": pager_query.urlencode(),
        "is_filtered": bool(form.cleaned_data.get("golongan") or form.cleaned_data.get("blok")),
        "may": _may(
            request,
            permissions.ADMIT,
            permissions.IMPORT_ROSTER,
            permissions.EXPORT_PEOPLE,
            permissions.VIEW_CONSENTS,
            permissions.VIEW_APART,
            permissions.VIEW_TRANSFERS,
            permissions.JOIN,
        ),
    }
    return render(request, "people/list.html", context)


def _may(request: HttpRequest, *names: str) -> dict[str, bool]:
    return {name.rsplit(".", 1)[1]: request.user.may(name) for name in names}  # type: ignore[union-attr]


@staff_page(permissions.VIEW_PEOPLE)
def people_printed(request: HttpRequest) -> HttpResponse:
    """The whole list on paper."""
    form, custodies = _filtered(request)
    columns = [_("No."), _("Name"), _("Register"), _("Standing"), _("Block"), _("Expiry")]
    rows = [
        (number, stay.person.full_name, stay.register_number, stay.get_standing_display(), stay.block, stay.expires_on)
        for number, stay in enumerate(custodies, start=1)
    ]
    title = _("People who left") if form.has_left else _("People in custody")
    return hand_out(request, "pdf", title=title, columns=columns, rows=rows)


@staff_page(permissions.EXPORT_PEOPLE)
def people_exported(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole list as XLSX or CSV. Who takes it out is recorded."""
    _form, custodies = _filtered(request)
    columns = [
        _("Name"),
        _("Register"),
        _("Standing"),
        _("Block"),
        _("Admitted"),
        "2/3",
        _("Expiry"),
        _("Dates read on"),
    ]
    rows = [
        (
            stay.person.full_name,
            stay.register_number,
            stay.get_standing_display(),
            stay.block,
            stay.admitted_on,
            stay.two_thirds_on,
            stay.expires_on,
            stay.legal_dates_read_on,
        )
        for stay in custodies
    ]
    return hand_out(request, kind, title=_("People"), columns=columns, rows=rows)


@sensitive_post_parameters()
@never_cache
@staff_page(permissions.VIEW_PEOPLE)
def search(request: HttpRequest) -> HttpResponse:
    """Find a person. What is typed travels in the body, never in the address; a single answer opens at once."""
    form = SearchForm(request.POST or None, initial={"cari": request.GET.get("cari", "")})
    found = None
    if form.is_valid():
        found = search_people(request.user, form.cleaned_data["cari"])  # type: ignore[arg-type]
        if len(found.people) == 1:
            return redirect("people:person", found.people[0].public_id)
    return render(request, "people/search.html", {"form": form, "found": found})


@never_cache
@staff_page(permissions.VIEW_PEOPLE)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: the facts of the last stay, the thread, who opened the page. Opening it is recorded."""
    user: Any = request.user
    found = person_known_to(user, person_id)
    if found is None:
        raise Http404
    if found.kept_as:  # type: ignore[attr-defined]
        return redirect("people:person", found.kept_as)  # type: ignore[attr-defined]
    merged = found.merged_ids  # type: ignore[attr-defined]
    others = list(queries.with_stays(queries.known_to(user).filter(pk__in=merged))) if merged else []
    stays = queries.stays_of([found, *others])
    if not stays:
        raise Http404
    stay, facility = stays[0], user.posting.facility
    today = facility.day_of(timezone.now())
    # What is offered next is for the record under which somebody is here now.
    thread, panels, openings = whole_page_of(
        [found, *others], stay.person, queries.openings_of(found, user=user), user=user, today=today
    )
    attempt(request, operations.open_person, person=found)
    may = _may(
        request,
        permissions.CORRECT,
        permissions.END_STAY,
        permissions.ADMIT,
        permissions.VIEW_IDENTITY,
        permissions.TRANSFER,
        permissions.JOIN,
    )
    nik = str(found.nik or "")
    context = {
        "person": found,
        "stay": stay,
        "others": others,
        "open_stays": [open_stay for open_stay in stays if not open_stay.has_ended],
        "is_here": found.facility_id == facility.pk,
        "age": rules.age_on(found.birth_on, today) if found.birth_on else None,
        "nik": nik if may["view_identity"] else (rules.masked_nik(nik) if nik else ""),
        "to_two_thirds": rules.days_ahead(stay.two_thirds_on, today),
        "thread": thread,
        "panels": panels,
        "openings": openings,
        "may": may,
    }
    return render(request, "people/person.html", context)
