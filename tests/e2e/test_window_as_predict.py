"""The window is as careful as the command line: the same status, reason and words for a film."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.cli import app
from engine.phantoms import PhantomSpec, write_phantom
from tests.drawn import drawn
from tests.e2e.conftest import written

MODELS = ("chest-pneumonia", "digits", "phantom-opacity")


def save(path, values):
    from PIL import Image

    Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """What is no film, what is one, and what is one of another model."""
    folder = tmp_path_factory.mktemp("films")
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0:256, 0:272]
    sheet = np.full((256, 272), 20.0)
    sheet[30:226, 70:186] = 225
    icon = sheet + rng.normal(0, 2, sheet.shape) + x / 10
    y, x = np.mgrid[0:28, 0:28]
    digit = 255 * np.clip(2.0 - np.hypot(x - 14, np.clip(np.abs(y - 14) - 7, 0, None)), 0, 1)
    aged = drawn(PhantomSpec(seed=8, rows=192, columns=160, opacity=True))
    return (
        save(folder / "icon.png", icon),
        save(folder / "noise.png", rng.uniform(0, 255, (300, 280))),
        save(folder / "digit.png", digit),
        written(folder / "phantom.dcm", seed=5, opacity=True),
        write_phantom(aged, folder / "phantom-narrow.dcm") or folder / "phantom-narrow.dcm",
    )


@pytest.fixture(scope="module")
def predicted(films):
    def of(model):
        words = ["predict", *map(str, films), "--model", model, "--json"]
        return json.loads(CliRunner().invoke(app, words).stdout)["results"]

    return of


@pytest.mark.parametrize("name", MODELS)
def test_that_window_and_command_line_say_the_same(window, qtbot, read, films, predicted, name):
    session = window.session
    session.models.choose_named(name)
    read(window, *films)
    said = {result["path"]: result for result in predicted(name)}
    for path in films:
        shown, told = session.analyses.said(path), said[str(path)]
        probabilities = shown.prediction.probabilities.tolist() if shown.prediction else None
        assert (shown.abstained, probabilities) == (told["reason"], told["probabilities"]), path
        reasons = [reason["sentence"] for reason in told["reasons"] or ()]
        assert [reason.sentence for reason in shown.trust.reasons] == reasons, path
        checks = {check["name"]: check["passed"] for check in told["checks"]}
        assert {check.name: check.passed for check in shown.trust.checks} == checks, path


def test_that_pictures_of_no_film_get_no_number_in_the_window(window, read, films):
    window.session.models.choose_named("chest-pneumonia")
    icon, noise = films[:2]
    read(window, icon, noise)
    for path in (icon, noise):
        assert window.session.analyses.said(path).prediction is None, path


def test_that_one_click_changes_to_the_model_that_fits(window, qtbot, read, films):
    session = window.session
    session.models.choose_named("chest-pneumonia")
    read(window, films[2])
    suggestion = session.analysis.trust.suggestion
    assert suggestion.model == "digits"
    with qtbot.waitSignal(session.settled, timeout=120_000):
        session.analyses.choose_suggested()
    assert session.model.name == "digits"
    assert session.analysis.prediction is not None
