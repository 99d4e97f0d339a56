from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekal.delivery.certificates import operations
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.certificates.tests.factories import enrol, make_batch
from bekal.foundation.accounts.models import User
from bekal.foundation.core.scope import NOTHING, enter
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.queries import pdf_of
from bekal.people.models import Person

As = Callable[[User], User]
Issue = Callable[..., Certificate]


@pytest.fixture
def issue(melati: Facility, joko: Person, wira: User, as_user: As, now: datetime) -> Issue:
    """Issue a certificate to Joko, then look at the house with a stranger's eyes."""

    def make(*, kind: str = "training", verdict_only: bool = False, status: str = "completed") -> Certificate:
        as_user(wira)
        code = f"B{Certificate.objects.count()}"
        batch = make_batch(melati, code=code, at=now, kind=kind, verdict_only=verdict_only)
        certificate = operations.issue(enrolment=enrol(batch, joko, by=wira, at=now, status=status), by=wira, at=now)
        certificate.bytes = pdf_of(certificate.paper)
        enter(NOTHING)
        return certificate

    return make


@pytest.fixture
def stranger() -> Client:
    return Client()


def upload(stranger: Client, pdf: bytes, **typed: str) -> str:
    file = SimpleUploadedFile("apa-saja.pdf", pdf, "application/pdf")
    return stranger.post("/periksa/", {"berkas": file, **typed}).content.decode()


def test_a_stranger_sees_one_verdict_and_what_is_printed(issue: Issue, stranger: Client) -> None:
    page = stranger.get(f"/periksa/{issue().code}/").content.decode()

    assert '<section class="verdict"' in page
    assert "Joko Prasetyo" in page
    assert "Tata Boga: Kue dan Roti" in page


def test_only_the_year_of_birth_is_shown(issue: Issue, stranger: Client) -> None:
    page = stranger.get(f"/periksa/{issue().code}/").content.decode()

    assert "1994" in page
    assert "12 Maret" not in page
    assert "Jember" not in page


@pytest.mark.parametrize(
    "options", [{"kind": "rehabilitation"}, {"verdict_only": True}, {"verdict_only": True, "status": "participated"}]
)
def test_verdict_only_looks_the_same_for_every_kind(issue: Issue, stranger: Client, options: dict[str, str]) -> None:
    page = stranger.get(f"/periksa/{issue(**options).code}/").content.decode()

    for secret in ("Joko", "1994", "Tata Boga", "Bina Diri", "Rehabilitasi", "Desember 2026</dd>", "Nomor"):
        assert secret not in page


