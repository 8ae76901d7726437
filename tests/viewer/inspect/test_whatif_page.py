"""The page of What if and the trail: what they show, and what they give away."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image as Raster

import engine
from engine.bundle import calibration_holds
from engine.inspection import Edit
from engine.types import Objective
from tests.viewer.inspect.taken_python import reproduces
from tests.viewer.tried_films import AnsweringInspection, opened, seven
from viewer.inspect.trail import TriesTrail
from viewer.inspect.whatif_page import WhatIfPage, range_text, share_words
from viewer.kit.words import signed
from viewer.session.tries import Tries
from viewer.session.viewport import Viewport


@pytest.fixture
def tries(qtbot):
    inspection = AnsweringInspection()
    tries = Tries(inspection)
    inspection.show(opened())
    yield tries
    tries.lane.close()


@pytest.fixture
def page(qtbot, tries):
    page = WhatIfPage(SimpleNamespace(tries=tries))
    qtbot.addWidget(page)
    page.resize(264, 900)
    return page


def test_that_the_page_says_how_to_begin(page):
    assert page.body.isHidden()
    assert "Shift" in page.why.text()
    assert page.state() == {"on": False}
    assert page.taken() is None


def test_that_the_button_begins_and_goes(page, tries):
    page.start.click()
    assert tries.on
    assert page.start.isHidden()


def test_that_both_answers_and_their_difference_are_shown(page, tries):
    tries.turn(on=True)
    tries.fill_with(Edit("neighbour", 0, 0))
    tries.brush(6, 9)
    found = tries.found
    before, after = (float(one[7]) for one in (found.probabilities_as_read, found.probabilities))
    assert page.name.text() == "7"
    assert (page.scale.before, page.scale.after) == (before, after)
    assert page.value.text() == ("<0.01" if after < 0.005 else f"{after:.2f}")
    assert page.before.text().startswith("as read")
    odds = f"{found.log_odds_as_read:+.2f} → {found.log_odds:+.2f}".replace("-", "−")
    assert page.odds.text() == f"log-odds {odds}"


def test_that_what_answers_for_no_whole_film_shows_log_odds_alone(page, tries, qtbot):
    film = opened()
    boxes = Objective("localisation")
    tries._inspection.show(replace(film, model=replace(film.model, objective=boxes)))
    trail = TriesTrail(SimpleNamespace(tries=tries, pointer=SimpleNamespace(viewport=Viewport())))
    qtbot.addWidget(trail)
    tries.turn(on=True)
    tries.fill_with(Edit("neighbour", 0, 0))
    tries.brush(6, 9)
    tries.keep()
    tries.ask_directions()
    qtbot.waitUntil(lambda: bool(tries.directions), timeout=60_000)
    found = tries.found
    before, after = found.log_odds_as_read, found.log_odds
    texts = [page.value.text(), page.before.text(), page.change.text(), trail.cards[-1].change]
    change = signed(after - before)
    assert texts == [signed(after), f"as read {signed(before)}", change, change]
    assert page.odds.text() == f"log-odds {signed(before)} → {signed(after)}"
    assert page.scale.isHidden()
    values = [fact.value for fact in (*page.fillings.facts, *page.directions.facts)]
    assert len(values) == 8
    assert all(value[0] in "+−" for value in values), values
    assert page.state()["calibrated"] is calibration_holds(film.model)


def test_that_the_filling_of_this_moment_stands_out_among_the_others(page, tries):
    tries.turn(on=True)
    assert not page.none.isHidden()
    tries.brush(6, 9)
    facts = {fact.name: fact for fact in page.fillings.facts}
    assert list(facts) == ["mean film", "blurred film", "noise, 20 draws", "neighbouring rows"]
    assert [name for name, fact in facts.items() if fact.strong] == ["mean film"]
    assert page.none.isHidden()


def test_that_the_share_is_said_only_where_it_is_one(tries):
    tries.turn(on=True)
    assert share_words(tries) == "Nothing is changed yet."
    tries.change_whole(Edit("invert"))
    assert share_words(tries) == "The whole film is changed."
    tries.take(())
    tries.brush(6, 9)
    words, share = share_words(tries), tries.share
    assert words.startswith("Steps 6–9: ")
    assert words.endswith("% of the change" if 0 <= share <= 1 else "log-odds")


def test_that_a_range_of_one_value_is_one_value():
    assert range_text(0.3, 0.39) == "0.30–0.39"
    assert range_text(0.999, 0.9999) == ">0.99"
    assert range_text(0.92, 0.999) == "0.92 – >0.99"  # “–>” would be drawn as an arrow


def test_that_the_state_has_the_numbers_of_the_page(page, tries):
    tries.turn(on=True)
    tries.brush(6, 9)
    tries.keep()
    state = page.state()
    assert state["edits"] == ["rows 6 9 mean"]
    assert (state["band"], state["target"], state["at"]) == ([6, 9], "7", 1)
    assert state["probability"] == float(tries.found.probabilities[7])
    assert len(state["delta_by_row"]) == len(state["change_by_row"]) == 28
    assert [one["edits"] for one in state["tries"]] == [[], ["rows 6 9 mean"]]


def test_that_its_python_makes_its_numbers(page, tries, tmp_path):
    path = tmp_path / "seven.png"
    Raster.fromarray(seven()).save(path)
    tries.turn(on=True)
    tries.change_whole(Edit("shift", numbers=(1.0, 0.0)))
    tries.brush(6, 9)
    taken = page.taken()
    assert {"probabilities", "by_row", "delta", "influence", "change"} <= set(taken.arrays)
    assert "not of the patient" in taken.words
    reproduces(taken, engine.load("digits"), path)


def test_that_columns_and_directions_are_shown_once_they_are_asked_for(page, tries, qtbot):
    tries.turn(on=True)
    tries.brush(6, 9)
    assert page.columns.isHidden()
    page.ask_columns.click()
    assert not page.columns.isHidden()
    page.ask_directions.click()
    qtbot.waitUntil(lambda: bool(tries.directions), timeout=60_000)
    values = [float(fact.value.strip("<>")) for fact in page.directions.facts]
    assert len(values) == 4
    assert "from the top down only" in page.trained.text()
    assert not np.isnan(values).any()


def test_that_a_try_about_another_class_names_it(qtbot, tries):
    trail = TriesTrail(SimpleNamespace(tries=tries, pointer=SimpleNamespace(viewport=Viewport())))
    qtbot.addWidget(trail)
    tries.turn(on=True)
    tries.brush(6, 9)
    tries.keep()
    assert not any(card.answer.startswith("7 ") for card in trail.cards)
    tries.aim(1)
    assert all(card.answer.startswith("7 ") for card in trail.cards)
