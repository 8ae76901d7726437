"""Each tool: drawn, the program killed, the film opened from elsewhere: it is there again.

A process of its own for each tool, forked where everything is imported, and one that looks; with
real files, as a reader has them, and nothing but the file of the records between them.
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
import json, os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from engine.records import Store, records_path
from tests.viewer.sketch_panes import Desk
from viewer.session.loading import load_film
def draw(kind, path):
    application = QApplication([])
    desk = Desk(load_film(Path(path), 0), Store(records_path()))
    desk.draw(kind)
    os.kill(os.getpid(), signal.SIGKILL)
ended = {}
for kind, path in json.loads(sys.argv[1]).items():
    child = os.fork()
    if not child:
        try:
            draw(kind, path)
        finally:
            os._exit(1)
    ended[kind] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(json.dumps(ended))
"""
LOOK = """
import json, sys
from pathlib import Path
from engine.records import Store, records_path
from viewer.session.annotations import Annotations
from viewer.session.loading import load_film
from viewer.session.viewport import History
annotations, found = Annotations(History(), Store(records_path())), {}
for kind, path in json.loads(sys.argv[1]).items():
    found[kind] = [
        {"kind": one.annotation.kind, "points": one.annotation.points, "values": one.values}
        for one in annotations.measured(load_film(Path(path), 0))
    ]
print(json.dumps(found))
"""


def run(code, paths, *, home):
    """What a process says of the film of each kind of mark."""
    environment = os.environ | {"ROWSCOPE_DATA": str(home), "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-c", code, json.dumps({kind: str(paths[kind]) for kind in paths})],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def film(path, *, number):
    """A film of 80 × 60 pixels of 0.5 × 0.2 mm; a raster file has no spacing."""
    pixels = np.add.outer(np.arange(SHAPE[0]), 3 * np.arange(SHAPE[1])).astype(np.uint16) + number
    if dicom(number):
        write(
            path,
            pixels,
            SOPInstanceUID=f"{UID}.{number}",
            PixelSpacing=[0.5, 0.2],
            RescaleSlope=2,
            RescaleIntercept=-100,
        )
    else:
        Raster.fromarray(pixels.astype(np.uint8)).save(path)
    return 2.0 * pixels - 100 if dicom(number) else pixels.astype(np.uint8).astype(float)


def dicom(number):
    """Every fourth is a raster file, known by its content."""
    return number % 4 != 3


def expected(kind, points, pixels, spacing):
    """The main value of a kind, computed from its points another way."""
    points = np.array(points)
    millimetres = points * spacing
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


@pytest.fixture(scope="module")
def survived(tmp_path_factory):
    """How each tool's process ended, what is there afterwards, and the pixels of its film."""
    if sys.platform == "win32":
        pytest.skip("no SIGKILL")
    home, first, second = (tmp_path_factory.mktemp(name) for name in ("data", "first", "second"))
    paths = {
        kind: first / f"film-{number}.{'dcm' if dicom(number) else 'png'}"
        for number, kind in enumerate(HANDS)
    }
    moved = {kind: second / f"another-name-{number}" for number, kind in enumerate(HANDS)}
    pixels = {kind: film(paths[kind], number=number) for number, kind in enumerate(HANDS)}
    ended = run(DRAW, paths, home=home)
    for kind, path in paths.items():
        shutil.move(path, moved[kind])
    return ended, run(LOOK, moved, home=home), pixels


@pytest.mark.parametrize(("number", "kind"), list(enumerate(HANDS)))
def test_that_what_a_tool_drew_is_there_after_kill_9_from_another_folder(survived, number, kind):
    ended, looked, pixels = survived
    assert ended[kind] == -signal.SIGKILL
    (found,) = looked[kind]
    assert found["kind"] == kind
    spacing = (0.2, 0.5) if dicom(number) else (1.0, 1.0)
    name, value = expected(kind, found["points"], pixels[kind], spacing)
    assert found["values"][name] == (value if name == "text" else pytest.approx(value, rel=1e-3))
    if kind == "length":
        assert (found["values"]["unit"], found["values"]["spacing"]) == ("mm", "at detector")
