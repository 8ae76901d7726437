"""Starting the file reader and the models' process while Qt is being imported."""

from importlib import import_module

from engine.imaging import prepare_reading
from engine.processes import LostError, Worker

_started: list[Worker] = []


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


def _new() -> Worker:
    return Worker(first=(import_module, ("engine.model",)))
