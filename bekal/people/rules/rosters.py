"""What holds for rosters."""

from bekal.people.choices import RosterState

# A small roster is read at once and begins as ready or refused; a large one begins as being read.
ROSTER_MOVES: dict[str, set[str]] = {
    RosterState.READING: {RosterState.READY, RosterState.REFUSED, RosterState.CANCELLED},
    RosterState.READY: {RosterState.COMMITTED, RosterState.CANCELLED},
    RosterState.COMMITTED: set(),
    RosterState.REFUSED: set(),
    RosterState.CANCELLED: set(),
}
