from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.bundle import load_bundle, save_bundle
from engine.calibration import conformal_set, log_odds, probability_interval
from engine.trust import film_checks, judge, reasons_of
from engine.trust.sentences import wrong_film
from engine.types import Check, RowSequence
from tests.engine.conftest import TINY, build_bundle, describe, measure
from tests.engine.trust_parts import CONFIG, make_safeguards

LOGITS = np.array([0.2, 1.1])


@pytest.fixture
def sequence():
    rows = np.random.default_rng(3).random((16, 12), np.float32)
    return RowSequence(rows, np.linspace(0, 160, 17))


@pytest.fixture
def make_guarded(parts, tmp_path):
    """Saves a bundle with safeguards, changed as asked, and loads it."""
    network, rest = parts

    def build(**changes):
        made = make_safeguards(replace(CONFIG, **changes))
        save_bundle(tmp_path / "guarded", network, **rest, safeguards=made)
        return load_bundle(tmp_path / "guarded")

    return build


@pytest.fixture
def body_part(tmp_path, monkeypatch):
    """Installs a gate whose head has these biases for chest film, hand and head."""

    def install(*biases, **changes):
        from engine.network import RowClassifier

        folder = tmp_path / "models" / "kind-of-image"
        config = replace(TINY, classes=len(biases), **changes)
        torch.manual_seed(1)
        network = RowClassifier(config)
        with torch.no_grad():
            network.head.weight.zero_()
            network.head.bias.copy_(torch.tensor(biases))
        names = ("chest film", "hand", "head CT")[: len(biases)]
        save_bundle(
            folder,
            network,
            description=replace(describe(config), classes=names, positive=None, threshold=None),
            statistics=measure(config),
            card="# Gate\n",
        )
        monkeypatch.setenv("ROWSCOPE_MODELS", str(folder.parent))

    return install


def named(trust):
    return {check.name: check for check in trust.checks}


def test_that_a_bundle_without_safeguards_gives_the_checks_it_was_given(tiny_bundle, sequence):
    given = Check("kind", passed=False, words="This is a hand.")
    trust = judge(load_bundle(tiny_bundle), sequence, LOGITS, checks=[given])
    assert (trust.checks, trust.interval, trust.surprise) == ((given,), None, None)
    assert trust.abstains


def test_that_the_checks_come_in_their_order(make_guarded, sequence, make_frame):
    frame = make_frame(np.random.default_rng(0).integers(0, 4096, (40, 40)), modality="CR")
    bundle = make_guarded()
    info = bundle.info
    checks = film_checks(frame.image, info.input, limits=info.limits, frame=frame)
    trust = judge(bundle, sequence, LOGITS, checks=checks)
    film = ["kind", "geometry", "orientation", "levels", "range", "clipping", "borders"]
    assert [check.name for check in trust.checks] == [*film, "body part", "guard", "surprise"]


def test_that_interval_and_set_are_those_of_the_calibration_films(make_guarded, sequence):
    bundle = make_guarded()
    trust, films = judge(bundle, sequence, LOGITS), bundle.safeguards.calibration
    odds = float(log_odds(LOGITS, 1))
    expected = probability_interval(
        log_odds(films.scores, 1), films.labels == 1, odds, balanced=True
    )
    assert trust.interval == expected
    assert trust.conformal == conformal_set(films, LOGITS, level=0.95)
    assert trust.level == 0.95


def test_that_surprise_is_placed_on_the_stored_rows(make_guarded, sequence):
    found = judge(make_guarded(), sequence, LOGITS).surprise
    assert found.per_row.shape == found.percentiles.shape == (16,)
    np.testing.assert_array_equal(found.edges, sequence.edges)
    assert found.value == pytest.approx(found.per_row.mean(), rel=1e-5)


def test_that_a_film_of_another_height_is_laid_on_the_typical_grid(make_guarded, sequence):
    bundle = make_guarded()
    tall = RowSequence(sequence.rows.repeat(2, axis=0), np.linspace(0, 160, 33))
    trust = judge(bundle, tall, LOGITS)
    assert trust.surprise.per_row.shape == (16,)
    np.testing.assert_allclose(trust.surprise.edges, sequence.edges)
    assert {name for name, check in named(trust).items() if check.passed is None} == {"body part"}


@pytest.mark.parametrize(("limit", "abstains"), [(-1e3, True), (1e3, False)])
def test_that_a_film_above_the_limit_of_surprise_gets_no_answer(
    make_guarded, sequence, limit, abstains
):
    bundle = make_guarded(forecast=replace(CONFIG.forecast, limit=limit), guard=None)
    trust = judge(bundle, sequence, LOGITS)
    assert trust.abstains is abstains
    assert [reason.code for reason in trust.reasons] == ["surprise"] * abstains


