"""How far long reading and writing is: whoever watches is told, and may end it by an exception."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Watch = Callable[[int, int], None]
Item = TypeVar("Item")


def nobody(_done: int, _total: int) -> None:
    """Watches nothing."""


def part(watch: Watch, place: int, *, of: int) -> Watch:
    """Watch for one of several parts that take about as long: the first is place 0."""
    return lambda done, total: watch((place * total + done) // of, total)


def watched(items: Iterable[Item], total: int, watch: Watch) -> Iterator[Item]:
    """The items, each told of when it was done."""
    for number, item in enumerate(items, 1):
        yield item
        watch(number, total)
