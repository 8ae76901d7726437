"""Background work as a value with two endings; every answer arrives on the GUI thread.

Reading runs in threads, one lane for each storage. Inference runs in a process of its own, because
importing torch alone would hold the interpreter, and with it the window, for half a second.

A read from a share that does not answer can be neither stopped nor waited for. So what runs too
long while something waits behind it is set aside: it keeps its thread, and the lane goes on.
"""

import contextlib
import functools
import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol
from weakref import WeakValueDictionary

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from viewer.ahead import inference_worker
from viewer.session.loading import Storages

READING: Final = 2.0  # seconds that a reader waits behind a film that nobody wants any more
SURVEYING: Final = 20.0  # the same for the worklist, which nobody waits for
INFERENCE: Final = 30.0  # loading torch on a slow machine takes several
MOST_ASIDE: Final = 3  # jobs that a lane may leave hanging


class NotAnsweringError(Exception):
    """A storage holds so many reads that another one would only hang as well."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A function, its arguments and its two endings; jobs are told apart by identity.

    Attributes:
        urgent: The reader waits for it: it goes first, and only the newest urgent job counts.
        ahead: It goes before the queue, but is answered whatever comes after it.
        known: Asked when its turn comes: the answer, where another job has found it meanwhile.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    urgent: bool = False
    ahead: bool = False
    known: Callable[[], Any] = lambda: None


class _Executor(Protocol):
    """What a lane asks of threads and of a process."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any) -> "Future[Any]":  # noqa: ANN401
        """Run a function elsewhere."""

    def cancel(self) -> None:
        """End what runs, if that can be done."""

    def close(self) -> None:
        """Take no more."""


class _Post(QObject):
    """Takes what was settled on other threads to the GUI thread; there is one, to the end.

    Other threads hold a number, never a lane or a job: whoever lets go of a Qt object last deletes
    it, and that must be the GUI thread.
    """

    _arrived = Signal(int, object)  # number, Future

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count()
        self._lanes: WeakValueDictionary[int, Lane] = WeakValueDictionary()
        # Queued, also where a quick job ends before its ending is connected: never inside submit.
        self._arrived.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def expect(self, future: "Future[Any]", lane: "Lane") -> int:
        """Tell a lane when a future is settled, by the number that is returned."""
        number = next(self._numbers)
        self._lanes[number] = lane
        future.add_done_callback(functools.partial(self._announce, number))
        return number

    def _announce(self, number: int, future: "Future[Any]") -> None:
        # From the executor's thread. At the end of the program Qt may be gone: nobody waits then.
        with contextlib.suppress(RuntimeError):
            self._arrived.emit(number, future)

    def _hand_over(self, number: int, future: "Future[Any]") -> None:
        lane = self._lanes.pop(number, None)
        if lane is not None and isValid(lane):
            lane.settle(number, future)


@functools.cache
def _post() -> _Post:
    return _Post()