@pytest.mark.parametrize(("threshold", "abstains"), [(0.0, True), (1.0, False)])
def test_that_a_film_above_the_guards_threshold_gets_no_answer(
    make_guarded, sequence, threshold, abstains
):
    guard = replace(CONFIG.guard, threshold=threshold)
    trust = judge(make_guarded(guard=guard), sequence, LOGITS)
    assert (named(trust)["guard"].passed is False) is abstains


def test_that_the_guard_says_which_wrong_film_it_sees(make_guarded, sequence):
    bundle = make_guarded(guard=replace(CONFIG.guard, threshold=0.1))
    with torch.no_grad():
        bundle.safeguards.guard.head.bias.copy_(torch.tensor([0.0, 0.0, 9.0]))
    assert "mirrored" in named(judge(bundle, sequence, LOGITS))["guard"].words


def test_that_a_guard_without_a_number_refuses(make_guarded, sequence):
    bundle = make_guarded()
    with torch.no_grad():
        bundle.safeguards.guard.head.bias.fill_(torch.nan)
    assert named(judge(bundle, sequence, LOGITS))["guard"].passed is False


@pytest.mark.parametrize("missing", ["guard", "forecast", "gate"])
def test_that_what_the_bundle_lacks_is_not_checked_and_never_passed(
    make_guarded, sequence, missing
):
    name = {"guard": "guard", "forecast": "surprise", "gate": "body part"}[missing]
    check = named(judge(make_guarded(**{missing: None}), sequence, LOGITS))[name]
    assert check.passed is None


def test_that_a_gate_that_is_not_installed_is_not_checked(make_guarded, sequence, monkeypatch):
    monkeypatch.delenv("ROWSCOPE_MODELS", raising=False)
    bundle = make_guarded(gate=replace(CONFIG.gate, model="nowhere"))
    check = named(judge(bundle, sequence, LOGITS))["body part"]
    assert (check.passed, "“nowhere”" in check.words) == (None, True)


def test_that_a_gate_is_looked_for_among_the_models_only(
    make_guarded, sequence, tmp_path, monkeypatch
):
    build_bundle(tmp_path / "elsewhere", TINY)
    monkeypatch.chdir(tmp_path)
    bundle = make_guarded(gate=replace(CONFIG.gate, model="elsewhere", accepts=("normal",)))
    assert named(judge(bundle, sequence, LOGITS))["body part"].passed is None
    assert Path("elsewhere").is_dir()


@pytest.mark.parametrize(
    ("biases", "passed", "words"),
    [
        ((5.0, 0.0, 0.0), True, "It looks like: chest film."),
        ((0.0, 5.0, 0.0), False, "another kind of image (hand)"),
        ((0.1, 0.0, 0.0), False, "It is not clear"),
    ],
)
def test_that_the_gate_lets_through_what_it_takes_for_accepted(
    make_guarded, body_part, sequence, biases, passed, words
):
    body_part(*biases)
    check = named(judge(make_guarded(), sequence, LOGITS))["body part"]
    assert check.passed is passed
    assert words in check.words


def test_that_a_gate_of_another_grid_needs_the_film(make_guarded, body_part, sequence, make_frame):
    body_part(5.0, 0.0, 0.0, rows=8)
    bundle = make_guarded()
    assert named(judge(bundle, sequence, LOGITS))["body part"].passed is None
    frame = make_frame(np.random.default_rng(0).random((40, 40)))
    assert named(judge(bundle, sequence, LOGITS, frame=frame))["body part"].passed is True


def test_that_a_gate_without_the_accepted_class_is_not_checked(make_guarded, body_part, sequence):
    body_part(5.0, 0.0, 0.0)
    bundle = make_guarded(gate=replace(CONFIG.gate, accepts=("foot",)))
    check = named(judge(bundle, sequence, LOGITS))["body part"]
    assert (check.passed, "other classes" in check.words) == (None, True)


def test_that_only_a_failed_check_is_a_reason():
    checks = [Check(str(passed), passed=passed, words="x") for passed in (True, None, False)]
    assert [reason.code for reason in reasons_of(checks)] == ["False"]


def test_that_a_kind_that_is_not_known_still_gets_a_sentence():
    assert wrong_film("bent") == "This film looks wrong (“bent”); the model does not read it."
