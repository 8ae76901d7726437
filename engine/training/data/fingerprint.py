"""When are two readings of films the same? The key under which a cache keeps them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import engine.imaging
import engine.sequence
from engine import __version__
from engine.errors import DataError
from engine.training import film_reader
from engine.training.data import arrays, scale
from engine.training.data.entries import Listing
from engine.training.data.layout import Layout

_EDGE = 2**20  # bytes at both ends of an archive that are looked at
_DECODERS = ("numpy", "pydicom", "pillow", "imagecodecs")


def key_of(source: Path, layout: Layout, marks: Iterable[str]) -> str:
    """The key of a source as a model reads it: 32 hexadecimal digits.

    Args:
        source: Its place counts, because files elsewhere may have the same names, sizes and times.
        layout: All of it counts.
        marks: What the source holds, from `listing_marks` or `archive_marks`.
    """
    digest = hashlib.blake2b(digest_size=16)
    plain = json.dumps(asdict(layout), sort_keys=True)
    for word in (_program(), str(source.resolve()), plain, *marks):
        digest.update(word.encode(errors="surrogateescape") + b"\0")
    return digest.hexdigest()


def listing_marks(listing: Listing) -> Iterable[str]:
    """Every film that is to be read, with the size and the time of its file."""
    yield repr((listing.skipped, listing.groups, listing.unused, listing.notes))
    yield repr(sorted(listing.truth.items()))
    for entry in listing.entries:
        try:
            about = entry.path.stat()
        except OSError:
            yield repr((entry, "absent"))
        else:
            yield repr((entry, about.st_size, about.st_mtime_ns))


def archive_marks(source: Path) -> Iterable[str]:
    """Size, time, and both ends of one large file.

    Raises:
        DataError: It cannot be read.
    """
    try:
        about = source.stat()
        with source.open("rb") as file:
            first = file.read(_EDGE)
            file.seek(max(0, about.st_size - _EDGE))
            last = file.read(_EDGE)
    except OSError as error:
        raise DataError(
            "{source} cannot be read: {error}.", "data", source=source.name, error=error.strerror
        ) from error
    ends = hashlib.blake2b(first + last, digest_size=16).hexdigest()
    yield repr((about.st_size, about.st_mtime_ns, ends))


@cache
def _program() -> str:
    """The code between a file and its rows: versions, and our own source as it is now."""
    digest = hashlib.blake2b(digest_size=16)
    imaging = sorted(Path(str(engine.imaging.__file__)).parent.glob("*.py"))
    own = (Path(str(one.__file__)) for one in (engine.sequence, film_reader, arrays, scale))
    for path in (*own, *imaging):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return " ".join((__version__, *map(version, _DECODERS), digest.hexdigest()))
