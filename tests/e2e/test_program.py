"""The program as its users start it: another process, a command line, an exit status."""

import subprocess
import sys

from PySide6.QtGui import QImage


def rowscope(*arguments, **environment):
    import os

    return subprocess.run(
        [sys.executable, "-m", "viewer", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
    )


def test_that_a_screenshot_is_taken_when_all_is_read(film, tmp_path):
    target = tmp_path / "shot.png"
    run = rowscope(
        "--screenshot", target, "--size", "1280x800", "--model", "phantom-opacity", film
    )
    assert run.returncode == 0, run.stderr
    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == (1280, 800)
    assert "opacity" in run.stdout


def test_that_a_screenshot_of_a_bad_file_fails_with_its_sentence(tmp_path):
    target = tmp_path / "shot.png"
    run = rowscope("--screenshot", target, tmp_path / "nowhere.dcm")
    assert run.returncode == 1
    assert "nowhere.dcm" in run.stderr
    assert target.is_file()
