"""Fills a house to a nation's size, straight into the tables: the work of years of operations in minutes.

It signs in as the cluster's superuser, past policies and triggers. What it writes is what the operations would have written:
stays, blind indexes, encrypted fields, batches with their hearing's nominations, decrees, enrolments, tags, sessions.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.nation.names import name_of
from benchmarks.nation.trail import fill_trail

FACILITIES, PEOPLE, ATTENDANCE = 530, 300_000, 5_000_000
# The facility that is measured is a large one.
LARGEST = 3_500
SEATS, SESSIONS, PROGRAMMES = 20, 24, 4
BATCHES = ATTENDANCE // (SEATS * SESSIONS) + 60
CHUNK = 20_000
STANDINGS = ("sentenced", "sentenced", "sentenced", "remand")


def sizes() -> list[int]:
    """How many people each facility holds: one large, then from big to small."""
    rest = [400 + (place * 2_654_435_761 % 1_000) for place in range(FACILITIES - 1)]
    left = PEOPLE - LARGEST
    scaled = [size * left // sum(rest) for size in rest]
    scaled[0] += left - sum(scaled)
    return [LARGEST, *scaled]


class Filling:
    """One run over an empty, migrated house."""

    def __init__(self, owner: psycopg.Connection[Any], say: Callable[[str], None], today: date) -> None:
        self.owner, self.say, self.today = owner, say, today
        self.begun = time.monotonic()

    def run(self) -> None:
        """Everything, table by table."""
        self.owner.execute("set session_replication_role = replica")
        self.owner.execute("set synchronous_commit = off")
        self.owner.execute("set maintenance_work_mem = '512MB'")
        self.owner.execute("set work_mem = '256MB'")
        # Each step is whole or not there, so that a filling which was stopped goes on where it was.
        for table, step in (
            ("facilities_facility", self._places),
            ("people_person", self._people),
            ("programmes_batch", self._batches),
            ("programmes_attendance", self._attendance),
            ("audit_event", lambda: fill_trail(self.owner)),
        ):
            if self.owner.execute(f"select exists (select from {table})".encode()).fetchone() == (False,):
                with self.owner.transaction():
                    step()
                self.owner.execute("analyze")
                self._told(table)
        self.owner.execute("vacuum (analyze)")
        self._told("vacuum analyze")

    def _told(self, what: str) -> None:
        self.say(f"  {what}: {time.monotonic() - self.begun:.0f} dtk sejak mulai")

    def _insert(self, table: str, source: str, **columns: str) -> None:
        """`insert into table select …`; a column that nobody names and that wants a value gets the empty one."""
        for name, kind in self._wanting(table):
            if name not in columns:
                columns[name] = EMPTY[kind]
        names, values = ", ".join(columns), ", ".join(columns.values())
        self.owner.execute(f"insert into {table} ({names}) select {values} {source}".encode())

    def _wanting(self, table: str) -> list[tuple[str, str]]:
        return self.owner.execute(
            "select column_name, data_type from information_schema.columns where table_name = %s"
            " and is_nullable = 'NO' and column_default is null and is_identity = 'NO'",
            [table],
        ).fetchall()

    def _places(self) -> None:
        """Facilities, a room each, somebody who works there."""
        self._insert(
            "facilities_facility",
            f"from generate_series(1, {FACILITIES}) n",
            id="n",
            public_id="gen_random_uuid()",
            code="'N' || n",
            name="'Lapas Contoh ' || n",
            kind="'lapas'",
            zone="(array['WIB','WITA','WIT'])[1 + n % 3]",
            regency_code="'51.02'",
            issuer_name="'Balai Contoh ' || n",
            issue_place="'Amerta'",
            created_at="now()",
        )
        self._insert(
            "facilities_place",
            "from facilities_facility f",
            id="f.id",
            public_id="gen_random_uuid()",
            facility_id="f.id",
            name="'Bengkel'",
            capacity="40",
            is_active="true",
        )
        self._insert(
            "accounts_user",
            "from facilities_facility f",
            id="f.id + 1000",
            public_id="gen_random_uuid()",
            username="'petugas' || f.id",
            name="'Petugas Contoh ' || f.id",
            is_active="true",
            password="'!'",
            appearance="'light'",
            language="'id'",
            created_at="now()",
        )
        self._insert(
            "accounts_posting",
            "from facilities_facility f",
            public_id="gen_random_uuid()",
            user_id="f.id + 1000",
            facility_id="f.id",
            role="'section_head'",
            title="'Kasi Kegiatan Kerja'",
            from_on="date '2024-01-01'",
        )
        self._restart("facilities_facility", "facilities_place", "accounts_user")

    def _restart(self, *tables: str) -> None:
        for table in tables:
            self.owner.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))".encode()
            )

    def _people(self) -> None:
        """Persons and the stay that lasts; NIK and offence as the application encrypts them."""
        from bekal.foundation.core.encryption import blind_index, seal
        from bekal.people.rules import search_name

        def written() -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
            number = 0
            for facility, size in enumerate(sizes(), start=1):
                for _place in range(size):
                    number += 1
                    person, stay = uuid4(), uuid4()
                    name, nik = name_of(number), f"51{number % 70 + 1:02d}{number % 28 + 1:02d}0180{number:06d}"
                    bound = f"people.person.nik:{person}"
                    yield (
                        (number, person, facility, name, search_name(name), "Amerta",
                         date(1970 + number % 35, number % 12 + 1, number % 28 + 1), "male" if number % 20 else "female",
                         seal(nik.encode(), bound_to=bound), blind_index(nik, purpose="nik")),
                        self._stay(number, stay, facility),
                    )  # fmt: skip

        persons = (
            "copy people_person (id, public_id, facility_id, full_name, search_name, birth_place, birth_on, sex, nik,"
            " nik_index, created_at) from stdin"
        )
        stays = (
            "copy people_custody (id, public_id, facility_id, person_id, register_number, standing, admitted_on, offence,"
            " offence_group, sentence_years, third_on, half_on, two_thirds_on, expires_on, legal_dates_read_on, block,"
            " remark, end_kind, end_note, created_at) from stdin"
        )
        now = "2026-01-05 02:00:00+00"
        chunk: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = []
        indexes = self._without_indexes("people_person", "people_custody")
        for pair in written():
            chunk.append(pair)
            if len(chunk) == CHUNK:
                self._copy(persons, [(*person, now) for person, _stay in chunk])
                self._copy(stays, [(*stay, now) for _person, stay in chunk])
                chunk.clear()
        self._copy(persons, [(*person, now) for person, _stay in chunk])
        self._copy(stays, [(*stay, now) for _person, stay in chunk])
        self._restart("people_person", "people_custody")
        self._with_indexes(indexes)

    def _stay(self, number: int, stay: UUID, facility: int) -> tuple[Any, ...]:
        from bekal.foundation.core.encryption import seal

        admitted = self.today - timedelta(days=100 + number * 7 % 900)
        years = 2 + number % 7
        days = 365 * years
        offence = seal(b"Pasal 112 UU 35/2009", bound_to=f"people.custody.offence:{stay}")
        return (
            number, stay, facility, number, f"B.I {number}/{admitted.year}", STANDINGS[number % 4], admitted, offence,
            "narcotics", years, admitted + timedelta(days=days // 3), admitted + timedelta(days=days // 2),
            admitted + timedelta(days=days * 2 // 3), admitted + timedelta(days=days), self.today - timedelta(days=9),
            f"{'ABCD'[number % 4]}.{number % 9 + 1}", "", "", "",
        )  # fmt: skip

    def _copy(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        with self.owner.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def _batches(self) -> None:
        """Programmes, batches in every state, and everything that leads to a part in one."""
        self._insert(
            "programmes_programme",
            f"from facilities_facility f, generate_series(1, {PROGRAMMES}) k",
            id="(f.id - 1) * 4 + k",
            public_id="gen_random_uuid()",
            facility_id="f.id",
            kind="case k when 4 then 'rehabilitation' else 'training' end",
            title="(array['Tata Boga','Laundry','Mebel','Rehabilitasi Sosial'])[k]",
            certificate_title="(array['Tata Boga','Laundry','Mebel','Pengembangan Diri'])[k]",
            hours_jp="48",
            minutes_per_jp="45",
            attendance_percent="80",
            is_verdict_only="k = 4",
            is_active="true",
            created_at="now()",
        )
        self.owner.execute(
            "create temp table share as select facility_id as f, min(id) as first, count(*) as people,"
            " greatest(4, round(count(*) * %s / %s::numeric))::int as batches"
            " from people_person group by facility_id",
            [BATCHES, PEOPLE],
        )
        day = f"date '{self.today}'"
        # Five run side by side; the newest two are being filled, and each five before began forty days earlier.
        starts = f"{day} + case when k <= 2 then 14 else -16 - ((k - 3) / 5) * 40 end"
        self._insert(
            "programmes_batch",
            "from share, generate_series(1, batches) k",
            public_id="gen_random_uuid()",
            facility_id="f",
            programme_id="(f - 1) * 4 + 1 + k % 4",
            year=f"extract(year from {starts})",
            number="1000 - k / 4",
            code="'B' || k",
            capacity=str(SEATS),
            place_id="f",
            starts_on=starts,
            ends_on=f"{starts} + 28",
            weekdays="'{1,2,3,4,5,6}'",
            starts_at="time '08:00'",
            ends_at="time '10:00'",
            jp_per_session="2",
            teacher_id="f + 1000",
            status="case when k <= 2 then 'planned' when k <= 7 then 'running' else 'completed' end",
            started_at="case when k > 2 then now() - interval '20 days' end",
            completed_at="case when k > 7 then now() - interval '10 days' end",
            created_at="now() - interval '60 days'",
        )
        self._participants(day)

    def _participants(self, day: str) -> None:
        confidential = "programme_id % 4 = 0"
        # The place of a batch among those of its facility, and the first number of its facility's people.
        self.owner.execute(
            "create temp table taught as select b.*, first, people,"
            " row_number() over (partition by facility_id order by id) - 1 as place"
            " from programmes_batch b join share on f = facility_id"
        )
        seats = f"from taught b, generate_series(1, {SEATS}) s where status <> 'planned' or s <= 5"
        person = f"b.first + (b.place * {SEATS} + s) % b.people"
        common: dict[str, str] = {"public_id": "gen_random_uuid()", "facility_id": "b.facility_id"}
        part = common | {"batch_id": "b.id", "is_confidential": confidential}
        at = "b.created_at"
        self._insert(
            "programmes_nomination", seats, **part, id=f"b.id * {SEATS} + s", person_id=person, custody_id=person,
            motive="''", status="case when status = 'planned' then 'proposed' else 'accepted' end",
            proposed_by_id="b.facility_id + 1000", proposed_at=at, decided_at="b.started_at",
        )  # fmt: skip
        self._insert(
            "programmes_decree", "from taught b where status <> 'planned'", **part, id="b.id", kind="'participants'",
            status="'signed'", is_from_outside="true", number="'SK-' || b.id", decided_on="b.starts_on - 3",
            drafted_by_id="b.facility_id + 1000", drafted_at=at, signed_at=at,
        )  # fmt: skip
        ended = "case status when 'running' then 'enrolled' else 'completed' end"
        taking_part = f"from taught b, generate_series(1, {SEATS}) s where status <> 'planned'"
        self._insert(
            "programmes_enrolment", taking_part, **part, id=f"b.id * {SEATS} + s", person_id=person, custody_id=person,
            nomination_id=f"b.id * {SEATS} + s", decree_id="b.id", status=ended, enrolled_on="b.starts_on - 3",
            ended_at="b.completed_at",
        )  # fmt: skip
        self._insert(
            "programmes_tag", taking_part, **part, id=f"b.id * {SEATS} + s", enrolment_id=f"b.id * {SEATS} + s",
            number="s", code="substr(md5(b.id || '-' || s), 1, 16)",
            status="case status when 'running' then 'worn' else 'released' end",
        )  # fmt: skip
        held = f"b.starts_on + n <= {day} - 2"
        self._insert(
            "programmes_session", f"from taught b, generate_series(1, {SESSIONS}) n", **common, batch_id="b.id", number="n",
            held_on="b.starts_on + n", starts_at="time '08:00'", ends_at="time '10:00'", jp="2",
            status=f"case when {held} then 'held' else 'planned' end", held_jp=f"case when {held} then 2 end",
            recorded_by_id=f"case when {held} then b.facility_id + 1000 end",
            recorded_at=f"case when {held} then b.starts_on + n + time '03:00' end at time zone 'UTC'", is_active="true",
        )  # fmt: skip
        self._restart(*(f"programmes_{name}" for name in ("programme", "nomination", "decree", "enrolment", "tag")))

    def _attendance(self) -> None:
        """The longest table, in slices whose progress shows, without its indexes until it is full."""
        indexes = self._without_indexes("programmes_attendance")
        low, high = self.owner.execute("select min(id), max(id) from programmes_batch").fetchone() or (0, 0)
        step = (high - low) // 10 + 1
        for first in range(low, high + 1, step):
            self._insert(
                "programmes_attendance",
                "from programmes_session s join programmes_enrolment e using (batch_id)"
                f" where s.status = 'held' and s.batch_id >= {first} and s.batch_id < {first + step}",
                public_id="gen_random_uuid()",
                facility_id="s.facility_id",
                session_id="s.id",
                enrolment_id="e.id",
                is_confidential="e.is_confidential",
                is_present="(s.id + e.id) % 9 <> 0",
                absence_reason="case when (s.id + e.id) % 9 = 0 then 'sick' else '' end",
                participation="case when (s.id + e.id) % 9 = 0 then '' else 'active' end",
                counted_jp="case when (s.id + e.id) % 9 = 0 then 0 else 2 end",
                recorded_by_id="s.facility_id + 1000",
                recorded_at="s.recorded_at",
            )
            self._told(f"kehadiran, angkatan sampai {min(first + step, high)}")
        self._with_indexes(indexes)

    def _without_indexes(self, *tables: str) -> list[str]:
        """Take the indexes off that nothing else leans on; how to make them again."""
        again = []
        for table in tables:
            for name, definition in self.owner.execute(
                "select indexname, indexdef from pg_indexes i where tablename = %s and not exists"
                " (select from pg_constraint c where c.conname = i.indexname)",
                [table],
            ).fetchall():
                self.owner.execute(f'drop index "{name}"'.encode())
                again.append(definition)
            for name, definition in self.owner.execute(
                "select conname, pg_get_constraintdef(oid) from pg_constraint"
                " where conrelid = %s::regclass and contype = 'u'",
                [table],
            ).fetchall():
                self.owner.execute(f'alter table {table} drop constraint "{name}"'.encode())
                again.append(f'alter table {table} add constraint "{name}" {definition}')
        return again

    def _with_indexes(self, statements: list[str]) -> None:
        for statement in statements:
            self.owner.execute(statement.encode())


EMPTY = {
    "character varying": "''",
    "text": "''",
    "boolean": "false",
    "smallint": "0",
    "integer": "0",
    "bigint": "0",
    "jsonb": "'{}'::jsonb",
    "uuid": "gen_random_uuid()",
    "timestamp with time zone": "now()",
    "date": "current_date",
    "time without time zone": "time '08:00'",
    "ARRAY": "'{}'",
    "bytea": "''::bytea",
}
