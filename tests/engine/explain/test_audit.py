"""The audit finds what is true of a network whose task is known."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from engine.bundle import (
    LEAST_FACTOR,
    MOST_CORRELATION,
    NetworkConfig,
    StemLayer,
    influence_passes,
    verdicts,
)
from engine.explain import (
    answers,
    audit,
    cascade,
    cells_pointing,
    deletion_areas,
    edge_strengths,
    essentials,
    explained,
    first_largest,
    first_smallest,
    influences,
    peaks_inside,
    random_places,
    ratio,
    untrained,
)
from engine.network import RowClassifier
from tests.engine.audited import learn, sample


@pytest.fixture(scope="module")
def subject():
    return learn()


@pytest.fixture(scope="module")
def measured(subject):
    return audit(subject, sample(), siblings=[learn(seed=5)])


@pytest.fixture(scope="module")
def explained_films(subject):
    """Films with something to explain, their classes, and the baseline."""
    rows, baseline = sample().rows, subject.statistics.mean_image
    targets = answers(subject.network, rows)
    chosen = explained(subject.network, rows, baseline=baseline, targets=targets)
    return rows[chosen], targets[chosen], baseline


def factor_of(subject, films, maps):
    """Random area over deletion area of any maps, as the audit measures it."""
    rows, targets, baseline = films
    orders = random_places(len(rows), maps.shape[1], np.random.default_rng(0))
    areas = deletion_areas(
        subject.network,
        rows,
        baseline=baseline,
        targets=targets,
        orders=np.concatenate((first_largest(maps)[:, None], orders), axis=1),
    )
    return ratio(areas[:, 1:].mean(axis=1), areas[:, 0], np.random.default_rng(0)).value


def test_that_influence_of_a_network_that_learnt_passes(measured):
    assert influence_passes(measured)
    assert measured.deletion.over_random.value >= LEAST_FACTOR
    assert measured.randomised.value <= MOST_CORRELATION


def test_that_a_random_map_fails(subject, explained_films):
    maps = np.random.default_rng(3).random((len(explained_films[0]), 16))
    assert 0.7 < factor_of(subject, explained_films, maps) < 1.4


def test_that_the_map_of_an_untrained_network_fails(subject, explained_films):
    rows, targets, baseline = explained_films
    maps = influences(untrained(subject.network, 0), rows, baseline=baseline, targets=targets)
    assert factor_of(subject, explained_films, maps) < LEAST_FACTOR


def test_that_an_edge_detector_loses_against_influence(measured, subject, explained_films):
    assert measured.deletion.over_edges.low > 1
    assert measured.insertion.over_edges.low > 1
    edges = edge_strengths(explained_films[0], 16)
    assert factor_of(subject, explained_films, edges) < LEAST_FACTOR


def test_that_the_state_fails_deletion(measured):
    assert measured.state_deletion.over_random.value < LEAST_FACTOR


def test_that_the_raw_state_is_explained_by_position_and_influence_is_not(measured):
    assert measured.state_raw_shares.position.value > 0.5
    assert measured.shares.position.value < 0.2


def test_that_the_peak_is_inside_the_finding(measured):
    assert measured.pointing.hits.low > 0.8 > measured.pointing.chance.high


def test_that_the_map_of_rows_and_columns_passes_its_own_tests(measured):
    assert (measured.grid.rows, measured.grid.columns) == (16, 8)
    assert measured.grid.deletion.over_random.low > 1.5
    assert measured.grid.deletion.over_edges.low > 1.5
    assert measured.grid.randomised.value <= MOST_CORRELATION
    assert measured.grid.pointing.hits.low > 0.8 > measured.grid.pointing.chance.high


def test_that_a_cell_that_only_touches_the_finding_is_none_of_it(subject):
    rows, known = sample().rows, np.isfinite(sample().findings[:, 0])
    nowhere = np.where(known[:, None], [[0.5, 0.0, 1.0, 1.0]], np.nan)  # the half without it
    base = subject.statistics.mean_image
    found = cells_pointing(subject.network, rows, nowhere, baseline=base, target=1)
    assert found.chance.value == pytest.approx(0.5)
    assert found.hits.value < 0.2
    nobody = np.full((len(rows), 4), np.nan)
    assert cells_pointing(subject.network, rows, nobody, baseline=base, target=1) is None


def test_that_a_model_of_another_seed_looks_at_the_same_rows(measured):
    assert measured.seeds.value > 0.5


def test_that_other_seeds_are_not_measured_without_siblings(subject):
    found = audit(subject, sample(12))
    lines = {line.what: line.verdict for line in verdicts(found)}
    assert lines["Influence: other seeds"] == "not measured"


def test_that_integrated_gradients_are_complete_and_agree_with_shapley(measured):
    assert measured.residual.value < 0.01
    assert measured.agreement.value > 0.8


def test_that_shapley_values_are_complete_and_occlusion_is_not(subject):
    by_method = {
        method: audit(subject, sample(12), method=method).residual.value
        for method in ("shapley", "occlusion")
    }
    assert by_method["shapley"] < 1e-5
    assert by_method["occlusion"] > 0.01


def test_that_every_interval_holds_its_figure_and_counts_its_films(measured, explained_films):
    for figure in (
        measured.deletion.map,
        measured.deletion.over_random,
        measured.insertion.map,
        measured.randomised,
        measured.residual,
        measured.shares.mean_map,
    ):
        assert figure.low < figure.value < figure.high
        assert figure.films == len(explained_films[0])
    assert measured.pointing.hits.films == np.isfinite(sample().findings[:, 0]).sum()


def test_that_the_same_seed_measures_the_same(subject):
    assert audit(subject, sample(12), seed=4) == audit(subject, sample(12), seed=4)


def test_that_the_essentials_are_those_of_the_whole_audit(measured, subject):
    films = sample()
    found = essentials(
        subject.network,
        films.rows,
        baseline=subject.statistics.mean_image,
        targets=answers(subject.network, films.rows),
    )
    assert found.deletion.value == pytest.approx(measured.deletion.map.value)
    assert found.random.value == pytest.approx(measured.deletion.random.value)
    assert found.untrained.value == pytest.approx(measured.randomised.value)


def test_that_nothing_is_measured_where_nothing_is_to_be_explained(subject):
    mean = np.broadcast_to(subject.statistics.mean_image, (3, 16, 8))
    found = audit(subject, replace(sample(3), rows=mean, findings=np.full((3, 2), np.nan)))
    assert {line.verdict for line in verdicts(found)} == {"not measured"}
    assert not influence_passes(found)
    network, targets = subject.network, np.zeros(3, dtype=np.int64)
    assert essentials(network, mean, baseline=mean[0], targets=targets) is None


def test_that_the_cascade_has_a_stage_for_every_layer(measured):
    assert [stage.name for stage in measured.cascade] == ["head", "recurrent 1"]


def test_that_the_cascade_goes_down_from_the_head():
    network = deep()
    names, left = [], []
    for name, changed in cascade(network, 0):
        names.append(name)
        left.append(sorted(same_layers(network, changed)))
    assert names == ["head", "score", "recurrent 2", "recurrent 1", "stem 2", "stem 1"]
    assert left == [
        ["recurrent.0", "recurrent.1", "score", "stem.0", "stem.1"],
        ["recurrent.0", "recurrent.1", "stem.0", "stem.1"],
        ["recurrent.0", "stem.0", "stem.1"],
        ["stem.0", "stem.1"],
        ["stem.0"],
        [],
    ]


def test_that_the_cascade_ends_in_the_untrained_network_and_leaves_the_trained_one_alone():
    network, film = deep(), torch.rand(1, 16, 8)
    before = network(film)
    *_, (_, last) = cascade(network, 7)
    assert torch.equal(last(film), untrained(network, 7)(film))
    assert torch.equal(network(film), before)


def deep():
    torch.manual_seed(1)
    stem = (StemLayer(4), StemLayer(4, 2))
    config = NetworkConfig(16, 8, 2, hidden_size=5, layers=2, stem=stem, readout="attention")
    network = RowClassifier(config)
    for weight in network.parameters():
        weight.data.add_(0.1)  # biases and norms would be born equal
    return network.eval().requires_grad_(requires_grad=False)


def same_layers(left, right):
    one, other = left.state_dict(), right.state_dict()
    layers = {}
    for name, value in one.items():
        parts = name.split(".")
        layer = ".".join(parts[:2]) if parts[0] in {"stem", "recurrent"} else parts[0]
        layers.setdefault(layer, []).append(torch.equal(value, other[name]))
    return {layer for layer, equal in layers.items() if all(equal)}


class Additive(torch.nn.Module):
    """Log-odds of class 0 are the sum of the film: every step's worth is known."""

    config = SimpleNamespace(link="softmax")

    def __init__(self):
        super().__init__()
        self.anywhere = torch.nn.Parameter(torch.zeros(1))

    def forward(self, rows):
        return torch.stack((rows.sum(dim=(1, 2)), torch.zeros(len(rows))), dim=1)


