"""The slopes of an answer by the states of every layer, against finite differences."""

import numpy as np
import pytest
import torch

from engine import load
from engine.inspection import state_slopes
from engine.maps import unit_contributions
from engine.network import log_odds
from engine.preparation import prepare


@pytest.fixture
def frame(make_frame):
    values = np.random.default_rng(0).integers(0, 4096, (40, 30))
    return make_frame(values, modality="CR")


def answer_of(network, layer, states):
    """Log-odds of the second class of what a layer hands on, (1, L, D·H)."""
    with torch.no_grad():
        for cell in list(network.recurrent)[layer + 1 :]:
            states = cell.read(states)
        logits = network.head(network.score.pool(states))
        return float(log_odds(logits, torch.tensor([1])))


@pytest.mark.parametrize("changes", [{}, {"cell": "lstm", "readout": "last"}])
@pytest.mark.parametrize("layer", [0, 1])
def test_that_a_slope_is_what_a_small_change_of_the_state_does(make_bundle, frame, layer, changes):
    folder = make_bundle("slopes", bidirectional=True, **changes)
    model = load(folder)
    film = prepare(frame, model.info)
    slopes = state_slopes(folder, film, 1)
    trace = model.rows.trace(film.own.sequence)
    assert slopes.shape == trace.h.shape
    network = model.network.eval().double()
    h = np.moveaxis(trace.h[layer], 0, 1).reshape(1, trace.h.shape[2], -1)  # (1, L, D·H)
    states = torch.from_numpy(h.astype(np.float64))
    for direction, step, unit in ((0, 2, 1), (1, 5, 4)):
        place = direction * trace.h.shape[3] + unit
        there, back = states.clone(), states.clone()
        there[0, step, place] += 1e-4
        back[0, step, place] -= 1e-4
        slope = (answer_of(network, layer, there) - answer_of(network, layer, back)) / 2e-4
        assert slopes[layer, direction, step, unit] == pytest.approx(slope, rel=2e-3, abs=1e-6)


def test_that_contributions_sum_to_the_log_odds_against_the_mean_states(tiny_bundle, frame):
    model = load(tiny_bundle)
    film = prepare(frame, model.info)
    slopes = state_slopes(tiny_bundle, film, 1)
    analysis = model.analyse(frame)
    states, mean = analysis.states.h[-1, 0], analysis.statistics.state_mean[-1, 0]
    brought = unit_contributions(slopes[-1, 0], states, mean).sum()
    network = model.network.eval()
    of = [answer_of(network, 1, torch.from_numpy(one[None])) for one in (states, mean)]
    assert brought == pytest.approx(of[0] - of[1], rel=1e-3)


def test_that_an_unknown_architecture_has_no_slopes(tiny_bundle, frame, monkeypatch):
    class Other:
        recurrent = ()

    monkeypatch.setattr("engine.network.RowClassifier", Other)
    film = prepare(frame, load(tiny_bundle).info)
    assert state_slopes(tiny_bundle, film, 1) is None
