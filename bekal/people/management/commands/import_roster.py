"""Read a roster without a browser; with --commit, save it. Exit 0 when it could be read, 1 when refused, 2 for a wrong call."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone, translation

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.accounts.queries import postings_in_force, system_user
from bekal.foundation.core.commands import HouseCommand
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import Scope, entered
from bekal.foundation.facilities.models import Facility
from bekal.people import answers, operations, permissions
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport

WRONG_CALL = 2


class Command(HouseCommand):
    help = "Baca daftar warga binaan (XLSX, XLS, ODS, CSV); dengan --commit, simpan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", help="berkas daftar")
        parser.add_argument("--facility", required=True, metavar="CODE", help="kode UPT")
        parser.add_argument("--sheet", metavar="NAME", help="lembar yang dibaca, bila bukan yang terpilih sendiri")
        parser.add_argument("--commit", action="store_true", help="simpan baris baru dan berubah")
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="bertindak sebagai petugas ini")

    def handle(
        self,
        *args: Any,
        file: str,
        facility: str,
        sheet: str | None,
        commit: bool,
        username: str | None,
        as_json: bool,
        **options: Any,
    ) -> None:
        translation.activate("id")
        data, where = self._data(file), self._facility(facility)
        by = self._actor(username, where)
        with entered(scope_of(by)):
            row = operations.read_roster(
                facility=where, name=Path(file).name, data=data, sheet=sheet, by=by, at=timezone.now()
            )
        if commit and row.state == RosterState.READY:
            row = self._commit(row, by)
        answer = answers.answer_of(row)
        self.answer(answer, as_json=as_json, text=answer["message"])
        if row.state == RosterState.REFUSED:
            raise SystemExit(1)

    def _data(self, file: str) -> bytes:
        try:
            return Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat dibuka.", returncode=WRONG_CALL) from error

    def _facility(self, code: str) -> Facility:
        found = Facility.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"Tidak ada UPT berkode {code}.", returncode=WRONG_CALL)
        return found

    def _actor(self, username: str | None, facility: Facility) -> User:
        if username is None:
            return system_user()
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"Tidak ada petugas {username}.", returncode=WRONG_CALL)
        with entered(Scope(user.pk)):
            hats = postings_in_force(user, at=timezone.now())
        for user.posting in hats:
            if user.posting.facility_id == facility.pk and user.may(permissions.IMPORT_ROSTER):
                return user
        raise CommandError(f"{username} tidak bertugas mengimpor daftar di {facility.code}.", returncode=WRONG_CALL)

    def _commit(self, row: RosterImport, by: User) -> RosterImport:
        try:
            with entered(scope_of(by)):
                return operations.commit_roster(roster_import=row, by=by, at=timezone.now())
        except RuleBroken as refusal:
            self.stderr.write(refusal.message)
            raise SystemExit(1) from refusal
