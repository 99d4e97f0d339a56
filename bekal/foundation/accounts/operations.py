"""What may be done to sign-ins and postings. Each is recorded; a password or a token never is."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts import rules
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import SYSTEM_USERNAME, AccessReset, FirstRunToken, Posting, User
from bekal.foundation.accounts.roles import CARE
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility

# Without 0/O, 1/l/I: the first password is read from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def first_password() -> str:
    """A password to hand over once, in four groups of four (about 79 bits)."""
    return "-".join("".join(secrets.choice(_READABLE) for _n in range(4)) for _g in range(4))


@transaction.atomic
def create_officer(
    *,
    username: str,
    name: str,
    nip: str,
    password: str,
    at: datetime,
    by: User | None,
    facility: Facility | None,
    must_change_password: bool = True,
    is_demo: bool = False,
) -> User:
    """Make a sign-in. What the officer may do comes from a posting, given apart."""
    username = username.strip().lower()
    rules.check_username(username)
    if User.objects.filter(username=username).exists():
        raise RuleBroken(_("This username is taken. Choose another."), field="username")
    if nip and User.objects.filter(nip=nip).exists():
        raise RuleBroken(_("Somebody already signs in with this NIP."), field="nip")
    user = User(
        username=username,
        name=name.strip(),
        nip=nip or None,
        must_change_password=must_change_password,
        is_demo=is_demo,
        created_at=at,
    )
    user.set_password(password)
    user.save()
    audit.record("accounts.user.created", on=user, by=by, at=at, facility=facility.pk if facility else None)
    return user


@transaction.atomic
def add_posting(
    *,
    user: User,
    role: Role,
    title: str,
    facility: Facility,
    from_on: date,
    until_on: date | None,
    is_acting: bool,
    basis: str,
    by: User | None,
    at: datetime,
) -> Posting:
    """Give a user a capacity at a facility, from a day until a day."""
    rules.check_acting(is_acting=is_acting, basis=basis)
    rules.check_span(from_on, until_on)
    if by is not None:
        has_head = Posting.objects.filter(facility=facility, role=Role.HEAD, ended_at=None).exists()
        rules.check_may_give(role=role, by_role=by.role_code, to_oneself=user.pk == by.pk, has_head=has_head)
    posting = Posting.objects.create(
        user=user,
        role=role,
        title=title.strip(),
        facility=facility,
        from_on=from_on,
        until_on=until_on,
        is_acting=is_acting,
        basis=basis.strip(),
    )
    audit.record(
        "accounts.posting.begun", on=posting, by=by, at=at, payload={"role": str(role), "user": str(user.public_id)}
    )
    return posting


@transaction.atomic
def end_posting(*, posting: Posting, by: User, at: datetime) -> Posting:
    """Take a capacity away, at once."""
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    if posting.ended_at is not None:
        raise RuleBroken(_("This posting has ended before."))
    if posting.user_id == by.pk:
        raise RuleBroken(_("Nobody ends their own posting. Ask another officer."))
    rules.check_may_touch(sees_care=posting.role in CARE, by_role=by.role_code, works_here=True, works_elsewhere=False)
    posting.ended_at = at
    posting.save(update_fields=["ended_at"])
    audit.record("accounts.posting.ended", on=posting, by=by, at=at)
    return posting


@transaction.atomic
def set_active(*, user: User, is_active: bool, facility: Facility | None, by: User, at: datetime) -> User:
    """Close or open a sign-in. Closing ends every session of it at once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk or user.username == SYSTEM_USERNAME:
        raise RuleBroken(_("Nobody closes their own sign-in. Ask another officer."))
    _check_may_touch(user, by=by)
    user.is_active = is_active
    user.session_epoch += 1
    user.save(update_fields=["is_active", "session_epoch"])
    code = "accounts.user.activated" if is_active else "accounts.user.deactivated"
    audit.record(code, on=user, by=by, at=at, facility=facility.pk if facility else None)
    return user


