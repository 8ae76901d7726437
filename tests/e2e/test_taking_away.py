"""Everything that a pane of Inspect gives away, and the Python that makes its numbers again."""

import csv
import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QGuiApplication, QImage

from tests.e2e.conftest import opened, settle, written
from viewer.export import taking
from viewer.export.picture import ExportError
from viewer.export.taking import picture_of
from viewer.read.workspace import INSPECT
from viewer.session.choices import MapChoice

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def inspect(qapp, tmp_path_factory):
    """A phantom in Inspect, its network opened and everything asked for answered; look only."""
    folder = tmp_path_factory.mktemp("taken")
    window = opened(qapp, folder)
    film = written(folder / "opacity.dcm", seed=5, opacity=True)
    settle(window.session, window.session.open, (film,))
    settle(window.session, window.choose_workspace, INSPECT.name)
    window.session.choose_map(MapChoice(question="state", units=(3, 5)))
    while window.session.busy:
        qapp.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    yield window
    window.close()
    window.deleteLater()


def run(lines: str, arrays: dict[str, np.ndarray], tmp_path: Path) -> dict[str, np.ndarray]:
    """Run Python as a program of its own; what it made of these names."""
    made = tmp_path / "made.npz"
    kept = f"\nnp.savez({str(made)!r}, **{{name: globals()[name] for name in {list(arrays)!r}}})\n"
    program = [sys.executable, "-c", lines + kept]
    subprocess.run(program, check=True, cwd=ROOT, timeout=170)
    with np.load(made) as found:
        return dict(found)


def test_that_the_python_of_every_pane_makes_its_numbers_again(inspect, tmp_path):
    panes = inspect.taking.shown()
    assert {"map", "influence", "answer", "states"} <= {pane.code for pane in panes}
    lines, wanted = [inspect.taking._beginning()], {}
    for pane in panes:  # one program, for one start of Python and one loading of the model
        lines.append(pane.taken.python)
        for name, array in pane.taken.arrays.items():
            lines.append(f"{pane.code}__{name} = np.asarray({name})")
            wanted[f"{pane.code}__{name}"] = array
    made = run("\n".join(lines), wanted, tmp_path)
    for name, array in wanted.items():
        assert made[name].shape == array.shape, name
        if array.dtype.kind in "fc":
            np.testing.assert_allclose(made[name], array, rtol=2e-4, atol=2e-4, err_msg=name)
        else:
            np.testing.assert_array_equal(made[name], array, err_msg=name)


def test_that_every_form_of_every_pane_is_written_with_its_caption(inspect, tmp_path):
    inspect.taking.save_all(tmp_path)
    sha256 = inspect.session.model.sha256[:12]
    for pane in inspect.taking.shown():
        picture = QImage(str(tmp_path / f"{pane.code}.png"))
        assert sha256 in picture.text("Description")
        assert (tmp_path / f"{pane.code}.svg").read_text("utf-8").count(sha256) >= 1
        table = (tmp_path / f"{pane.code}.csv").read_text("utf-8")
        assert sha256 in table.splitlines()[0]
        with np.load(tmp_path / f"{pane.code}.npz") as arrays:
            assert sha256 in str(arrays["caption"])
            assert set(pane.taken.arrays) <= set(arrays)
        assert pane.taken.python.strip() in (tmp_path / f"{pane.code}.py").read_text("utf-8")


def test_that_a_table_holds_the_numbers(inspect, tmp_path):
    inspect.taking.save("influence", tmp_path / "influence.csv")
    with (tmp_path / "influence.csv").open(encoding="utf-8") as file:
        next(file)
        rows = list(csv.DictReader(line for line in file if line.strip()))
    values = [
        float(row["influence"]) for row in rows[: len(inspect.session.analysis.influence.values)]
    ]
    np.testing.assert_allclose(values, inspect.session.analysis.influence.values)


def test_that_a_notebook_holds_every_pane(inspect, tmp_path):
    inspect.taking.save_notebook(tmp_path / "panes.ipynb")
    page = json.loads((tmp_path / "panes.ipynb").read_text("utf-8"))
    code = ["".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "code"]
    assert len(code) == 1 + len(inspect.taking.shown())
    for cell in code:
        compile(cell, "cell", "exec")


def test_that_a_caption_names_no_file_and_no_person(inspect):
    for pane in inspect.taking.shown():
        caption = inspect.taking.caption(pane.taken)
        assert inspect.session.film.frame.image.path.name not in caption
        assert inspect.session.film.frame.image.identity.patient_id not in caption


def test_that_python_reaches_the_clipboard(inspect):
    inspect.taking.copy_python("influence")
    assert "model.influence(" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("nothing", "a.png", "There is no pane “nothing”"),
        ("influence", "a.gif", "a.gif must end in one of"),
        ("influence", "there/is/none/a.csv", "could not be written"),
    ],
)
def test_that_what_cannot_be_written_is_one_sentence(inspect, tmp_path, code, name, said):
    with pytest.raises(ExportError, match=said):
        inspect.taking.save(code, tmp_path / name)


def test_that_an_empty_window_has_nothing_to_give_away(window):
    assert window.taking.shown() == ()
    with pytest.raises(ExportError, match="shows nothing yet"):
        window.taking.pane("influence")


def test_that_a_picture_of_the_film_shows_no_name(inspect, monkeypatch):
    nameless = picture_of(inspect.film, "Whose?")
    monkeypatch.setattr(taking, "without_names", lambda *_, **__: nullcontext())
    assert picture_of(inspect.film, "Whose?") != nameless
    assert not inspect.film.lettering.nameless
