"""Sheets of paper: printed with a code, filled in by pen, keyed at once, kept as a scan."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.models import Batch, Enrolment, Scan, ScanFile, Session, Sheet
from bekal.delivery.programmes.operations.attendance import Saved, open_session, save_sheet
from bekal.delivery.programmes.queries import sees_care
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.papers.scanning import look_at


@transaction.atomic
def print_sheet(
    *, batch: Batch, sessions: Sequence[Session], enrolments: Sequence[Enrolment], by: User, at: datetime
) -> Sheet:
    """Keep what a sheet is printed with: its columns, its rows in their order, a code. The same again is the same sheet."""
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if not sessions:
        raise RuleBroken(_("No session falls into this week."))
    columns, rows = [session.public_id for session in sessions], [enrolment.public_id for enrolment in enrolments]
    sheet = batch.sheets.filter(sessions=columns, enrolments=rows).first()
    if sheet is None:
        sheet = Sheet.objects.create(
            facility=batch.facility,
            batch=batch,
            is_confidential=batch.programme.is_confidential,
            code="".join(secrets.choice(rules.CODE_LETTERS) for _place in range(rules.CODE_LENGTH)),
            sessions=columns,
            enrolments=rows,
            first_on=min(session.held_on for session in sessions),
            printed_by=by,
            printed_at=at,
        )
    payload = {"sessions": len(columns), "rows": len(rows)}
    audit.record("programmes.sheet.printed", on=sheet, by=by, at=at, payload=payload)
    return sheet


@dataclass(frozen=True)
class Column:
    """What was typed for one session of a sheet; `marks` and `read` by the enrolment's public id."""

    session: Session
    status: str
    held_jp: int | None = None
    note: str = ""
    marks: Mapping[UUID, Mark] = field(default_factory=dict)
    read: Mapping[UUID, str] | None = None
    session_read: str | None = None


@dataclass(frozen=True)
class Keyed:
    """What became of a sheet: what was saved of each session (by its public id), and the scan that was kept."""

    columns: dict[UUID, Saved]
    scan: Scan | None = None

    @property
    def rows(self) -> int:
        return sum(saved.rows for saved in self.columns.values())

    @property
    def clashes(self) -> int:
        return sum(len(saved.clashes) for saved in self.columns.values())


@transaction.atomic
def key_sheet(*, sheet: Sheet, columns: Sequence[Column], scan: bytes | None = None, by: User, at: datetime) -> Keyed:
    """Save a whole sheet as it was keyed from paper, all its sessions at once, with its scan (ketik lembar).

    Raises:
        RuleBroken: a session or a mark is refused, naming the session; or the scan cannot be kept. Nothing is saved then.
    """
    if any(column.session.batch_id != sheet.batch_id for column in columns):
        raise RuleBroken(_("A session of this sheet belongs to another batch. Read the page again."))
    saved = {}
    for column in sorted(columns, key=lambda one: one.session.pk):
        try:
            session = open_session(column.session, by)
            saved[session.public_id] = save_sheet(
                session=session, status=column.status, held_jp=column.held_jp, note=column.note, marks=column.marks,
                read=column.read, session_read=column.session_read, by=by, at=at,
            )  # fmt: skip
        except RuleBroken as refusal:
            words = {"session": column.session.name.capitalize(), "why": refusal.message}
            raise RuleBroken(_("%(session)s: %(why)s") % words, field=refusal.field) from refusal
    kept = keep_scan(sheet=sheet, content=scan, by=by, at=at) if scan else None
    return Keyed(saved, kept)


@transaction.atomic
def keep_scan(*, sheet: Sheet, content: bytes, by: User, at: datetime) -> Scan:
    """Keep the scan of a filled sheet as evidence, with the SHA-256 of its bytes. The same file twice is one.

    Raises:
        RuleBroken: the file cannot be kept, or the code of another sheet stands on it.
    """
    rules.check_sees_participants(is_confidential=sheet.is_confidential, sees_care=sees_care(by))
    digest = hashlib.sha256(content).digest()
    known = sheet.scans.filter(sha256=digest).first()
    if known:
        return known
    looked = look_at(content)
    codes = {code for code in looked.codes if rules.is_sheet_code(code)}
    if codes and sheet.code not in codes:
        raise RuleBroken(
            _("On this picture stands the code %(other)s, and this is the sheet %(mine)s. Choose the right file.")
            % {"other": min(codes), "mine": sheet.code},
            field="scan",
        )
    scan = Scan.objects.create(
        facility=sheet.facility,
        sheet=sheet,
        is_confidential=sheet.is_confidential,
        kind=looked.kind,
        size=len(content),
        pages=looked.pages,
        is_code_read=sheet.code in codes,
        sha256=digest,
        added_by=by,
        added_at=at,
    )
    ScanFile.objects.create(scan=scan, facility=sheet.facility, is_confidential=sheet.is_confidential, content=content)
    payload = {"sheet": str(sheet.public_id), "sha256": digest.hex(), "bytes": len(content)}
    audit.record("programmes.scan.kept", on=scan, by=by, at=at, payload=payload)
    return scan
