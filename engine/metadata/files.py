"""The files of a bundle, read without being caught by what they are.

Plain files only: no pipe, no device, no link. (A bundle's folder may be a link, its files may
not, so that a bundle never shows what lies elsewhere.) Size is known before memory is taken.
"""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any

from engine.errors import BundleError
from engine.metadata.strict_json import parse_json
from engine.metadata.text import place_of

METADATA = "metadata.json"
WEIGHTS = "model.safetensors"
CARD = "README.md"
FILMS = "films.bin"  # which films a model saw, see `engine.training.overlap`
_JSON_BYTES = 2**20
_CARD_BYTES = 2**16
_WEIGHTS_BYTES = 2**30

# A pipe without a writer would hang in open; a link is not followed; Windows would change ends.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)
_UNITS = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


def load_json(path: Path) -> Any:  # noqa: ANN401 - JSON
    """The values of a JSON file of at most 1 MiB; see `parse_json`.

    Raises:
        BundleError: The file is missing, too large, no plain file, or something else than JSON
            with one meaning; names folder and file.
    """
    data = read_file(path.parent, path.name, most=_JSON_BYTES)
    return parse_json(data, place_of(path.parent, path.name))


def read_card(folder: Path) -> str:
    """The card of a bundle, at most 64 KiB of UTF-8, as its maker wrote it: show it as plain text.

    Raises:
        BundleError: It has none, or one that is no plain text file.
    """
    data = read_file(folder, CARD, most=_CARD_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BundleError(
            "{folder} is no text.", "bundle", folder=place_of(folder, CARD)
        ) from None
    return "".join(one for one in text if one.isprintable() or one == "\n")


def hash_file(path: Path, *, most: int = _WEIGHTS_BYTES) -> str:
    """The SHA-256 of a file of a bundle in hexadecimal.

    Args:
        path: In the bundle's folder.
        most: Bytes that it may have.

    Raises:
        BundleError: It is not there, larger, or no plain file; names folder and file.
    """
    return hashlib.sha256(read_file(path.parent, path.name, most=most)).hexdigest()


def read_file(folder: Path, name: str, *, most: int) -> bytes:
    """All bytes of one file of a bundle.

    Args:
        folder: Of the bundle.
        name: Of the file in it.
        most: Bytes it may have.

    Raises:
        BundleError: It is not there, larger, or no plain file; names the file.
    """
    place = place_of(folder, name)
    _status(folder, name)
    try:
        descriptor = os.open(folder / name, _FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)  # of what was opened, whatever it was a moment ago
            _refuse_odd(status, place)
            if status.st_size > most:
                raise BundleError(
                    "{place} is larger than {most}.", "bundle", place=place, most=_size(most)
                )
            data = stream.read(most + 1)
    except OSError as error:
        raise _unreadable(place, error) from error
    if len(data) > most:
        raise BundleError(
            "{place} is larger than {most}.", "bundle", place=place, most=_size(most)
        )
    return data


def stamp(folder: Path, name: str) -> tuple[int, int, int]:
    """What changes when a file is replaced: time, size and number of its node.

    Raises:
        BundleError: It is not there or no plain file; names the file.
    """
    status = _status(folder, name)
    return status.st_mtime_ns, status.st_size, status.st_ino


def exists(folder: Path, name: str) -> bool:
    """Whether there is a file of this name, of whatever kind."""
    try:
        (folder / name).lstat()
    except (OSError, ValueError):  # not allowed to look, or no name that a system could have
        return False
    return True


def _status(folder: Path, name: str) -> os.stat_result:
    place = place_of(folder, name)
    try:
        status = (folder / name).lstat()
    except OSError as error:
        raise _unreadable(place, error) from error
    _refuse_odd(status, place)
    return status


def _refuse_odd(status: os.stat_result, place: str) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise BundleError(
            "{place} is a link; put a copy of the file in its place.", "bundle", place=place
        )
    if not stat.S_ISREG(status.st_mode):
        raise BundleError(
            "{place} is a folder, a pipe or a device, not a file.", "bundle", place=place
        )


def _unreadable(place: str, error: OSError) -> BundleError:
    return BundleError(
        "{place} cannot be read: {error}.",
        "bundle",
        place=place,
        error=error.strerror or "unknown reason",
    )


def _size(most: int) -> str:
    for unit, name in _UNITS:
        if most >= unit:
            return f"{most / unit:.3g} {name}"
    return f"{most} bytes"
