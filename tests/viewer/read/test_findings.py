"""Findings, regions and values in the reading panel."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from engine.types import Objective, TaskAnswer
from tests.viewer import film_values as made, found_values as found, reading_panes as panes
from viewer.read.findings import FindingsBlock
from viewer.read.found_block import FoundBlock, value_words
from viewer.session.located import CutPlace, FoundRegion
from viewer.session.several import FindingPlace

PLACES = tuple(FindingPlace(n, one, one.threshold) for n, one in enumerate(found.LABELS, 1))


@pytest.fixture
def block(qtbot):
    widget = FindingsBlock()
    qtbot.addWidget(widget)
    widget.resize(480, 400)  # no typeface is too wide for it
    widget.show()
    widget.show_findings(PLACES, 1, made.model())
    return widget


@pytest.fixture
def block_of_regions(qtbot):
    widget = FoundBlock()
    qtbot.addWidget(widget)
    widget.resize(264, 400)
    widget.show()
    return widget


def texts(widget):
    QApplication.processEvents()  # a layout shows new rows when it is next asked
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]


def test_that_every_finding_has_name_probability_threshold_and_interval(block):
    assert texts(block.rows[0]) == [
        "1", "Opacity", "0.91", "threshold 0.38", "90 % interval 0.84–0.96",
    ]  # fmt: skip


def test_that_an_abstained_finding_says_why_in_its_line_and_has_no_number(block):
    assert texts(block.rows[2]) == ["3", "Fracture", "–", "Abstained: Bone window missing."]
    assert block.rows[2].bar is None


def test_that_the_chosen_finding_says_what_its_threshold_does(block):
    told = texts(block._below)
    assert told[:3] == ["Opacity at 0.38", "Sensitivity", "0.95"]
    assert "0.83" in told


def test_that_a_press_on_a_finding_asks_for_it(block, qtbot):
    asked = made.heard(block.chosen)
    qtbot.mouseClick(block.rows[1], Qt.MouseButton.LeftButton, pos=QPoint(30, 8))
    assert asked == [(2,)]


def test_that_a_drag_of_a_tick_asks_for_that_threshold_of_that_finding(block, qtbot):
    asked, bar = made.heard(block.moved), block.rows[1].bar
    start = QPoint(round(bar.x_of(0.41)), bar.height() // 2)
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(bar, QPoint(round(bar.width() * 0.6), start.y()))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton)
    assert [number for number, _ in asked] == [2]
    assert asked[0][1] == pytest.approx(0.6, abs=0.01)


def test_that_a_press_on_a_bar_chooses_its_finding_and_leaves_the_tick(block, qtbot):
    chosen, moved, bar = made.heard(block.chosen), made.heard(block.moved), block.rows[1].bar
    place = QPoint(round(bar.x_of(0.9)), bar.height() // 2)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=place)
    assert (chosen, moved) == ([(2,)], [])
    place.setX(round(bar.x_of(0.41)))
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=place)
    assert moved == [(2, None)]


def test_that_keys_move_a_tick_and_bring_it_back(block, qtbot):
    asked, bar = made.heard(block.moved), block.rows[0].bar
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    qtbot.keyClick(bar, Qt.Key.Key_Home)
    assert asked == [(1, 0.39), (1, None)]


def test_that_rows_stay_while_a_threshold_is_dragged(block):
    rows = block.rows
    moved = (replace(PLACES[0], threshold=0.5, own=True), *PLACES[1:])
    block.show_findings(moved, 1, made.model())
    assert block.rows is rows
    assert "your threshold 0.50" in texts(block.rows[0])


def test_that_what_the_readers_threshold_does_is_not_claimed(block):
    moved = (replace(PLACES[0], threshold=0.5, own=True), *PLACES[1:])
    block.show_findings(moved, 1, made.model())
    told = texts(block._below)
    assert "Sensitivity" not in told
    assert any("was not measured" in one for one in told)
    asked = made.heard(block.moved)
    block.findChild(QPushButton).click()
    assert asked == [(1, None)]


def test_that_findings_take_the_place_of_a_result(qtbot):
    pane = panes.build(qtbot)
    pane.show_analysis(replace(panes.analysis(), task_answer=found.several()))
    assert "0.91" not in panes.texts(pane)
    pane.show_analysis(panes.analysis())
    assert "0.91" in panes.texts(pane)


def test_that_a_value_is_a_number_with_unit_and_interval(block_of_regions):
    block_of_regions.show_answer(found.aged(), (), None)
    assert texts(block_of_regions) == ["Age", "4.2 y", "interval 3.1–5 y"]


def test_that_a_value_without_interval_or_unit_is_a_number():
    bare = replace(found.aged().values[0], unit="", interval=None)
    assert value_words(bare) == ("4.2", "")


def test_that_regions_are_listed_with_probability_and_area(block_of_regions):
    answer = replace(found.mapped(), task="segmentation")
    regions = (FoundRegion(1, found.OUTLINE, alone=True, spacing=found.SPACING),)
    block_of_regions.show_answer(answer, regions, CutPlace(0.5, 0.5))
    told = texts(block_of_regions)
    assert told[:3] == ["Found on this film", "Lung", "0.99 · 100 mm²"]


def test_that_a_film_with_nothing_found_says_so(block_of_regions):
    answer = replace(found.mapped(), task="segmentation")
    block_of_regions.show_answer(answer, (), CutPlace(0.9, 0.5))
    assert "Nothing was found at this cut." in texts(block_of_regions)


def test_that_a_film_without_a_box_says_so_and_one_with_a_box_does_not(block_of_regions):
    box = FoundRegion(1, found.BOX)
    block_of_regions.show_answer(found.answer(found.BOX), (), None)
    assert texts(block_of_regions) == ["The model draws no box on this film."]
    block_of_regions.show_answer(found.answer(found.BOX), (box,), None)
    assert texts(block_of_regions) == ["Found on this film", "Box 1 · finding", "0.91"]
    block_of_regions.show_answer(TaskAnswer("classification"), (), None)
    assert block_of_regions.isHidden()


def test_that_boxes_take_the_place_of_a_probability_of_the_whole_film(qtbot):
    pane = panes.build(qtbot)
    said = panes.analysis()
    boxes = replace(said.model, objective=Objective("localisation"))
    pane.show_analysis(replace(said, model=boxes, task_answer=found.answer(found.BOX)))
    told = " ".join(panes.texts(pane))
    assert "0.91" not in told
    assert "calibrated" not in told


def test_that_the_cut_is_dragged_typed_and_brought_back(block_of_regions, qtbot):
    answer = replace(found.mapped(), task="segmentation")
    block_of_regions.show_answer(answer, (), CutPlace(0.5, 0.5))
    asked, cut = made.heard(block_of_regions.cut.moved), block_of_regions.cut
    cut.slider.setValue(62)
    cut.field.setText("0.35")
    cut.field.editingFinished.emit()
    cut.back.click()
    assert asked == [(0.62,), (0.35,), (None,)]


def test_that_what_is_no_cut_changes_nothing(block_of_regions):
    block_of_regions.show_answer(found.mapped(), (), CutPlace(0.5, 0.5))
    asked, cut = made.heard(block_of_regions.cut.moved), block_of_regions.cut
    cut.field.setText("high")
    cut.field.editingFinished.emit()
    assert asked == []
    assert cut.field.text() == "0.50"


def test_that_a_cut_of_the_readers_is_said(block_of_regions):
    block_of_regions.show_answer(found.mapped(), (), CutPlace(0.8, 0.5))
    assert any("not the model's (0.50)" in one for one in texts(block_of_regions))
    assert block_of_regions.cut.back.isVisible()
    block_of_regions.show_answer(found.mapped(), (), CutPlace(0.5, 0.5))
    assert not block_of_regions.cut.back.isVisible()
