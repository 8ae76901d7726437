"""Names of any letters do not end a run, whatever the encoding of console or file."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image as Raster

NAMES = ("胸部 film 😀.png", "éü.png", "plain.png")


@pytest.fixture
def films(tmp_path):
    for name in NAMES:
        Raster.fromarray(np.arange(900, dtype=np.uint8).reshape(30, 30)).save(tmp_path / name)
    return tmp_path


def run(module, *arguments, encoding):
    known = os.environ | {"PYTHONIOENCODING": encoding, "LANG": "C", "COLUMNS": "200"}
    known["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        capture_output=True,
        env=known,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "ascii", "utf-8"])
def test_that_a_table_is_written_in_any_encoding(films, encoding):
    done = run("engine", "info", films, encoding=encoding)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    text = done.stdout.decode(encoding)
    assert "plain.png" in text
    assert ("胸部" if encoding == "utf-8" else "\\u80f8\\u90e8") in text


@pytest.mark.parametrize("encoding", ["cp1252", "cp932"])
def test_that_a_file_is_the_same_for_readers_of_any_encoding(films, encoding):
    done = run("engine", "info", films, encoding=encoding)
    assert (done.stdout + done.stderr).isascii()


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "ascii"])
def test_that_json_stays_json_in_any_encoding(films, encoding):
    done = run("engine", "info", films, "--json", encoding=encoding)
    results = json.loads(done.stdout.decode(encoding))["results"]
    assert sorted(result["path"].rsplit("/", 1)[-1] for result in results) == sorted(NAMES)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_that_a_refusal_on_stderr_is_written_in_any_encoding(films, encoding):
    done = run("engine", "predict", films, "--model", "胸部", encoding=encoding)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are bytes on Linux only")
def test_that_a_name_that_is_no_text_is_written(films):
    os.rename(films / "plain.png", os.fsencode(films) + b"/\x8b\xb9.png")  # noqa: PTH104
    done = run("engine", "info", films, encoding="utf-8")
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_that_the_window_writes_names_in_any_encoding(films):
    picture = films / "胸.png"
    done = run("viewer", "--screenshot", picture, films / "nö胸.png", encoding="ascii")
    assert b"Traceback" not in done.stderr
    assert b"Saved" in done.stdout


def test_that_a_program_goes_on_when_nobody_reads_its_lines_any_more():
    code = (
        "import sys\n"
        "from engine.output import say\n"
        "sys.stdin.readline()\n"
        "for number in range(3): say(str(number))\n"
        "say('whole', sys.stderr)\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=pipe
    ) as run:
        run.stdout.close()
        run.stdin.write(b"now\n")
        run.stdin.close()
        told = run.stderr.read().decode().split()
        assert (run.wait(timeout=60), told) == (0, ["whole"])
