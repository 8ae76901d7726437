"""Several findings in one network: loss, calibration, thresholds and figures, on made values."""

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score
from torch.nn import functional

from engine.bundle import NetworkConfig
from engine.calibration import linked, log_odds
from engine.errors import BundleError
from engine.measure import task_figures
from engine.network import Output, build_network, log_odds as torch_log_odds
from engine.recipe import Schedule
from engine.tasks import Cells, FilmOutputs, FilmPlace, task_of
from engine.types import Objective

NAMES = ("upper", "lower", "rare")
PLAN = Schedule(1, 8)
PLACE = FilmPlace(np.linspace(0, 8, 9), np.linspace(0, 8, 9))
NAN = np.nan


def task(fitted=None, **options):
    return task_of(Objective("multi-label", options, fitted or {}), NAMES, None)


def films(count=400, seed=0):
    """Log-odds that are twice too sure and moved, and their truth; of the third finding little."""
    rng = np.random.default_rng(seed)
    right = rng.normal(size=(count, 3)) * 1.5 - 1.0
    known = (rng.random((count, 3)) < linked(right, "sigmoid")).astype(float)
    known[4:, 2] = NAN
    known[::5, 0] = NAN
    return FilmOutputs(2 * right + 1.0), Cells(known)


def network():
    torch.manual_seed(0)
    config = NetworkConfig(8, 8, 3, cell="gru", hidden_size=4, link="sigmoid")
    return build_network(config).eval()


def test_that_a_cell_that_says_nothing_changes_neither_loss_nor_weights():
    logits = torch.tensor([[0.3, -1.2, 0.7]], requires_grad=True)
    targets = task().targets(np.zeros(1, np.int64), Cells(np.array([[1.0, NAN, 0.0]])))
    loss = task().loss(Output(logits), targets, plan=PLAN)
    alone = functional.binary_cross_entropy_with_logits(
        logits[:, [0, 2]], torch.tensor([[1.0, 0.0]]), reduction="sum"
    )
    assert loss[0].item() == pytest.approx(alone.item() / 3)
    loss.sum().backward()
    assert logits.grad[0, 1] == 0
    assert (logits.grad[0, [0, 2]] != 0).all()


def test_that_focus_smoothing_and_weights_are_what_the_formula_says():
    plan = Schedule(1, 8, focal=2.0, label_smoothing=0.2)
    logits, weight = torch.tensor([[0.5, -2.0, 1.0]]), torch.tensor([3.0, 1.0, 2.0])
    found = task().loss(Output(logits), torch.tensor([[1.0, 0.0, 1.0]]), plan=plan, weight=weight)
    p, y = linked(logits.numpy(), "sigmoid")[0], np.array([0.9, 0.1, 0.9])
    wanted = -weight.numpy() * y * (1 - p) ** 2 * np.log(p) - (1 - y) * p**2 * np.log(1 - p)
    assert float(found[0]) == pytest.approx(wanted.mean(), rel=1e-5)


def test_that_even_odds_are_best_for_a_film_that_is_undecided():
    weight = torch.tensor([4.0, 1.0, 0.5])
    logits = torch.zeros(1, 3, requires_grad=True)
    even = task().even(weight)[None]
    task().loss(Output(logits), even, plan=PLAN, weight=weight).sum().backward()
    assert logits.grad.abs().max() < 1e-7


def test_that_rare_findings_weigh_as_all_films_without_them():
    weight = task().weights(
        np.zeros(4, np.int64), Cells(np.array([[1, 1, 0], [0, 1, NAN], [0, 0, 1], [0, 0, 1.0]]))
    )
    assert weight.tolist() == [3.0, 1.0, 0.5]


