"""Files are read in a process of their own, and cost no more than that."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import imagecodecs
import numpy as np
import pytest

from engine import ImageError
from engine.imaging import (
    describe_frame,
    film_key,
    guarded,
    read,
    read_frame,
    read_image,
    try_again,
)
from engine.processes import Crew, Limits
from tests.engine import hostile_decoder
from tests.engine.imaging_files import JPEG, png, ramp, write

ROOT = Path(__file__).parents[3]
FILM = ramp(300, 200)


@pytest.fixture
def hostile(monkeypatch, tmp_path):
    """Let a decoder do what Patient ID says; returns what it was given so far."""
    tries = tmp_path / "tries"
    tries.touch()

    def decoder(limits=hostile_decoder.LIMITS):
        crew = hostile_decoder.crew(tries, limits)
        monkeypatch.setattr(guarded, "_crew", crew)
        crews.append(crew)
        return lambda: tries.read_text().split()

    crews = []
    monkeypatch.setattr(guarded, "_faults", {})
    yield decoder
    for crew in crews:
        crew.close()


def refused(path):
    with pytest.raises(ImageError) as caught:
        read_frame(read_image(path))
    assert str(caught.value).startswith(f"{path.name} cannot be read: ")
    assert str(caught.value).endswith(".")
    return caught.value.reason


@pytest.mark.parametrize(
    ("deed", "reason"), [("exits", "crashed"), ("crashes", "crashed"), ("swells", "too-large")]
)
def test_that_a_file_that_costs_its_process_costs_no_other_film(tmp_path, hostile, deed, reason):
    hostile()
    bad, good = write(tmp_path / "bad.dcm", FILM, PatientID=deed), write(tmp_path / "good", FILM)
    assert refused(bad) == reason
    assert np.array_equal(read_frame(read_image(good)).values, FILM)


def test_that_a_file_that_is_never_decoded_is_given_up(tmp_path, hostile):
    hostile(hostile_decoder.HURRIED)
    bad, good = write(tmp_path / "b", FILM, PatientID="hangs"), write(tmp_path / "good", FILM)
    assert refused(bad) == "timed-out"
    assert np.array_equal(read_frame(read_image(good)).values, FILM)


def test_that_such_a_file_is_not_tried_again_under_any_name_until_somebody_asks(tmp_path, hostile):
    tried = hostile()
    bad = write(tmp_path / "bad.dcm", FILM, PatientID="exits")
    first = refused(bad)
    copy = shutil.copy(bad, tmp_path / "copy.dcm")
    for path in (bad, copy, bad):
        assert refused(path) == first
    assert tried() == ["exits"]
    try_again([copy])
    assert refused(bad) == first
    assert tried() == ["exits"] * 2


def test_that_a_file_that_was_written_again_is_tried(tmp_path, hostile):
    hostile()
    path = write(tmp_path / "film.dcm", FILM, PatientID="exits")
    refused(path)
    write(tmp_path / "film.dcm", FILM, PatientID="harmless")
    assert np.array_equal(read_frame(read_image(path)).values, FILM)


def test_that_a_film_that_hangs_holds_up_no_other(tmp_path, hostile):
    hostile()
    bad, good = write(tmp_path / "b", FILM, PatientID="hangs"), write(tmp_path / "good", FILM)
    image = read_image(bad)
    with ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(read_frame, image)
        assert np.array_equal(read_frame(read_image(good)).values, FILM)
        assert not hanging.done()
        guarded._crew.close()
        with pytest.raises(CancelledError):
            hanging.result(60)


def test_that_a_process_that_cannot_start_is_told_and_held_against_no_file(
    tmp_path, monkeypatch, hostile
):
    hostile()
    path = write(tmp_path / "film.dcm", FILM)
    crew = Crew(1, Limits(), first=(os._exit, (1,)))
    monkeypatch.setattr(guarded, "_crew", crew)
    assert refused(path) == "not-started"
    assert guarded._faults == {}


KINDS = {
    "native": lambda path: write(path, FILM),
    "JPEG 2000": lambda path: write(
        path, FILM, JPEG + "90", [imagecodecs.jpeg2k_encode(FILM, reversible=True, level=0)]
    ),
    "PNG": lambda path: path.write_bytes(png(FILM.astype(np.uint16))) and path,
    "colour PNG": lambda path: (
        path.write_bytes(imagecodecs.png_encode(np.dstack([FILM % 256] * 3).astype(np.uint8)))
        and path
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_film_is_the_one_that_is_read_without_a_guard(tmp_path, kind):
    path = KINDS[kind](tmp_path / "film")
    plain, frame = read.read_frame(read.read_image(path)), read_frame(read_image(path))
    assert film_key(frame) == film_key(plain)
    assert frame.image.path == plain.image.path == path
    for name in ("values", "colour", "valid", "exact"):
        mine, other = getattr(frame, name), getattr(plain, name)
        assert (mine is None) == (other is None)
        assert mine is None or np.array_equal(mine, other)
    assert describe_frame(frame.image, 0) == read.describe_frame(plain.image, 0)


def test_that_pixels_lie_in_shared_memory_that_is_used_again(tmp_path):
    image = read_image(write(tmp_path / "film", FILM))

    def place():
        values = read_frame(image).values
        while isinstance(values.base, np.ndarray):
            values = values.base
        assert isinstance(values.base, memoryview)
        assert values.base.nbytes == FILM.size * 4
        return values.ctypes.data

    assert len({place() for _ in range(12)}) <= 3


def test_that_films_that_are_kept_stay_as_they_are(tmp_path):
    films = [FILM + number for number in range(40)]
    paths = [write(tmp_path / f"{number}", film) for number, film in enumerate(films)]
    with ThreadPoolExecutor(3) as threads:
        frames = list(threads.map(lambda path: read_frame(read_image(path)), paths))
    assert all(np.array_equal(frame.values, film) for frame, film in zip(frames, films, strict=1))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="nothing lists them there")
def test_that_no_descriptor_and_no_named_memory_is_left(tmp_path):
    def left():
        named = Path("/dev/shm")  # noqa: S108 - where Linux lists it
        return len(list(Path("/proc/self/fd").iterdir())), sorted(named.iterdir())

    image = read_image(write(tmp_path / "film", FILM))
    read_frame(image)
    before = left()
    for _ in range(20):
        read_frame(image)
    assert left() == before


def test_that_a_relative_path_is_that_of_the_moment(tmp_path, monkeypatch):
    read_image(write(tmp_path / "warm", FILM))
    (tmp_path / "folder").mkdir()
    write(tmp_path / "folder" / "film.dcm", FILM)
    monkeypatch.chdir(tmp_path / "folder")
    assert read_frame(read_image("film.dcm")).image.path == Path("film.dcm")


def test_that_the_guarded_process_loads_neither_torch_nor_qt(tmp_path):
    read_frame(read_image(write(tmp_path / "film", FILM)))
    loaded = guarded._crew.call(eval, "set(__import__('sys').modules)")
    assert "pydicom" in loaded
    assert not {"torch", "PySide6", "onnxruntime"} & loaded


def test_that_a_script_needs_no_guard_and_leaves_nothing(tmp_path):
    film, folder = write(tmp_path / "film.dcm", FILM, PatientName="Secret^Name"), tmp_path / "tmp"
    folder.mkdir()
    code = (
        "import sys, engine\nprint('run')\n"
        "engine.imaging.prepare_reading()\n"
        "frame = engine.imaging.read_frame(engine.imaging.read_image(sys.argv[1]))\n"
        "print(frame.values.shape, 'pydicom' in sys.modules)\n"
    )
    program = tmp_path / "script.py"
    program.write_text(code)
    run = subprocess.run(
        [sys.executable, program, film],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "run\n(300, 200) False\n", "")
    assert list(folder.iterdir()) == []
