"""Which storage a path lies on, told from its text: a share that hangs is not asked."""

import os
import sys
import time
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mounts")
_FRESH: Final = 1.0  # seconds that the table of mounts is believed
_MAC: Final = "/Volumes/"


class Storages:
    """Names the storage of paths: a mount point, a drive, a share.

    Args:
        mounts: Table of what is mounted where, in the form of Linux; where there is none,
            drives and macOS's volumes tell storages apart.
    """

    def __init__(self, mounts: Path = _MOUNTS) -> None:
        self._mounts = mounts
        self._points: tuple[str, ...] = ()
        self._read_at = -_FRESH

    def of(self, path: Path) -> str:
        """The place below which the storage of a path lies; links are not followed."""
        text = os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps "..", resolve asks the disk
        if sys.platform == "win32":
            return Path(text).anchor
        if text.startswith(_MAC):
            return _MAC + text.removeprefix(_MAC).partition("/")[0]
        inside = (point for point in self._table() if _lies_in(text, point))
        return max(inside, key=len, default="/")

    def _table(self) -> tuple[str, ...]:
        now = time.monotonic()
        if now - self._read_at >= _FRESH:
            self._read_at = now
            self._points = _mount_points(self._mounts)
        return self._points


def _lies_in(text: str, point: str) -> bool:
    return text == point or text.startswith(point.rstrip("/") + "/")


def _mount_points(table: Path) -> tuple[str, ...]:
    """The second column; blanks in it are written in octal (fstab(5))."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    points = (line.split(" ")[1] for line in lines if line.count(" ") >= 2)
    return tuple(_without_octal(point) for point in points)


def _without_octal(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text
