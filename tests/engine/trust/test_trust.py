from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.calibration import conformal_set, log_odds, probability_interval
from engine.errors import BundleError
from engine.runtime import asked
from engine.suitability import film_checks, reasons_of
from engine.trust import judge, surprise_check, wrong_film
from engine.types import Check, FilmRows, RowSequence, Surprise
from engine.weights import load_bundle, save_bundle
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
    """Installs a model of kinds whose head has these biases for chest film, hand and head."""

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
            card="# Kinds\n",
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
    bundle = make_guarded(admission=None)
    tall = RowSequence(sequence.rows.repeat(2, axis=0), np.linspace(0, 160, 33))
    trust = judge(bundle, tall, LOGITS)
    assert trust.surprise.per_row.shape == (16,)
    np.testing.assert_allclose(trust.surprise.edges, sequence.edges)
    assert {name for name, check in named(trust).items() if check.passed is None} == {"body part"}


@pytest.mark.parametrize(("limit", "abstains"), [(-1e3, True), (1e3, False)])
def test_that_a_film_above_the_limit_of_surprise_gets_no_answer(
    make_guarded, sequence, limit, abstains
):
    bundle = make_guarded(
        forecast=replace(CONFIG.forecast, limit=limit), guard=None, admission=None
    )
    trust = judge(bundle, sequence, LOGITS)
    assert trust.abstains is abstains
    assert [reason.code for reason in trust.reasons] == ["surprise"] * abstains


def test_that_a_bundle_says_how_many_rows_are_expected_together(make_guarded, sequence, tmp_path):
    bundle = make_guarded(forecast=replace(CONFIG.forecast, rows_per_step=4), admission=None)
    per_row = judge(bundle, sequence, LOGITS).surprise.per_row
    np.testing.assert_array_equal(per_row.reshape(4, 4), per_row[::4, None].repeat(4, axis=1))
    path = tmp_path / "guarded" / "metadata.json"
    path.write_text(path.read_text().replace('"rows_per_step": 4', '"rows_per_step": 5'))
    with pytest.raises(BundleError, match=r"rows_per_step.*a divisor of 16"):
        load_bundle(path.parent)


@pytest.mark.parametrize(("threshold", "abstains"), [(0.0, True), (1.0, False)])
def test_that_a_film_above_the_guards_threshold_gets_no_answer(
    make_guarded, sequence, threshold, abstains
):
    guard = replace(CONFIG.guard, threshold=threshold)
    trust = judge(make_guarded(guard=guard), sequence, LOGITS)
    assert (named(trust)["guard"].passed is False) is abstains


def test_that_the_guard_says_which_wrong_film_it_sees(make_guarded, sequence):
    bundle = make_guarded(guard=replace(CONFIG.guard, threshold=0.1))
    bundle = say(bundle, 0.0, 0.0, 9.0)
    assert "mirrored" in named(judge(bundle, sequence, LOGITS))["guard"].words


def test_that_a_guard_without_a_number_refuses(make_guarded, sequence):
    bundle = say(make_guarded(), *[np.nan] * 3)
    assert named(judge(bundle, sequence, LOGITS))["guard"].passed is False


@pytest.mark.parametrize("missing", ["guard", "forecast", "admission"])
def test_that_what_the_bundle_lacks_is_not_checked_and_never_passed(
    make_guarded, sequence, missing
):
    name = {"guard": "guard", "forecast": "surprise", "admission": "body part"}[missing]
    check = named(judge(make_guarded(**{missing: None}), sequence, LOGITS))[name]
    assert check.passed is None


def rows_for(model, sequence):
    """The film's rows for another model, whose checks found nothing."""
    return FilmRows(model, (), sequence)


