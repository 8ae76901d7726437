import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from engine.imaging.text import clean

# Warning filters are global to the process: two readers must not swap them crosswise.
_lock = threading.RLock()
# Texts are decoded by `charset`, which knows more sets and says what it guessed.
_OURS = "Unknown encoding"


@contextmanager
def quiet() -> Iterator[list[str]]:
    """Collect what pydicom warns of, instead of letting it out; the list is filled at the end.

    Not to be held while pixels are decoded (but for RLE, which pydicom does in Python anyway):
    readers in other threads would wait for it.
    """
    said: list[str] = []
    with _lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield said
    words = dict.fromkeys(clean(warning.message) for warning in caught)
    said += [warned for warned in words if _OURS not in warned]
