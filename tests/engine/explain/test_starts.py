"""A map is tested from midway where the mean film is decided, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.bundle import influence_passes, verdicts
from engine.explain import AuditedModel, Sample, midway_deletion
from engine.network import build_network
from engine.types import Audit, Curve, Figure
from engine.words import Sentence
from tests.engine.conftest import TINY, measure

RANDOM = np.random.default_rng(3)
MEANS = RANDOM.random((2, TINY.rows, TINY.columns), np.float32)
FILMS = RANDOM.random((6, TINY.rows, TINY.columns), np.float32)


def subject(lean, **changes):
    """A network of random weights that leans to the second class."""
    torch.manual_seed(7)
    network = build_network(TINY).eval()
    with torch.no_grad():
        network.head.weight.mul_(20.0)
        network.head.bias[:] = torch.tensor([0.0, lean])
    return AuditedModel(network, replace(measure(TINY), **({"class_means": MEANS} | changes)), 1)


def sample(films=FILMS):
    return Sample(films, np.full((len(films), 2), np.nan), Sentence("some films"))


def asked(lean, **changes):
    return midway_deletion(subject(lean, **changes), sample(), method="shapley")


def test_that_a_decided_mean_film_has_the_map_tested_from_midway():
    decided = [lean for lean in np.arange(-6.0, 6.0, 0.5) if asked(lean) is not None]
    assert decided
    found = asked(decided[0])
    assert found.map.value < found.random.value  # Shapley values find what matters
    assert found.over_random.value > 1.0
    assert found == asked(decided[0])


def test_that_nothing_is_tested_twice_where_the_mean_film_is_undecided():
    even = [lean for lean in np.arange(-6.0, 6.0, 0.5) if asked(lean) is None]
    assert even
    assert asked(even[0], class_means=None) is None


def test_that_without_class_means_there_is_no_midway():
    assert asked(-1.5, class_means=None) is None


TOLD = Figure(4.0, 3.5, 4.5, 60)
LOW = Figure(2.4, 2.2, 2.6, 60)
UNTOLD = Figure(4.0, 0.0, 1.0, 4)


@pytest.mark.parametrize(
    ("midway", "passes"), [(None, True), (TOLD, True), (LOW, False), (UNTOLD, False)]
)
def test_that_a_map_has_to_hold_from_midway_too(midway, passes):
    half = Figure(0.3, 0.2, 0.4, 60)
    curve = Curve(half, half, half, TOLD, TOLD)
    found = Audit("shapley", Sentence("films"), 0, deletion=curve, randomised=half)
    found = replace(found, randomised=Figure(0.1, 0.0, 0.2, 60))
    if midway is not None:
        found = replace(found, midway=replace(curve, over_random=midway))
    assert influence_passes(found) == passes
    codes = [one.what.code for one in verdicts(found)]
    assert ("influence.midway.deletion.random" in codes) == (midway is not None)
