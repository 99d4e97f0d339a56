"""Reads about guests and turns, within what the user may see; counts of guests are the same for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from bekal.delivery.ceremonies import rules
from bekal.delivery.ceremonies.choices import GuestKind, TurnKind
from bekal.delivery.ceremonies.models import Ceremony, Guest, HandOverTurn
from bekal.delivery.ceremonies.queries.ceremonies import batches_of
from bekal.delivery.programmes.models import Batch
from bekal.foundation.facilities.models import Official
from bekal.foundation.facilities.queries import officials_on


def guests_of(ceremony: Ceremony) -> QuerySet[Guest]:
    """The guests of a ceremony in their order, as far as the user may see them."""
    return ceremony.guests.filter(is_active=True).select_related("invitation").order_by("position", "pk")


@dataclass(frozen=True)
class GuestCounts:
    """How many guests of a kind, or of all: numbers only, the same for everyone who may see the ceremony."""

    kind: str
    invited: int = 0
    confirmed: int = 0
    declined: int = 0
    came: int = 0

    @property
    def label(self) -> str:
        return str(GuestKind(self.kind).label) if self.kind else ""


def guest_counts(ceremony: Ceremony) -> list[GuestCounts]:
    """The guests of each kind that was invited, in the order of the kinds; counted past what the user may see."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ceremonies_guest_counts(%s)", [ceremony.pk])
        found = {row[0]: GuestCounts(*row) for row in cursor.fetchall()}
    return [found[kind] for kind in GuestKind.values if kind in found]


def all_guests(counts: Iterable[GuestCounts]) -> GuestCounts:
    """All kinds together."""
    rows = list(counts)
    return GuestCounts("", *(sum(getattr(row, name) for row in rows) for name in _NUMBERS))


_NUMBERS = ("invited", "confirmed", "declined", "came")


def holds_care(ceremony: Ceremony) -> bool:
    """Whether families of a ceremony are a health fact: a rehabilitation batch closes, or none is lined up yet."""
    with connection.cursor() as cursor:
        cursor.execute("select ceremonies_holds_care(%s)", [ceremony.pk])
        return bool(cursor.fetchone()[0])


def addressee_of(guest: Guest) -> str:
    """How a letter addresses a guest as the list says now."""
    return rules.addressee(name=guest.name, post=guest.post, office=guest.office)


def needs_letter(guest: Guest) -> bool:
    """Whether a guest has no letter, or one that addresses them as they are not listed any more."""
    if guest.invitation is None:
        return True
    said = guest.invitation.data
    return bool((said["yth"], said["nama"]) != (addressee_of(guest), guest.name))


def givers_for(ceremony: Ceremony) -> tuple[list[Official], list[Guest]]:
    """Who may hand over at a ceremony: officials in office on its day, and guests from offices and partners."""
    officials = list(officials_on(ceremony.facility, ceremony.held_on))
    kinds = (GuestKind.GOVERNMENT, GuestKind.PARTNER, GuestKind.OTHER)
    return officials, [guest for guest in guests_of(ceremony) if guest.kind in kinds]


def turns_of(ceremony: Ceremony) -> dict[tuple[int, str], HandOverTurn]:
    """Who takes back and hands over, by batch and kind of turn; turns of batches that left the plan are left out."""
    batches = [row.batch_id for row in batches_of(ceremony)]
    rows = ceremony.turns.filter(batch__in=batches).select_related("official", "guest")
    return {(row.batch_id, row.what): row for row in rows}


def giver_of(turns: dict[tuple[int, str], HandOverTurn], batch: Batch, what: TurnKind) -> str:
    """Name and post of whoever has a turn, as scripts and minutes say; empty where nobody was chosen."""
    return named(turns.get((batch.pk, what)))


def named(turn: HandOverTurn | None) -> str:
    """`I Gede Wira Pranata, Kepala Lapas`."""
    giver = _giver(turn)
    if giver is None:
        return ""
    office = giver.office if isinstance(giver, Guest) else ""
    return ", ".join(part for part in (giver.name, _post(giver), office) if part)


def _giver(turn: HandOverTurn | None) -> Official | Guest | None:
    return (turn.official or turn.guest) if turn else None


def _post(giver: Official | Guest) -> str:
    return f"Plt. {giver.post}" if isinstance(giver, Official) and giver.is_acting else giver.post


def post_of(turn: HandOverTurn | None) -> str:
    """The post and office alone, without a name, as the press hears it; empty for whoever has none."""
    giver = _giver(turn)
    if giver is None or not giver.post:
        return ""
    office = giver.office if isinstance(giver, Guest) else ""
    return " ".join(part for part in (_post(giver), office) if part)
