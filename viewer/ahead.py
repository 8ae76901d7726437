"""Starting the file reader and the models' process while Qt is being imported."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from engine.errors import EngineError
from engine.imaging import prepare_reading
from engine.processes import LostError, Worker

_started: list[Worker] = []
_drawing: list[Worker] = []


def start() -> None:
    """Start the process that reads files and the one that keeps the models; waits for neither."""
    prepare_reading()
    worker = _new()
    try:
        worker.start()
    except LostError:  # the first film will say so
        return
    _started.append(worker)


def inference_worker() -> Worker:
    """The process that keeps the models: the one that was started ahead, or another."""
    return _started.pop() if _started else _new()


def draw_demo(folder: Path) -> None:
    """Start a process that draws the first film of the demo study; does not wait for it."""
    if (folder / "version.txt").is_file():  # of an earlier start: the film is there already
        return
    worker = Worker(first=(_draw_first, (folder,)))
    with suppress(LostError):  # it is then drawn when it is asked for
        worker.start()
        _drawing.append(worker)


def await_demo() -> None:
    """Wait until the film of `draw_demo` is there, or will not be; without one nothing is done."""
    while _drawing:
        with _drawing.pop() as worker, suppress(EngineError):  # who asks for the film is told
            worker.call(bool)


def _draw_first(folder: Path) -> None:
    from engine.phantoms import demo_part  # noqa: PLC0415 - only that process needs it

    demo_part(folder, 0)


def _new() -> Worker:
    return Worker(first=(import_module, ("engine.model",)))
