"""Work in other processes: the only module that starts any.

A process is begun with `python -c` over a socket of its own, never forked (threads of torch do
not survive that) and never by `multiprocessing`, which runs the program's main script again in
the new process and so asks every script for a guard. Arrays cross in anonymous shared memory
whose descriptor travels over the socket: it has no name, so nothing can be left behind, whoever
ends first. What was lost says so as one `LostError`; what a task raised is raised here.
"""

import atexit
import contextlib
import os
import pickle
import queue
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self, TypeVar

from engine.errors import EngineError
from engine.wire import Channel, unpacked

ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)
STARTING: Final = 120.0  # seconds that a process may take to be ready
_PATIENCE: Final = 0.1  # seconds that a task waits before one more process is worth its start
FAREWELL: Final = 2.0  # that one which was told to end is waited for: a share can hold it
_GRACE: Final = 5  # seconds of processor time beyond a limit, after which the kernel ends it
_LEAVE: Final = pickle.dumps(None, protocol=5)  # as a message: end after the task

_Result = TypeVar("_Result")
Task = tuple[Callable[..., Any], tuple[Any, ...]]  # a function that can be imported, arguments


class LostError(EngineError):
    """A process did not come back from a task.

    Its reason: "crashed", "timed-out", "not-started", or "too-large" where memory was short.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use.

    Attributes:
        memory: Bytes beyond those that it has after its start (RLIMIT_AS: Linux holds to it,
            macOS does not); None for no limit.
        seconds: Of the clock, for one task; None for no limit.
    """

    memory: int | None = None
    seconds: float | None = None


class Worker:
    """One process that does one task at a time; it starts with the first, and again after a death.

    Any thread may ask; who comes later waits.

    Args:
        limits: Of memory and time.
        environment: Variables of the process beside those of this one.
        first: A task that it does before all others: imports, mostly.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        environment: Mapping[str, str] | None = None,
        first: Task | None = None,
    ) -> None:
        self._how = (limits, dict(environment or {}), first)
        self._limits = limits
        self._process: _Process | None = None
        self._turn = threading.Lock()  # held during a task
        self._waiting = threading.Condition()
        self._queue: deque[tuple[Future[Any], str, Task]] = deque()
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Number of the process; None while there is none."""
        process = self._process
        return process.pid if process is not None and process.alive else None

    def start(self) -> None:
        """Begin the process, without waiting until it is ready.

        Raises:
            LostError: No process can be started here.
        """
        with self._turn:
            self._living()

    def call(self, function: Callable[..., _Result], *arguments: Any) -> _Result:  # noqa: ANN401
        """Run an importable function in the process and wait for what it returns.

        Arrays in the result lie in memory that is this process's alone, and are not copied.

        Raises:
            LostError: The process ended, took too long, ran out of memory or did not start.
            CancelledError: `cancel` or `close` ended it.
        """
        with self._turn:
            process = self._living()
            try:
                result: _Result = process.ask((function, arguments), self._limits.seconds)
            finally:
                if not process.alive:
                    self._process = None
        return result

    def submit(
        self,
        function: Callable[..., _Result],
        *arguments: Any,  # noqa: ANN401
        lane: str = "",
    ) -> "Future[_Result]":
        """Run a function in its turn; what `call` returns or raises comes through the future.

        Args:
            function: Importable.
            arguments: Its arguments.
            lane: The newest wins: one of the same lane that still waits is cancelled.
        """
        future: Future[_Result] = Future()
        with self._waiting:
            if self._closed.is_set():
                raise LostError("This process has been closed.", "not-started")
            if lane:
                for old in [one for one in self._queue if one[1] == lane]:
                    self._queue.remove(old)
                    old[0].cancel()
            self._queue.append((future, lane, (function, arguments)))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._waiting.notify()
        return future

    def cancel(self) -> None:
        """End the process, and with it what it does; what waits is done by another."""
        process = self._process
        if process is not None:
            process.end(by_us=True)

    def close(self, patience: float = 0.0) -> None:
        """End it for good.

        Args:
            patience: Seconds that a task has to end in good order after SIGTERM; 0 for none.
        """
        with self._waiting:
            self._closed.set()
            for future, _, _ in self._queue:
                future.cancel()
            self._queue.clear()
            self._waiting.notify()
        process, self._process = self._process, None
        if process is not None:
            process.end(by_us=True, patience=patience)

    def leave(self) -> None:
        """Ask it to end in good order (SIGTERM), without waiting; `close` waits."""
        process = self._process
        if process is not None:
            process.leave()

    def _living(self) -> "_Process":
        if self._closed.is_set():
            raise CancelledError
        if self._process is not None and not self._process.idles:
            self._process.end()
            self._process = None
        if self._process is None:
            self._process = _Process(*self._how)
            if self._closed.is_set():  # meanwhile
                self._process.end()
                raise CancelledError
        return self._process

    def _work(self) -> None:
        while True:
            with self._waiting:
                while not (self._queue or self._closed.is_set()):
                    self._waiting.wait()
                if not self._queue:
                    return
                future, _, (function, arguments) = self._queue.popleft()
            if future.set_running_or_notify_cancel():
                try:
                    result = self.call(function, *arguments)
                except BaseException as error:  # noqa: BLE001 - it belongs to who submitted it
                    future.set_exception(error)
                else:
                    future.set_result(result)
                    del result, future  # they may be large


