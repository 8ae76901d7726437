"""Reading films in several processes: same films, same order, and no file can stop it.

Every process reads one film at a time, so that one which dies or does not come back is known to
have done so over that film. (A pool of `concurrent.futures` breaks as a whole and cannot tell
which film it was.) Processes are spawned, not forked: torch's threads do not survive a fork.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from engine.errors import DataError
from engine.training.film_reader import Reading, read_rows, serve
from engine.types import InputFormat

PATIENCE = 120.0  # seconds for one film; the largest that is read at all takes a few
_AHEAD = 4  # films per process that are read or wait while an earlier one is still being read
_WORTH = 32  # films per process below which starting it takes longer than reading them
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Film = tuple[Path, int]  # a file, and which frame of it
Outcome = Reading | str


def read_many(
    films: Sequence[Film], fmt: InputFormat, *, workers: int, patience: float = PATIENCE
) -> Iterator[Outcome]:
    """Read films in their order; a sentence in the place of one that could not be read.

    Args:
        films: The files, and which frame of each.
        fmt: What the network reads.
        workers: Most processes; 1, or few films, are read in this one.
        patience: Seconds after which a film is given up; only with several processes.

    Raises:
        DataError: Processes do not start here.
    """
    count = min(workers, len(films) // _WORTH)
    if count < 2:
        yield from (read_rows(path, fmt, frame) for path, frame in films)
        return
    crew = _Crew(fmt, patience)
    try:
        crew.hire(count)
        yield from crew.read(films)
    finally:
        crew.dismiss()


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    film: int | None = None  # number of the film that it reads
    since: float = 0.0  # seconds of the monotonic clock

    @property
    def idle(self) -> bool:
        return self.ready and self.film is None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


class _Crew:
    def __init__(self, fmt: InputFormat, patience: float) -> None:
        self._fmt, self._patience = fmt, patience
        self._workers: list[_Worker] = []

    def hire(self, count: int) -> None:
        context = get_context("spawn")
        with _single_threads():
            for _ in range(count):
                here, there = context.Pipe()
                process = context.Process(target=serve, args=(there, self._fmt), daemon=True)
                process.start()
                there.close()  # so that the end of the process is the end of the connection
                self._workers.append(_Worker(process, here, since=time.monotonic()))

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def read(self, films: Sequence[Film]) -> Iterator[Outcome]:
        done: dict[int, Outcome] = {}
        given = 0
        ahead = _AHEAD * len(self._workers)
        for wanted in range(len(films)):
            while wanted not in done:
                given = self._give(films, given, end=min(len(films), wanted + ahead))
                done |= self._collect()
            yield done.pop(wanted)

    def _give(self, films: Sequence[Film], given: int, *, end: int) -> int:
        """Give films from `given` up to `end` to idle processes; returns the next one to give."""
        for worker in [one for one in self._workers if one.idle][: end - given]:
            try:
                worker.connection.send(films[given])
            except OSError:  # it ended while it had nothing to do, by no film's fault
                self._renew(worker)
                continue
            worker.film, worker.since = given, time.monotonic()
            given += 1
        return given

    def _collect(self) -> dict[int, Outcome]:
        """Wait until a process has something to say, or has been silent for too long."""
        busy = [worker for worker in self._workers if not worker.idle]
        oldest = min(worker.since for worker in busy)
        left = max(0.0, oldest + self._patience - time.monotonic())
        heard = wait([worker.connection for worker in busy], timeout=left)
        outcomes: dict[int, Outcome] = {}
        for worker in busy:
            if worker.connection in heard:
                outcomes |= self._hear(worker)
            elif time.monotonic() - worker.since >= self._patience:
                outcomes |= self._replace(worker, f"was not read within {self._patience:.0f} s")
        return outcomes

    def _hear(self, worker: _Worker) -> dict[int, Outcome]:
        try:
            outcome = worker.connection.recv()
        except (EOFError, OSError):
            return self._replace(worker, "ended the process that read it")
        if worker.film is None:
            worker.ready = True
            return {}
        film, worker.film = worker.film, None
        return {film: outcome}

    def _replace(self, worker: _Worker, what: str) -> dict[int, Outcome]:
        """End a process and start another; the film it had is given up."""
        if worker.film is None:
            raise DataError(
                "A process that reads films did not start; read them in one (`--workers 1`).",
                "data",
            )
        self._renew(worker)
        return {worker.film: f"This file {what}."}

    def _renew(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()
        self.hire(1)


@contextmanager
def _single_threads() -> Iterator[None]:
    """Processes share the cores already: numpy in them need not start threads of its own."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
