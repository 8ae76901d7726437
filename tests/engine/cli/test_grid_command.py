"""A network of rows and columns from its recipe to its maps, on films that this program draws."""

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.cli import app
from engine.films import finding_boxes
from engine.weights import load_bundle

RECIPE = """
name = "grid"
title = "Grid"
version = "1"
task = "Opacity or normal"
intended_use = "Tests"
data_source = "Nobody"
classes = ["normal", "opacity"]
positive = 1
[input]
rows = 16
columns = 16
intensity = "rank"
[network]
architecture = "grid"
[network.options]
hidden_size = 3
layers = 1
vertical = "down"
stem = [{ channels = 4, row_stride = 2, column_stride = 2 }]
[data]
source = "a test"
licence = "none"
allow_leakage = ["near"]
[population]
[training]
epochs = 1
batch_size = 4
learning_rate = 1e-2
[measure]
allow_untold = true
influence_films = 4
deletion_films = 4
"""


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "phantoms"
    drawn = run(
        *("phantoms", folder, "--count", 16, "--rows", 32, "--by-class"),
        *("--split", "0.5,0.5,0"),
    )
    assert drawn.exit_code == 0, drawn.output
    return folder


@pytest.fixture(scope="module")
def trained(films, tmp_path_factory):
    """The folder of the bundle; do not change it."""
    place = tmp_path_factory.mktemp("made")
    (place / "grid.toml").write_text(RECIPE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        words = (place / "grid.toml", films, "-o", place / "grid", "--no-audit", "--without-test")
        result = run("train", *words)
    assert result.exit_code == 0, result.output
    return place / "grid"


def test_that_a_recipe_names_a_network_of_rows_and_columns(trained):
    bundle = load_bundle(trained)
    assert bundle.info.architecture == "1 convolution, grid of GRU 1 × 3, features"
    assert (bundle.info.steps, bundle.info.hidden_size) == (8, 24)
    assert np.isfinite(bundle.statistics.state_mean).all()


def test_that_a_trace_tells_states_and_influence_in_rows_and_columns(trained, films, tmp_path):
    film = next(films.rglob("*.png"))
    result = run("trace", film, "--model", trained, "-o", tmp_path / "film.npz")
    assert result.exit_code == 0, result.output
    with np.load(tmp_path / "film.npz", allow_pickle=False) as arrays:
        assert arrays["h"].shape == (1, 1, 8, 24)
        assert int(arrays["columns"]) == len(arrays["column_edges"]) - 1 == 8
        assert arrays["influence_grid"].shape == (8, 8)
        change = float(arrays["log_odds"] - arrays["baseline_log_odds"])
        left = float(arrays["grid_residual"])
        assert float(arrays["influence_grid"].sum()) + left == pytest.approx(change, abs=1e-4)
        assert arrays["grid_column_edges"].tolist() == np.linspace(0, 32, 9).tolist()


def test_that_the_table_of_phantoms_tells_where_an_opacity_lies_in_both_directions(films):
    names = sorted(str(path.relative_to(films)) for path in films.rglob("*.png"))
    boxes = finding_boxes(films, np.array(names))
    known = np.isfinite(boxes).all(axis=1)
    assert known.tolist() == ["/opacity/" in name for name in names]
    left, top, right, bottom = boxes[known].T
    assert ((left >= 0) & (left < right) & (right <= 1)).all()
    assert ((top >= 0) & (top < bottom) & (bottom <= 1)).all()


def test_that_films_without_a_table_of_findings_have_no_boxes(tmp_path):
    assert finding_boxes(tmp_path, np.array(["a.png"])) is None
    (tmp_path / "truth.csv").write_text("file,opacity_first_row,opacity_last_row\na.png,1,2\n")
    assert finding_boxes(tmp_path, np.array(["a.png"])) is None