class Crew:
    """Workers for tasks that come from any thread: one more starts when all are busy for long.

    Args:
        most: Workers, at most.
        limits, environment, first: As for `Worker`.
    """

    def __init__(
        self,
        most: int,
        limits: Limits = Limits(),
        *,
        environment: Mapping[str, str] | None = None,
        first: Task | None = None,
    ) -> None:
        self._new = partial(Worker, limits, environment=environment, first=first)
        self._most = most
        self._free: list[Worker] = []
        self._all: list[Worker] = []
        self._change = threading.Condition()

    def warm(self, first: Task) -> None:
        """Start one worker, unless one is there, with a first task of its own; does not wait."""
        with self._change:
            if not self._all:
                self._free.append(self._hire(first=first))
                self._free[0].start()

    def call(self, function: Callable[..., _Result], *arguments: Any) -> _Result:  # noqa: ANN401
        """Run a function as `Worker.call` does, in the first worker that is free."""
        worker = self._take()
        try:
            return worker.call(function, *arguments)
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """End all workers; the next task starts new ones."""
        with self._change:
            ended, self._all, self._free = self._all, [], []
            self._change.notify_all()
        for worker in ended:
            worker.close()

    def _take(self) -> Worker:
        with self._change:
            while not self._free:
                if not self._all:
                    self._free.append(self._hire())
                    break
                if not self._change.wait(_PATIENCE) and self._all and len(self._all) < self._most:
                    # It joins when it is ready: one of the others may be free before.
                    hired = self._hire()
                    threading.Thread(target=self._break_in, args=(hired,), daemon=True).start()
            return self._free.pop()

    def _hire(self, **how: Any) -> Worker:  # noqa: ANN401
        worker = self._new(**how)
        self._all.append(worker)
        return worker

    def _break_in(self, worker: Worker) -> None:
        with contextlib.suppress(LostError, CancelledError):  # whoever takes it is told
            worker.call(os.getpid)
        self._give_back(worker)

    def _give_back(self, worker: Worker) -> None:
        with self._change:
            if worker in self._all:
                self._free.append(worker)  # the first to be taken again: it is warm
                self._change.notify()