def test_that_an_admission_check_that_is_not_installed_gives_no_answer(
    make_guarded, sequence, monkeypatch
):
    monkeypatch.delenv("ROWSCOPE_MODELS", raising=False)
    bundle = make_guarded(
        admission=replace(CONFIG.admission, model="nowhere"), guard=None, forecast=None
    )
    trust = judge(bundle, sequence, LOGITS, others=[rows_for("nowhere", sequence)])
    assert [reason.code for reason in trust.reasons] == ["body part"]
    assert "“nowhere”, which would tell, is not installed" in trust.reasons[0].sentence


def test_that_an_admission_check_that_is_damaged_gives_no_answer(
    make_guarded, body_part, sequence, tmp_path
):
    body_part(5.0, 0.0, 0.0)
    weights = tmp_path / "models" / "kind-of-image" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4])
    trust = judge(make_guarded(), sequence, LOGITS, others=[rows_for("kind-of-image", sequence)])
    assert named(trust)["body part"].passed is False


def test_that_an_admission_check_that_got_no_rows_gives_no_answer(
    make_guarded, body_part, sequence
):
    body_part(5.0, 0.0, 0.0)
    check = named(judge(make_guarded(), sequence, LOGITS))["body part"]
    assert (check.passed, check.value) == (False, None)
    assert "does not fill the grid of the model “kind-of-image”" in check.words


def test_that_an_admission_check_without_the_accepted_class_gives_no_answer(
    make_guarded, body_part, sequence
):
    body_part(5.0, 0.0, 0.0)
    bundle = make_guarded(admission=replace(CONFIG.admission, accepts=("foot",)))
    trust = judge(bundle, sequence, LOGITS, others=[rows_for("kind-of-image", sequence)])
    assert (named(trust)["body part"].passed, trust.abstains) == (False, True)


def test_that_an_admission_check_is_looked_for_among_the_models_only(
    make_guarded, sequence, tmp_path, monkeypatch
):
    build_bundle(tmp_path / "elsewhere", TINY)
    monkeypatch.chdir(tmp_path)
    bundle = make_guarded(
        admission=replace(CONFIG.admission, model="elsewhere", accepts=("normal",))
    )
    trust = judge(bundle, sequence, LOGITS, others=[rows_for("elsewhere", sequence)])
    assert "not installed" in named(trust)["body part"].words
    assert Path("elsewhere").is_dir()


@pytest.fixture
def ask_admission(make_guarded, body_part, sequence):
    """The admission check where the other model's head has these biases."""

    def ask(*biases, **changes):
        body_part(*biases)
        others = [rows_for("kind-of-image", sequence)]
        return judge(make_guarded(**changes), sequence, LOGITS, others=others)

    return ask


@pytest.mark.parametrize(
    ("biases", "mark", "words"),
    [
        ((5.0, 0.0, 0.0), "passed", "It looks like: chest film."),
        ((0.8, 0.0, 0.0), "doubtful", "not clearly: 0.53, where the model answers from 0.50"),
        ((0.0, 5.0, 0.0), "failed", "another kind of image (hand)"),
        ((0.0, 2.0, 0.0), "failed", "It is not clear"),
        ((0.1, 0.0, 0.0), "failed", "It is not clear"),
    ],
)
def test_that_the_admission_check_lets_through_what_it_takes_for_accepted(
    ask_admission, biases, mark, words
):
    check = named(ask_admission(*biases, guard=None))["body part"]
    assert check.mark == mark
    assert words in check.words


def say(bundle, *biases):
    """The bundle with a guard that answers by its biases alone."""
    guard = bundle.safeguards.guard
    head = {
        "head.weight": np.zeros_like(guard.weights["head.weight"]),
        "head.bias": np.array(biases, np.float32),
    }
    safeguards = replace(bundle.safeguards, guard=asked(guard.config, guard.weights | head))
    return replace(bundle, safeguards=safeguards)


