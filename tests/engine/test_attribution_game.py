"""Splices that share what the stem has seen answer as splices that are read one by one."""

import numpy as np
import pytest
import torch

from engine.attribution.game import Game
from engine.network import StemLayer
from tests.engine.explained import build, film, of_worth
from tests.engine.tolerances import distance

DEEP = (StemLayer(4, 1, 2), StemLayer(4, 2, 1), StemLayer(4))
SPLICES = 200


def both(network, *, rows=16, bands=None):
    """Log-odds of random splices by bands: shared, and one by one; and how far they may differ."""
    game = Game(network, film(1, rows), film(2, rows), 0)
    size = network.config.row_stride * network.config.band
    bands = bands or rows // size
    generator = torch.Generator().manual_seed(0)
    kept = torch.rand(SPLICES, bands, generator=generator) < 0.5

    def by_row(indices):
        return kept[indices].repeat_interleave(rows // bands, dim=1).unsqueeze(2)

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


def test_that_the_stem_sees_patterns_and_not_splices():
    network, seen = build(16, stem=DEEP, band=1), []
    network.stem[0].register_forward_hook(lambda *words: seen.append(len(words[2])))
    kept = torch.rand(SPLICES, 8) < 0.5
    game = Game(network, film(1, 16), film(2, 16), 0)
    game.band_odds(SPLICES, lambda indices: kept[indices], bands=8)
    assert sum(seen) == 2**5  # the step's own two rows and seven above it lie in five steps


def test_that_a_few_splices_are_not_worth_the_patterns():
    network, seen = build(16, stem=DEEP, band=1), []
    network.stem[0].register_forward_hook(lambda *words: seen.append(len(words[2])))
    kept = torch.rand(9, 8) < 0.5
    Game(network, film(1, 16), film(2, 16), 0).band_odds(9, lambda n: kept[n], bands=8)
    assert sum(seen) == 9