def in_order(
    function: Callable[..., _Result],
    tasks: Sequence[tuple[Any, ...]],
    *,
    workers: int,
    limits: Limits = Limits(),
    first: Task | None = None,
    ahead: int = 4,
) -> "Iterator[Future[_Result]]":
    """Run a function over many arguments in several processes, single-threaded each.

    A process that dies or takes too long costs the one task that it had. Whoever stops early
    ends all processes.

    Args:
        function: Importable.
        tasks: The arguments of each call.
        workers: Processes.
        limits: Of each.
        first: As for `Worker`.
        ahead: Tasks of each process that are done or wait while an earlier one is still done.

    Yields:
        What came of each task, in their order, as a future that is done.
    """
    crew = [Worker(limits, environment=ONE_THREAD, first=first) for _ in range(workers)]
    free = list(crew)
    running: dict[Future[_Result], tuple[int, Worker]] = {}
    done: dict[int, Future[_Result]] = {}
    given = 0
    try:
        for worker in crew:
            worker.start()
        for wanted in range(len(tasks)):
            end = min(len(tasks), wanted + ahead * workers)
            while wanted not in done:
                while free and given < end:
                    worker = free.pop()
                    running[worker.submit(function, *tasks[given])] = given, worker
                    given += 1
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    number, worker = running.pop(future)
                    done[number] = future
                    free.append(worker)
            yield done.pop(wanted)
    finally:
        for worker in crew:
            worker.close()


def alive() -> tuple[int, ...]:
    """Numbers of the processes that this one has started and that have not ended."""
    return tuple(process.pid for process in tuple(_running) if process.alive)


# ----------------------------------------------------------------- in the calling process


class _Process:
    """A process that was started, and the socket to it."""

    def __init__(self, limits: Limits, environment: Mapping[str, str], first: Task | None) -> None:
        self._socket, there = socket.socketpair()
        self._channel = Channel(self._socket)
        self._ready = self._by_us = self._leaving = self._asked = False
        self._owner = os.getpid()
        self._ending = threading.RLock()
        try:
            with there:
                self._popen = subprocess.Popen(  # noqa: S603 - ourselves
                    _command(there.fileno()),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env={**os.environ, **environment},
                    pass_fds=(there.fileno(),),
                    start_new_session=True,  # Ctrl-C is for the process that asked
                )
            self.pid, self.alive = self._popen.pid, True
            _running.add(self)
            self._send((limits, first))
        except OSError as error:
            self._socket.close()
            what = f"No process can be started here ({error.strerror}); close other programs."
            raise LostError(what, "not-started") from error

    @property
    def idles(self) -> bool:
        """Whether it lives; it has nothing to say unless it has just been started."""
        if not self.alive or self._owner != os.getpid() or self._popen.poll() is not None:
            return False
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return not (self._ready and poll.poll(0))

    def ask(self, task: Task, seconds: float | None) -> Any:  # noqa: ANN401
        """What a task returns; raises what it raises, or `LostError`."""
        self._asked = True
        try:
            if not self._ready:
                self._be_ready()
            self._send((task, seconds))
            return self._result(seconds, "crashed")
        finally:
            with self._ending:
                self._asked = False
                if not self.alive:
                    self._socket.close()

    def leave(self) -> None:
        """Ask it to end, its task in good order (SIGTERM); does not wait."""
        if self.alive and not self._leaving:
            self._by_us = self._leaving = True
            self._send(None)
            self._popen.terminate()

    def end(self, *, by_us: bool = False, patience: float = 0.0) -> None:
        """End it and let nothing of it remain in the system."""
        self._by_us = self._by_us or by_us
        with self._ending:
            if self.alive and self._owner == os.getpid():
                if patience:
                    self.leave()
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        self._popen.wait(patience)
                self._popen.kill()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._popen.wait(FAREWELL)
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
            self.alive = False
            _running.discard(self)
            if not self._asked:  # otherwise who asks reads to the end, and closes it
                self._socket.close()

    def _be_ready(self) -> None:
        try:
            self._result(STARTING, "not-started")
        except BaseException:
            self.end()
            raise
        self._ready = True

    def _send(self, message: object) -> None:
        with contextlib.suppress(OSError):  # its end is read next
            self._socket.settimeout(None)
            self._channel.send(message)

    def _result(self, seconds: float | None, reason: Any) -> Any:  # noqa: ANN401
        deadline = None if seconds is None else time.monotonic() + seconds
        try:
            kind, value = self._channel.receive(deadline)
        except TimeoutError:
            self.end()
            what = f"A process did not finish within {seconds:.0f} s and was ended."
            raise LostError(what, "timed-out") from None
        except (EOFError, OSError):
            self.end()
            if self._by_us:
                raise CancelledError from None
            raise LostError(_ENDS[reason], reason) from None
        if kind == "done":
            return value
        if isinstance(value, MemoryError):
            self.end()  # what has leaked must not cost the next task its memory
            raise LostError("There was not enough memory for this.", "too-large") from value
        raise value