def areas_of(film, *orders):
    return deletion_areas(
        Additive(),
        np.asarray(film, np.float32)[None, :, None],
        baseline=np.zeros((len(film), 1), np.float32),
        targets=np.zeros(1, np.int64),
        orders=np.array([orders]),
    )[0]


def test_that_the_deletion_area_is_that_of_the_definition():
    best, worst = areas_of([4, 3, 2, 1], [0, 1, 2, 3], [3, 2, 1, 0])
    assert best == pytest.approx((1 / 2 + 0.6 + 0.3 + 0.1) / 4)
    assert worst == pytest.approx((1 / 2 + 0.9 + 0.7 + 0.4) / 4)


def test_that_what_remains_is_kept_between_none_and_all():
    first_good, first_bad = areas_of([6, 4, -5], [0, 1, 2], [2, 1, 0])
    assert first_good == pytest.approx((1 / 2 + 0 + 0) / 3)  # 5 − 6 and 5 − 10 are below none
    assert first_bad == pytest.approx((1 / 2 + 1 + 1) / 3)  # 5 + 5 and 5 + 5 − 4 are above all


def test_that_orders_begin_with_the_largest_or_the_smallest():
    maps = np.array([[0.1, -2.0, 3.0]])
    assert first_largest(maps).tolist() == [[1, 2, 0]]
    assert first_smallest(maps).tolist() == [[1, 0, 2]]


def test_that_influences_are_by_step():
    network = RowClassifier(NetworkConfig(8, 6, 2, hidden_size=5, band=2)).eval()
    rows = np.random.default_rng(0).random((40, 8, 6)).astype(np.float16)
    mean, targets = rows.mean(axis=0, dtype=np.float32), np.ones(40, dtype=np.int64)
    for method in ("integrated-gradients", "occlusion", "shapley"):
        few = slice(0, 40 if method == "integrated-gradients" else 3)
        maps = influences(network, rows[few], baseline=mean, targets=targets[few], method=method)
        assert maps.shape == (len(rows[few]), 4)


def test_that_a_peak_counts_where_its_step_touches_the_finding():
    maps = np.array([[0, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]], dtype=float)
    first, last = np.array([0.4, 0.4, 0.5]), np.array([0.6, 0.6, 0.7])
    assert list(peaks_inside(maps, first, last)) == [True, False, False]
