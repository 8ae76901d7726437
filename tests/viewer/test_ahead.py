"""The process that keeps the models starts before Qt, and is the one that is then asked."""

import subprocess
import sys

import pytest

import viewer.__main__
from viewer import ahead, start


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


@pytest.mark.parametrize(
    ("given", "starts"),
    [
        (["film.dcm"], 1),
        (["--size", "1280x800", "film.dcm"], 1),
        (["--demo"], 1),
        (["--tour"], 1),
        ([], 0),
        (["--model", "digits"], 0),
        (["film.dcm", "--help"], 0),
    ],
)
def test_that_what_reads_films_starts_before_the_window_where_there_is_a_film(
    monkeypatch, tmp_path, given, starts
):
    started = []
    (tmp_path / "film.dcm").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["rowscope", *given])
    monkeypatch.setattr(ahead, "start", lambda: started.append(True))
    drawn = []
    monkeypatch.setattr(ahead, "draw_demo", drawn.append)
    monkeypatch.setattr(viewer.__main__, "main", lambda: 7)
    assert start.main() == 7
    assert len(started) == starts
    assert [folder.name for folder in drawn] == ["demo"] * bool({"--demo", "--tour"} & set(given))


def test_that_the_first_film_of_the_demo_is_drawn_while_the_window_is_made(tmp_path):
    ahead.draw_demo(tmp_path)
    ahead.await_demo()
    assert [path.name for path in tmp_path.glob("*.dcm")] == ["phantom-1.dcm"]


def test_that_a_demo_that_cannot_be_drawn_ahead_is_waited_for_in_vain(tmp_path):
    (tmp_path / "file").touch()
    ahead.draw_demo(tmp_path / "file")
    ahead.await_demo()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
