"""From a listing to films: every film is read once, and its rows go straight to disk."""

from collections.abc import Sequence
from typing import BinaryIO

import numpy as np

from engine.errors import DataError
from engine.progress import paced
from engine.training.data.entries import Entry, Listing
from engine.training.data.films import Films, Progress
from engine.training.data.store import RowWriter, laid, mapped
from engine.training.truth import finding_of


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
    shelf = _Shelf(listing, RowWriter(file, columns))
    shelf.fill(listing.entries, workers, report)
    if behind := shelf.behind:
        report(f"{listing.title}: {len(behind):,} films lie behind the first frames of files")
        shelf.fill(behind, workers, report)
    return shelf.films(file)


class _Shelf:
    """The films of a listing that were read so far."""

    def __init__(self, listing: Listing, writer: RowWriter) -> None:
        self._listing, self._writer = listing, writer
        self._kept: list[Entry] = []
        self._headers: list[str] = []
        self._heights: list[int] = []
        self._findings: list[tuple[float, float]] = []
        self._skipped = list(listing.skipped)
        self.behind: list[Entry] = []

    def fill(self, entries: Sequence[Entry], workers: int, report: Progress) -> None:
        """Read films, and remember which of their files have further frames."""
        behind: list[Entry] = []
        films = zip(entries, self._listing.read(entries, workers), strict=True)
        report(f"reading {len(entries):,} films")
        for entry, outcome in paced(films, "reading films", len(entries)):
            if isinstance(outcome, str):
                self._skipped.append(f"{entry.name}: {outcome}")
                continue
            self._writer.add(outcome.rows)
            self._kept.append(entry)
            self._headers.append(outcome.patient)
            self._heights.append(len(outcome.rows))
            self._findings.append(finding_of(self._listing.truth, entry.name, outcome.stored))
            if not entry.frame:
                behind += entry.behind(outcome.frames)
        self.behind = behind

    def films(self, file: BinaryIO) -> Films:
        """All of them as one value."""
        listing, kept = self._listing, self._kept
        _check(listing, kept, self._skipped)
        self._writer.finish()
        tall = np.array(self._heights, dtype=np.int64)
        patients, told = _whose(kept, self._headers, listing.title)
        return Films(
            rows=laid(mapped(file), tall),
            labels=np.array([entry.label for entry in kept], dtype=np.int64),
            splits=np.array([entry.split for entry in kept], dtype="<U5"),
            patients=np.array(patients),
            names=np.array([entry.name for entry in kept]),
            findings=np.array(self._findings),
            skipped=tuple(self._skipped),
            unread=listing.unread,
            heights=tall,
            groups={
                name: np.array([entry.groups[place] for entry in kept])
                for place, name in enumerate(listing.groups)
            },
            unused=listing.unused,
            notes=(*listing.notes, *told),
        )


def _whose(
    kept: Sequence[Entry], headers: Sequence[str], title: str
) -> tuple[list[str], tuple[str, ...]]:
    """The patient of each film, by its header where nothing else said; and a sentence about it.

    One Patient ID in every header is what is left where names were taken out: it tells nobody
    apart, and each film counts as a patient of its own.
    """
    own = [one.patient == one.name.partition("#")[0] for one in kept]
    given = {header for header, alone in zip(headers, own, strict=True) if header and alone}
    if not given:
        return [one.patient for one in kept], ()
    if len(given) == 1:
        words = (
            f"{title}: all headers bear the same Patient ID, so that no film's patient is known"
        )
        return [one.patient for one in kept], (words,)
    patients = [
        header if header and alone else one.patient
        for one, header, alone in zip(kept, headers, own, strict=True)
    ]
    return patients, (f"{title}: patients are told apart by the headers' Patient ID",)


def _check(listing: Listing, kept: Sequence[Entry], skipped: Sequence[str]) -> None:
    if kept:
        return
    why = f" The first of {len(skipped):,} that were skipped: {skipped[0]}" if skipped else ""
    if not why and listing.unused:
        most = listing.unused[0]
        why = f" {most.count:,} files are not used: {most.reason} (such as {most.example})."
    if not why and listing.wanted:
        why = f" Expected one folder per class: {', '.join(listing.wanted)}."
    raise DataError("{listing}: no readable film.{why}", "data", listing=listing.title, why=why)
