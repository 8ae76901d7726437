"""What of an opened network map, matrix and row show: gates, memory, surprise, other models."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.types import Surprise, Trust
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session import readings
from viewer.session.choices import MapChoice, laid, other_quantity
from viewer.session.readings import heatmap, matrix, offered, row_pairs, unit_rows

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def trace():
    return made.trace()


def with_surprise(analysis, rows=16):
    surprise = Surprise(
        np.ones(rows), np.linspace(1.0, 99.0, rows), made.edges(steps=rows), 1.0, 50.0
    )
    return replace(analysis, trust=Trust((), (), surprise=surprise))


def shown(name, **others):
    return MapChoice("state", shown=name, **others)


def test_that_a_film_offers_what_its_network_left_behind(trace):
    analysis = with_surprise(made.analysis())
    assert offered(analysis, None) == ("h", "surprise")
    assert offered(analysis, trace) == ("h", *trace.gates, "memory", "surprise")


@pytest.mark.parametrize("name", ["r", "z", "n", "memory"])
def test_that_map_and_matrix_share_scale_and_values(trace, name):
    choice = shown(name, units=(2,))
    seen, units = heatmap(made.analysis(), choice, trace), matrix(made.analysis(), choice, trace)
    assert seen.limits == units.limits
    np.testing.assert_array_equal(seen.values, units.values[:, 2])


def test_that_a_gate_needs_the_network_to_be_opened():
    assert heatmap(made.analysis(), shown("z")) is None
    assert matrix(made.analysis(), shown("z")) is None


def test_that_the_hidden_state_needs_no_network():
    assert heatmap(made.analysis(), shown("h")).unit == "σ"
    assert matrix(made.analysis(), shown("h")).unit == "σ"


def test_that_surprise_is_one_column_of_model_rows():
    analysis = with_surprise(made.analysis())
    found, column = (make(analysis, shown("surprise")) for make in (heatmap, matrix))
    assert len(found.values) == 16
    assert column.values.shape == (16, 1)
    assert heatmap(made.analysis(), shown("surprise")) is None


def test_that_only_the_hidden_state_deviates():
    assert MapChoice("state").deviates
    assert not MapChoice("state", shown="z").deviates
    assert not other_quantity(MapChoice("state")).deviates


def test_that_memory_is_a_state_map_of_its_own():
    choice = MapChoice("influence", layer=0)
    memory = laid(choice, "state", memory=True)
    assert (memory.question, memory.shown, memory.memory) == ("state", "memory", True)
    assert memory.layer_shown == -1
    state = laid(memory, "state")
    assert (state.shown, state.memory, state.layer_shown) == ("h", False, 0)
    assert laid(MapChoice(shown="z"), "state").shown == "z"


def test_that_the_row_says_the_value_of_what_is_shown(trace):
    analysis, choice = made.analysis(), shown("z", units=(1,))
    here = readings.cursor(analysis, 35.0)
    seen, units = heatmap(analysis, choice, trace), matrix(analysis, choice, trace)
    pairs = dict(row_pairs(analysis, here, seen, units))
    assert pairs["update gate z"] == f"{trace.gates['z'][-1, 0, 3, 1]:.2f}"
    ((name, value),) = unit_rows(units, choice, here)
    assert (name, value) == ("u1", f"{trace.gates['z'][-1, 0, 3, 1]:.2f}")


def test_that_surprise_says_nothing_of_units(trace):
    analysis = with_surprise(made.analysis())
    choice, here = shown("surprise", units=(1,)), readings.cursor(analysis, 35.0)
    units = matrix(analysis, choice, trace)
    assert unit_rows(units, choice, here) == ()
    assert "largest" not in dict(row_pairs(analysis, here, None, units))


# -------------------------------------------------------------------------- the session
@pytest.fixture
def opened(session, settle):
    settle(session.open, (A,))
    settle(lambda: session.inspection.show(shown=True))
    return session


def test_that_an_opened_network_offers_its_gates(session, settle):
    settle(session.open, (A,))
    offers = heard(session.pointer.offers_changed)
    settle(lambda: session.inspection.show(shown=True))
    assert offers[-1][0][:2] == ("h", "r")
    session.inspection.show(shown=False)
    assert offers[-1][0] == ("h",)


def test_that_another_gate_layer_unit_or_order_needs_no_other_process(opened, engine, monkeypatch):
    count, asked = len(engine.analysed), len(engine.traced)
    monkeypatch.setattr(opened.inspection, "run", lambda *_, **__: None)  # no process answers
    maps = heard(opened.pointer.map_changed)
    for change in (
        {"question": "state", "shown": "z"},
        {"shown": "n"},
        {"layer": 0},
        {"units": (2,)},
        {"order": "similarity"},
        {"shown": "memory"},
    ):
        opened.choose_map(replace(opened.choice, **change))
    assert (len(engine.analysed), len(engine.traced)) == (count, asked)
    assert [found.label for found, _ in maps][1:3] == [
        "Candidate n: all 5 units, layer 2",
        "Candidate n: all 5 units, layer 1",
    ]


def test_that_another_film_takes_gates_away_until_it_is_opened(opened, settle):
    settle(opened.open, (B,))
    opened.choose_map(replace(opened.choice, question="state", shown="z"))
    matrices = heard(opened.pointer.matrix_changed)
    settle(opened.select, A)
    assert matrices[0][0] is None
    assert matrices[-1][0].shown == "z"


def test_that_another_model_shows_the_hidden_state_again(opened):
    opened.choose_map(replace(opened.choice, question="state", shown="z", order="index"))
    opened.pointer.take_model(made.model("two"))
    assert (opened.choice.shown, opened.choice.order) == ("h", "index")


def test_that_a_trace_of_another_film_is_not_taken(opened):
    other = replace(opened.inspection.opened, film=replace(opened.film, key="another"))
    opened.panes.take_opened(other)
    assert opened.pointer.trace is None
