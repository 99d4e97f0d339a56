"""Moves are tables: from each state, the states that may follow. A checker proves a table, a drawer draws it."""

from collections.abc import Mapping, Set

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken

Moves = Mapping[str, Set[str]]


def check_move(moves: Moves, now: str, then: str) -> None:
    """Refuse a move that the table does not hold.

    Raises:
        RuleBroken: the row is in a state from which `then` cannot be reached in one move.
    """
    if then not in moves.get(now, frozenset()):
        raise RuleBroken(_("This step is not possible any more: the state has changed. Read the page again."))


def problems(moves: Moves, *, start: str, final: Set[str]) -> list[str]:
    """What is wrong with a table of moves: states out of reach, dead ends, ends that can be left, unknown states.

    An empty list proves that every state is reached from `start` and, unless final, left again.
    """
    states = set(moves) | {then for nexts in moves.values() for then in nexts}
    found = [f"{state} is not a row of the table" for state in states - set(moves)]
    reached, waiting = {start}, [start]
    while waiting:
        new = set(moves.get(waiting.pop(), ())) - reached
        reached |= new
        waiting += new
    found += [f"{state} cannot be reached" for state in states - reached]
    found += [f"{state} cannot be left" for state, nexts in moves.items() if not nexts and state not in final]
    found += [f"{state} is final and can be left" for state in final if moves.get(state)]
    return sorted(found)


def diagram(moves: Moves, *, start: str, labels: Mapping[str, str]) -> str:
    """The table as a Mermaid state diagram, as `docs/` shows it."""
    lines = ["stateDiagram-v2", f"    [*] --> {start}"]
    lines += [f"    {state}: {labels[state]}" for state in moves]
    lines += [f"    {now} --> {then}" for now, nexts in moves.items() for then in sorted(nexts)]
    lines += [f"    {state} --> [*]" for state, nexts in moves.items() if not nexts]
    return "\n".join(lines)