_ENDS: Final = {
    "crashed": "The process that did this ended; try it once more.",
    "not-started": "A process ended before it was ready; close other programs.",
}
_running: set[_Process] = set()


def _command(descriptor: int) -> list[str]:
    if getattr(sys, "frozen", False):  # a bundled program has no `-c`: see `serve_if_asked`
        return [sys.executable, _ASKED, str(descriptor)]
    paths = f"import sys; sys.path[:] = {sys.path!r}"
    return [
        sys.executable, "-c", f"{paths}; from engine.processes import serve; serve({descriptor})"
    ]  # fmt: skip


_ASKED: Final = "--serve-rowscope"


@atexit.register
def _end_all() -> None:
    for process in tuple(_running):
        process.end(by_us=True)


os.register_at_fork(after_in_child=_running.clear)  # those are of the program that was forked


# ------------------------------------------------------------------ in the called process


def serve_if_asked() -> None:
    """Be a process that works for another, where a bundled program was started as one."""
    if len(sys.argv) == 3 and sys.argv[1] == _ASKED:
        serve(int(sys.argv[2]))
        sys.exit()


def serve(descriptor: int) -> None:
    """Do tasks until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = Channel(socket.socket(fileno=descriptor))
    asked: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(channel, asked), daemon=True).start()
    outcome = _outcome(lambda: _begin(asked.get()))
    while True:
        _answer(channel, outcome)
        del outcome  # a large one need not outlive its sending
        message = asked.get()
        if message[0] == _LEAVE:
            return
        outcome = _outcome(lambda: _run(message))  # noqa: B023 - run here


def _listen(channel: Channel, asked: "queue.SimpleQueue[Any]") -> None:
    """Take messages in; when the other end is gone, so is this process, whatever it does."""
    try:
        while True:
            asked.put(channel.parts(None))
    except (EOFError, OSError):
        os._exit(0)


def _begin(message: Any) -> None:  # noqa: ANN401
    limits, first = unpacked(message)
    if first is not None:
        first[0](*first[1])
    _limit(limits)


def _run(message: Any) -> Any:  # noqa: ANN401
    (function, arguments), seconds = unpacked(message)
    if seconds is not None:
        # Also where the other end cannot end it: nothing spins for ever after a program is gone.
        used = time.process_time() + seconds + _GRACE
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1, hard))
    return function(*arguments)


def _outcome(run: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "done", run()
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it is belongs to who asked
        return "failed", _portable(error)


def _portable(error: BaseException) -> BaseException:
    """The error itself if it can cross, else its words."""
    if isinstance(error, EngineError | MemoryError):
        return error.with_traceback(None)
    words = traceback.format_exc()
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - just made
    except Exception:  # noqa: BLE001 - whatever its class does
        return RuntimeError(words)
    error.add_note(words)
    return error.with_traceback(None)


def _answer(channel: Channel, outcome: tuple[str, Any]) -> None:
    try:
        channel.send(outcome)
    except OSError:  # nobody is there any more
        os._exit(0)
    except MemoryError as error:
        channel.send(("failed", error))
    except Exception as error:  # noqa: BLE001 - what cannot be pickled
        channel.send(("failed", _portable(error)))


def _limit(limits: Limits) -> None:
    # What was in memory stays out of files.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if limits.memory is None:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = _address_space() + limits.memory
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # as on macOS
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _address_space() -> int:
    """Bytes of address space that this process has taken."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of a disk
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # not Linux
        return 0