@transaction.atomic
def change_password(*, user: User, present: str, password: str, by: User, at: datetime) -> User:
    """Set one's own new password, knowing the present one; other sessions of the same person end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.check_password(present):
        raise RuleBroken(_("This is not your present password."), field="present")
    if user.check_password(password):
        raise RuleBroken(_("Choose a password other than the present one."), field="password")
    user.set_password(password)
    user.must_change_password = False
    user.session_epoch += 1
    user.save(update_fields=["password", "must_change_password", "session_epoch"])
    audit.record("accounts.password.changed", on=user, by=by, at=at, facility=by.facility_here)
    return user


def _check_may_touch(user: User, *, by: User) -> None:
    """Refuse what concerns an officer of another house, or one whom only the head may touch."""
    here = Posting.objects.filter(user=user, facility_id=by.facility_here, ended_at=None)
    with connection.cursor() as cursor:
        # Row security hides postings elsewhere: the function says only whether there are any.
        cursor.execute("select accounts_works_elsewhere(%s, %s)", [user.pk, by.facility_here or 0])
        works_elsewhere = bool(cursor.fetchone()[0])
    rules.check_may_touch(
        sees_care=here.filter(role__in=CARE).exists(),
        by_role=by.role_code,
        works_here=here.exists(),
        works_elsewhere=works_elsewhere,
    )


@transaction.atomic
def make_reset(*, user: User, clears_second_factor: bool, by: User, at: datetime) -> str:
    """Make a one-time link for somebody who lost a password or a second factor; gives its token, told once.

    Earlier links of the same person end with it.
    """
    if user.username == SYSTEM_USERNAME or not user.is_active:
        raise RuleBroken(_("This sign-in is closed. Open it first."))
    if user.pk == by.pk:
        raise RuleBroken(_("Nobody resets their own access. Ask another officer."))
    _check_may_touch(user, by=by)
    AccessReset.objects.filter(user=user, used_at=None).update(used_at=at)
    token = secrets.token_urlsafe(24)
    reset = AccessReset.objects.create(
        user=user,
        token_hash=_hashed(token),
        made_at=at,
        expires_at=rules.reset_expires(at),
        clears_second_factor=clears_second_factor,
    )
    audit.record(
        "accounts.access.reset_offered",
        on=user,
        by=by,
        at=at,
        facility=by.facility_here,
        payload={"reset": str(reset.public_id), "second_factor": clears_second_factor},
    )
    return token


def find_reset(token: str, *, at: datetime) -> AccessReset | None:
    """The link that a token opens, if it still does."""
    found = AccessReset.objects.select_related("user").filter(token_hash=_hashed(token), used_at=None).first()
    return found if found and found.expires_at > at and found.user.is_active else None


@transaction.atomic
def use_reset(*, token: str, password: str, at: datetime) -> User:
    """Come in again by a one-time link: a new password, and the second factor gone if the link says so."""
    reset = AccessReset.objects.select_for_update().filter(token_hash=_hashed(token), used_at=None).first()
    if reset is None or reset.expires_at <= at:
        raise RuleBroken(_("This link was used or is too old. Ask for a new one."))
    user = User.objects.select_for_update().get(pk=reset.user_id)
    reset.used_at = at
    reset.save(update_fields=["used_at"])
    user.set_password(password)
    user.must_change_password = False
    user.session_epoch += 1
    user.save(update_fields=["password", "must_change_password", "session_epoch"])
    if reset.clears_second_factor:
        Authenticator.objects.filter(user=user).delete()
    audit.record(
        "accounts.access.reset_used", on=user, by=user, at=at, payload={"second_factor": reset.clears_second_factor}
    )
    return user


@transaction.atomic
def choose_appearance(*, user: User, appearance: str | None = None, language: str | None = None) -> None:
    """Keep a person's own taste: light or dark, Indonesian or English. No event: it concerns nobody else."""
    changes = {key: value for key, value in (("appearance", appearance), ("language", language)) if value}
    User.objects.filter(pk=user.pk).update(**changes)


@transaction.atomic
def make_first_run_token(*, at: datetime) -> str:
    """The token that opens an empty house, once; an earlier one no longer does.

    Raises:
        RuleBroken: the house has a facility already.
    """
    if Facility.objects.exists():
        raise RuleBroken(_("This house is open already."))
    FirstRunToken.objects.filter(used_at=None).update(used_at=at)
    token = secrets.token_hex(8)
    FirstRunToken.objects.create(token_hash=_hashed(token), made_at=at)
    return token


def spend_first_run_token(*, token: str, at: datetime) -> None:
    """Use up the token of an empty house, inside the transaction that opens it."""
    row = FirstRunToken.objects.select_for_update().filter(token_hash=_hashed(token.strip()), used_at=None).first()
    if row is None:
        raise RuleBroken(_("This is not the token that stands on the terminal."), field="token")
    row.used_at = at
    row.save(update_fields=["used_at"])


@transaction.atomic
def create_officer_with_posting(
    *,
    officer: dict[str, Any],
    posting: dict[str, Any],
    password: str,
    facility: Facility,
    by: User | None,
    at: datetime,
) -> User:
    """Make a sign-in together with its first posting."""
    user = create_officer(**officer, password=password, facility=facility, by=by, at=at)
    add_posting(user=user, facility=facility, by=by, at=at, **posting)
    return user
