"""Films that were read before: one folder for each source as a model reads it."""

import hashlib
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from platformdirs import user_cache_dir

import engine.imaging
import engine.sequence
from engine import __version__
from engine.errors import DataError
from engine.films import arrays, readers, scale
from engine.films.films import Films, Skipped, Unused, laid, mapped
from engine.films.listing import FilmListing, FolderLayout
from engine.imaging import file_stamp, stamp_of
from engine.progress import Progress

# -------------------------------------------------------------------------- cache on disk
# A folder is written beside its place and then renamed, so it is whole or absent. Everything in
# it is checked against its hash before it is used; what is damaged is made again.

MOST_BYTES = 20 * 2**30  # of all films in one cache; the longest unused go first
_ROWS, _KNOWN, _ABOUT = "rows.npy", "films.npz", "about.json"
_PART = ".part-"
_FORGOTTEN = 24 * 3600.0  # seconds after which an unfinished folder is nobody's
_ARRAYS = ("labels", "splits", "patients", "names", "findings", "heights")
_BROKEN = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)

Make = Callable[[BinaryIO], Films]


def default_cache() -> Path:
    """Where films are kept unless a user says otherwise."""
    return Path(user_cache_dir("rowscope", appauthor=False)) / "films"


def cached(
    cache: Path, key: str, make: Make, *, report: Progress, most: int = MOST_BYTES
) -> Films:
    """Films from the cache, or made and kept there.

    Args:
        cache: Folder of the cache; made where it is absent.
        key: See `engine.films.cache`.
        make: Reads the films into a file that it is given.
        report: Told whether they had to be read.
        most: Bytes that the cache may hold.
    """
    place = cache / key
    if place.is_dir():
        try:
            films = _load(place)
        except _BROKEN:
            report(f"{place} is damaged: the films are read again")
        else:
            report(f"{len(films):,} films were read before: taken from {place}")
            return films
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=_PART, dir=cache))
    except OSError as error:
        report(f"{cache} cannot be written ({error.strerror}): nothing is kept for the next time")
        return uncached(make)
    try:
        _save(beside, make)
        films = _moved(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    with suppress(OSError):  # another process may tidy the same cache
        _tidy(cache, keep=place, most=most)
    return films


def uncached(make: Make) -> Films:
    """Films whose rows lie in a file without a name, which is gone when they are."""
    with tempfile.TemporaryFile(prefix="rowscope-") as file:
        return make(file)


def _save(folder: Path, make: Make) -> None:
    with (folder / _ROWS).open("w+b") as file:
        films = make(file)
    known: dict[str, Any] = {name: getattr(films, name) for name in _ARRAYS}
    known |= {f"group_{place}": words for place, words in enumerate(films.groups.values())}
    np.savez(folder / _KNOWN, **known)
    about = {
        "skipped": films.skipped,
        "unread": films.unread,
        "unused": [asdict(one) for one in films.unused],
        "notes": films.notes,
        "groups": list(films.groups),
        "hashes": {name: _hash(folder / name) for name in (_ROWS, _KNOWN)},
    }
    (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")


def _moved(beside: Path, place: Path) -> Films:
    """Put a finished folder into its place; another process may have been faster."""
    shutil.rmtree(place, ignore_errors=True)
    try:
        beside.rename(place)
    except OSError:
        if not place.is_dir():
            raise
    return _load(place)


def _load(place: Path) -> Films:
    about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
    for name, digest in about["hashes"].items():
        if _hash(place / name) != digest:
            raise ValueError(f"{name} is damaged")
    with np.load(place / _KNOWN, allow_pickle=False) as known:
        arrays = {name: known[name] for name in _ARRAYS}
        groups = {name: known[f"group_{spot}"] for spot, name in enumerate(about["groups"])}
    rows = laid(mapped(place / _ROWS), arrays["heights"])
    os.utime(place / _ABOUT)  # the time of the last use
    return Films(
        rows=rows,
        **arrays,
        groups=groups,
        skipped=tuple(Skipped(*one) for one in about["skipped"]),
        unread=tuple(about["unread"]),
        unused=tuple(Unused(**one) for one in about["unused"]),
        notes=tuple(about["notes"]),
    )


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _tidy(cache: Path, *, keep: Path, most: int) -> None:
    """Remove what was not used for longest until the rest fits, and what was never finished."""
    now = time.time()
    ages: list[tuple[float, Path]] = []
    for folder in cache.iterdir():
        about = folder / _ABOUT
        if about.is_file():
            ages.append((about.stat().st_mtime, folder))
        elif folder.name.startswith(_PART) and now - folder.stat().st_mtime > _FORGOTTEN:
            shutil.rmtree(folder, ignore_errors=True)
    total = 0
    for _, folder in sorted(ages, reverse=True):
        total += sum(path.stat().st_size for path in folder.iterdir())
        if total > most and folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


# ---------------------------------------------------------------------- keys of the cache
# When are two readings of films the same? The key under which a cache keeps them.

_EDGE = 2**20  # bytes at both ends of an archive that are looked at
_DECODERS = ("numpy", "pydicom", "pillow", "imagecodecs")


def key_of(source: Path, layout: FolderLayout, marks: Iterable[str]) -> str:
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


def listing_marks(listing: FilmListing) -> Iterable[str]:
    """Every film that is to be read, with the stamp of its file.

    Size and time are not enough: another film may be copied over one with both of them kept.
    """
    yield repr((listing.skipped, listing.groups, listing.unused, listing.notes))
    yield repr(sorted(listing.truth.items()))
    for entry in listing.entries:
        yield repr((entry, file_stamp(entry.path) or "absent"))


def archive_marks(source: Path) -> Iterable[str]:
    """The stamp and both ends of one large file.

    Raises:
        DataError: It cannot be read.
    """
    try:
        with source.open("rb") as file:
            stamp = stamp_of(os.fstat(file.fileno()))
            first = file.read(_EDGE)
            file.seek(max(0, file.seek(0, os.SEEK_END) - _EDGE))
            last = file.read(_EDGE)
    except OSError as error:
        raise DataError(
            "{source} cannot be read: {error}.", source=source.name, error=error.strerror
        ) from error
    ends = hashlib.blake2b(first + last, digest_size=16).hexdigest()
    yield repr((stamp, ends))


@cache
def _program() -> str:
    """The code between a file and its rows: versions, and our own source as it is now."""
    digest = hashlib.blake2b(digest_size=16)
    imaging = sorted(Path(str(engine.imaging.__file__)).parent.rglob("*.py"))
    own = (Path(str(one.__file__)) for one in (engine.sequence, readers, arrays, scale))
    for path in (*own, *imaging):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return " ".join((__version__, *map(version, _DECODERS), digest.hexdigest()))
