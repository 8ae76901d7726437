"""The page that shows two readings beside each other."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

import engine
from engine.inspection import Edit, compare_films, compare_models
from tests.viewer.inspect.comparisons_made import STEPS, comparison, side, without_answers
from tests.viewer.inspect.taken_python import reproduces
from viewer.inspect.compare_figures import ComparedModel, figures_of, matched_on, tried_lines
from viewer.inspect.compare_page import ComparePage
from viewer.inspect.compare_plots import AnswerPlot, BarsPlot, HorizonPlot, StatesPlot
from viewer.kit import theme
from viewer.session.comparisons import Opponent

BAND = (Edit("mean", 1, 3),)


@pytest.fixture
def page(qtbot, session):
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.resize(900, 184)
    return page


def show(page, found):
    page.comparisons.found, page.comparisons.why = found, ""
    page.comparisons.changed.emit()


def shown(plot):
    """(H, W, 3) of what a plot looks like."""
    image = plot.grab().toImage().convertToFormat(plot.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def places(picture, name):
    """(n, 2) of y and x of all pixels of exactly this colour."""
    return np.argwhere((picture == QColor(name).getRgb()[:3]).all(axis=2))


def bars(qtbot, values):
    plot = BarsPlot(("Difference",), lambda _found: np.array(values, np.float32), axis=False)
    qtbot.addWidget(plot)
    plot.resize(160, 80)
    plot.show_comparison(comparison())
    return plot


def test_that_before_a_choice_the_page_says_what_to_do(page):
    assert page.figures.sentences == ("Choose what the film or the model is compared with",)
    assert page.chooser.text() == "With: Nothing"
    assert page.taken() is None
    assert page.state() == {"with": None, "path": None, "why": page.comparisons.why}


def test_that_figures_say_both_answers_and_what_chance_gives(page):
    show(page, comparison())
    lines = {line.name: (line.first, line.second) for line in page.figures.lines}
    assert lines["finding"] == ("0.90", "0.70")
    assert lines["Influence, ρ"] == ("0.92", "")
    assert lines["States, CKA"] == ("0.81", "0.12")
    assert page.figures.sentences == ("Matched on 8 steps of this film",)


def test_that_figures_say_log_odds_where_one_answers_for_no_whole_film():
    found = comparison(first=side("One", answer=0.9, of_film=False))
    lines = {line.name: (line.first, line.second) for line in figures_of(found)}
    assert lines["finding, log-odds"] == ("+2.20", "+0.85")
    tried = tried_lines(found, reread(0.91, 0.31), reread(0.87, 0.44))
    assert (tried[1].first, tried[1].second) == ("+2.31", "−0.80")


def test_that_models_of_other_classes_show_no_answers(page):
    show(page, without_answers())
    names = [line.name for line in page.figures.lines]
    assert "finding" not in names
    assert "Influence, ρ" not in names
    assert "tell other classes apart" in page.figures.toolTip()
    assert not page.plots[0].there(page.comparisons.found)


def test_that_the_horizon_is_said_in_rows_once_it_is_measured():
    steep, flat = np.geomspace(1, 1e-4, STEPS), np.linspace(1.0, 0.5, STEPS)
    found = comparison(first=side(share=steep), second=side(share=flat))
    (line,) = (one for one in figures_of(found) if one.name == "Horizon, rows")
    assert (line.first, line.second) == ("40", "all")
    (line,) = (one for one in figures_of(comparison()) if one.name == "Horizon, rows")
    assert (line.first, line.second) == ("…", "…")


def test_that_two_films_are_said_to_be_compared_at_the_same_share_of_the_height():
    found = comparison("films")
    assert matched_on(found) == "At the same share of the height"
    assert figures_of(found)[0].second == "other film"


def test_that_a_positive_difference_is_orange_and_up_and_a_negative_one_blue_and_down(qtbot):
    plot = bars(qtbot, [1, 0, 0, 0, 0, 0, 0, -0.5])
    picture, middle = shown(plot), plot.area().center().y()
    up, down = (
        places(picture, name) for name in (theme.INFLUENCE_POSITIVE, theme.INFLUENCE_NEGATIVE)
    )
    assert up[:, 0].max() < middle + 1
    assert down[:, 0].min() > middle - 1
    assert up[:, 1].max() <= 20
    assert down[:, 1].min() >= 140
    assert np.ptp(up[:, 0]) == pytest.approx(2 * np.ptp(down[:, 0]), abs=3)


def test_that_the_row_under_the_cursor_is_said_in_numbers(qtbot):
    plot = bars(qtbot, np.arange(8))
    plot.show_row(35.0)
    assert plot.step == 3
    assert plot.value(plot.found, 3) == "+3.00"


def test_that_a_press_asks_for_the_row_under_it(qtbot):
    plot, rows = bars(qtbot, np.ones(8)), []
    plot.row_requested.connect(rows.append)
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPointF(40, 40).toPoint())
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPointF(159, 40).toPoint())
    assert rows[0] == pytest.approx(20.0)
    assert 79 < rows[1] < 80


def test_that_before_a_choice_there_are_buttons_and_no_empty_plots(page, monkeypatch):
    asked = []
    monkeypatch.setattr(page.comparisons, "compare", asked.append)
    page.show()
    QApplication.processEvents()  # what a layout takes is shown later
    assert not any(plot.isVisible() for plot in page.plots)
    buttons = {one.text(): one for one in page.findChildren(QPushButton) if one.isVisible()}
    buttons["Untrained network"].click()
    assert asked == [Opponent("untrained")]
    show(page, comparison())
    assert all(plot.isVisible() for plot in page.plots)
    assert not buttons["Untrained network"].isVisible()


def test_that_moving_the_cursor_paints_nothing_anew_but_the_line(page, monkeypatch):
    show(page, comparison())
    page.grab()
    pictures = [plot._picture for plot in page.plots]
    for plot in page.plots:
        plot.show_row(33.0)
    page.grab()
    assert [plot._picture for plot in page.plots] == pictures
    assert None not in pictures


def test_that_the_states_that_match_best_stand_at_the_top(qtbot):
    plot, found = StatesPlot(), comparison()
    qtbot.addWidget(plot)
    order = plot.order(found)
    assert (np.diff(found.alignment.correlation[order]) <= 0).all()


def test_that_states_above_and_below_have_the_colours_of_a_state(qtbot):
    plot = StatesPlot()
    qtbot.addWidget(plot)
    plot.resize(120, 90)
    for value, name in ((3.0, theme.STATE_POSITIVE), (-3.0, theme.STATE_NEGATIVE)):
        plot.show_comparison(comparison(states=np.full((STEPS, 5), value, np.float32)))
        wanted = np.array(QColor(name).getRgb()[:3])
        assert np.abs(shown(plot)[40, 30].astype(int) - wanted).max() <= 2


def test_that_the_curve_of_the_first_one_is_strong_and_the_other_one_quiet(qtbot):
    plot = AnswerPlot()
    qtbot.addWidget(plot)
    plot.resize(160, 90)
    plot.show_comparison(comparison())
    one, other = plot.curves(comparison())
    assert (one[-1], other[-1]) == (pytest.approx(0.9), pytest.approx(0.7))
    picture = shown(plot)
    strong, thin = (len(places(picture, name)) for name in (theme.INFLUENCE_POSITIVE, theme.QUIET))
    assert strong > thin
    assert plot.value(comparison(), STEPS - 1) == "0.90 · 0.70"


def test_that_a_share_above_one_is_not_cut_off_in_the_horizon(qtbot):
    plot = HorizonPlot()
    qtbot.addWidget(plot)
    plot.resize(120, 120)
    rising = np.linspace(1.0, 8.0, STEPS)
    plot.show_comparison(comparison(first=side(share=rising), second=side(share=rising / 8)))
    rows = places(shown(plot)[:, 5:], theme.TEXT)[:, 0]
    assert np.ptp(rows) > 10


def test_that_a_state_names_both_and_the_values_at_the_row(page):
    show(page, comparison())
    for plot in page.plots:
        plot.show_row(79.0)
    told = page.state()
    assert told["row"]["step"] == 7
    assert told["row"]["answer"] == 1.0
    assert told["first"]["name"] == "One"
    assert told["units"]["films"] == 1


def reread(before, after):
    """A changed film, read: the class of index 1 before and after."""
    answers = [np.array([1 - value, value]) for value in (before, after)]
    return SimpleNamespace(
        probabilities_as_read=answers[0], probabilities=answers[1], target=1, edits=BAND
    )


def test_that_both_models_say_what_they_make_of_a_changed_film():
    lines = tried_lines(comparison(), reread(0.91, 0.31), reread(0.87, 0.44))
    assert [(line.name, line.first, line.second) for line in lines] == [
        ("", "as read", "changed"),
        ("this model", "0.91", "0.31"),
        ("Two", "0.87", "0.44"),
        ("Influence, ρ", "0.92", ""),
    ]
    waiting = tried_lines(comparison("untrained"), reread(0.91, 0.31), None)[2]
    assert (waiting.name, waiting.first, waiting.second) == ("Untrained network", "…", "…")


def test_that_the_section_is_there_only_for_a_changed_film_and_another_model(page, session, qtbot):
    section = ComparedModel(page.tried, page.comparisons, session.tries)
    qtbot.addWidget(section)
    show(page, comparison())
    assert section.isHidden()
    session.tries.on, session.tries.draft = True, BAND
    session.tries.found = reread(0.91, 0.31)
    session.tries.changed.emit()
    assert not section.isHidden()
    assert section.figures.lines[1].second == "0.31"
    show(page, comparison("films"))
    assert section.isHidden()


@pytest.fixture(scope="module")
def digits():
    return engine.load("digits")


@pytest.fixture
def two_films(tmp_path) -> list[Path]:
    rng, paths = np.random.default_rng(2), [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        Image.fromarray(rng.integers(0, 255, (28, 28), np.uint8)).save(path)
    return paths


def test_that_python_makes_the_numbers_of_two_films_again(page, digits, two_films):
    page.comparisons.opponent = Opponent("films", two_films[1])
    show(page, compare_films(digits, *two_films, horizon=False))
    taken = page.taken()
    assert {"first_by_row", "states", "answer_difference", "correlation"} <= set(taken.arrays)
    reproduces(taken, digits, two_films[0])


def test_that_python_makes_the_numbers_of_the_untrained_network_again(page, digits, two_films):
    page.comparisons.opponent = Opponent("untrained")
    show(page, compare_models(digits, "untrained", two_films[0], horizon=False))
    reproduces(page.taken(), digits, two_films[0])


def test_that_python_makes_the_numbers_of_models_of_other_classes_again(page, digits, two_films):
    other = engine.load("phantom-opacity")
    page.comparisons.opponent = Opponent("models", other.info.path)
    show(page, compare_models(digits, other, two_films[0], horizon=False))
    taken = page.taken()
    assert "answer_difference" not in taken.arrays
    reproduces(taken, digits, two_films[0])


def test_that_python_names_the_films_that_units_were_matched_on(page, digits, two_films):
    page.comparisons.opponent = Opponent("untrained")
    page.comparisons.reference = (two_films[1],)
    found = compare_models(
        digits, "untrained", two_films[0], reference=two_films[1:], horizon=False
    )
    show(page, found)
    assert page.figures.sentences == ("Matched on 56 steps of 2 films",)
    reproduces(page.taken(), digits, two_films[0])


def test_that_a_sentence_for_which_there_is_no_room_is_left_out_and_not_cut(page):
    show(page, without_answers())
    assert page.figures._fitting(QRectF(0, 0, 200, 16)) == "Matched on 8 steps of this film"
    assert "tell other classes apart" in page.figures._fitting(QRectF(0, 0, 200, 120))


def test_that_the_menu_offers_what_there_is_and_a_choice_is_compared(page, session, settle):
    settle(session.open, (Path("/films/a.dcm"), Path("/films/b&c.dcm")))
    page.chooser.fill()
    actions = [one for one in page.chooser.menu().actions() if not one.isSeparator()]
    words = [one.text() for one in actions]
    assert words == ["Nothing", "Untrained network", "Two", "b&&c.dcm"]
    assert [one.isChecked() for one in actions] == [True, False, False, False]
    actions[3].trigger()
    assert page.comparisons.opponent == Opponent("films", Path("/films/b&c.dcm"))
    assert page.chooser.text() == "With: b&&c.dcm"
