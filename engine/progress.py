"""How far a piece of work is, in words: nothing that takes over a second does so in silence.

Loops deep inside the engine count what they have done (`paced`); whoever listens hears of it
(`telling`), and nobody in between passes a listener on. Without one nothing is said.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Progress = Callable[[str], None]
Item = TypeVar("Item")

_EVERY = 1.0  # seconds between two words, and before the first


class Passing(str):
    """A word that holds until the next one: a terminal overwrites it, a log may leave it out."""

    __slots__ = ()


def silent(_: str) -> None:
    """Tell nobody."""


_listener: ContextVar[Progress] = ContextVar("listener", default=silent)


@contextmanager
def telling(report: Progress) -> Iterator[None]:
    """Let a listener hear of every `paced` loop that runs within."""
    token = _listener.set(report)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(words: str) -> None:
    """Say a sentence to whoever listens."""
    _listener.get()(words)


class Pace:
    """Tells what share of a work is done and how long the rest will take, once a second.

    Args:
        what: The work, such as "measuring hidden states".
        total: Of the units that `advance` counts.
    """

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, max(total, 1)
        self._report = _listener.get()
        self._done = 0
        self._begun = time.monotonic()
        self._next = self._begun + _EVERY

    def advance(self, units: int = 1) -> None:
        """Count units that are done."""
        self._done += units
        if self._report is silent or self._done >= self._total:
            return
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _EVERY
        left = (now - self._begun) / max(self._done, 1) * (self._total - self._done)
        share = 100 * self._done // self._total
        self._report(Passing(f"{self._what}: {share} %, {duration(left)} left"))


def paced(items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
    """Items of a loop, each counted when the loop asks for the next; see `Pace`."""
    pace = Pace(what, total)
    for item in items:
        yield item
        pace.advance()


def duration(seconds: float) -> str:
    """Such as 8 s, 3 min 05 s or 2 h 07 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"
