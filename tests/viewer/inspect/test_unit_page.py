"""The page Unit shows what is known of the chosen units, and gives away what Python can make."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt

import engine as rowscope
from engine.imaging import read_frame, read_image
from engine.inspection import UnitGroup, ablate, facts_of
from engine.types import Objective
from tests.viewer import film_values as made
from tests.viewer.inspect.taken_python import reproduces
from viewer.inspect.unit_blocks import below_words, deviation_in, readout_words, share_below
from viewer.inspect.unit_page import UnitPage, take_unit
from viewer.inspect.unit_plots import StepCurve, StepPlot, plain, signed
from viewer.session import row_plane, searching
from viewer.session.ablating import UnitTrace
from viewer.session.jobs import Lane
from viewer.session.models import CurveTests, MapTests

A = Path("/films/a.dcm")


@pytest.fixture(autouse=True)
def _no_index(monkeypatch):
    monkeypatch.setattr(searching.indexes, "find_summary", lambda _model, _folder=None: None)
    monkeypatch.setattr(searching.indexes, "search_index", lambda *_: ())
    monkeypatch.setattr(row_plane, "Lane", lambda _kind, parent, **_: Lane("thread", parent))


@pytest.fixture
def page(qtbot, session, settle):
    """The page of a film that is open in Inspect, no unit chosen yet."""
    shown = UnitPage(session)
    qtbot.addWidget(shown)
    shown.resize(232, 900)
    shown.show()
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    return shown


@pytest.fixture
def choose(session, settle, page):
    def do(*units, layer=-1):
        choice = replace(session.choice, units=units, layer=layer)
        settle(lambda: session.choose_map(choice))
        return page

    return do


def test_that_the_page_says_how_to_choose_a_unit(page):
    assert "Click a column" in page._note.text()
    assert page.state() == {"units": [], "off": False}
    assert page.taken() is None


def test_that_a_unit_is_shown_with_its_numbers(choose, session):
    page = choose(2)
    session.pointer.move_to_row(35.0)  # step 3 of 8 in 80 rows
    state, trace = page.state(), session.ablating.trace
    assert (state["units"], state["layer"], state["step"]) == ([2], 2, 3)
    assert state["state"] == [pytest.approx(trace.h[3, 0])]
    assert state["deviation"] == [pytest.approx(trace.h[3, 0] / 0.5)]
    assert state["weights"] == [["finding", 0.5], ["normal", -0.5]]
    assert state["wires"] == [["u3 z", -0.25]]
    without = state["without"]
    assert (without["read"], without["without"]) == pytest.approx((0.75, 0.6))
    assert without["change"] == pytest.approx(np.log(0.6 / 0.4) - np.log(3))
    assert without["random"] == pytest.approx(0.75)
    assert page._head.title.text() == "Unit 2"
    assert page._head.aside.whole == f"layer 2 · peak step {trace.peak}"
    assert page.trace.aside.whole.startswith("step 3: ")


def test_that_the_numbers_on_screen_are_those_of_the_ablation(choose):
    block = choose(2).without
    assert block._answer.value.text() == "0.75 → 0.60"
    assert block._change.value.text() == "−0.69"
    expected = np.mean([np.log(7 / 3), np.log(4)]) - np.log(3)
    assert block._random.value.text() == signed(expected)
    assert "2 random ones; 2 move it less" in block._scale_words.text()


def test_that_what_answers_for_no_whole_film_shows_log_odds(choose, session, monkeypatch):
    block, film = choose(2).without, session.inspection.opened
    boxes = replace(film, model=replace(film.model, objective=Objective("localisation")))
    monkeypatch.setattr(type(session.ablating), "opened", boxes)
    block.show_ablation(session.ablating, film.model.classes)
    assert block._answer.name.whole.endswith(", log-odds")
    assert block._answer.value.text() == f"{signed(np.log(3))} → {signed(np.log(1.5))}"


def test_that_a_group_has_a_line_for_each_unit_and_a_press_looks_at_it(choose, session, qtbot):
    page = choose(1, 4)
    assert page._head.title.text() == "2 units"
    assert [line.unit for line in page.chosen.lines] == [1, 4]
    assert session.ablating.current == 4
    qtbot.mousePress(page.chosen.lines[0], Qt.MouseButton.LeftButton)
    assert session.ablating.current == 1
    assert page.weights.aside.whole == "u1"
    choose(1)
    assert not page.chosen.isVisibleTo(page)


def test_that_the_switch_switches_the_unit_off_and_on(choose, session, qtbot):
    block = choose(2).without
    qtbot.mouseClick(block.switch.buttons["off"], Qt.MouseButton.LeftButton)
    assert session.ablating.off
    assert block.keeps.isVisibleTo(block)
    session.ablating.switch(off=False)
    assert block.switch.buttons["read"].isChecked()


def test_that_the_unit_can_be_read_as_its_mean(choose, session, settle, qtbot):
    block = choose(2).without
    settle(lambda: qtbot.mouseClick(block.held.buttons["mean"], Qt.MouseButton.LeftButton))
    assert block._answer.value.text() == "0.75 → 0.65"


def test_that_only_a_curve_that_passed_its_tests_is_drawn(choose):
    block = choose(2).without
    assert not block.curve.isVisibleTo(block)
    passed = CurveTests("passed", "It passed.")
    block.take_tests(MapTests("passed", "", by_row=passed))
    assert block.curve.isVisibleTo(block)


def test_that_a_lower_layer_has_no_weight_onto_the_classes(choose):
    page = choose(2, layer=0)
    assert page.weights.table.rows == ()
    assert "the head reads the last layer" in page.weights._words.text()
    assert page.wires.title.text() == "Speaks to layer 2"


def test_that_without_an_index_the_page_says_how_to_make_one(choose):
    page = choose(2)
    assert "An index of films shows them" in page.films._words.text()
    assert page.films.make.isVisibleTo(page)
    assert page.usual.title.text() == "Training films at this step"


def test_that_films_of_an_index_are_shown_with_their_deviation_and_open_on_a_press(
    choose, session, settle, qtbot, monkeypatch
):
    page = choose(2)
    index = made.index_summary()
    session.searching.index = index
    settle(session.searching.index_changed.emit)
    session.pointer.move_to_row(35.0)
    button = page.films.buttons[0]
    assert (button.title, button.value) == ("ill", "+2.0 σ")
    assert not page.films.buttons[2].isVisibleTo(page)
    asked = []
    monkeypatch.setattr(session.searching, "open_found", asked.append)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [one.path.name for one in asked] == ["7.png"]
    qtbot.mouseClick(page.films.side.buttons["lowest"], Qt.MouseButton.LeftButton)
    assert button.value == "−2.0 σ"
    assert page.usual.title.text() == "Over all steps of 9 films"
    assert page.state()["reference"]["highest"][0]["film"] == "7.png"


def test_that_the_page_never_needs_more_room_than_the_narrow_window_has(choose, session, settle):
    page = choose(*range(5))
    session.searching.index = made.index_summary()
    settle(session.searching.index_changed.emit)
    session.ablating.switch(off=True)
    content = page.without.parentWidget()
    assert content.minimumSizeHint().width() <= 232


def test_that_a_press_in_a_plot_asks_for_its_step(choose, session, qtbot):
    plot = choose(2).trace.plot
    middle = QPoint(int(plot._x(6)), 20)
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=middle)
    assert session.ablating.step == 6


def test_that_a_plot_lays_steps_from_left_to_right_and_values_upwards(qtbot):
    plot = StepPlot()
    qtbot.addWidget(plot)
    plot.resize(234, 82)
    plot.show_curves([StepCurve(np.linspace(-1, 1, 10))], (-1, 1), marks=("−1", "1"))
    assert plot._x(0) < plot._x(5) < plot._x(9) < 200
    assert plot._y(1.0) < plot._y(0.0) < plot._y(-1.0)
    assert plot._y(7.0) == plot._y(1.0)  # never beyond the body
    plot.show_step(4)
    assert not plot.grab().toImage().isNull()


def test_that_a_share_below_is_that_of_the_histogram():
    reference = made.unit_seen().reference
    assert share_below(reference, -1.0) == 0.0
    assert share_below(reference, 0.5) == pytest.approx(0.75)
    assert share_below(reference, 2.0) == 1.0
    assert deviation_in(reference, 0.9) == pytest.approx(1.8)
    assert (below_words(1.0), below_words(0.0)) == ("more than 99 %", "less than 1 %")


def test_that_the_words_say_how_the_head_reads_a_unit():
    weights = made.unit_facts(UnitGroup((2,))).weights
    assert "mean of all steps" in readout_words(weights, 0)
    upwards = replace(weights, readout="last", group=UnitGroup((2,), 1, 1))
    assert "top of the film" in readout_words(upwards, 0)
    attends = replace(weights, readout="attention", attention=np.array([0.3]))
    assert "+0.30" in readout_words(attends, 0)


def test_that_numbers_have_a_true_minus_and_zero_no_sign():
    assert (signed(-0.5), signed(0.001), signed(-0.001)) == ("−0.50", "0.00", "0.00")
    assert plain(-0.25) == "−0.25"


@pytest.mark.parametrize("held", ["zero", "mean"])
def test_that_python_makes_the_numbers_that_are_given_away(tmp_path, held):
    film = tmp_path / "seven.png"
    grey = np.random.default_rng(3).integers(0, 255, (28, 28)).astype(np.uint8)
    Image.fromarray(grey).save(film)
    model = rowscope.load("digits")
    frame = read_frame(read_image(film), 0)
    group = UnitGroup((3, 17), 1, 0)
    facts, trace = facts_of(model.rows, group), model.trace(frame)
    found = SimpleNamespace(
        group=group,
        held=held,
        target=7,
        opened=SimpleNamespace(model=model.info),
        trace=UnitTrace(trace.h[1, 0][:, [3, 17]], facts.mean, facts.std),
        ablation=ablate(model, frame, group.units, layer=1, held=held),
    )
    taken = take_unit(found)
    reproduces(taken, model, film)
    assert set(taken.arrays) >= {"h", "mean", "std", "by_row", "change", "random_changes"}
    assert "3, 17 of layer 2" in taken.words
