"""The threshold as a handle: mouse, keys, the way back, and whose it is said to be."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox

from engine.types import Analysis, Figure, Objective, Prediction, TaskAnswer
from tests.viewer import found_values as found
from tests.viewer.reading_panes import IMAGE, MODEL, abstained, analysis, build, texts, words
from viewer.kit import theme
from viewer.read.operating import ThresholdBlock, ThresholdScale
from viewer.read.second import SecondModel, agreement
from viewer.session.thresholds import ThresholdPlace

SURE, CLEAR = Figure(0.95, 0.9, 0.97, 390), Figure(0.83, 0.8, 0.9, 134)
MODELS = ThresholdPlace(0.38, 0.38, SURE, CLEAR, movable=True)
OWN = replace(MODELS, value=0.6, sensitivity=Figure(0.9, 0.86, 0.93, 390))
FIXED = ThresholdPlace(0.38, 0.38)


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def pane(qtbot):
    widget = build(qtbot)
    widget.resize(264, 900)
    return widget


@pytest.fixture
def scale(pane):
    pane.show_analysis(analysis(0.5))
    pane.show_threshold(MODELS)
    QApplication.processEvents()
    return pane.findChild(ThresholdScale)


def at(scale, value) -> QPoint:
    return QPoint(round(scale._place(value)), 18)


def test_that_the_handle_is_dragged(pane, scale, qtbot):
    moved = []
    pane.threshold_moved.connect(moved.append)
    qtbot.mousePress(scale, Qt.MouseButton.LeftButton, pos=at(scale, 0.38))
    qtbot.mouseMove(scale, at(scale, 0.5))
    qtbot.mouseMove(scale, at(scale, 0.7))
    qtbot.mouseRelease(scale, Qt.MouseButton.LeftButton, pos=at(scale, 0.7))
    assert moved[0] == pytest.approx(0.38, abs=0.01)
    assert moved[-1] == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Right, 0.39), (Qt.Key.Key_Left, 0.37), (Qt.Key.Key_PageUp, 0.48),
        (Qt.Key.Key_PageDown, 0.28), (Qt.Key.Key_Home, None),
    ],
)  # fmt: skip
def test_that_keys_move_it(pane, scale, qtbot, key, value):
    scale.setFocus()
    with qtbot.waitSignal(pane.threshold_moved) as caught:
        qtbot.keyClick(scale, key)
    assert caught.args == [value]


def test_that_it_is_reached_by_the_keyboard_only_where_it_moves(pane, scale):
    assert scale.focusPolicy() == Qt.FocusPolicy.TabFocus
    pane.show_threshold(FIXED)
    assert scale.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_that_a_threshold_that_cannot_be_moved_says_why_and_does_not_move(pane, scale, qtbot):
    pane.show_threshold(FIXED)
    assert "keeps no films" in words(pane)
    with qtbot.assertNotEmitted(pane.threshold_moved):
        qtbot.mouseClick(scale, Qt.MouseButton.LeftButton, pos=at(scale, 0.7))


def test_that_the_readers_threshold_is_said_to_be_the_readers(pane, scale):
    pane.show_threshold(OWN)
    shown = words(pane)
    assert "below your threshold" in texts(pane)
    assert "This is your threshold, not the model's (0.38)." in shown
    assert "0.90" in texts(pane)
    assert "390 films" in shown
    assert "your threshold 0.60" in scale.accessibleName()


def test_that_the_tests_figures_go_with_the_models_threshold(qtbot):
    from tests.viewer.reading_panes import TESTED

    block = ThresholdBlock(0.5, TESTED, interval=None)
    qtbot.addWidget(block)
    block.show()
    block.show_point(MODELS)
    assert "0.78 | 0.72–0.83" in words(block)
    block.show_point(OWN)
    assert "0.78 (0.72–0.83)" not in words(block)


def test_that_there_is_a_way_back_only_from_the_readers(pane, scale, qtbot):
    block = pane.findChild(ThresholdBlock)
    assert not block.back.isVisible()
    pane.show_threshold(OWN)
    assert block.back.isVisible()
    with qtbot.waitSignal(pane.threshold_moved) as caught:
        block.back.click()
    assert caught.args == [None]


def test_that_the_threshold_of_another_model_is_not_shown(pane):
    pane.show_threshold(replace(OWN, models=0.7))
    pane.show_analysis(analysis(0.5))
    assert "your threshold" not in words(pane)


def test_that_the_readers_threshold_stays_for_the_next_film(pane):
    pane.show_threshold(OWN)
    pane.show_analysis(analysis(0.9))
    assert "above your threshold" in texts(pane)


# ------------------------------------------------------------------------ a second model

OTHER = replace(MODEL, name="other", title="Other", path=MODEL.path / "other")


def said(probability, model=OTHER) -> Analysis:
    values = np.array([1 - probability, probability])
    prediction = Prediction(model.classes, values, np.zeros((8, 2), np.float32), 1)
    return Analysis(IMAGE, 0, model, "CPU", 0.2, prediction=prediction)


def located(*regions) -> Analysis:
    boxes = replace(OTHER, objective=Objective("localisation"))
    return replace(said(0.97, boxes), task_answer=TaskAnswer("localisation", regions))


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (analysis(0.9), said(0.8), "They agree: pneumonia."),
        (analysis(0.1), said(0.2), "They agree: normal."),
        (analysis(0.9), said(0.2), "They differ: pneumonia and normal."),
        (analysis(0.9), abstained(), "Only one of them answers."),
        (abstained(), abstained(), "Neither model answers."),
        (
            analysis(0.9),
            said(0.8, replace(OTHER, classes=("normal", "opacity"))),
            "They answer different questions.",
        ),
        (analysis(0.9), located(found.BOX), "They answer different questions."),
        (
            located(found.BOX, found.BOX),
            located(),
            "The first: 2 × finding; the second: none.",
        ),
    ],
)
def test_that_agreement_is_said_in_words(first, second, sentence):
    assert agreement(first, second) == sentence


def test_that_a_long_name_of_another_model_does_not_widen_the_panel(pane):
    long = replace(OTHER, title="Opacities, effusions and devices on chest films of adults")
    pane.show_models((long,), None)
    pane.show_analysis(analysis(0.91))
    room = theme.READING_WIDTH["narrow"]
    assert max(one.minimumSizeHint().width() for one in pane.findChildren(QComboBox)) < room - 32


def test_that_both_answers_stand_side_by_side(pane):
    pane.show_analysis(analysis(0.91))
    pane.show_models((OTHER,), OTHER.path)
    pane.show_second(said(0.77))
    assert "0.77" in texts(pane)
    assert "They agree: pneumonia." in texts(pane)


def test_that_boxes_of_a_second_model_are_no_probability_of_the_film(pane):
    pane.show_analysis(analysis(0.91))
    pane.show_models((OTHER,), OTHER.path)
    pane.show_second(located(found.BOX))
    assert {"0.91", "Finding"} <= {one.capitalize() for one in texts(pane)}
    assert "0.97" not in texts(pane)


def test_that_a_second_model_is_chosen_in_the_panel(pane, qtbot):
    pane.show_models((OTHER,), None)
    pane.show_analysis(analysis(0.91))
    box = pane.findChild(QComboBox)
    with qtbot.waitSignal(pane.second_requested) as caught:
        box.activated.emit(1)
    assert caught.args == [OTHER]
    with qtbot.waitSignal(pane.second_requested) as caught:
        box.activated.emit(0)
    assert caught.args == [None]


def test_that_a_long_name_of_a_model_makes_the_panel_no_wider(qtbot):
    widths = []
    for title in ("short", "a name that nobody would expect " * 3):
        second = SecondModel()
        qtbot.addWidget(second)
        second.show_models((replace(OTHER, title=title),), None)
        widths.append(second.minimumSizeHint().width())
    assert widths[0] == widths[1]


def test_that_the_second_answer_goes_with_its_film(pane):
    pane.show_analysis(analysis(0.91))
    pane.show_second(said(0.77))
    pane.show_reading("next.dcm")
    assert "0.77" not in words(pane)
