"""Each tool: drawn, the program killed, the film opened from elsewhere: it is there again.

Two processes of their own for each tool, with real files, as a reader has them; nothing but the
file of the records is between them.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Raster

from tests.engine.imaging_files import write
from tests.viewer.sketch_panes import HANDS

ROOT = Path(__file__).parents[2]
SHAPE = (80, 60)
UID = "1.2.826.0.1.3680043.8.498.1"

DRAW = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from engine.records import Store, records_path
from tests.viewer.sketch_panes import Desk
from viewer.session.loading import load_film
desk = Desk(load_film(Path(sys.argv[1]), 0), Store(records_path()))
desk.draw(sys.argv[2])
os.kill(os.getpid(), signal.SIGKILL)
"""
LOOK = """
import json, sys
from pathlib import Path
from engine.records import Store, records_path
from viewer.session.annotations import Annotations
from viewer.session.loading import load_film
from viewer.session.viewport import History
annotations = Annotations(History(), Store(records_path()))
film = load_film(Path(sys.argv[1]), 0)
found = [
    {"kind": one.annotation.kind, "points": one.annotation.points, "values": one.values}
    for one in annotations.measured(film)
]
print(json.dumps(found))
"""


def run(code, path, *arguments, home):
    environment = os.environ | {"ROWSCOPE_DATA": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code, str(path), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def film(path, *, dicom):
    """A film of 80 × 60 pixels of 0.5 × 0.2 mm; a raster file has no spacing."""
    pixels = np.add.outer(np.arange(SHAPE[0]), 3 * np.arange(SHAPE[1])).astype(np.uint16)
    if dicom:
        write(
            path,
            pixels,
            SOPInstanceUID=UID,
            PixelSpacing=[0.5, 0.2],
            RescaleSlope=2,
            RescaleIntercept=-100,
        )
    else:
        Raster.fromarray(pixels.astype(np.uint8)).save(path)
    return 2.0 * pixels - 100 if dicom else pixels.astype(np.uint8).astype(float)


def expected(kind, points, pixels, *, dicom):
    """The main value of a kind, computed from its points another way."""
    points = np.array(points)
    millimetres = points * ((0.2, 0.5) if dicom else (1.0, 1.0))
    if kind == "length":
        return "length", np.linalg.norm(millimetres[0] - millimetres[1])
    if kind == "angle":
        one, other = millimetres[0] - millimetres[1], millimetres[2] - millimetres[1]
        cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
        return "angle", np.degrees(np.arccos(cosine))
    if kind == "cobb":
        tilts = [np.degrees(np.arctan2(*(b - a)[::-1])) for a, b in millimetres.reshape(2, 2, 2)]
        return "angle", abs(tilts[0] - tilts[1])
    if kind in {"probe", "point", "arrow"}:
        value = pixels[int(points[0][1]), int(points[0][0])]
        return {"probe": ("value", value), "point": ("column", points[0][0])}.get(
            kind, ("text", "")
        )
    return "mean", pixels[inside(kind, points)].mean()


def inside(kind, points):
    rows, columns = np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5
    low, high = points.min(axis=0), points.max(axis=0)
    if kind == "rectangle":
        return (columns > low[0]) & (columns < high[0]) & (rows > low[1]) & (rows < high[1])
    if kind == "ellipse":
        middle, half = (low + high) / 2, (high - low) / 2
        return ((columns - middle[0]) / half[0]) ** 2 + ((rows - middle[1]) / half[1]) ** 2 <= 1
    found = np.zeros(SHAPE, bool)
    for (x1, y1), (x2, y2) in zip(points, np.roll(points, -1, axis=0), strict=True):
        if y1 != y2:
            at = x1 + (rows - y1) / (y2 - y1) * (x2 - x1)
            found ^= ((y1 > rows) != (y2 > rows)) & (columns < at)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(("number", "kind"), list(enumerate(HANDS)))
def test_that_what_a_tool_drew_is_there_after_kill_9_from_another_folder(tmp_path, number, kind):
    dicom = number % 4 != 3  # every fourth is a raster file, known by its content
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    path, moved = first / "film.dcm", second / "another-name"
    pixels = film(path if dicom else path.with_suffix(".png"), dicom=dicom)
    path = path if dicom else path.with_suffix(".png")
    killed = run(DRAW, path, kind, home=tmp_path / "data")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    shutil.move(path, moved)
    looked = run(LOOK, moved, home=tmp_path / "data")
    (found,) = json.loads(looked.stdout)
    assert found["kind"] == kind
    name, value = expected(kind, found["points"], pixels, dicom=dicom)
    assert found["values"][name] == (value if name == "text" else pytest.approx(value, rel=1e-3))
    if kind == "length":
        assert (found["values"]["unit"], found["values"]["spacing"]) == ("mm", "at detector")
