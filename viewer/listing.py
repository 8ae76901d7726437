"""What a film is, and what is known of the files of the list that hold films.

A film is what it holds, not what it is called: a file may be overwritten under its name, and a
copy has another name. A path only says where a file was found.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NewType

from engine import Frame, film_key

Content = NewType("Content", str)  # one frame by what it holds: the key of all that is known of it
NOT_KNOWN: Final = Content("")  # of a file that was not read yet, or cannot be
Stamp = tuple[int, int, int, int]  # as `engine.file_stamp` makes it


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was read.

    Attributes:
        stamp: Of the file at that time; None where it could not be told.
        key: The first frame; `NOT_KNOWN` until it was read, or where the file cannot be read.
    """

    stamp: Stamp | None
    key: Content = NOT_KNOWN


def content_of(frame: Frame) -> Content:
    """What a frame is: its pixels, header and number (`engine.film_key`)."""
    return Content(film_key(frame))


class Listing:
    """Files by path, and by what their first frame holds: two names may hold one film."""

    def __init__(self) -> None:
        self._known: dict[Path, Known] = {}
        self._paths: dict[Content, set[Path]] = {}

    def note(self, path: Path, known: Known) -> None:
        """Remember what a file was when it was read."""
        self.forget(path)
        self._known[path] = known
        if known.key:
            self._paths.setdefault(known.key, set()).add(path)

    def forget(self, path: Path) -> None:
        """The file holds something else now."""
        known = self._known.pop(path, None)
        if known is not None and known.key:
            self._paths[known.key].discard(path)

    def of(self, path: Path) -> Known | None:
        """What is known of a file."""
        return self._known.get(path)

    def holding(self, key: Content) -> tuple[Path, ...]:
        """The files whose first frame is this one."""
        return tuple(self._paths.get(key, ()))
