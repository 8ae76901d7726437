"""The answer by row: calibrated so that what it says after a few rows is true of such films."""

import numpy as np
import pytest

from engine.calibration import along, fit_prefixes, prefix_logits, softmax
from engine.types import PrefixCalibration

STEPS = 36


def films(classes=2, count=2000, seed=0, shares=None):
    """Answers of a head that is sure of class 0 before it has seen anything; (N, L, K), (N,).

    What is known grows from nothing at the first third to all at the end.
    """
    rng = np.random.default_rng(seed)
    labels = rng.choice(classes, count, p=shares)
    known = np.clip(np.linspace(-0.5, 1.0, STEPS), 0, 1)[:, None] ** 2  # (L, 1)
    evidence = rng.normal(size=(count, 1, classes)) + 2.5 * np.eye(classes)[labels][:, None]
    cry = np.zeros(classes)
    cry[0] = 4.0
    noise = 0.3 * rng.normal(size=(count, STEPS, classes))
    noise[:, -1] = 0.0
    return known * 2.5 * evidence + (1 - known) * (cry + noise), labels


def fitted(logits, labels, *, balanced=True):
    return fit_prefixes(logits, labels, balanced=balanced, source="films")


def test_that_before_anything_can_be_told_every_film_gets_the_share_of_its_class():
    logits, labels = films()
    assert softmax(logits)[:, 0, 0].min() > 0.9
    said = softmax(prefix_logits(logits, fitted(logits, labels)))
    np.testing.assert_allclose(said[:, :6].mean(axis=0), 0.5, atol=0.01)
    assert said[:, :6].std() < 0.05


def test_that_balanced_classes_weigh_the_same_however_many_films_they_have():
    logits, labels = films(shares=(0.15, 0.85))
    even = softmax(prefix_logits(logits, fitted(logits, labels)))
    plain = softmax(prefix_logits(logits, fitted(logits, labels, balanced=False)))
    assert even[:, 0, 1].mean() == pytest.approx(0.5, abs=0.03)
    assert plain[:, 0, 1].mean() == pytest.approx(0.85, abs=0.03)


@pytest.mark.parametrize("classes", [2, 5])
def test_that_what_is_said_of_other_films_comes_true_at_every_step(classes):
    found = fitted(*films(classes))
    logits, labels = films(classes, seed=1)
    said = softmax(prefix_logits(logits, found))
    truth = np.eye(classes)[labels][:, None]
    for step in range(STEPS):
        sure = said[:, step].max(axis=1)
        right = (said[:, step] * truth[:, 0]).sum(axis=1) == sure
        assert sure.mean() == pytest.approx(right.mean(), abs=0.05)


def test_that_the_last_answer_stays_to_the_bit():
    logits, labels = films(3)
    moved = prefix_logits(logits, fitted(logits, labels, balanced=False))
    np.testing.assert_array_equal(moved[:, -1], logits[:, -1])


def test_that_no_scale_is_negative_although_a_head_may_speak_against_the_truth():
    logits, labels = films()
    logits[:, 20:25] *= -1
    found = fitted(logits, labels)
    assert min(found.scale) == 0.0
    assert (found.scale[-1], found.offset[-1]) == (1.0, (0.0, 0.0))


def test_that_the_fit_is_the_least_of_its_loss():
    """Every value moved either way loses: the sum is convex, so that there is no lower place."""
    from engine import calibration

    logits, labels = films(count=300)
    logits = logits[:, ::6]
    weights = np.full(len(labels), 1 / len(labels))
    problem = calibration._Problem(logits, labels, weights, stiffness=0.03)
    values = problem.solve()
    least = problem._loss(values)
    for place in np.ndindex(values.shape):
        for by in (-0.02, 0.02):
            other = values.copy()
            other[place] = max(other[place] + by, 0.0) if place[1] == 0 else other[place] + by
            assert problem._loss(other) >= least - 1e-12


def test_that_without_a_calibration_logits_stay_as_they_are():
    logits, _ = films(count=4)
    np.testing.assert_array_equal(prefix_logits(logits, None), logits)


@pytest.mark.parametrize("steps", [5, 36, 91])
def test_that_a_calibration_is_laid_along_a_film_of_any_height_and_ends_at_the_answer(steps):
    stored = PrefixCalibration(
        tuple(np.linspace(0, 1, STEPS)), tuple((-t, t) for t in np.linspace(1, 0, STEPS)), ""
    )
    scale, offset = along(stored, steps)
    middle = steps // 2
    share = ((middle + 0.5) / steps * STEPS - 0.5) / (STEPS - 1)  # as `engine.sequence` has it
    assert scale[middle] == pytest.approx(share)
    assert offset[middle].tolist() == pytest.approx([share - 1, 1 - share])
    assert (scale[-1], offset[-1].tolist()) == (1.0, [0.0, 0.0])


def test_that_a_film_of_one_step_has_nothing_to_calibrate():
    found = fit_prefixes(np.zeros((4, 1, 2)), np.array([0, 1, 0, 1]), balanced=True, source="")
    assert (found.scale, found.offset) == ((1.0,), ((0.0, 0.0),))


def test_that_few_patients_bind_neighbouring_steps_more_than_many_do():
    logits, labels = films(count=300)
    moved = [
        np.abs(np.diff(fit_prefixes(logits, labels, balanced=True, source="", patients=who).scale))
        for who in (None, np.array(["one", "two"])[np.arange(300) % 2])
    ]
    assert moved[1].max() < 0.5 * moved[0].max()
