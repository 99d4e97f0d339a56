"""The day of the demo's closing: guests, who hands over, a first text for the press, and pictures drawn by code."""

import io
from datetime import datetime
from typing import Any

from PIL import Image, ImageDraw

from bekal.delivery.ceremonies import operations as ceremonies
from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.choices import TurnKind
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.web.demo import plan

# Who leads a part of the running order, by its place in it.
IN_CHARGE = {2: "Kasubsi Kegiatan Kerja", 3: "Kepala Lapas", 6: "Pembimbing rohani"}


def prepare(ceremony: Ceremony, *, by: User, at: datetime) -> None:
    """List the guests, say who leads and who hands over what, and draft the text for the press."""
    ceremonies.set_guests(ceremony=ceremony, lines=[_line(*guest) for guest in plan.GUESTS], by=by, at=at)
    lines = [
        {
            "item": item.public_id,
            "starts_at": item.starts_at,
            "title": item.title,
            "in_charge": IN_CHARGE.get(place, ""),
            "note": item.note,
        }
        for place, item in enumerate(queries.agenda_of(ceremony))
    ]
    ceremonies.set_agenda(ceremony=ceremony, lines=lines, by=by, at=at)
    officials, guests = queries.givers_for(ceremony)
    givers: dict[tuple[Batch, str], Any] = {
        (row.batch, what): guests[0] if what == TurnKind.CERTIFICATES and place else officials[0]
        for place, row in enumerate(queries.batches_of(ceremony))
        for what in TurnKind
    }
    ceremonies.set_turns(ceremony=ceremony, givers=givers, by=by, at=at)
    ceremonies.draft_press_release(ceremony=ceremony, by=by, at=at)


def _line(kind: str, name: str, post: str, office: str, answer: str) -> dict[str, Any]:
    return {"guest": None, "kind": kind, "name": name, "post": post, "office": office, "answer": answer}


def take_pictures(ceremony: Ceremony, *, by: User, at: datetime) -> None:
    """Keep a few pictures of what was baked and washed. Nobody is in them: they are drawn here."""
    batches = [row.batch for row in queries.batches_of(ceremony)]
    for batch, colours in zip(batches[1:], (("#c98a3d", "#7a4a1e"), ("#7fa6c9", "#e9eef3")), strict=False):
        photo = ceremonies.keep_photo(ceremony=ceremony, batch=batch, content=_drawn(*colours), by=by, at=at)
        ceremonies.mark_photo(photo=photo, people=[], is_nobody=True, by=by, at=at)
    ceremonies.keep_photo(ceremony=ceremony, batch=batches[1], content=_drawn("#8a9a5b", "#d9c27a"), by=by, at=at)


def _drawn(ground: str, shape: str) -> bytes:
    """A table with round and square things on it."""
    image = Image.new("RGB", (1200, 900), "#efe7da")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 540, 1200, 900), fill=ground)
    for place in range(5):
        left = 90 + place * 210
        box = (left, 430 + 24 * (place % 2), left + 160, 590 + 24 * (place % 2))
        (draw.ellipse if place % 2 else draw.rectangle)(box, fill=shape, outline="#4b3a28", width=4)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
