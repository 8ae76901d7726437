"""What is known of the files of the list: which bytes they were when they were read."""

from dataclasses import dataclass
from pathlib import Path

Stamp = tuple[int, int, int, int]  # as `engine.file_stamp` makes it


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was read.

    Attributes:
        stamp: Of the file at that time; None where it could not be told.
        key: Hash of the first frame (`engine.film_key`); empty until it was read, or where the
            file cannot be read.
    """

    stamp: Stamp | None
    key: str = ""


class Listing:
    """Files by path, and by what their first frame holds: two names may hold one film."""

    def __init__(self) -> None:
        self._known: dict[Path, Known] = {}
        self._paths: dict[str, set[Path]] = {}

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

    def holding(self, key: str) -> tuple[Path, ...]:
        """The files whose first frame is this one."""
        return tuple(self._paths.get(key, ()))
