"""Pictures of a ceremony: kept, looked through for who is in them, destroyed."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import pictures, queries, rules
from bekal.delivery.ceremonies.choices import CeremonyStatus, PhotoStatus
from bekal.delivery.ceremonies.models import Ceremony, Photo, PhotoFile, PhotoPerson
from bekal.delivery.ceremonies.operations.planning import locked
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.people.models import Person


@transaction.atomic
def keep_photo(*, ceremony: Ceremony, batch: Batch | None, content: bytes, by: User, at: datetime) -> Photo:
    """Keep a picture of a batch, or of the whole hall (simpan foto): made small, upright, without what stands beside it.

    The same file twice is kept once.

    Raises:
        RuleBroken: the batches are not closed yet, the file cannot be kept, or the picture is not this officer's to keep.
    """
    ceremony = locked(ceremony)
    if ceremony.status in (CeremonyStatus.PLANNED, CeremonyStatus.CANCELLED):
        raise RuleBroken(_("Pictures are kept once the batches are closed: then it is settled whom they may show."))
    if batch is not None and not ceremony.ceremony_batches.filter(batch=batch).exists():
        raise RuleBroken(_("This batch closes at another ceremony. Choose again."), field="batch")
    hidden = batch.programme.is_confidential if batch else queries.has_confidential(ceremony)
    rules.check_may_keep(is_confidential=hidden, is_of_hall=batch is None, sees_care=scope_of(by).care)
    digest = hashlib.sha256(content).digest()
    known = Photo.objects.filter(ceremony=ceremony, sha256=digest, is_confidential=hidden).first()
    if known is not None and known.status == PhotoStatus.GONE:
        raise RuleBroken(_("This picture was destroyed here before. It is not kept again."))
    return known or _keep(ceremony, batch, content, digest, is_confidential=hidden, by=by, at=at)


def _keep(
    ceremony: Ceremony,
    batch: Batch | None,
    content: bytes,
    digest: bytes,
    *,
    is_confidential: bool,
    by: User,
    at: datetime,
) -> Photo:
    try:
        picture = pictures.ready(content)
    except pictures.Unreadable as refused:
        raise RuleBroken(rules.why_unreadable(refused.reason)) from refused
    held = {"facility": ceremony.facility, "is_confidential": is_confidential}
    photo = Photo.objects.create(
        ceremony=ceremony,
        batch=batch,
        width=picture.width,
        height=picture.height,
        sha256=digest,
        kept_by=by,
        kept_at=at,
        **held,
    )
    PhotoFile.objects.create(photo=photo, large=picture.large, small=picture.small, **held)
    audit.record("ceremonies.photo.kept", on=photo, by=by, at=at, payload={"ceremony": str(ceremony.public_id)})
    return photo


@transaction.atomic
def mark_photo(*, photo: Photo, people: Collection[Person], is_nobody: bool, by: User, at: datetime) -> Photo:
    """Say who can be recognised in a picture, or that nobody can (tandai foto). Whoever was marked before and is not now, is not.

    Raises:
        RuleBroken: neither was said, or both; or the picture was destroyed.
    """
    photo = _held(photo)
    rules.check_marks(people=len(people), is_nobody=is_nobody)
    then = PhotoStatus.NOBODY if is_nobody else PhotoStatus.PEOPLE
    if then != photo.status:
        check_move(rules.PHOTO_MOVES, photo.status, then)
    marks = {mark.person_id: mark for mark in PhotoPerson.objects.filter(photo=photo)}
    wanted = {person.pk for person in people}
    for key, mark in marks.items():
        if mark.is_active != (key in wanted):
            mark.is_active, mark.marked_by, mark.marked_at = key in wanted, by, at
            mark.save(update_fields=["is_active", "marked_by", "marked_at"])
    held = {"facility": photo.facility, "photo": photo, "is_confidential": photo.is_confidential}
    PhotoPerson.objects.bulk_create(
        PhotoPerson(person_id=key, marked_by=by, marked_at=at, **held) for key in sorted(wanted - set(marks))
    )
    photo.status, photo.looked_by, photo.looked_at = then, by, at
    photo.save(update_fields=["status", "looked_by", "looked_at"])
    audit.record("ceremonies.photo.marked", on=photo, by=by, at=at, payload={"people": len(wanted)})
    return photo


def _held(photo: Photo) -> Photo:
    return Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)


@transaction.atomic
def destroy_photo(*, photo: Photo, reason: str, by: User, at: datetime) -> Photo:
    """Destroy a picture (musnahkan foto): its points are overwritten, that there was one stays on record.

    Somebody in a picture may ask for it; what is not needed is not kept.
    """
    photo = _held(photo)
    if photo.status == PhotoStatus.GONE:
        return photo
    check_move(rules.PHOTO_MOVES, photo.status, PhotoStatus.GONE)
    photo.status, photo.destroy_reason, photo.looked_by, photo.looked_at = PhotoStatus.GONE, reason, by, at
    photo.save(update_fields=["status", "destroy_reason", "looked_by", "looked_at"])
    PhotoFile.objects.filter(photo=photo).update(large=b"", small=b"")
    audit.record("ceremonies.photo.destroyed", on=photo, by=by, at=at)
    return photo
