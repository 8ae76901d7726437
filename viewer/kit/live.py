"""Widgets that are dressed again when language or theme change.

A widget that is made anew with every film needs none of this: it is made with the words and
colours of that time.
"""

import weakref
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

T = TypeVar("T", bound=QObject)


class _Changes(QObject):
    """Tells that words or colours are others now."""

    words = Signal()  # the language was changed
    colours = Signal()  # the theme was changed

    def __init__(self) -> None:
        super().__init__()
        self._dressed: list[Callable[[], bool]] = []
        self.words.connect(self._dress)
        self.colours.connect(self._dress)

    def add(self, again: Callable[[], bool]) -> None:
        """Call this at every change as long as it says that its owner is there."""
        self._dressed.append(again)

    def _dress(self) -> None:
        self._dressed = [again for again in self._dressed if again()]


changes = _Changes()


def live(owner: T, dress: Callable[[T], object]) -> T:
    """Dress an object now, and after every change of language or theme while it lives.

    Args:
        owner: What is dressed.
        dress: Is handed the owner, which it must not hold by itself.
    """
    kept = weakref.ref(owner)

    def again() -> bool:
        there = kept()
        if there is None or not isValid(there):
            return False
        dress(there)
        return True

    dress(owner)
    changes.add(again)
    return owner
