from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from engine import Analysis, Image, Influence, InputFormat, ModelInfo, Prediction, Threshold
from viewer import theme
from viewer.numbers import probability_text
from viewer.panes.reading import RESEARCH_USE, ReadingPane
from viewer.panes.reading_parts import ProbabilityScale

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform
MODEL = ModelInfo(
    name="chest-pneumonia",
    title="Chest film, pneumonia",
    version="1.2.0",
    path=Path("m"),
    sha256="4f1c2a9b" + "0" * 52 + "9a0d",
    task="",
    intended_use="",
    population="children of 1–5 years",
    classes=("normal", "pneumonia"),
    positive=1,
    input=InputFormat(96, 96, "rank"),
    architecture="GRU 2 × 192",
    layers=2,
    directions=1,
    hidden_size=192,
    steps=8,
    threshold=Threshold(0.38, 0.95, 0.83, "524 validation films"),
    results=(("Test AUC", "0.97 (0.96–0.98), 624 films"),),
)
IMAGE = Image(Path("a.dcm"), "DICOM", "", 1, 80, 60, 8, (0, 255), "MONOCHROME2")
MANY = tuple(f"class {letter}" for letter in "abcdefg")


def influence(values, baseline=-0.85, residual=0.0):
    values = np.asarray(values, np.float32)
    total = float(values.astype(np.float64).sum()) + residual
    edges = np.linspace(0, 80, len(values) + 1)
    return Influence(values, edges, 1, baseline + total, baseline, residual)


def analysis(probability=0.91, model=MODEL, moved=None):
    moved = influence([-0.5, -0.8, 2.0, 2.0, 0.15, 0.3, 0.2, 0.1]) if moved is None else moved
    values = np.array([1 - probability, probability])
    prediction = Prediction(model.classes, values, np.zeros((8, 2), np.float32), 1)
    return Analysis(IMAGE, 0, model, "CPU", 0.21, prediction=prediction, influence=moved)


def abstained():
    sentence = "This model reads CR films; the file is an MR image."
    return Analysis(IMAGE, 0, MODEL, "CPU", 0.02, abstained=sentence)


def many_classes():
    model = replace(MODEL, classes=MANY, positive=None, threshold=None)
    values = np.array([0.04, 0.5, 0.2, 0.1, 0.08, 0.05, 0.03])
    prediction = Prediction(MANY, values, np.zeros((8, 7), np.float32), 1)
    return Analysis(IMAGE, 0, model, "CPU", 0.21, prediction=prediction)


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def pane(qtbot):
    widget = ReadingPane()
    widget.resize(232, 696)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def texts(pane) -> list[str]:
    QApplication.processEvents()  # a layout shows new rows when it is next asked
    return [found.text() for found in pane.findChildren(QLabel) if found.isVisible()]


def words(pane) -> str:
    return " | ".join(texts(pane)).replace("\u200b", "").replace("\n", " ")


def test_that_numbers_of_the_table_have_a_true_minus(pane):
    pane.show_analysis(analysis())
    assert "−0.85" in texts(pane)
    assert not any(text.startswith("-") for text in texts(pane))


# ------------------------------------------------------------------ result
def test_that_the_result_is_named_with_its_probability(pane):
    pane.show_analysis(analysis())
    assert {"Pneumonia", "0.91", "the model's probability"} <= set(texts(pane))


def test_that_all_classes_of_two_are_listed(pane):
    pane.show_analysis(analysis())
    assert {"pneumonia", "normal", "0.09"} <= set(texts(pane))


@pytest.mark.parametrize(("probability", "side"), [(0.91, "above"), (0.1, "below"), (0.38, "at")])
def test_that_the_side_of_the_threshold_is_said_in_words(pane, probability, side):
    pane.show_analysis(analysis(probability))
    assert f"{side} the threshold" in texts(pane)


@pytest.mark.parametrize(
    ("probability", "tint"), [(0.91, theme.INFLUENCE_POSITIVE), (0.1, theme.QUIET)]
)
def test_that_the_scale_is_orange_from_the_threshold_on_only(pane, probability, tint):
    pane.show_analysis(analysis(probability))
    assert pane.findChild(ProbabilityScale).tint == tint


def test_that_the_threshold_says_how_it_did_and_on_which_films(pane):
    pane.show_analysis(analysis())
    assert {"Sensitivity", "0.95", "Specificity", "0.83"} <= set(texts(pane))
    assert "at this threshold, on 524 validation films" in words(pane)


def test_that_a_model_without_a_threshold_shows_none(pane):
    pane.show_analysis(analysis(model=replace(MODEL, threshold=None)))
    assert "threshold" not in words(pane)
    assert pane.findChild(ProbabilityScale).tint == theme.QUIET


