"""Background work as a value with two endings; every answer arrives on the GUI thread.

Reading runs in a thread. Inference runs in a process of its own, because importing torch alone
would hold the interpreter, and with it the window, for half a second.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A function, its arguments and its two endings; jobs are told apart by identity.

    Attributes:
        urgent: The reader waits for it: it goes first, and only the newest urgent job counts.
        ahead: It goes before the queue, but is answered whatever comes after it.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    urgent: bool = False
    ahead: bool = False


class Lane(QObject):
    """Runs one job at a time: the newest urgent one first, then the queue in its order.

    A new urgent job replaces a waiting one and makes a running one late; the answer of a late
    job is dropped. Queued jobs are all run and all answered, unless they are forgotten.
    """

    idle = Signal()  # nothing runs or waits any more
    _settled = Signal(object, object)  # Job, Future

    def __init__(self, kind: Literal["thread", "process"], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._executor: Executor | None = None
        self._running: Job | None = None
        self._late = False
        self._urgent: Job | None = None
        self._queue: deque[Job] = deque()
        # Queued, also where a quick job ends before its ending is connected: never inside submit.
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return self._running is not None or self._urgent is not None or bool(self._queue)

    def submit(self, job: Job) -> None:
        """Run a job in its turn."""
        if job.urgent:
            self._urgent = job
            self._late = self._late or (self._running is not None and self._running.urgent)
        elif job.ahead:
            self._queue.appendleft(job)
        else:
            self._queue.append(job)
        self._start_next()

    def forget(self) -> None:
        """Drop everything that waits, and the answer of what runs."""
        self._urgent = None
        self._queue.clear()
        self._late = self._running is not None

    def close(self) -> None:
        """Stop for good; a running process is ended, a running thread is left to finish."""
        self.forget()
        executor, self._executor = self._executor, None
        if executor is None:
            return
        for pid in list(getattr(executor, "_processes", None) or {}):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        executor.shutdown(wait=self._kind == "process", cancel_futures=True)

    def _start_next(self) -> None:
        if self._running is not None or not (self._urgent or self._queue):
            return
        if self._urgent is not None:
            job, self._urgent = self._urgent, None
        else:
            job = self._queue.popleft()
        self._running, self._late = job, False
        if self._executor is None:
            self._executor = _new_executor(self._kind)
        future = self._executor.submit(job.function, *job.arguments)
        future.add_done_callback(lambda settled: self._announce(job, settled))

    def _announce(self, job: Job, future: "Future[Any]") -> None:
        # From the executor's thread. After close() the Qt object may be gone: nobody waits then.
        with contextlib.suppress(RuntimeError):
            self._settled.emit(job, future)

    def _on_settled(self, job: Job, future: "Future[Any]") -> None:
        late, self._running, self._late = self._late, None, False
        error = CancelledError() if future.cancelled() else future.exception()
        if isinstance(error, BrokenProcessPool):
            self._executor = None  # the next job gets a new process
        self._start_next()
        if not (late or isinstance(error, CancelledError)):
            if error is None:
                job.done(future.result())
            else:
                job.failed(error)
        if not self.busy:
            self.idle.emit()


def _new_executor(kind: Literal["thread", "process"]) -> Executor:
    if kind == "thread":
        return ThreadPoolExecutor(1, thread_name_prefix="rowscope")
    return ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    """Let this process end when the window's process does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
