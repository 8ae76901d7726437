"""Reading many films in processes of their own."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError, EngineError
from engine.imaging import be_the_guarded_process, read_frame, read_image
from engine.processes import Limits, LostError, in_order
from engine.sequence import refusal, to_sequence
from engine.types import Frame, InputFormat
from engine.words import Sentence

# ----------------------------------------------------------------------- reading one film
# One film from its file, here or in a process of its own.
#
# It lies outside `engine.films` and imports no torch: a process that only reads films
# starts with this module, and would otherwise wait for torch and hold its memory.


@dataclass(frozen=True, slots=True, eq=False)
class FilmReading:
    """A film that was read.

    Attributes:
        rows: (M, W) model rows.
        stored: Rows of pixels in the file.
        frames: How many films the file holds.
        patient: Whose film it is by its header, as a hash; empty where it does not say. Names of
            people stay in the files.
        frame: What it was read of, where that was in memory anyway: a film of an array.
    """

    rows: NDArray[np.float16]
    stored: int
    frames: int = 1
    patient: str = ""
    frame: Frame | None = None


def read_rows(path: Path, fmt: InputFormat, index: int = 0) -> FilmReading | str:
    """Read a frame as the viewer does; a sentence where it cannot be, or must not be, read."""
    try:
        frame = read_frame(read_image(path), index)
    except EngineError as error:
        return str(error)
    if reason := refusal(frame.image, fmt, frame):
        return reason
    rows = to_sequence(frame, fmt).rows.astype(np.float16)
    return FilmReading(rows, frame.image.rows, frame.image.frame_count, _patient(frame))


def _patient(frame: Frame) -> str:
    named = frame.image.identity.patient_id.strip()
    digest = hashlib.blake2b(named.encode(), digest_size=8).hexdigest()
    return f"Patient ID {digest}" if named else ""


# ----------------------------------------------------------- reading in several processes
# Reading films in several processes: same films, same order, and no file can stop it.

LIMITS = Limits(memory=4 << 30, seconds=120.0)  # the largest film that is read takes a few
_WORTH = 32  # films per process below which starting it takes longer than reading them

Film = tuple[Path, int]  # a file, and which frame of it
Outcome = FilmReading | str
_Read = TypeVar("_Read")


def read_many(
    films: Sequence[Film], fmt: InputFormat, *, workers: int, limits: Limits = LIMITS
) -> Iterator[Outcome]:
    """Read films in their order; a sentence in the place of one that could not be read.

    Args:
        films: The files, and which frame of each.
        fmt: What the network reads.
        workers: Most processes; for 1, or for few films, there is the one that reads all files.
        limits: What each process may use; only with several.

    Raises:
        DataError: Processes do not start here.
    """
    yield from each_read(read_rows, films, fmt, workers=workers, limits=limits)


def each_read(
    read: Callable[[Path, InputFormat, int], _Read | str],
    films: Sequence[Film],
    fmt: InputFormat,
    *,
    workers: int,
    limits: Limits = LIMITS,
) -> Iterator[_Read | str]:
    """What an importable function makes of films, in their order and as `read_many` does.

    Args:
        read: Given a file, what the network reads and which frame.
        films: As for `read_many`, like all that follow.
        fmt: What the network reads.
        workers: Most processes.
        limits: Of each.

    Raises:
        DataError: Processes do not start here.
    """
    count = min(workers, len(films) // _WORTH)
    if count < 2:
        yield from (read(path, fmt, frame) for path, frame in films)
        return
    tasks = [(path, fmt, frame) for path, frame in films]
    first = be_the_guarded_process, ()
    try:
        for outcome in in_order(read, tasks, workers=count, limits=limits, first=first):
            lost = outcome.exception()
            yield _words(lost, limits) if isinstance(lost, LostError) else outcome.result()
    except LostError as error:  # it did not start
        raise _not_started() from error


def _words(lost: LostError, limits: Limits) -> Sentence:
    if lost.reason == "not-started":
        raise _not_started() from lost
    if lost.reason == "timed-out":
        return Sentence("This file was not read within {seconds:.0f} s.", seconds=limits.seconds)
    if lost.reason == "too-large":
        return Sentence("There was not enough memory to read this file.")
    return Sentence("This file ended the process that read it.")


def _not_started() -> DataError:
    return DataError("A process that reads films did not start; read them in one (`--workers 1`).")