def test_that_a_threshold_of_the_finding_is_not_used_for_another_class(pane):
    pane.show_analysis(analysis(model=replace(MODEL, positive=0)))
    assert "threshold" not in words(pane)


def test_that_of_many_classes_five_are_listed_and_the_rest_is_summed(pane):
    pane.show_analysis(many_classes())
    shown = set(texts(pane))
    assert {"class b", "class c", "class d", "class e", "class f", "2 others", "0.07"} <= shown
    assert not {"class a", "class g"} & shown


@pytest.mark.parametrize(
    ("probability", "text"), [(1.0, ">0.99"), (0.0, "<0.01"), (0.994, "0.99"), (0.005, "0.01")]
)
def test_that_no_probability_claims_certainty(probability, text):
    assert probability_text(probability) == text


# ------------------------------------------------------------------ states of the panel
@pytest.mark.parametrize(
    "act",
    [
        lambda pane: pane.show_nothing(),
        lambda pane: pane.show_reading("b.dcm"),
        lambda pane: pane.show_failure("The network gave no finite numbers."),
    ],
    ids=["nothing", "reading", "failure"],
)
def test_that_the_last_result_is_taken_away(pane, act):
    pane.show_analysis(analysis())
    pane.show_units((("u17", "+2.8 σ"),))
    pane.show_checks(((True, "Kind of image", "CR"),))
    act(pane)
    shown = words(pane)
    assert not any(gone in shown for gone in ("0.91", "Pneumonia", "u17", "Kind", "log-odds"))
    assert "Research use only. Not a diagnosis." in shown


def test_that_an_abstained_film_shows_the_reason_and_no_number_of_the_film(pane):
    pane.show_analysis(analysis())
    pane.show_analysis(abstained())
    shown = words(pane)
    assert "No answer" in shown
    assert "This model reads CR films; the file is an MR image." in shown
    assert not any(gone in shown for gone in ("0.91", "threshold", "log-odds", "Sensitivity"))


def test_that_the_model_says_who_it_is(pane):
    pane.show_analysis(analysis())
    shown = words(pane)
    for fact in ("chest-pneumonia 1.2.0", "4f1c2a9b…9a0d", "GRU 2 × 192", "CPU, 0.21 s",
                 "0.97 (0.96–0.98), 624 films", "children of 1–5 years"):  # fmt: skip
        assert fact in shown


def test_that_checks_are_shown_with_their_values(pane):
    pane.show_checks(((True, "Kind of image", "CR"), (False, "Strong compression", "")))
    assert {"Kind of image", "CR", "Strong compression"} <= set(texts(pane))


def test_that_a_moving_row_changes_the_units_values_in_place(pane):
    pane.show_units((("u17", "+2.8 σ"),))
    before = {id(found) for found in pane.findChildren(QLabel)}
    pane.show_units((("u17", "−0.3 σ"),))
    assert {id(found) for found in pane.findChildren(QLabel)} == before
    assert "−0.3 σ" in texts(pane)


def test_that_html_from_a_bundle_stays_text(pane):
    pane.show_analysis(analysis(model=replace(MODEL, population="<b>all</b>")))
    assert all(
        found.textFormat() == Qt.TextFormat.PlainText
        for found in pane.findChildren(QLabel)
        if found.text()
    )


@pytest.mark.parametrize("height", [200, 400, 696])
def test_that_research_use_only_is_in_sight_at_any_height(pane, height):
    pane.show_analysis(analysis())
    pane.resize(232, height)
    foot = next(
        found for found in pane.findChildren(QLabel) if found.text().startswith("Research")
    )
    assert foot.text().replace("\n", " ") == RESEARCH_USE
    assert not foot.visibleRegion().isEmpty()


@pytest.mark.parametrize("width", [theme.READING_WIDTH["narrow"], theme.READING_WIDTH["wide"]])
def test_that_no_word_is_cut_however_long(pane, width):
    name = "acute_respiratory_distress_syndrome"
    model = replace(MODEL, classes=("normal", name), name="n" * 60, population="p" * 90)
    pane.setFixedWidth(width)
    pane.show_analysis(analysis(model=model))
    pane.show_checks(((False, "w" * 50, "v" * 40),))
    QApplication.processEvents()
    area = pane.findChild(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    for found in area.findChildren(QLabel):
        if found.isVisible() and found.text():
            assert found.width() >= found.minimumSizeHint().width()
            assert found.height() >= found.heightForWidth(found.width())


def test_that_results_do_not_pile_up(pane, qtbot):
    pane.show_analysis(analysis())
    count = len(texts(pane))
    for _ in range(5):
        pane.show_analysis(analysis())
    qtbot.waitUntil(lambda: len(texts(pane)) == count)
    qtbot.waitUntil(lambda: len(pane.findChildren(QLabel)) < 2 * count)