class Lane(QObject):
    """Runs one job at a time: the newest urgent one first, then the queue in its order.

    A new urgent job replaces a waiting one and makes a running one late; the answer of a late
    job is dropped. Queued jobs are all run and all answered, unless they are forgotten.

    Args:
        kind: Threads for reading, a process for inference.
        parent: Of the Qt object.
        patience: Seconds after which a running job is set aside if another one waits. A process
            is ended then, but only where nobody wants its answer any more. None: never.
    """

    idle = Signal()  # no answer is to come any more

    def __init__(
        self,
        kind: Literal["thread", "process"],
        parent: QObject | None = None,
        *,
        patience: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._executor: _Executor | None = None
        self._running: Job | None = None
        self._overdue = False
        self._aside: set[Job] = set()
        self._late: set[Job] = set()  # of those that run or are set aside
        self._urgent: Job | None = None
        self._queue: deque[Job] = deque()
        self._expected: dict[int, Job] = {}  # by the number in the post
        self._patience = QTimer(self, singleShot=True, interval=round(1000 * (patience or 0)))
        self._patience.timeout.connect(self._on_overdue)
        self._patient = patience is None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting or bool(self._at_work - self._late)

    @property
    def hangs(self) -> bool:
        """Whether something runs that has not answered in time."""
        return self._overdue or bool(self._aside)

    @property
    def running(self) -> bool:
        """Whether anything runs, wanted or not."""
        return bool(self._at_work)

    def submit(self, job: Job) -> None:
        """Run a job in its turn."""
        if job.urgent:
            self.overtake()
            self._urgent = job
        elif job.ahead:
            self._queue.appendleft(job)
        else:
            self._queue.append(job)
        self._start_next()

    def overtake(self) -> None:
        """Drop the urgent job that waits, and the answer of the one that runs."""
        self._urgent = None
        self._late |= {job for job in self._at_work if job.urgent}
        self._look_whether_idle()

    def forget(self) -> None:
        """Drop everything that waits, and the answers of what runs."""
        self._urgent = None
        self._queue.clear()
        self._late = self._at_work
        self._look_whether_idle()

    def drop(self, job: Job) -> None:
        """Forget one job, whether it waits or runs."""
        if job in self._at_work:
            self._late.add(job)
        elif job in self._queue:
            self._queue.remove(job)
        elif job is self._urgent:
            self._urgent = None
        self._look_whether_idle()

    def close(self) -> None:
        """Stop for good; a running process is ended, a running thread ends with the program."""
        self.forget()
        self._patience.stop()
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.close()

    @property
    def _at_work(self) -> set[Job]:
        return self._aside | ({self._running} if self._running is not None else set())

    @property
    def _waiting(self) -> bool:
        return self._urgent is not None or bool(self._queue)

    def _start_next(self) -> None:
        if self._running is not None and self._overdue:
            self._set_aside()
        if self._running is not None or not self._waiting:
            return
        if self._urgent is not None:
            job, self._urgent = self._urgent, None
        else:
            job = self._queue.popleft()
        self._running, self._overdue = job, False
        if not self._patient:
            self._patience.start()
        self._expect(job, self._begin(job))

    def _begin(self, job: Job) -> "Future[Any]":
        if (known := job.known()) is not None:
            future: Future[Any] = Future()
            future.set_result(known)
            return future
        if self._executor is None:
            self._executor = _new_executor(self._kind)
        return self._executor.submit(job.function, *job.arguments)

    def _expect(self, job: Job, future: "Future[Any]") -> None:
        # Settled on the GUI thread and later, so the number is known before it is asked for.
        self._expected[_post().expect(future, self)] = job

    def _on_overdue(self) -> None:
        self._overdue = self._running is not None
        self._start_next()

    def _set_aside(self) -> None:
        """Make room for what waits, at the cost of a thread; of a process only if it is late."""
        if self._running is None or not self._waiting:
            return
        if self._kind == "process":
            if self._running not in self._late:
                return
            if self._executor is not None:
                self._executor.cancel()  # what ran comes back as cancelled, and late
        elif len(self._aside) >= MOST_ASIDE:
            self._refuse()
            return
        self._aside.add(self._running)
        self._running, self._overdue = None, False

    def _refuse(self) -> None:
        """The reader shall not wait for a film behind reads that hang; a list can."""
        if self._urgent is not None:
            job, self._urgent = self._urgent, None
            future: Future[Any] = Future()
            future.set_exception(NotAnsweringError())
            self._aside.add(job)
            self._expect(job, future)

    def settle(self, number: int, future: "Future[Any]") -> None:
        """Answer the job of a number; the post calls it."""
        job = self._expected.pop(number)
        late = job in self._late
        self._late.discard(job)
        self._aside.discard(job)
        if job is self._running:
            self._running, self._overdue = None, False
            self._patience.stop()
        error = CancelledError() if future.cancelled() else future.exception()
        try:  # before the next one, which may be answered by it
            if not (late or isinstance(error, CancelledError)):
                if error is None:
                    job.done(future.result())
                else:
                    job.failed(error)
        finally:
            self._start_next()
            self._tell_if_idle()

    def _look_whether_idle(self) -> None:
        """Later, because whoever forgets jobs may have others to submit."""
        QTimer.singleShot(0, self, self._tell_if_idle)

    def _tell_if_idle(self) -> None:
        if not self.busy:
            self.idle.emit()


class Topics:
    """Jobs that somebody waits for, by what they are asked about: of each only the newest one."""

    def __init__(self) -> None:
        self._jobs: dict[str, tuple[Lane, Job]] = {}

    def submit(self, topic: str, lane: Lane, job: Job) -> None:
        """Run a job in a lane instead of the one that was asked for before."""
        self.drop(topic)
        self._jobs[topic] = (lane, job)
        lane.submit(job)

    def drop(self, topic: str) -> None:
        """Nobody waits for the answer to this any more."""
        if topic in self._jobs:
            lane, job = self._jobs.pop(topic)
            lane.drop(job)

    def drop_all(self) -> None:
        """Nobody waits for any of them."""
        for topic in tuple(self._jobs):
            self.drop(topic)


class Lanes(QObject):
    """One lane of threads for each storage, so that a share that hangs holds up no other.

    Args:
        patience: As for `Lane`.
        parent: Of the Qt object.
    """

    idle = Signal()  # no answer is to come any more, from any of them

    def __init__(self, patience: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._of: dict[str, Lane] = {}
        self._storages, self._patience = Storages(), patience

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(lane.busy for lane in self._of.values())

    @property
    def running(self) -> bool:
        """Whether anything runs, wanted or not."""
        return any(lane.running for lane in self._of.values())

    def submit(self, path: Path, job: Job) -> None:
        """Run a job in the lane of the storage of a path; only the newest urgent one counts."""
        if job.urgent:
            self.overtake()
        self._lane(path).submit(job)

    def storage(self, path: Path) -> str:
        """Where the storage of a path begins."""
        return self._storages.of(path)

    def by_storage(self, paths: Iterable[Path], *, files: bool = False) -> list[tuple[Path, ...]]:
        """The paths in groups that may be read side by side, both in their order.

        Args:
            paths: Thousands, perhaps.
            files: Whether none of them is a folder, where another storage could begin: then each
                folder is placed only once.
        """
        groups: dict[str, list[Path]] = {}
        places: dict[Path, str] = {}
        for path in paths:
            place = path.parent if files else path
            if place not in places:
                places[place] = self.storage(place)
            groups.setdefault(places[place], []).append(path)
        return [tuple(group) for group in groups.values()]

    def occupied(self, path: Path) -> bool:
        """Whether anything runs, wanted or not, on the storage of a path."""
        lane = self._of.get(self.storage(path))
        return lane is not None and lane.running

    def hangs(self, path: Path) -> bool:
        """Whether the storage of a path holds a read that has not answered in time."""
        lane = self._of.get(self.storage(path))
        return lane is not None and lane.hangs

    def overtake(self) -> None:
        """Drop the urgent job, wherever it waits or runs."""
        for lane in self._of.values():
            lane.overtake()

    def drop(self, job: Job) -> None:
        """Forget one job, wherever it waits or runs."""
        for lane in self._of.values():
            lane.drop(job)

    def forget(self) -> None:
        """Drop everything that waits, and the answers of what runs."""
        for lane in self._of.values():
            lane.forget()

    def close(self) -> None:
        """Stop for good."""
        for lane in self._of.values():
            lane.close()

    def _lane(self, path: Path) -> Lane:
        storage = self.storage(path)
        if storage not in self._of:
            lane = Lane("thread", self, patience=self._patience)
            lane.idle.connect(self._on_idle)
            self._of[storage] = lane
        return self._of[storage]

    def _on_idle(self) -> None:
        if not self.busy:
            self.idle.emit()


class _Threads:
    """A daemon thread for each job: the standard library waits for its threads at the end."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any) -> "Future[Any]":  # noqa: ANN401
        future: Future[Any] = Future()
        threading.Thread(
            target=_run, args=(future, fn, arguments), name="rowscope", daemon=True
        ).start()
        return future

    def cancel(self) -> None:
        """A thread cannot be ended."""

    def close(self) -> None:
        """Threads end with the program."""


def _run(future: "Future[Any]", function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        result = function(*arguments)
    except BaseException as error:  # noqa: BLE001 - whatever it is belongs to who submitted it
        future.set_exception(error)
    else:
        future.set_result(result)


def _new_executor(kind: Literal["thread", "process"]) -> _Executor:
    return _Threads() if kind == "thread" else inference_worker()
