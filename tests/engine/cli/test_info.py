"""`rowscope-engine info`: what a file holds, and output that no letter ends."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image as Raster
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from typer.testing import CliRunner

from engine.cli import app
from tests.engine.imaging_files import dataset, ramp, write

KEYS = {
    "path", "status", "reason", "format", "encoding", "decoder", "frames", "rows", "columns",
    "bits_stored", "photometric", "mean", "pixel_aspect", "spacing", "orientation", "windows",
    "value_range", "content", "notes",
}  # fmt: skip


def told(*arguments):
    result = CliRunner().invoke(app, ["info", *map(str, arguments), "--json"])
    return result.exit_code, json.loads(result.stdout)


def one(*arguments):
    code, whole = told(*arguments)
    assert code == 0
    return whole["results"][0]


def test_that_a_film_is_told_whole(tmp_path):
    film = ramp()
    path = write(
        tmp_path / "film", film, PixelSpacing=[0.2, 0.1], ImagerPixelSpacing=[0.2, 0.1],
        PatientOrientation=["L", "F"], WindowCenter=2000, WindowWidth=4000,
    )  # fmt: skip
    found = one(path)
    assert set(found) >= KEYS
    assert (found["status"], found["reason"], found["format"]) == ("shown", None, "DICOM")
    assert (found["rows"], found["columns"], found["frames"], found["bits_stored"]) == (
        12,
        10,
        1,
        16,
    )
    assert found["mean"] == pytest.approx(film.mean())
    assert found["spacing"] == {"row_mm": 0.2, "column_mm": 0.1, "kind": "at detector"}
    assert found["pixel_aspect"] == 0.5
    assert found["orientation"] == {"left": "R", "right": "L", "top": "H", "bottom": "F"}
    assert [(one["center"], one["width"]) for one in found["windows"]] == [(2000, 4000)]
    assert found["value_range"] == [0, 65535]
    assert found["notes"] == []


def test_that_a_copy_has_the_same_content_and_another_film_has_not(tmp_path):
    write(tmp_path / "a", ramp())
    (tmp_path / "b").write_bytes((tmp_path / "a").read_bytes())
    write(tmp_path / "c", ramp()[::-1].copy())
    _, whole = told(tmp_path)
    first, copy, other = (result["content"] for result in whole["results"])
    assert len(first) >= 32
    assert first == copy != other


def test_that_the_mean_of_colour_is_its_luminance(tmp_path):
    Raster.new("RGB", (8, 8), (200, 100, 50)).save(tmp_path / "film.png")
    assert one(tmp_path / "film.png")["mean"] == pytest.approx(0.299 * 200 + 58.7 + 5.7, abs=0.01)


def test_that_padding_is_left_out_of_the_mean(tmp_path):
    film = ramp()
    film[:4] = 60_000
    path = write(tmp_path / "film", film, PixelPaddingValue=60_000)
    assert one(path)["mean"] == pytest.approx(film[4:].mean())


def test_that_notes_have_codes_and_words(tmp_path):
    path = write(tmp_path / "film", ramp(), RescaleSlope="-1", RescaleIntercept="0", Modality="OT")
    (note,) = one(path)["notes"]
    assert note["code"] == "rescale"
    assert "negative" in note["words"]


def test_that_a_refused_file_has_its_reason_and_ends_with_1(tmp_path):
    (tmp_path / "film.dcm").write_bytes(b"no film")
    write(tmp_path / "good", ramp())
    code, whole = told(tmp_path / "film.dcm", tmp_path / "good")
    assert code == 1
    assert [result["status"] for result in whole["results"]] == ["refused", "shown"]
    assert whole["results"][0]["reason"].endswith(".")
    assert set(whole["results"][0]) == set(whole["results"][1])


def test_that_what_was_passed_over_is_counted(tmp_path):
    write(tmp_path / "good", ramp())
    (tmp_path / "AUTORUN.INF").write_text("x")
    assert told(tmp_path)[1]["passed_over"] == 1


def test_that_every_frame_has_its_own_geometry(tmp_path):
    film = ramp()
    made = dataset(film, NumberOfFrames=2)
    made.PixelData = film.tobytes() * 2
    groups = []
    for cosines, spacing, slope in (
        ([1, 0, 0, 0, 1, 0], [1, 1], 1),
        ([0, 1, 0, 0, 0, -1], [2, 1], 4),
    ):
        group, plane, measures, values = Dataset(), Dataset(), Dataset(), Dataset()
        plane.ImageOrientationPatient, measures.PixelSpacing = cosines, spacing
        values.RescaleSlope, values.RescaleIntercept, values.RescaleType = slope, 0, "US"
        group.PlaneOrientationSequence = Sequence([plane])
        group.PixelMeasuresSequence = Sequence([measures])
        group.PixelValueTransformationSequence = Sequence([values])
        groups.append(group)
    made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    made.Modality = "MR"
    made.save_as(tmp_path / "film", enforce_file_format=True)
    first, second = one(tmp_path / "film", "--frames")["per_frame"]
    assert (first["orientation"]["left"], second["orientation"]["left"]) == ("R", "A")
    assert (first["spacing"]["row_mm"], second["spacing"]["row_mm"]) == (1, 2)
    assert [one["rescale"]["slope"] for one in (first, second)] == [1, 4]


def test_that_a_person_is_told_the_same_in_a_table(tmp_path):
    write(tmp_path / "good", ramp(), RescaleSlope="-1", RescaleIntercept="0")
    shown = CliRunner().invoke(app, ["info", str(tmp_path)]).stdout
    assert "good" in shown
    assert "negative" in " ".join(shown.split())


def test_that_info_needs_no_torch(tmp_path):
    write(tmp_path / "film", ramp())
    code = (
        "import sys; from engine.cli import app; import contextlib\n"
        f"with contextlib.suppress(SystemExit): app(['info', {str(tmp_path / 'film')!r}])\n"
        "assert 'torch' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "ascii", "utf-8"])
@pytest.mark.parametrize("command", [["info"], ["info", "--json"]])
def test_that_no_letter_ends_a_run(tmp_path, encoding, command):
    for name in ("胸部 film 😀.png", "éü.png", "plain.png"):
        Raster.fromarray(np.arange(64, dtype=np.uint8).reshape(8, 8)).save(tmp_path / name)
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    run = subprocess.run(
        [sys.executable, "-m", "engine", *command, str(tmp_path)],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert b"Traceback" not in run.stderr
    assert run.stdout.count(b".png") >= 3