@pytest.mark.parametrize(
    ("biases", "kind", "first"),
    [
        (
            (0.0, 9.0, 0.0),
            "upside down",
            "guard",
        ),  # its own kind, turned: the other is misled
        ((0.0, 0.0, 9.0), "no such film", "body part"),
        ((0.0, 1.0, 0.0), "upside down", "body part"),  # not certain of it
    ],
)
def test_that_an_admission_check_that_a_turned_film_misleads_is_not_believed(
    make_guarded, body_part, sequence, biases, kind, first
):
    body_part(0.0, 5.0, 0.0)
    classes = ("upright", "upside down", "no such film")
    bundle = make_guarded(guard=replace(CONFIG.guard, classes=classes, threshold=0.5))
    bundle = say(bundle, *biases)
    others = [rows_for("kind-of-image", sequence)]
    trust = judge(bundle, sequence, LOGITS, others=others)
    assert trust.reasons[0].code == first
    assert ("upside down" in trust.reasons[0].sentence) is (first == "guard")


def test_that_a_film_of_another_kind_is_not_called_turned(make_guarded, sequence):
    bundle = make_guarded(admission=None, guard=replace(CONFIG.guard, threshold=0.5))
    bundle = say(bundle, 0.0, 9.0, 0.0)
    ct = Check("kind", passed=False, words="This is a CT image.")
    trust = judge(bundle, sequence, None, checks=[ct])
    said = [reason.sentence for reason in trust.reasons if reason.code == "guard"]
    assert said == ["This does not look like a film of the kind that the model reads."]


@pytest.mark.parametrize(("bias", "mark"), [(-3.0, "passed"), (0.4, "doubtful"), (3.0, "failed")])
def test_that_a_guard_near_its_limit_is_no_tick(make_guarded, sequence, bias, mark):
    bundle = make_guarded(admission=None)
    bundle = say(bundle, 0.0, bias, -20.0)
    check = named(judge(bundle, sequence, LOGITS))["guard"]
    assert check.mark == mark
    assert ("where the model abstains above 0.90" in check.words) is (mark == "doubtful")


@pytest.mark.parametrize(("percentile", "mark"), [(94.0, "passed"), (96.0, "doubtful")])
def test_that_a_film_more_surprising_than_nineteen_of_twenty_is_no_tick(percentile, mark):
    found = Surprise(np.zeros(1, "f"), np.zeros(1, "f"), np.zeros(2), 1.0, percentile)
    check = surprise_check(make_safeguards(), found)
    assert check.mark == mark
    assert ("where the model abstains above 2.00" in check.words) is (mark == "doubtful")


def test_that_no_number_is_given_where_the_network_was_not_asked(make_guarded, sequence):
    trust = judge(make_guarded(admission=None), sequence, None)
    assert (trust.interval, trust.conformal, trust.level) == (None, (), 0.0)


def failing(*names, doubtful=()):
    return [Check(name, passed=False, words=name, doubtful=name in doubtful) for name in names]


def codes(checks):
    return [reason.code for reason in reasons_of(checks)]


def test_that_the_reason_that_says_most_comes_first():
    checks = failing("levels", "surprise", "guard", "age", "body part", "examined part", "kind")
    assert codes(checks) == [
        "kind", "examined part", "body part", "age", "guard", "surprise", "levels"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["kind", "examined part", "body part"])
def test_that_which_way_up_is_no_reason_for_another_kind_of_film(kind):
    assert codes(failing("orientation", "view", "laterality", kind)) == [kind]


def test_that_what_is_only_unclear_stands_behind_what_is_plain():
    checks = failing("surprise", "body part", "guard", "orientation", doubtful=("body part",))
    assert codes(checks) == ["orientation", "guard", "body part", "surprise"]


def test_that_a_reason_of_a_check_that_is_not_known_comes_last():
    assert codes(failing("new", "range", "kind")) == ["kind", "range", "new"]


def test_that_only_a_failed_check_is_a_reason():
    checks = [Check(str(passed), passed=passed, words="x") for passed in (True, None, False)]
    assert [reason.code for reason in reasons_of(checks)] == ["False"]


def test_that_a_kind_that_is_not_known_still_gets_a_sentence():
    assert wrong_film("bent") == "This film looks wrong (“bent”); the model does not read it."
