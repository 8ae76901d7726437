"""The film that Influence starts from: chosen in the window, read anew, and named with its map."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from engine.maps import influence_map
from engine.types import BaselineAnswer, BaselineWarning
from engine.words import Sentence
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from tests.viewer.reading_panes import analysis, build, influence, texts
from viewer.film.foot import FilmFoot
from viewer.film.head import FilmHead
from viewer.inspect.influence import InfluencePane
from viewer.kit import theme
from viewer.read.evidence import baseline_line
from viewer.session import readings
from viewer.session.choices import BASELINES, MapChoice, next_baseline, start_of
from viewer.session.models import MapTests

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
PASSED = MapTests("passed", "Yes")
SENTENCE = "The mean film is itself answered “pneumonia” 0.97: the map shows only what differs."
DECIDED = BaselineAnswer(
    "mean",
    Sentence("baseline.mean"),
    np.array([0.03, 0.97]),
    1,
    BaselineWarning("baseline-decided", SENTENCE, "blurred"),
)
MIDWAY = BaselineAnswer("midway", Sentence("baseline.midway"), np.array([0.5, 0.5]))
BLANK = BaselineAnswer("blank", Sentence("baseline.blank"), np.array([0.5, 0.5]))


def moved(baseline, largest=2.0):
    return replace(influence([-0.5, largest, 0.3, 0.1]), baseline=baseline)


# ---------------------------------------------------------------------------- session
def test_that_another_baseline_is_read_anew_and_the_row_stays(session, settle, engine):
    settle(session.open, (A,))
    session.move_to_row(10.0)
    settle(session.choose_map, replace(session.choice, baseline="blank"))
    assert engine.started == [(A, "mean"), (A, "blank")]
    assert session.analysis.influence.baseline.kind == "blank"
    assert session.cursor.row == pytest.approx(10.0)


def test_that_no_map_is_shown_until_the_other_baseline_is_read(session, settle):
    settle(session.open, (A,))
    session.choose_map(MapChoice("influence"))
    maps = heard(session.pointer.map_changed)
    settle(session.choose_map, MapChoice("influence", baseline="blurred"))
    assert maps[-2][0] is None
    assert maps[-1][0].against == "the blurred film"


def test_that_another_map_is_not_read_anew(session, settle, engine):
    settle(session.open, (A,))
    session.choose_map(MapChoice("influence"))
    session.choose_map(MapChoice("state", strength=0.3))
    assert len(engine.started) == 1


def test_that_a_film_of_an_earlier_baseline_is_read_again_when_it_is_shown(
    session, settle, engine
):
    settle(session.open, (A, B))
    settle(session.select, B)
    settle(session.choose_map, replace(session.choice, baseline="blank"))
    settle(session.select, A)
    assert engine.started == [(A, "mean"), (B, "mean"), (B, "blank"), (A, "blank")]
    assert session.analysis.influence.baseline.kind == "blank"
    settle(session.select, B)
    assert len(engine.started) == 4  # remembered


def test_that_a_late_answer_of_the_earlier_baseline_is_not_shown(session, settle, engine):
    settle(session.open, (A,))
    session.pointer.choose_map(replace(session.choice, baseline="blank"))
    session.pointer.blank()
    session.analyses._on_analysed(
        engine.key(A, 0), made.analysis(made.image(A), 0, made.model("one"))
    )
    assert session.analysis is None


def test_that_a_model_that_abstains_has_no_baseline(session, settle, engine):
    engine.abstaining.add(A)
    settle(session.open, (A,))
    session.choose_map(replace(session.choice, baseline="blank"))
    assert not session.busy
    assert session.analysis.abstained
    assert readings.starts_as(session.analysis, session.choice)


# ---------------------------------------------------------------------------- choice
@pytest.mark.parametrize("midway", [True, False])
def test_that_baselines_of_a_model_are_walked_in_a_circle(midway):
    choice, seen, model = MapChoice(), [], replace(made.model(), midway=midway)
    for _ in BASELINES[0 if midway else 1 :]:
        seen.append(choice.baseline)
        choice = next_baseline(choice, model)
    assert seen == ["mean", *["midway"][: int(midway)], "blank", "blurred"]
    assert choice.baseline == "mean"
    assert next_baseline(choice, None).baseline == "blank"


def test_that_a_model_without_midway_starts_from_its_mean_film(session, settle, engine):
    settle(session.open, (A,))
    settle(session.choose_map, replace(session.choice, baseline="blank"))
    settle(session.choose_map, replace(session.choice, baseline="midway"))
    assert engine.started == [(A, "mean"), (A, "blank"), (A, "mean")]
    assert session.analysis.influence.baseline.kind == "mean"
    assert not session.busy
    assert start_of(session.choice, replace(made.model(), midway=True)) == "midway"


@pytest.mark.parametrize("midway", [True, False])
def test_that_midway_is_offered_where_a_model_has_it(qtbot, midway):
    head = FilmHead()
    qtbot.addWidget(head)
    head.show_model(replace(made.model(), midway=midway))
    place = head.baseline.findData("midway")
    assert head.baseline.view().isRowHidden(place) != midway
    assert not head.baseline.view().isRowHidden(place + 1)


def test_that_the_head_offers_baselines_of_influence_alone(qtbot):
    head = FilmHead()
    qtbot.addWidget(head)
    head.show_model(made.model())
    head.show_film(shown=True)
    head.resize(700, theme.HEAD)
    head.show()
    head.show_choice(MapChoice("state"))
    assert not head.baseline.isVisible()
    head.show_choice(MapChoice("influence", baseline="blank"))
    assert head.baseline.isVisible()
    assert head.baseline.currentData() == "blank"
    asked = heard(head.map_requested)
    head.baseline.setCurrentIndex(head.baseline.findData("blurred"))
    head.baseline.activated.emit(head.baseline.currentIndex())
    assert [choice.baseline for (choice,) in asked] == ["blurred"]


# ---------------------------------------------------------------------------- panel
def test_that_the_panel_says_that_the_baseline_itself_is_answered(qtbot):
    pane = build(qtbot)
    pane.show_analysis(analysis(moved=moved(DECIDED)))
    shown = [text.replace("\u200b", "") for text in texts(pane)]
    line = "The mean film itself is “pneumonia” 0.97: the map shows only what differs from it"
    assert shown.count(line) == 1
    (words,) = [one for one in pane.findChildren(QLabel) if one.text() == line]
    assert words.height() >= words.heightForWidth(words.width())  # nothing is cut


def test_that_an_undecided_baseline_is_no_line_of_the_panel(qtbot):
    assert baseline_line(moved(BLANK), made.model()) is None
    pane = build(qtbot)
    pane.show_analysis(analysis(moved=moved(BLANK)))
    assert not any("only what differs" in text for text in texts(pane))


def test_that_the_whole_sentence_and_the_key_are_the_tip():
    tip = baseline_line(moved(DECIDED), made.model()).tip
    assert tip == f"{SENTENCE} Shift+I takes the next baseline."


def test_that_the_sum_starts_from_the_baseline_by_its_name(qtbot):
    pane = build(qtbot)
    pane.show_analysis(analysis(moved=moved(BLANK)))
    assert "blank film" in texts(pane)
    assert "mean film" not in texts(pane)


def test_that_tests_of_the_mean_film_do_not_vouch_for_another_baseline(qtbot):
    pane, words = build(qtbot), "Not tested from the blank film."
    pane.show_map_tests(PASSED)
    pane.show_analysis(analysis(moved=moved(BLANK)))
    assert words in texts(pane)
    pane.show_analysis(analysis(moved=moved(DECIDED)))
    assert words not in texts(pane)


# ---------------------------------------------------------------------------- map
@pytest.fixture
def foot(qapp, qtbot):
    theme.apply(qapp)
    widget = FilmFoot()
    qtbot.addWidget(widget)
    widget.show_tests(PASSED)
    widget.show()
    return widget


@pytest.mark.parametrize("width", [640, 1100, 1700])
def test_that_the_foot_names_the_baseline(foot, width):
    foot.resize(width, theme.FOOT)
    choice = MapChoice("influence", baseline="blank")
    foot.show_map(influence_map(moved(BLANK), ("normal", "pneumonia"), 3.0), choice)
    assert "against the blank film" in foot.meaning.text()
    assert "not tested from this film" in foot.meaning.toolTip()


def test_that_a_map_from_midway_is_tested_where_the_audit_asked_from_there(foot):
    foot.resize(1700, theme.FOOT)
    choice = MapChoice("influence", baseline="midway")
    foot.show_map(influence_map(moved(MIDWAY), ("normal", "pneumonia"), 3.0), choice)
    assert "not tested from this film" in foot.meaning.toolTip()
    foot.show_tests(replace(PASSED, starts=("mean", "midway")))
    assert "not tested from this film" not in foot.meaning.toolTip() + foot.meaning.text()
    assert "against the film midway between the classes" in foot.meaning.text()
    foot.show_map(influence_map(moved(DECIDED), ("normal", "pneumonia"), 3.0), MapChoice())
    assert "tested from" not in foot.meaning.toolTip()


def test_that_a_scale_of_this_film_alone_is_marked(foot, qtbot):
    foot.resize(900, theme.FOOT)
    classes = ("normal", "pneumonia")
    for baseline, largest, own in ((BLANK, 9.0, True), (BLANK, 2.0, False), (DECIDED, 9.0, False)):
        foot.show_map(influence_map(moved(baseline, largest), classes, 3.0), MapChoice())
        assert ("this film’s own scale" in foot.name.text()) == own
        assert (foot.bar._map.limits[1] >= 9.0) == own


def test_that_the_bars_say_that_their_scale_is_of_this_film(qtbot):
    pane = InfluencePane()
    qtbot.addWidget(pane)
    pane.resize(500, 600)
    pane.show_influence(moved(BLANK, 9.0), 9.0, "finding", own=True)
    pane.show()
    assert "this film’s scale" in pane.scale.title()
    pane.show_influence(moved(BLANK), 3.0, "finding")
    assert "this film’s scale" not in pane.scale.title()
