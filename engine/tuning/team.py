"""Several processes of this machine that share one tuning."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from contextlib import suppress

import torch

from engine.processes import LostError, Worker
from engine.tuning.ledger import Ledger
from engine.tuning.presence import present
from engine.tuning.worker import Job, work

_LOOK = 0.5  # seconds between two looks at the journal
_PATIENCE = 5.0  # seconds that a process has to leave in good order


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
        EngineError: What stopped a process, if the others did not finish without it.
    """
    if workers == 1:
        torch.set_num_threads(threads)
        work(job, ledger, after_fold=after_fold)
        return
    # OpenMP reads the number when it is loaded: before the first line of a process runs.
    environment = {"OMP_NUM_THREADS": str(threads)}
    team = [Worker(environment=environment) for _ in range(workers)]
    try:
        asked = [one.submit(_help, job.parcel(), threads) for one in team]
        while wait(asked, _LOOK).not_done:
            after_fold()
    finally:
        for one in team:  # all at once, so that none takes up what another has just left
            one.leave()
        for one in team:
            one.close(_PATIENCE)
    after_fold()
    for end in [] if ledger.is_finished() else asked:
        with suppress(LostError, CancelledError):
            end.result()


def _help(parcel: Job, threads: int) -> None:
    """What a process of the team does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it is asked to leave like this
    torch.set_num_threads(threads)
    with suppress(KeyboardInterrupt), present(parcel.output) as presence:
        job = parcel.unpacked()
        work(job, job.ledger(presence))


def free_threads(workers: int) -> int:
    """Threads for each process, so that together they fill the processors and no more."""
    try:
        processors = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        processors = os.cpu_count() or 1
    return max(processors // workers, 1)
