import pytest
from django.test import Client
from django.utils.html import escape

from bekal.foundation.accounts.models import User
from bekal.web.guides.reading import guide, names


def test_every_guide_opens_for_whoever_is_signed_in(sari: User, pages_of) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(sari)
    front = browser.get("/panduan/").content.decode()

    for name in names()[1:]:
        assert f'href="/panduan/{name}/"' in front
        assert escape(guide(name).title) in browser.get(f"/panduan/{name}/").content.decode()


def test_a_stranger_is_sent_to_the_door(db: None) -> None:
    assert Client().get("/panduan/")["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("name", ["README", "nothing", "gambar"])
def test_what_is_no_guide_is_not_found(sari: User, pages_of, name: str) -> None:  # type: ignore[no-untyped-def]
    assert pages_of(sari).get(f"/panduan/{name}/").status_code == 404


def test_markup_in_a_guide_is_shown_and_not_run(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("bekal.web.guides.reading.FOLDER", tmp_path)
    (tmp_path / "x.md").write_text("# X\n\n<script>alert(1)</script> [y](javascript:alert(1))", encoding="utf-8")

    html = guide.__wrapped__("x").html

    assert "<script" not in html and "href" not in html
