"""The reader's threshold: moved where it is known what it does, never kept for the next start."""

import numpy as np
import pytest

from engine import list_models, weights
from engine.calibration import CalibrationFilms, operating_curve
from engine.types import Threshold
from engine.weights import read_calibration
from tests.viewer import film_values as made
from viewer.session.jobs import Lanes
from viewer.session.thresholds import ThresholdPlace, Thresholds

MODEL = made.model(threshold=Threshold(0.4, 0.9, 0.8, "films"))
FILMS = CalibrationFilms(
    scores=np.log(np.array([[0.9, 0.1], [0.7, 0.3], [0.5, 0.5], [0.2, 0.8]], np.float32)),
    labels=np.array([0, 0, 1, 1]),
)


@pytest.fixture
def films(monkeypatch):
    """What a bundle keeps, by the name of the model."""
    kept = {"one": FILMS}
    monkeypatch.setattr(weights, "read_calibration", lambda path: kept.get(path.name))
    return kept


@pytest.fixture
def thresholds(qtbot, films):
    lanes = Lanes(5.0)
    made_here = Thresholds(lanes)
    yield made_here
    lanes.close()


def asked(qtbot, thresholds, model=MODEL) -> ThresholdPlace:
    thresholds.ask(model)
    qtbot.waitUntil(lambda: not thresholds.point.reading, timeout=60_000)
    return thresholds.point


def test_that_a_models_threshold_holds_until_it_is_moved(qtbot, thresholds):
    point = asked(qtbot, thresholds)
    assert (point.value, point.own, point.movable) == (0.4, False, True)
    assert thresholds.own is None


def test_that_sensitivity_and_specificity_are_counted_on_the_films(qtbot, thresholds):
    asked(qtbot, thresholds)
    thresholds.move(0.6)
    point = thresholds.point
    assert (point.sensitivity.value, point.sensitivity.films) == (0.5, 2)
    assert (point.specificity.value, point.specificity.films) == (1.0, 2)
    assert point.own
    assert thresholds.own == 0.6


@pytest.mark.parametrize("back", [None, 0.4])
def test_that_there_is_a_way_back_to_the_models(qtbot, thresholds, back):
    asked(qtbot, thresholds)
    thresholds.move(0.6)
    thresholds.move(back)
    assert not thresholds.point.own


def test_that_it_cannot_be_moved_where_the_model_keeps_no_films(qtbot, thresholds, films):
    films.clear()
    asked(qtbot, thresholds)
    thresholds.move(0.6)
    assert (thresholds.point.value, thresholds.point.movable) == (0.4, False)


def test_that_each_model_has_its_own(qtbot, thresholds, films):
    films["two"] = FILMS
    asked(qtbot, thresholds)
    thresholds.move(0.6)
    other = made.model("two", threshold=Threshold(0.3, 0.9, 0.8, "films"))
    assert asked(qtbot, thresholds, other).value == 0.3
    assert asked(qtbot, thresholds).value == 0.6


def test_that_a_model_without_a_threshold_has_none(qtbot, thresholds):
    assert asked(qtbot, thresholds, made.model()) == ThresholdPlace()


def test_that_the_interval_of_a_share_is_wilsons():
    curve = operating_curve(FILMS, 1)
    figure, _ = curve.at(0.6)
    z = 1.959964
    middle = (0.5 + z**2 / 4) / (1 + z**2 / 2)
    half = z * np.sqrt(0.25 / 2 + z**2 / 16) / (1 + z**2 / 2)
    assert (figure.low, figure.high) == pytest.approx((middle - half, middle + half), abs=1e-6)


@pytest.mark.parametrize("model", [m for m in list_models() if m.threshold], ids=lambda m: m.name)
def test_that_a_bundles_own_threshold_has_the_figures_that_it_was_chosen_with(model):
    sensitivity, specificity = operating_curve(read_calibration(model.path), model.positive).at(
        model.threshold.value
    )
    assert sensitivity.value == pytest.approx(model.threshold.sensitivity, abs=1e-9)
    assert specificity.value == pytest.approx(model.threshold.specificity, abs=1e-9)
    interval = model.threshold.sensitivity_interval
    assert (sensitivity.low, sensitivity.high) == pytest.approx(
        (interval.low, interval.high), abs=1e-6
    )
