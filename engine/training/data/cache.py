"""Films that were read before: one folder for each source as a model reads it.

A folder is written beside its place and then renamed, so it is whole or absent. Everything in it
is checked against its hash before it is used; what is damaged is made again.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from platformdirs import user_cache_dir

from engine.training.data.films import Films, Progress, Unused
from engine.training.data.store import laid, mapped

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
        key: See `engine.training.data.fingerprint`.
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
        skipped=tuple(about["skipped"]),
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
