"""From a listing to films: every film is read once, and its rows go straight to disk."""

from collections.abc import Sequence
from typing import BinaryIO

import numpy as np

from engine.errors import DataError
from engine.training.data.entries import Entry, Listing
from engine.training.data.films import Films, Progress
from engine.training.data.store import RowWriter, laid, mapped
from engine.training.truth import finding_of

_EVERY = 500  # films between two words on how far the reading is


def gather(
    listing: Listing, file: BinaryIO, *, columns: int, workers: int, report: Progress
) -> Films:
    """Read all films of a listing.

    Args:
        listing: What to read.
        file: Empty; it is filled with their rows, and backs the films. It may be closed, and even
            deleted, afterwards.
        columns: W of the model's grid.
        workers: Most processes that read.
        report: Told how far it is.

    Raises:
        DataError: A class has no film that can be read.
    """
    writer = RowWriter(file, columns)
    kept: list[Entry] = []
    heights: list[int] = []
    findings: list[tuple[float, float]] = []
    skipped = list(listing.skipped)
    films = zip(listing.entries, listing.read(workers), strict=True)
    for number, (entry, outcome) in enumerate(films):
        if number % _EVERY == 0:
            report(f"reading films: {number:,} of {len(listing.entries):,}")
        if isinstance(outcome, str):
            skipped.append(f"{entry.name}: {outcome}")
            continue
        writer.add(outcome.rows)
        kept.append(entry)
        heights.append(len(outcome.rows))
        findings.append(finding_of(listing.truth, entry.name, outcome.stored))
    _check(listing, kept, skipped)
    writer.finish()
    tall = np.array(heights, dtype=np.int64)
    return Films(
        rows=laid(mapped(file), tall),
        labels=np.array([entry.label for entry in kept], dtype=np.int64),
        splits=np.array([entry.split for entry in kept], dtype="<U5"),
        patients=np.array([entry.patient for entry in kept]),
        names=np.array([entry.name for entry in kept]),
        findings=np.array(findings),
        skipped=tuple(skipped),
        unread=listing.unread,
        heights=tall,
        groups={
            name: np.array([entry.groups[place] for entry in kept])
            for place, name in enumerate(listing.groups)
        },
    )


def _check(listing: Listing, kept: Sequence[Entry], skipped: Sequence[str]) -> None:
    present = {entry.label for entry in kept}
    why = f" The first of {len(skipped):,} that were skipped: {skipped[0]}" if skipped else ""
    if not kept:
        raise DataError(f"{listing.title}: no readable film.{why}", "data")
    for label, name in enumerate(listing.wanted):
        if label not in present:
            raise DataError(f"{listing.title}: no readable film of “{name}”.{why}", "data")
