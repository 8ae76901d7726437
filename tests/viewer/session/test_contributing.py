"""What units bring to the answer is asked once a film, and only for their order."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.maps import unit_contributions
from tests.viewer.film_values import heard
from viewer.session import contributing
from viewer.session.contributing import Contributions

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def asked(monkeypatch):
    """Films whose slopes were asked for; every slope is 1."""
    films = []

    def slopes(_model, prepared, target):
        films.append((prepared.image.path, target))
        return np.ones((2, 1, 8, 5), np.float32)

    monkeypatch.setattr(contributing.asking, "state_slopes", slopes)
    return films


@pytest.fixture
def opened(session, settle):
    settle(session.open, (A,))
    settle(lambda: session.inspection.show(shown=True))
    return session


def test_that_nothing_is_asked_while_units_stand_in_another_order(opened, asked):
    Contributions(opened.inspection, opened.panes, opened)
    opened.choose_map(replace(opened.choice, order="similarity"))
    assert asked == []


def test_that_the_order_by_influence_asks_once_a_film(opened, asked, settle):
    found = heard(Contributions(opened.inspection, opened.panes, opened).changed)
    settle(lambda: opened.choose_map(replace(opened.choice, order="influence")))
    opened.choose_map(replace(opened.choice, layer=0))
    opened.choose_map(replace(opened.choice, units=(2,)))
    assert asked == [(A, 1)]
    answer, trace = opened.analysis, opened.inspection.opened.trace
    for (brought,), layer in zip(found[-2:], (-1, 0), strict=True):
        mean = answer.statistics.state_mean[layer, 0]
        one = np.ones((8, 5), np.float32)
        wanted = unit_contributions(one, trace.h[layer, 0], mean)
        np.testing.assert_array_equal(brought, wanted)


def test_that_another_film_is_asked_anew(opened, asked, settle):
    found = heard(Contributions(opened.inspection, opened.panes, opened).changed)
    settle(lambda: opened.choose_map(replace(opened.choice, order="influence")))
    settle(opened.open, (B,))
    assert (asked[0], asked[-1]) == ((A, 1), (B, 1))
    assert any(brought is None for (brought,) in found)
    assert found[-1][0] is not None
