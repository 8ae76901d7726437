"""The process that keeps the models starts before Qt, and is the one that is then asked."""

import subprocess
import sys

from viewer import ahead


def test_that_the_process_that_was_started_ahead_is_taken_once(monkeypatch):
    monkeypatch.setattr(ahead, "prepare_reading", lambda: None)
    ahead.start()
    first = ahead.inference_worker()
    pid = first.pid
    try:
        assert pid is not None
        assert first.call(len, "abc") == 3
        assert first.pid == pid
        second = ahead.inference_worker()
        assert second is not first
        assert second.pid is None
    finally:
        first.close()


def test_that_starting_ahead_loads_no_window():
    code = (
        "import sys; from viewer import ahead; ahead.start();"
        "print({'PySide6.QtWidgets', 'pyqtgraph', 'torch'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout.strip() == "set()", run.stderr
