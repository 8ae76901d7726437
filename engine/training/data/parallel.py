"""Reading films in several processes: same films, same order, and no file can stop it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.errors import DataError
from engine.imaging import be_the_guarded_process
from engine.processes import Limits, LostError, in_order
from engine.training.film_reader import Reading, read_rows
from engine.types import InputFormat

LIMITS = Limits(memory=4 << 30, seconds=120.0)  # the largest film that is read takes a few
_WORTH = 32  # films per process below which starting it takes longer than reading them

Film = tuple[Path, int]  # a file, and which frame of it
Outcome = Reading | str


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
    count = min(workers, len(films) // _WORTH)
    if count < 2:
        yield from (read_rows(path, fmt, frame) for path, frame in films)
        return
    tasks = [(path, fmt, frame) for path, frame in films]
    first = be_the_guarded_process, ()
    try:
        for outcome in in_order(read_rows, tasks, workers=count, limits=limits, first=first):
            lost = outcome.exception()
            yield _words(lost, limits) if isinstance(lost, LostError) else outcome.result()
    except LostError as error:  # it did not start
        raise _not_started() from error


def _words(lost: LostError, limits: Limits) -> str:
    if lost.reason == "not-started":
        raise _not_started() from lost
    if lost.reason == "timed-out":
        return f"This file was not read within {limits.seconds:.0f} s."
    if lost.reason == "too-large":
        return "There was not enough memory to read this file."
    return "This file ended the process that read it."


def _not_started() -> DataError:
    what = "A process that reads films did not start; read them in one (`--workers 1`)."
    return DataError(what, "data")
