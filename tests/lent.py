"""The process that keeps the models, handed from one window of the tests to the next.

Each window would wait for torch and for the networks anew, some seconds of processor. What a
process does when its window closes is tested in `tests/viewer/session/test_jobs.py`.
"""

from contextlib import contextmanager
from importlib import import_module

import pytest

from engine.processes import Worker
from viewer.session import jobs

_idle: list["Lent"] = []


class Lent(Worker):
    """It waits for the next window where its own closes; one that is still at work ends."""

    def close(self, patience=0.0):
        if self._queue or not self._turn.acquire(blocking=False):
            super().close(patience)
            return
        self._turn.release()
        _idle.append(self)

    def end(self):
        super().close()


def lent_worker():
    return _idle.pop() if _idle else Lent(first=(import_module, ("engine.model",)))


@contextmanager
def lending():
    """Windows that are opened meanwhile share the processes; at the end these end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "inference_worker", lent_worker)
        yield
    while _idle:
        _idle.pop().end()
