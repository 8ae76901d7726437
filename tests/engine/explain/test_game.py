"""Splices that share what the stem has seen answer as splices that are read one by one."""

import numpy as np
import pytest
import torch

from engine.bundle import StemLayer
from engine.explain import Game
from engine.runtime import CpuNetwork, Target, asked_of, weights_of
from engine.runtime.kernel import stem
from tests.engine.explained import build, film, of_worth
from tests.engine.tolerances import apart, distance

DEEP = (StemLayer(4, 1, 2), StemLayer(4, 2, 1), StemLayer(4))
SPLICES = 200


def game_of(network, rows):
    return Game(asked_of(network), film(1, rows).numpy(), film(2, rows).numpy(), 0)


def both(network, *, rows=16, bands=None):
    """Log-odds of random splices by bands: shared, and one by one; and how far they may differ."""
    game = game_of(network, rows)
    size = network.config.row_stride * network.config.band
    bands = bands or rows // size
    kept = np.random.default_rng(0).random((SPLICES, bands)) < 0.5

    def by_row(indices):
        return kept[indices].repeat(rows // bands, axis=1)[:, :, None]

    shared = game.band_odds(SPLICES, lambda indices: kept[indices], bands=bands)
    bound = of_worth(network, film(1, rows), film(2, rows), 0)
    return shared, game.odds(SPLICES, by_row), bound


@pytest.mark.parametrize(
    "stem",
    [
        (),
        (StemLayer(4),),
        (StemLayer(4, 2, 2),),
        (StemLayer(4, 3),),
        (StemLayer(4, 2), StemLayer(4, 2)),
        (StemLayer(4), StemLayer(4), StemLayer(4)),
        DEEP,
    ],
)
@pytest.mark.parametrize("band", [1, 2])
def test_that_a_shared_stem_changes_no_answer(stem, band):
    network = build(24, band=band, stem=stem)
    shared, single, bound = both(network, rows=24)
    assert np.ptp(single) > 0.1
    assert distance(shared, single) <= bound


@pytest.mark.parametrize(
    "changes",
    [
        {"cell": "lstm", "bidirectional": True, "layers": 2},
        {"cell": "rnn", "readout": "last"},
        {"readout": "attention"},
    ],
)
def test_that_a_shared_stem_suits_every_recurrence(changes):
    shared, single, bound = both(build(16, stem=DEEP, band=1, **changes))
    assert distance(shared, single) <= bound


def test_that_films_of_another_height_share_too():
    shared, single, bound = both(build(16, stem=DEEP, band=1), rows=20)
    assert distance(shared, single) <= bound


def test_that_bands_of_several_steps_share_too():
    shared, single, bound = both(build(16, stem=DEEP, band=1), bands=4)
    assert distance(shared, single) <= bound


def test_that_bands_that_cut_a_step_are_read_one_by_one():
    shared, single, _ = both(build(16, stem=DEEP, band=1), bands=16)
    assert np.array_equal(shared, single)


@pytest.mark.parametrize(("splices", "seen"), [(SPLICES, [4, 8, 32]), (9, [9, 9, 9])])
def test_that_the_stem_sees_patterns_and_not_splices(monkeypatch, splices, seen):
    """Two rows make a step; the layers look one, two and four steps further up than it."""
    convolve, films = stem._Convolution.__call__, []

    def counted(self, maps):
        films.append(len(maps))
        return convolve(self, maps)

    monkeypatch.setattr(stem._Convolution, "__call__", counted)
    kept = np.random.default_rng(0).random((splices, 8)) < 0.5
    game_of(build(16, stem=DEEP, band=1), 16).band_odds(splices, lambda n: kept[n], bands=8)
    assert films == seen  # and nine splices are not worth 32 patterns


@pytest.mark.parametrize("target", Target.levels().values(), ids=Target.levels())
def test_that_films_that_begin_alike_are_read_once(target):
    network = build(16, band=1, cell="lstm", layers=2)
    asked = CpuNetwork(network.config, weights_of(network), target=target)
    rng, rows = np.random.default_rng(0), film(1, 16).numpy()
    choice = rng.integers(0, 2, (SPLICES, 16))
    films = np.stack((rows, film(2, 16).numpy()))
    shared = asked.read(asked.stem(films), choice)
    alone = asked.logits(np.where(choice[:, :, None] == 0, *films[:, None]))
    bound = apart(lambda there, at: (there(at),), network, torch.from_numpy(films))[0]
    assert distance(shared, alone) <= bound
