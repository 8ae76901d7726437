"""The reading panel as a whole: its states, its checks, and that nothing is cut."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QToolButton

from engine.types import (
    Abstention,
    FrameHeader,
    Interval,
    Note,
    Population,
    Series,
    SeriesNote,
    Suggestion,
    Trust,
)
from tests.viewer.film_values import heard
from tests.viewer.reading_panes import (
    IMAGE,
    MODEL,
    TESTED,
    abstained,
    analysis,
    build,
    marks,
    opened,
    texts,
    tips,
    words,
)
from viewer.kit import theme
from viewer.kit.live import changes
from viewer.read import panel
from viewer.read.blocks import MARKS
from viewer.read.panel import RESEARCH_USE
from viewer.session.check_lines import CheckLine
from viewer.session.models import MapTests

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


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
    pane.show_checks((CheckLine("Kind of image", "CR"),))
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
                 "children of 1–5 years"):  # fmt: skip
        assert fact in shown


def test_that_checks_are_shown_with_their_values(pane):
    pane.show_checks((CheckLine("Kind of image", "CR"), CheckLine("Strong compression")))
    assert {"Kind of image", "CR", "Strong compression"} <= set(texts(pane))


def test_that_every_check_has_its_mark(pane):
    pane.show_checks(tuple(CheckLine(mark, "", mark) for mark in MARKS))
    assert marks(pane) == ["passed", "doubtful", "failed", "not asked"]


def test_that_only_what_passed_has_a_tick():
    assert [mark for mark, (icon, _) in MARKS.items() if icon == "check"] == ["passed"]


def luminance(name):
    """WCAG 2 relative luminance of a colour of the theme."""
    parts = [int(name[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_that_the_four_marks_differ_in_shape_and_luminance():
    assert len({icon for icon, _ in MARKS.values()}) == 4
    bright = sorted(luminance(getattr(theme.DARK, tint)) for _, tint in MARKS.values())
    assert all(high > 1.2 * low for low, high in pairwise(bright))


def test_that_notes_of_the_file_are_doubts_of_their_own(pane):
    noted = replace(IMAGE, notes=(Note("window", "Window Width 0 was ignored."),))
    pane.show_file(noted, FrameHeader((0, 255)))
    assert "Window Width 0 was ignored." in words(pane)
    assert marks(pane) == ["doubtful"]


def test_that_a_gap_in_a_series_is_a_doubt_of_its_own(pane):
    series = Series("1.2", (), "space", 60, 80, modality="CT", notes=(SeriesNote("uneven", 7),))
    pane.show_file(IMAGE, FrameHeader((0, 255)), series)
    assert "The gaps between the images differ: some may be missing." in words(pane)
    pane.show_file(IMAGE, FrameHeader((0, 255)), replace(series, modality=""))  # not of rasters
    assert "missing" not in words(pane)


def test_that_the_file_stays_in_sight_while_it_is_read(pane):
    pane.show_file(IMAGE, FrameHeader((0, 255)))
    pane.show_reading("a.dcm")
    assert "DICOM, 60 × 80, 8 bits" in [one.text() for one in pane.findChildren(QToolButton)]


def test_that_a_long_title_pushes_nothing_out_of_sight(pane):
    pane.show_file(replace(IMAGE, format="DICOM" * 30), FrameHeader((0, 255)))
    QApplication.processEvents()
    area = pane.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()


def test_that_a_model_that_fits_better_is_one_click_away(pane):
    suggestion = Suggestion("This is a digit. For handwritten digits: Digits.", "digits")
    pane.show_analysis(replace(abstained(), trust=Trust((), suggestion=suggestion)))
    asked = heard(pane.model_requested)
    button(pane, "Read with this model").click()
    assert suggestion.sentence in words(pane)
    assert asked == [("digits",)]


def test_that_without_a_model_that_fits_there_is_nothing_to_click(pane):
    suggestion = Suggestion("This is a hand film; no installed model reads it.")
    pane.show_analysis(replace(abstained(), trust=Trust((), suggestion=suggestion)))
    assert suggestion.sentence in words(pane)
    assert button(pane, "Read with this model") is None


def test_that_the_card_of_the_model_is_one_click_away(pane):
    pane.show_analysis(analysis())
    asked = heard(pane.card_requested)
    button(pane, "Model card and its limits …").click()
    assert asked == [(MODEL,)]


def test_that_the_population_is_told(pane):
    meant = Population(ages=(1, 5), views=("AP", "PA"), body_parts=("CHEST",))
    pane.show_analysis(analysis(model=replace(MODEL, population=meant)))
    assert "ages 1 to 5 years; body part CHEST; views AP or PA" in words(pane)


def button(pane, text):
    QApplication.processEvents()
    shown = (one for one in pane.findChildren(QPushButton) if one.isVisible())
    return next((one for one in shown if one.text() == text), None)


def test_that_the_whole_sentence_of_a_check_is_its_tip_and_never_html(pane):
    pane.show_checks((CheckLine("Looks wrong", "", "doubtful", "<b>Upside</b> down."),))
    assert "&lt;b&gt;Upside&lt;/b&gt; down." in tips(pane)[0]


def test_that_checks_of_an_abstained_film_are_shown(pane):
    pane.show_analysis(abstained())
    pane.show_checks((CheckLine("Shape unlike its films", "4.02 : 1", "doubtful"),))
    assert {"Shape unlike its films", "4.02 : 1"} <= set(texts(pane))


def test_that_all_reasons_of_an_abstention_are_listed(pane):
    reasons = (Abstention("guard", "It is upside down."), Abstention("surprise", "It is odd."))
    pane.show_analysis(replace(abstained(), trust=Trust((), reasons)))
    shown = texts(pane)
    assert shown.index("No answer") < shown.index("It is upside down.") < shown.index("It is odd.")
    assert MODEL.name in words(pane)


def test_that_a_moving_row_changes_the_units_values_in_place(pane):
    pane.show_units((("u17", "+2.8 σ"),))
    before = {id(found) for found in pane.findChildren(QLabel)}
    pane.show_units((("u17", "−0.3 σ"),))
    assert {id(found) for found in pane.findChildren(QLabel)} == before
    assert "−0.3 σ" in texts(pane)


def test_that_html_from_a_bundle_stays_text(pane):
    pane.show_analysis(analysis(model=replace(MODEL, data_source="<b>all</b>")))
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
    assert foot.text().replace("\n", " ") == " ".join(RESEARCH_USE)
    assert not foot.visibleRegion().isEmpty()


@pytest.mark.parametrize("width", [theme.READING_WIDTH["narrow"], theme.READING_WIDTH["wide"]])
def test_that_no_word_is_cut_however_long(pane, width):
    name = "acute_respiratory_distress_syndrome"
    model = replace(MODEL, classes=("normal", name), name="n" * 60, data_source="p" * 90)
    pane.setFixedWidth(width)
    pane.show_map_tests(MapTests("failed", "No: " + "t" * 60))
    trust = Trust((), interval=Interval(0.84, 0.96), conformal=(0,), level=0.95)
    pane.show_analysis(replace(analysis(model=model), trust=trust))
    pane.show_checks((CheckLine("w" * 50, "v" * 40, "doubtful"),))
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


def test_that_a_models_card_is_made_once_for_many_films(qtbot, monkeypatch):
    made = []
    rows = panel._model_rows
    monkeypatch.setattr(panel, "_model_rows", lambda model: made.append(model) or rows(model))
    pane = build(qtbot)
    for number in range(20):
        pane.show_reading(f"film {number}")
        assert "Made from" not in texts(pane)
        pane.show_analysis(replace(analysis(), seconds=number / 10, device="CPU"))
        assert f"CPU, {number / 10:.2f} s" in texts(pane)
    assert len(made) == 1
    pane.show_analysis(analysis(model=replace(MODEL, name="another")))
    pane.show_analysis(analysis())
    assert [model.name for model in made] == [MODEL.name, "another", MODEL.name]


def test_that_a_models_card_is_made_anew_in_another_language(qtbot):
    pane = build(qtbot)
    pane.show_analysis(analysis())
    before = pane._model.rows[0]
    changes.words.emit()
    pane.show_analysis(analysis())
    assert pane._model.rows[0] is not before


def test_that_beyond_the_first_four_what_passed_lies_behind_a_click(pane):
    lines = [CheckLine(f"passed {place}", "", "passed") for place in range(7)]
    lines.insert(5, CheckLine("odd", "", "doubtful"))
    pane.show_checks(tuple(lines))
    assert marks(pane) == ["passed"] * 4 + ["doubtful"]
    opened(pane, "3 more passed")
    assert len(marks(pane)) == len(lines)


def test_that_the_panel_is_read_from_the_result_to_what_fewer_ask_for(pane):
    pane.show_analysis(analysis(model=TESTED))
    pane.show_checks((CheckLine("Kind of image", "CR"),))
    pane.show_map_tests(MapTests("passed", "Yes, by its tests", ()))
    shown = texts(pane)
    order = (
        "Pneumonia", "above the threshold", "Sensitivity", "Is this image for this model?",
        "Can the map be trusted?", "Model", "What moved the answer", "A second model",
    )  # fmt: skip
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_that_the_buttons_at_the_foot_are_not_cut_in_the_narrowest_panel(pane):
    pane.setFixedWidth(theme.READING_WIDTH["narrow"])
    pane.show_analysis(analysis())
    texts(pane)
    for said in ("Record my call", "Export reading"):
        (button,) = (one for one in pane.findChildren(QPushButton) if one.text() == said)
        assert button.isVisible()
        assert button.fontMetrics().horizontalAdvance(said) + 10 <= button.width()
