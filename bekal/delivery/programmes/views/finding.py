"""What the pages of programmes share: find in scope, say who may do what, hand a list out."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from bekal.delivery.programmes import permissions, queries, rules
from bekal.delivery.programmes.models import Batch, Programme, Session
from bekal.foundation.accounts.models import User
from bekal.foundation.core.pages import first_or_404
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.together import Kept
from bekal.foundation.facilities.models import Facility

# Further away there is no timetable, and near the end of the calendar no week.
MOST_YEARS = 100
ALL = {name: code for name, code in vars(permissions).items() if name.isupper()}


def officer(request: HttpRequest) -> User:
    """The signed-in user."""
    return request.user  # type: ignore[return-value]


def facility_of(request: HttpRequest) -> Facility:
    """The facility of the hat that the officer wears."""
    posting = officer(request).posting
    if posting is None or posting.facility is None:
        raise Http404
    return posting.facility


def today_in(request: HttpRequest) -> date:
    """The facility's day."""
    return facility_of(request).day_of(timezone.now())


def week_asked(request: HttpRequest) -> date:
    """The Monday of the week in `minggu`; of this week where nothing that can be read is asked, or no year of ours."""
    today = today_in(request)
    try:
        day = date.fromisoformat(request.GET.get("minggu", ""))
    except ValueError:
        day = today
    day = day if abs(day.year - today.year) <= MOST_YEARS else today
    return day - timedelta(days=day.weekday())


def may(request: HttpRequest) -> dict[str, bool]:
    """What the officer may do here, by the name of the permission in small letters."""
    return {name.lower(): officer(request).may(code) for name, code in ALL.items()}


def find_programme(request: HttpRequest, programme_id: UUID) -> Programme:
    return get_object_or_404(queries.programmes_for(officer(request)), public_id=programme_id)


def find_batch(request: HttpRequest, batch_id: UUID) -> Batch:
    return first_or_404(Kept(_batch, officer(request), batch_id))


def _batch(user: User, batch_id: UUID) -> QuerySet[Batch]:
    return queries.batches_for(user).filter(public_id=batch_id)


def find_session(request: HttpRequest, session_id: UUID) -> Session:
    return get_object_or_404(queries.sessions_for(officer(request)), public_id=session_id)


def sees_list(request: HttpRequest, batch: Batch) -> bool:
    """Whether the officer may know who takes part in a batch."""
    return not batch.programme.is_confidential or queries.sees_care(officer(request))


def require_list(request: HttpRequest, batch: Batch) -> None:
    """Refuse whoever may not know who takes part.

    Raises:
        PermissionDenied: with the sentence that says whom to ask.
    """
    try:
        rules.check_sees_participants(
            is_confidential=batch.programme.is_confidential, sees_care=queries.sees_care(officer(request))
        )
    except RuleBroken as refusal:
        raise PermissionDenied(refusal.message) from refusal
