"""Chosen units are asked about, and the film is read without them; nothing else changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import InferenceError
from engine.inspection import UnitGroup
from tests.viewer.film_values import heard, index_summary
from viewer.session import row_plane, searching
from viewer.session.jobs import Lane

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
LAST = UnitGroup((2,), 1, 0)


@pytest.fixture(autouse=True)
def _no_index(monkeypatch):
    """Whatever model is open, there is no index of its states."""
    monkeypatch.setattr(searching.indexes, "find_summary", lambda _model, _folder=None: None)
    monkeypatch.setattr(searching.indexes, "search_index", lambda *_: ())
    monkeypatch.setattr(row_plane, "Lane", lambda _kind, parent, **_: Lane("thread", parent))


@pytest.fixture
def found(session):
    return session.ablating


@pytest.fixture
def opened(session, settle):
    """Two films in Inspect, the first of them open."""
    session.inspection.show(shown=True)
    settle(session.open, (A, B))
    settle(session.select, A)


def choose(session, *units, **others):
    session.choose_map(replace(session.choice, units=units, **others))


def test_that_nothing_is_asked_without_a_chosen_unit(opened, found, engine):
    assert (found.group, found.facts, found.ablation, engine.without) == (None, None, None, [])


def test_that_a_chosen_unit_is_read_about_and_the_film_without_it(
    opened, session, found, settle, engine
):
    settle(choose, session, 2)
    assert (found.group, found.current) == (LAST, 2)
    assert engine.without == [(A, "one", LAST, "zero")]
    assert found.ablation.without.probabilities[1] == pytest.approx(0.6)
    assert found.trace.h.tolist() == session.inspection.opened.trace.h[1, 0, :, 2:3].tolist()
    assert found.trace.deviation[3, 0] == pytest.approx(found.trace.h[3, 0] / 0.5)
    assert found.shown is None


def test_that_several_units_are_one_group_and_the_last_one_is_looked_at(
    opened, session, found, settle
):
    settle(choose, session, 4)
    settle(choose, session, 4, 1)
    assert (found.group.units, found.current) == ((1, 4), 1)
    found.look_at(4)
    assert found.current == 4
    found.look_at(3)  # not of the group
    assert found.current == 4
    settle(choose, session, 1)
    assert found.current == 1


def test_that_the_peak_is_where_the_group_is_farthest_from_its_mean(
    opened, session, found, settle
):
    settle(choose, session, 0, 3)
    off = abs(found.trace.deviation.mean(axis=1))
    assert off[found.trace.peak] == off.max()


def test_that_a_unit_that_the_model_does_not_have_is_none(opened, session, found, settle, engine):
    choose(session, 99)
    assert (found.group, engine.without) == (None, [])


def test_that_another_layer_is_another_group(opened, session, found, settle, engine):
    settle(choose, session, 2)
    settle(lambda: choose(session, 2, layer=0))
    assert engine.without[-1][2] == UnitGroup((2,), 0, 0)


def test_that_switching_off_shows_the_film_without_the_units_and_asks_nothing(
    opened, session, found, settle, engine
):
    settle(choose, session, 2)
    switched, asked = heard(found.switched), len(engine.without)
    found.switch(off=True)
    assert found.shown is found.ablation
    assert found.words == "unit 2 switched off"
    assert (switched, len(engine.without)) == ([(True,)], asked)
    found.switch(off=False)
    assert (found.shown, found.words) == (None, "")


def test_that_nothing_can_be_switched_off_without_a_unit(opened, found):
    found.switch(off=True)
    assert not found.off


def test_that_a_unit_may_be_held_at_its_mean_instead(opened, session, found, settle, engine):
    settle(choose, session, 2, 3)
    found.switch(off=True)
    settle(found.hold, "mean")
    assert engine.without[-1][3] == "mean"
    assert found.words == "2 units held at their means"
    assert found.ablation.without.probabilities[1] == pytest.approx(0.65)


def test_that_the_next_film_is_read_whole_again(opened, session, found, settle):
    settle(choose, session, 2)
    found.switch(off=True)
    settle(session.select, B)
    assert not found.off
    assert found.group == LAST
    assert found.ablation is not None


def test_that_the_next_film_is_read_without_the_units_where_that_is_asked_for(
    opened, session, found, settle, engine
):
    settle(choose, session, 2)
    found.switch(off=True)
    found.keep(keeps=True)
    settle(session.select, B)
    assert found.off
    assert found.shown is found.ablation
    assert engine.without[-1][0] == B


def test_that_leaving_inspect_leaves_no_unit_off(opened, session, found, settle):
    settle(choose, session, 2)
    found.switch(off=True)
    session.inspection.show(shown=False)
    assert (found.off, found.words) == (False, "")


def test_that_choosing_no_unit_puts_all_back(opened, session, found, settle):
    settle(choose, session, 2)
    found.switch(off=True)
    choose(session)
    assert (found.off, found.group, found.ablation) == (False, None, None)


def test_that_the_answer_of_the_film_is_never_another_one(opened, session, found, settle):
    before, said = session.analysis, session.analyses.said(A)
    results = heard(session.analyses.result_known)
    settle(choose, session, 2)
    found.switch(off=True)
    assert session.analysis is before
    assert session.analyses.said(A) is said
    assert results == []


def test_that_what_cannot_be_read_without_a_unit_says_so_on_the_page(
    opened, session, found, settle, engine
):
    engine.fails_without = InferenceError("The units of {info} cannot be switched off.", info="x")
    failed = heard(session.inspection.failed)
    settle(choose, session, 2)
    assert (found.ablation, found.sentence) == (None, "The units of x cannot be switched off.")
    assert failed == []


def test_that_only_the_newest_choice_counts(opened, session, found, settle, engine):
    latch = engine.hold("without one")
    choose(session, 1)
    choose(session, 2)
    settle(latch.set)
    assert found.ablation.group == LAST


def test_that_an_index_of_the_model_is_asked_about_the_unit_that_is_looked_at(
    opened, session, found, settle, engine
):
    index = index_summary()
    settle(choose, session, 2, 4)
    session.searching.index = index
    settle(session.searching.index_changed.emit)
    assert engine.looked == [(Path("/index"), 1, 0, 4)]
    assert found.seen.highest[0].path == Path("/set/7.png")
    settle(found.look_at, 2)
    assert engine.looked[-1] == (Path("/index"), 1, 0, 2)
    session.searching.index = None
    session.searching.index_changed.emit()
    assert found.seen is None


def test_that_an_index_of_another_model_is_not_asked(opened, session, found, settle, engine):
    settle(choose, session, 2)
    session.searching.index = index_summary("1" * 64)
    session.searching.index_changed.emit()
    assert engine.looked == []