def test_that_calibration_makes_each_finding_as_probable_as_it_is():
    outputs, truth = films()
    own, rows = network(), torch.rand(5, 8, 8)
    before = own(rows).detach().numpy()
    task().calibrate(own, outputs, truth)
    after = own(rows).detach().numpy()
    scale = (after[1] - after[0]) / (before[1] - before[0])
    offset = after[0] - scale * before[0]
    assert scale[:2] == pytest.approx([0.5, 0.5], abs=0.15)  # they were twice too sure
    assert (scale[2], offset[2]) == pytest.approx((1.0, 0.0), abs=1e-4)  # too few films to tell
    told = np.isfinite(truth.numbers[:, 0])
    said = linked(scale * outputs.logits + offset, "sigmoid")[told, 0]
    assert said.mean() == pytest.approx(truth.numbers[told, 0].mean(), abs=0.01)


def test_that_a_finding_with_too_few_films_abstains_alone():
    outputs, truth = films()
    fitted = task().calibrate(network(), outputs, truth)
    upper, _, rare = task(fitted).answer(np.array([1.0, 1.0, 1.0]), None, PLACE).labels
    assert (upper.abstained, upper.threshold is None, rare.threshold) == ("", False, None)
    assert "Too few validation films" in rare.abstained
    assert "10 of each" in rare.abstained
    assert upper.interval.low < upper.probability < upper.interval.high
    assert upper.sensitivity.films + upper.specificity.films == 320


def test_that_a_network_without_validation_films_says_so_for_each_finding():
    answers = task().answer(np.zeros(3), None, PLACE).labels
    assert {one.abstained for one in answers} == {
        "No films were held out to set a threshold for this finding."
    }


def test_that_a_threshold_reaches_the_sensitivity_that_is_asked_for():
    outputs, truth = films()
    found = task(sensitivity=0.95).calibrate(network(), outputs, truth)["findings"]
    assert min(one["sensitivity"][0] for one in found[:2]) >= 0.95
    plain = task().calibrate(network(), outputs, truth)["findings"]
    for one, other in zip(found[:2], plain[:2], strict=True):
        youden = [
            sum(each[key][0] for key in ("sensitivity", "specificity")) for each in (one, other)
        ]
        assert youden[0] <= youden[1]
        assert one["threshold"] < other["threshold"]


def test_that_figures_of_a_finding_count_the_films_that_say_something():
    outputs, truth = films()
    fitted = task().calibrate(network(), outputs, truth)
    patients = np.arange(400).astype(str)
    found = task_figures(
        task(fitted), outputs, np.zeros(400, np.int64), truth=truth, patients=patients
    )
    told = np.isfinite(truth.numbers[:, 0])
    area = roc_auc_score(truth.numbers[told, 0], outputs.logits[told, 0])
    assert next(iter(found)) == "auc"
    assert found["auc:upper"].value == pytest.approx(area)
    assert found["auc:upper"].films == 320
    assert found["auc:upper"].low < area < found["auc:upper"].high
    assert "sensitivity:rare" not in found
    assert found["sensitivity:upper"].films == np.count_nonzero(truth.numbers[told, 0] == 1)


def test_that_less_is_better_of_an_error_alone_and_that_figures_have_names():
    assert not task().rises("calibration_error:upper")
    assert task().rises("auc")
    assert task().figure_words("auc:upper") == "AUC of “upper”"


def test_that_the_log_odds_of_a_finding_are_its_logit():
    logits = np.array([[0.5, -2.0, 1.0]])
    assert log_odds(logits, 1, "sigmoid") == -2.0
    assert torch_log_odds(torch.from_numpy(logits), torch.tensor([1]), "sigmoid") == -2.0
    assert linked(logits, "sigmoid")[0] == pytest.approx(1 / (1 + np.exp(-logits[0])))
    assert linked(logits, "softmax").sum() == pytest.approx(1)


@pytest.mark.parametrize("options", [{"sensitivity": 1.0}, {"fewest": 0}, {"colour": 1}])
def test_that_options_that_make_no_sense_are_refused_by_name(options):
    with pytest.raises(BundleError, match=next(iter(options))):
        task(**options)