def test_two_kinds_of_verdict_only_give_the_same_page(
    issue: Issue, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic, training = issue(kind="rehabilitation"), issue(verdict_only=True)
    pages = []
    for certificate in (clinic, training):
        page = stranger.get(f"/periksa/{certificate.code}/").content.decode()
        pages.append([line for line in page.replace(certificate.code, "CODE").splitlines() if "csrf" not in line])

    assert pages[0] == pages[1]


def test_an_unknown_code_gets_an_answer_of_the_same_form(issue: Issue, stranger: Client) -> None:
    code = issue().code
    stranger.get("/periksa/")
    with CaptureQueriesContext(connection) as for_known:
        known = stranger.get(f"/periksa/{code}/")
    with CaptureQueriesContext(connection) as for_unknown:
        unknown = stranger.get("/periksa/K7QM-4XTD-9F2A/")

    assert (known.status_code, unknown.status_code) == (200, 200)
    assert len(for_known) == len(for_unknown)
    assert unknown.content.decode().count('<li class="') == known.content.decode().count('<li class="')


def test_a_code_may_be_typed_in_small_letters_without_hyphens(issue: Issue, stranger: Client) -> None:
    code = issue().code

    answer = stranger.post("/periksa/", {"kode": f" {code.lower().replace('-', ' ')} "})

    assert answer.headers["Location"] == f"/periksa/{code}/"


@pytest.mark.parametrize("typed", ["---", "a", "<script>alert(1)</script>", "/../../etc", "%00", "é" * 30])
def test_nonsense_is_answered_like_an_unknown_code(db: None, stranger: Client, typed: str) -> None:
    answer = stranger.post("/periksa/", {"kode": typed}, follow=True)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_revoked_certificate_is_called_revoked_and_shows_no_name(
    issue: Issue, stranger: Client, wira: User, as_user: As, now: datetime
) -> None:
    certificate = issue()
    operations.revoke(certificate=certificate, reason="Bukan haknya", by=as_user(wira), at=now)
    enter(NOTHING)

    page = stranger.get(f"/periksa/{certificate.code}/").content.decode()

    assert '<section class="verdict bad"' in page
    assert "Joko" not in page
    assert "Bukan haknya" not in page


def test_the_file_itself_is_found_without_its_code(issue: Issue, stranger: Client) -> None:
    assert '<section class="verdict"' in upload(stranger, issue().bytes)


def test_a_changed_file_is_told_even_beside_the_right_code(issue: Issue, stranger: Client) -> None:
    certificate = issue()
    changed = certificate.bytes[:-40] + b"x" + certificate.bytes[-39:]

    page = upload(stranger, changed, kode=certificate.code)

    assert '<section class="verdict bad"' in page
    assert "Joko" not in page


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7", b"\0" * 5000, b"PK\3\4 not a pdf"])
def test_hostile_bytes_are_an_unknown_file(db: None, stranger: Client, rubbish: bytes) -> None:
    assert '<section class="verdict bad"' in upload(stranger, rubbish)


def test_a_stranger_is_stopped_after_thirty_checks_in_a_minute(db: None, stranger: Client, now, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    # The minute that is counted may not end while it is counted.
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    answers = [stranger.get("/periksa/").status_code for _visit in range(31)]

    assert answers[:30] == [200] * 30
    assert answers[30] == 429


def test_a_network_of_ipv6_counts_as_one_visitor_and_its_neighbour_as_another(db: None, stranger: Client) -> None:
    answers = [stranger.get("/periksa/", REMOTE_ADDR=f"2001:db8:0:1::{n:x}").status_code for n in range(31)]

    assert answers[30] == 429
    assert stranger.get("/periksa/", REMOTE_ADDR="2001:db8:0:2::1").status_code == 200


def test_no_address_is_kept_in_clear(db: None, stranger: Client) -> None:
    stranger.get("/periksa/", REMOTE_ADDR="203.0.113.77")

    with connection.cursor() as cursor:
        cursor.execute("select visitor from site_tally")
        kept = [bytes(visitor) for (visitor,) in cursor.fetchall()]

    assert len(kept[0]) == 32
    assert b"203.0.113.77" not in b"".join(kept)


def test_no_search_engine_and_no_cache_keeps_the_page(issue: Issue, stranger: Client) -> None:
    answer = stranger.get(f"/periksa/{issue().code}/")

    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_public_page_says_prison_or_bekal(issue: Issue, stranger: Client) -> None:
    pages = [
        stranger.get("/periksa/"),
        stranger.get(f"/periksa/{issue().code}/"),
        stranger.get("/periksa/K7QM-4XTD-9F2A/"),
    ]

    for page in pages:
        text = page.content.decode().lower().replace("built/bekal", "")
        for word in ("lapas", "melati", "bekal", "penjara", "narapidana", "pemasyarakatan", "warga binaan"):
            assert word not in text


def test_the_form_of_the_check_page_passes_its_own_protection(melati) -> None:  # type: ignore[no-untyped-def]
    """A browser sends where a form came from; a page that hid it would be refused by the form's own protection."""
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/periksa/")
    key = strict.cookies["csrftoken"].value

    answer = strict.post(
        "/periksa/", {"kode": "K7QM-4XTD-9F2A", "csrfmiddlewaretoken": key}, headers={"origin": "http://testserver"}
    )

    assert page["Referrer-Policy"] == "same-origin"
    assert answer.status_code != 403
