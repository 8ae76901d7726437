"""Pages of the model's window with made and shipped models: what they say, draw and give away."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

import engine
from engine.bundle import read_audit, read_metadata, verdicts
from engine.inspection import (
    LearningCurves,
    MatrixName,
    learning_curves,
    named_matrices,
    read_anatomy,
    weight_map,
)
from tests.viewer.inspect.taken_python import reproduces
from viewer.inspect.architecture import ArchitecturePage
from viewer.inspect.audit_page import GROUPS, AuditPage, group_of
from viewer.inspect.training_page import TrainingPage
from viewer.inspect.weights_page import WeightsPage

MODELS = pytest.mark.parametrize("name", ["digits", "phantom-opacity", "chest-pneumonia"])
HIDDEN = "recurrent.0.weight_hh_l0"


def shown(qtbot, page, width=1100, height=660):
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    return page


@pytest.fixture
def architecture(qtbot):
    page = shown(qtbot, ArchitecturePage())
    page.show_anatomy(read_anatomy("phantom-opacity"))
    return page


@pytest.fixture
def weights(qtbot):
    """The page, with the engine behind it at once."""
    page = shown(qtbot, WeightsPage())
    page.wanted.connect(lambda matrix: page.show_map(weight_map("phantom-opacity", *matrix)))
    page.offer("phantom-opacity", named_matrices("phantom-opacity"))
    return page


def painted(widget):
    """Its pixels, (rows, columns, 4)."""
    image = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_ARGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]


# ------------------------------------------------------------------------- architecture


@MODELS
def test_that_the_picture_has_a_place_for_every_block_and_none_lies_on_another(qtbot, name):
    page = shown(qtbot, ArchitecturePage())
    page.show_anatomy(read_anatomy(name))
    picture = page.picture
    boxes = [picture.box(one.code) for one in page.anatomy.blocks]
    assert all(box.width() >= 50 and box.right() <= picture.width() + 1 for box in boxes)
    for before, after in pairwise(boxes):
        assert before.right() <= after.left() + 1e-6


def test_that_a_click_on_a_block_says_its_shape_count_and_matrices(qtbot, architecture):
    box = architecture.picture.box("recurrent.0")
    at = QPoint(int(box.center().x()), 100)
    qtbot.mouseClick(architecture.picture, Qt.MouseButton.LeftButton, pos=at)
    assert architecture.state()["block"] == "recurrent.0"
    words = " ".join(
        one.text() for one in architecture._about.findChildren(type(architecture.sums))
    )
    for part in ("L 100 × I 288 → L 100 × H 96", "from the top down", "27,648", "288 × 96"):
        assert part in words


def test_that_a_matrix_of_a_block_leads_to_its_weights(qtbot, architecture):
    wanted = []
    architecture.weights_wanted.connect(wanted.append)
    architecture.choose("head")
    buttons = architecture._about.findChildren(type(architecture).__mro__[1])
    (button,) = [one for one in buttons if getattr(one, "text", str)() == "head.weight"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == ["head.weight"]


def test_that_keys_go_through_the_blocks_and_return_opens_one(qtbot, architecture):
    wanted = []
    architecture.weights_wanted.connect(wanted.append)
    architecture.choose("rows")
    for _ in range(5):
        qtbot.keyClick(architecture.picture, Qt.Key.Key_Right)
    assert architecture.picture.code == "recurrent.0"
    qtbot.keyClick(architecture.picture, Qt.Key.Key_Return)
    assert wanted == ["recurrent.0.weight_ih_l0"]
    for _ in range(9):
        qtbot.keyClick(architecture.picture, Qt.Key.Key_Left)
    assert architecture.picture.code == "rows"


def test_that_the_sums_are_those_of_the_blocks(architecture):
    blocks = read_anatomy("phantom-opacity").blocks
    assert f"{sum(one.parameters for one in blocks):,} weights" in architecture.sums.text()
    assert "18.3 million" in architecture.sums.text()


def test_that_both_directions_share_a_column(qtbot, architecture):
    anatomy = architecture.anatomy
    down = anatomy.block("recurrent.0")
    pair = [
        replace(down, code=f"recurrent.0.{way}", direction=at)
        for at, way in enumerate(("down", "up"))
    ]
    blocks = tuple(
        one for block in anatomy.blocks for one in ([block] if block is not down else pair)
    )
    architecture.show_anatomy(replace(anatomy, blocks=blocks))
    picture = architecture.picture
    left, right = (picture.box(one.code) for one in pair)
    assert len(picture.columns) == len(anatomy.blocks)
    assert left.right() == pytest.approx(right.left())
    architecture.choose("recurrent.0.up")
    assert "bottom up" in " ".join(
        one.text() for one in architecture._about.findChildren(type(architecture.sums))
    )


def test_that_the_picture_shows_the_block_that_is_chosen(architecture):
    before = painted(architecture.picture).copy()
    architecture.choose("stem.1")
    assert (painted(architecture.picture) != before).any()


# ------------------------------------------------------------------------------ weights


def test_that_it_begins_with_what_is_multiplied_at_every_step(weights):
    assert weights.chosen == MatrixName(HIDDEN, "n")
    state = weights.state()
    assert state["shape"] == [96, 96]
    assert state["radius"] == pytest.approx(weights.map.radius)


def test_that_every_gate_can_be_chosen_and_stays_chosen_for_another_matrix(weights):
    weights.choose(MatrixName(HIDDEN, "z"))
    weights.matrix.setCurrentText("recurrent.0.weight_ih_l0")
    weights.matrix.activated.emit(weights.matrix.currentIndex())
    assert weights.map.matrix == MatrixName("recurrent.0.weight_ih_l0", "z")
    assert [weights.gate.itemData(at) for at in range(weights.gate.count())] == ["", "r", "z", "n"]
    weights.choose(MatrixName("head.weight"))
    assert not weights.gate.isEnabled()
    assert not weights.choose(MatrixName("head.weight", "z"))


def test_that_a_matrix_without_eigenvalues_shows_no_circle_and_says_why(weights):
    weights.choose(MatrixName("head.weight"))
    assert weights.circle.isHidden()
    assert "once a step" in weights.meaning.text()
    weights.choose(MatrixName(HIDDEN, "z"))
    assert not weights.circle.isHidden()
    assert "does not say how long" in weights.meaning.text()


def test_that_the_number_at_the_mouse_is_that_of_the_weight_under_it(weights):
    area = weights.picture.area()
    rows, columns = weights.map.values.shape
    cell = area.width() / columns
    at = QPointF(area.left() + 7.5 * cell, area.top() + 3.5 * area.height() / rows)
    assert weights.picture.weight_at(at) == (3, 7)
    weights.picture.pointed.emit(3, 7)
    value = float(weights.map.values[3, 7])
    assert f"{value:+.3f}".replace("-", "−") in weights.at.text()
    assert "output 3 ← input 7" in weights.at.text()


def test_that_the_darkest_dot_is_the_least_weight_and_the_lightest_the_greatest(weights):
    values = np.zeros((4, 5), np.float32)
    values[1, 2], values[3, 0] = 2.0, -2.0
    weights.picture.show_values(values, 2.0)
    area, pixels = weights.picture.area(), painted(weights.picture)
    cell = int(area.width() / 5)
    greys = pixels[cell // 2 : 4 * cell : cell, cell // 2 : 5 * cell : cell, 1].astype(int)
    assert greys.shape == (4, 5)
    assert (greys.argmax(), greys.argmin()) == (7, 15)
    zero = greys[0, 0]
    assert (greys[values == 0] == zero).all()
    assert zero - greys.min() > 30
    assert greys.max() - zero > 30


def test_that_an_answer_that_nobody_waits_for_any_more_is_left_out(weights):
    old = weight_map("phantom-opacity", HIDDEN, "r")
    weights.choose(MatrixName("head.weight"))
    weights.show_map(old)
    assert weights.map.matrix == MatrixName("head.weight")


# ----------------------------------------------------------------------------- training


def curves(losses, watched, *, early=False, unlike=()):
    count = len(losses)
    return LearningCurves(
        epochs=np.arange(1.0, count + 1),
        loss=np.array(losses),
        validation_loss=np.array(watched),
        accuracy=np.full(count, np.nan),
        learning_rate=np.full(count, 0.01),
        seconds=np.ones(count),
        early=early,
        unlike=unlike,
    )


@pytest.fixture
def training(qtbot):
    return shown(qtbot, TrainingPage())


def test_that_the_epoch_that_was_kept_is_said_and_the_better_one_too(training):
    training.show_curves("made", curves([0.9, 0.5, 0.4], [0.8, 0.45, 0.5]))
    assert training.head.text() == (
        "The weights of epoch 3 of 3 were kept: validation loss 0.500."
        " It was lowest after epoch 2: 0.450."
    )
    training.show_curves("made", curves([0.9, 0.5, 0.4], [0.8, 0.45, 0.5], early=True))
    assert training.head.text() == "The weights of epoch 2 of 3 were kept: validation loss 0.450."


def test_that_a_training_without_held_out_films_is_not_praised(training):
    training.show_curves("made", curves([0.9, 0.2], [np.nan, np.nan]))
    assert "learnt by heart" in training.head.text()
    assert len(training.loss.drawing.series) == 1
    assert training.accuracy.isHidden()


def test_that_a_model_without_curves_says_so(training):
    training.show_curves("made", None)
    assert "holds no curves" in training.head.text()
    assert training.plots.isHidden()
    assert (training.taken(), training.state()) == (None, {"epochs": 0})


def test_that_one_epoch_is_drawn_as_well(training):
    training.show_curves("made", curves([0.9], [0.8]))
    assert painted(training.loss).any()


# -------------------------------------------------------------------------------- audit


@pytest.fixture
def audit(qtbot):
    return shown(qtbot, AuditPage())


@MODELS
def test_that_every_rule_of_an_audit_is_in_one_group(audit, name):
    model, found = read_metadata(name), read_audit(read_metadata(name).path)
    audit.show_audit(model, found)
    state = audit.state()
    lines = verdicts(found)
    assert sum(state[group.code] for group in GROUPS) == len(lines)
    assert state["open"] == sum(one.verdict == "not measured" for one in lines)
    fails = {one.what.code for one in lines if one.verdict == "fails"}
    assert state["broken"] + state["expected"] == len(fails)
    assert {one.what.code for one in lines if group_of(one) == "expected"} <= fails


def test_that_what_is_broken_stands_before_what_was_kept(audit):
    model = read_metadata("digits")
    found = read_audit(model.path)
    audit.show_audit(model, replace(found, randomised=None))
    of, words = audit.sentences[0]
    assert (of, words[:4]) == ("Influence map", "No: ")
    assert audit.verdict.text() == ("1 of 18 rules for its maps are broken. Not measured: 3.")
    audit.show_audit(model, found)
    assert audit.sentences[0][1].startswith("Yes")


def test_that_a_test_without_calibration_goes_before_rules_that_were_kept(audit):
    model = read_metadata("chest-pneumonia")
    audit.show_audit(model, replace(read_audit(model.path), nuisance=None))
    assert audit.verdict.text().startswith("Its probabilities were not found calibrated.")
    assert audit.sentences[0][0] == "Probabilities"


def test_that_a_model_without_an_audit_is_called_untested(audit):
    model = replace(read_metadata("digits"), tests=())
    audit.show_audit(model, None)
    assert audit.verdict.text().startswith("Nobody has tested")
    assert "Nobody tested whether they are calibrated." in [words for _, words in audit.sentences]
    assert audit.taken() is None


# ------------------------------------------------------------------------ what it gives


@MODELS
def test_that_python_makes_the_numbers_of_every_page(qtbot, name):
    model, path = engine.load(name, "cpu"), read_metadata(name).path
    first = ArchitecturePage()
    first.show_anatomy(read_anatomy(path))
    second = WeightsPage()
    second.wanted.connect(lambda matrix: second.show_map(weight_map(path, *matrix)))
    second.offer(name, named_matrices(path))
    third = TrainingPage()
    third.show_curves(name, learning_curves(path))
    fourth = AuditPage()
    fourth.show_audit(read_metadata(name), read_audit(path))
    for page in (first, second, third, fourth):
        qtbot.addWidget(page)
        reproduces(page.taken(), model, path)
