"""Several processes of this machine that share one tuning."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess

import torch

from engine.tuning.ledger import Ledger
from engine.tuning.presence import present
from engine.tuning.worker import Job, work

_LOOK = 0.5  # seconds between two looks at the journal
_PATIENCE = 5.0  # seconds that a process has to leave in good order
_THREADS = "OMP_NUM_THREADS"


def work_together(
    job: Job, ledger: Ledger, *, workers: int, threads: int, after_fold: Callable[[], None]
) -> None:
    """Try combinations until none is left, in this process or in several.

    Args:
        job: What is to be done.
        ledger: This process's.
        workers: How many processes; one is this one itself.
        threads: Of each.
        after_fold: Called when there may be something new in the journal.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; all processes have ended.
    """
    if workers == 1:
        torch.set_num_threads(threads)
        work(job, ledger, after_fold=after_fold)
        return
    with _started(job, workers=workers, threads=threads) as processes:
        while any(one.is_alive() for one in processes):
            after_fold()
            for one in processes:
                one.join(_LOOK / workers)
    after_fold()


@contextmanager
def _started(job: Job, *, workers: int, threads: int) -> Iterator[list[BaseProcess]]:
    """Processes that are gone at the end."""
    # Never forked: a fork of a process that has computed with torch may hang.
    context = multiprocessing.get_context("spawn")
    processes: list[BaseProcess] = [
        context.Process(target=_help, args=(job.parcel(), threads), daemon=True)
        for _ in range(workers)
    ]
    try:
        with _threads_of_children(threads):
            for one in processes:
                one.start()
        yield processes
    finally:
        _end([one for one in processes if one.pid is not None])


def _end(processes: list[BaseProcess]) -> None:
    """Ask all at once, so that none takes up what another has just left."""
    for one in processes:
        one.terminate()
    for one in processes:
        one.join(_PATIENCE)
        if one.is_alive():
            one.kill()
            one.join()


@contextmanager
def _threads_of_children(threads: int) -> Iterator[None]:
    """OpenMP reads the number when it is loaded: before the child's first line runs."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = str(threads)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


def _help(parcel: Job, threads: int) -> None:
    """What a process of the team does; it ends when the one that started it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked for help
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it passes it on like this
    torch.set_num_threads(threads)
    parent = multiprocessing.parent_process()
    with suppress(KeyboardInterrupt), present(parcel.output) as presence:
        job = parcel.unpacked()
        work(job, job.ledger(presence), goes_on=lambda: parent is None or parent.is_alive())


def free_threads(workers: int) -> int:
    """Threads for each process, so that together they fill the processors and no more."""
    try:
        processors = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        processors = os.cpu_count() or 1
    return max(processors // workers, 1)
