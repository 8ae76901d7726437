"""The dock's page of memory: exact terms at once, replaced rows and gradients on request."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Raster
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import engine as package
from engine.inspection import MemoryTerms, forget, remember, replace_above
from engine.preparation import frame_of, prepare
from tests.viewer import film_values as made
from tests.viewer.inspect.taken_python import reproduces
from viewer.inspect.gradients_pane import GradientsPane, rows_text
from viewer.inspect.memory_page import MemoryPage
from viewer.inspect.reach_pane import ReachPane, reason, small
from viewer.inspect.terms_pane import TermsPane, tiny
from viewer.session.inspection import Opened
from viewer.session.recollection import Recollection

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def page(qtbot, session):
    """Of a dock in which another page is shown."""
    result = MemoryPage(session, Recollection(session.inspection, session))
    qtbot.addWidget(result)
    result.resize(1200, 200)
    return result


@pytest.fixture
def opened(session, settle, page):
    session.inspection.show(shown=True)
    settle(session.open, (A, B))
    session.move_to_row(35.0)
    return session.inspection.opened


def test_that_nothing_is_measured_of_a_film_while_another_page_is_shown(page, opened):
    state = page.state()
    assert state["terms"]["exact"] is True
    assert state["terms"]["error"] < 1e-6
    assert state["replaced"] == {"measured": False}
    assert state["gradients"]["measured"] is False


def test_that_the_terms_of_chosen_units_are_shown(page, opened, session):
    page.show()
    session.choose_map(replace(session.choice, units=(2, 4), layer=0))
    terms = made.carried(opened.trace).memory(0).terms
    found = page.state()["terms"]["terms"]
    assert found == {"u2": float(terms[3, 2]), "u4": float(terms[3, 4])}


def test_that_the_rest_is_measured_when_the_page_is_shown(page, opened, settle):
    settle(page.show)
    state = page.state()
    assert state["replaced"]["measured"]
    assert state["gradients"]["rows"]["rnn"] == 7
    assert state["gradients"]["rows"]["answer"] is None


def test_that_the_next_film_is_measured_while_the_page_is_shown(page, opened, session, settle):
    settle(page.show)
    settle(session.select, B)
    assert session.inspection.opened.film.frame.image.path == B
    assert page.state()["gradients"]["measured"]


def test_that_a_button_is_there_where_the_measuring_failed(page, opened, settle):
    button = page.findChild(QPushButton)
    page.show()
    page._recollection._lose(ValueError("the process ended"))
    assert button.isVisible()
    settle(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))
    assert page.state()["replaced"]["measured"]
    assert not button.isVisible()


def test_that_nothing_is_measured_of_a_film_that_was_left(page, opened, session, settle, engine):
    latch = engine.hold("replace a.dcm")
    page.measure()
    assert page.findChild(QPushButton).isVisibleTo(page) is False
    session.select(B)
    latch.set()
    settle(session.step_row, 0) if session.busy else None
    assert page.state()["replaced"] == {"measured": False}


def test_that_what_was_measured_is_there_when_the_film_comes_back(page, opened, session, settle):
    settle(page.measure)
    settle(session.select, B)
    assert page.state()["replaced"] == {"measured": False}
    settle(session.select, A)
    assert page.state()["replaced"]["measured"]


def test_that_rows_out_of_reach_are_said_with_the_number_that_was_measured(qtbot):
    pane = ReachPane()
    qtbot.addWidget(pane)
    found = made.replaced()
    assert found.most[4] <= 1e-4 < found.most[5]
    pane.show_found(found)
    said = pane.verdict()
    assert "Rows above step 4 (stored rows 0–39) could not have affected this answer" in said
    assert small(found.most[4]) in said
    pane.show_found(replace(found, moved=found.moved + 1.0))
    assert "No row is out of reach" in pane.verdict()
    assert "could not" not in pane.verdict()


@pytest.mark.parametrize(
    ("readout", "both", "words"),
    [
        ("last", False, "from its last state"),
        ("mean", False, "every row reaches it"),
        ("attention", False, "every row reaches it"),
        ("last", True, "from both ends"),
        ("mean", True, "from both ends"),
    ],
)
def test_that_it_is_said_where_the_horizon_of_the_state_is_not_the_answers(readout, both, words):
    assert words in reason(readout, both=both)
    assert ("last state" in reason(readout, both=both)) == ((readout, both) == ("last", False))


def test_that_a_press_in_the_terms_goes_to_its_step(page, opened, session):
    page.grab()
    plot = page.terms._lines[0].plot
    place = QPointF(plot.x(6), plot.area.center().y()).toPoint()
    QTest.mouseClick(page.terms, Qt.MouseButton.LeftButton, pos=place)
    assert session.cursor.step == 6


def test_that_a_cell_without_such_a_sum_says_so(qtbot):
    pane = TermsPane()
    qtbot.addWidget(pane)
    pane.resize(300, 180)
    pane.show_terms(None, (), absent=True)
    empty = TermsPane()
    qtbot.addWidget(empty)
    empty.resize(300, 180)
    assert pane.grab().toImage() != empty.grab().toImage()
    assert pane.state() == {"exact": False}


def test_that_every_gradient_is_a_curve_of_its_own(qtbot):
    pane = GradientsPane()
    qtbot.addWidget(pane)
    pane.resize(420, 190)
    pane.show_found(made.forgetting(32))
    assert list(pane.curves()) == ["rnn", "lstm", "gru", "answer"]
    assert rows_text(pane.curves()["rnn"]) == "7"
    assert rows_text(made.forgetting(4).fresh[0]) == "over 4"
    plain = pane.grab().toImage()
    other = made.forgetting(32)
    pane.show_found(replace(other, answer=None))
    assert pane.grab().toImage() != plain


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.34, "2.3"), (0.746, "0.75"), (0.000034, "0.000034"), (3e-8, "less than 0.000001")],
)
def test_that_small_numbers_have_two_figures(value, text):
    assert small(value) == text


def test_that_rounding_errors_are_powers_of_ten():
    assert (tiny(1.6e-7), tiny(0.0)) == ("2·10⁻⁷", "0")


def test_that_only_as_many_curves_are_shown_as_there_is_room_for(qtbot):
    pane = TermsPane()
    qtbot.addWidget(pane)
    pane.resize(300, 184)
    terms = np.random.default_rng(0).normal(size=(8, 5)).astype(np.float32)
    pane.show_terms(MemoryTerms("h", terms, terms.sum(axis=0)), (0, 1, 2))
    assert len(pane._lines) == 4
    pane.resize(300, 140)
    pane.grab()
    assert len(pane._lines) == 2


def test_that_what_is_taken_can_be_made_again_in_python(page, session, tmp_path, monkeypatch):
    path, digits = tmp_path / "film.png", package.load("digits")
    values = (np.random.default_rng(1).random((28, 28)) * 255).astype(np.uint8)
    Raster.fromarray(values).save(path)
    prepared = replace(prepare(frame_of(path, 0, None), digits.info), others=())
    film = made.film(made.image(path, rows=28, columns=28))
    session.inspection.opened = Opened(film, prepared, digits.trace(path), digits.info)
    known = page._recollection
    known.carried = remember(digits, path)
    known.replaced, known.forgetting = replace_above(digits, path), forget(digits, path)
    page._show()
    page._show_measured()
    taken = page.taken()
    assert {"terms", "norm", "moved", "gradient_lstm_ours", "gradient_answer"} <= set(taken.arrays)
    monkeypatch.undo()  # the engine itself makes the numbers again
    reproduces(taken, digits, path, within=1e-4)
