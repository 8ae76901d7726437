"""A share that does not answer: local films go on, and the program ends with its window."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from viewer.session import film_list, showing

HANGING = """
import sys, threading
from pathlib import Path
import viewer.session.session as session, viewer.session.showing as showing
import viewer.session.film_list as film_list

def hang(*_arguments):
    threading.Event().wait(600)

if __name__ == "__main__":
    {name} = hang
    from viewer.__main__ import main
    sys.exit(main({arguments!r}))
"""


@pytest.fixture
def run(tmp_path):
    """The program in a process of its own, in which one kind of read hangs for ten minutes."""

    def start(name, *arguments):
        program = tmp_path / "program.py"
        words = [str(argument) for argument in arguments]
        program.write_text(HANGING.format(name=name, arguments=words))
        return subprocess.run(
            [sys.executable, str(program)],
            capture_output=True,
            text=True,
            check=False,
            timeout=150,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )

    return start


@pytest.mark.parametrize("read", ["showing.load_film", "session.list_files", "film_list.survey"])
def test_that_the_program_ends_though_a_read_hangs(run, film, tmp_path, read):
    state = tmp_path / "state.json"
    ended = run(read, "--do", "wait 5", "--state", state, film)
    assert ended.returncode == 0, ended.stderr
    assert "leaked" not in ended.stderr
    shown = json.loads(state.read_text("utf-8"))
    assert shown["panes"][0]["loading"] == (read != "film_list.survey")


@pytest.fixture
def share(window, monkeypatch, tmp_path):
    """A folder whose films hang, on a storage of its own."""
    folder, latch = tmp_path / "share", threading.Event()
    folder.mkdir()

    def hanging(real):
        def read(path, other):
            if folder in path.parents:
                latch.wait(600)
            return real(path, other)

        return read

    monkeypatch.setattr(showing, "load_film", hanging(showing.load_film))
    monkeypatch.setattr(film_list, "survey", hanging(film_list.survey))
    films = window.session.films
    for lanes in (window.session._reading, films.surveying, films.checking):
        of = lanes._storages.of
        place = lambda path, of=of: str(folder) if folder in path.parents else of(path)  # noqa: E731
        monkeypatch.setattr(lanes._storages, "of", place)
    yield folder
    latch.set()


def test_that_a_local_film_is_read_while_a_share_hangs(
    window, qtbot, film, second_film, share, read
):
    read(window, film)
    slow = share / "slow.dcm"
    slow.write_bytes(second_film.read_bytes())
    window.session.open((slow,))
    qtbot.waitUntil(window.veil.cancel.isVisible, timeout=60_000)
    assert window.veil.words == ("Loading slow.dcm …", "Still showing opacity.dcm")
    with qtbot.waitSignal(window.session.analyses.analysed, timeout=120_000):
        window.session.open((second_film,))
    assert window.session.film.frame.image.path == second_film
    assert not window.veil.isVisible()


def test_that_escape_goes_back_to_the_film_that_is_shown(
    window, qtbot, film, second_film, share, read
):
    read(window, film)
    before, said = window.session.analysis, window.status.text()
    slow = share / "slow.dcm"
    slow.write_bytes(second_film.read_bytes())
    window.session.open((slow,))
    qtbot.waitUntil(window.veil.cancel.isVisible, timeout=60_000)
    qtbot.keyClick(window, "\x1b")
    assert not window.veil.isVisible()
    assert window.session.analysis is before
    assert window.status.text() == said
