"""Words and maps from an analysis."""

from dataclasses import replace

import numpy as np
import pytest

from engine.types import (
    Analysis,
    HiddenStates,
    Influence,
    Objective,
    Prediction,
    Surprise,
    TaskAnswer,
    Trust,
    VoiLut,
    Window,
)
from tests.viewer import film_values as made, found_values as found
from viewer.kit.words import signed
from viewer.session import readings
from viewer.session.choices import MapChoice, Outcome, RowCursor

STATE, INFLUENCE = MapChoice(question="state"), MapChoice(question="influence")


def row_words(analysis, choice, here, **options):
    shown, units = readings.heatmap(analysis, choice), readings.matrix(analysis, choice)
    return readings.row_words(analysis, choice, here=here, shown=shown, units=units, **options)


@pytest.fixture
def analysis():
    return made.analysis()


@pytest.fixture
def abstained():
    return Analysis(made.image(), 0, made.model(), "", 0.0, abstained="It is a CT.")


def test_that_without_an_answer_there_is_no_map(abstained):
    for nothing in (None, abstained):
        assert readings.heatmap(nothing, STATE) is None
        assert readings.heatmap(nothing, INFLUENCE) is None
        assert readings.matrix(nothing, STATE) is None


def test_that_the_bare_film_has_no_map(analysis):
    assert readings.heatmap(analysis, MapChoice()) is None


@pytest.mark.parametrize("choice", [STATE, INFLUENCE])
def test_that_a_map_covers_all_rows_of_the_film(analysis, choice):
    shown = readings.heatmap(analysis, choice)
    assert (shown.edges[0], shown.edges[-1]) == (0.0, analysis.image.rows)
    assert shown.question == choice.question


def test_that_the_map_of_one_unit_is_its_column_of_the_matrix(analysis):
    for quantity in ("deviation", "raw"):
        choice = replace(STATE, units=(3,), quantity=quantity, layer=0)
        column = readings.matrix(analysis, choice).values[:, 3]
        assert np.allclose(readings.heatmap(analysis, choice).values, column)


def test_that_the_matrix_has_the_colour_scale_of_its_quantity(analysis):
    assert readings.matrix(analysis, STATE).limits == (-3.0, 3.0)
    assert readings.matrix(analysis, STATE).unit == "σ"
    raw = readings.matrix(analysis, replace(STATE, quantity="raw"))
    assert (raw.limits, raw.unit) == ((-1.0, 1.0), "")


def test_that_the_matrix_is_there_under_the_bare_film_too(analysis):
    assert readings.matrix(analysis, MapChoice()).values.shape == (made.STEPS, made.UNITS)


@pytest.mark.parametrize(
    ("row", "step"), [(0.0, 0), (9.999, 0), (10.0, 1), (79.9, 7), (80.0, 7), (-5.0, 0), (900.0, 7)]
)
def test_that_a_stored_row_has_its_step(analysis, row, step):
    assert readings.step_at(analysis, row) == step


def test_that_a_row_has_no_step_without_an_answer(abstained):
    assert readings.step_at(None, 3.0) is None
    assert readings.step_at(abstained, 3.0) is None


@pytest.mark.parametrize(("step", "row"), [(0, 5.0), (7, 75.0), (-3, 5.0), (99, 75.0)])
def test_that_a_step_has_its_middle_row(analysis, step, row):
    assert readings.row_of_step(analysis, step) == row


def test_that_the_strongest_row_is_the_one_with_most_influence(analysis, abstained):
    assert readings.strongest_row(analysis) == 55.0
    assert readings.strongest_row(abstained) is None


def test_that_the_cursor_says_the_answer_at_the_last_row(analysis):
    here = readings.cursor(analysis, 75.5, by_row=True)
    assert (here.row, here.step, here.tag) == (75.5, 7, "step 7 · finding 0.75")


def test_that_before_the_last_row_the_cursor_says_that_it_is_not_the_answer_yet(analysis):
    tags = [readings.cursor(analysis, 10.0 * step, by_row=True).tag for step in range(7)]
    assert tags[2] == "step 2 · finding 0.57 so far"
    assert all(tag.endswith(" so far") for tag in tags)


def test_that_no_number_stands_at_a_row_of_a_curve_that_has_not_passed(analysis):
    here = readings.cursor(analysis, 55.0)
    assert here.tag == "step 5"
    assert "answer" not in dict(readings.row_pairs(analysis, here, None, None))


def test_that_the_cursor_names_the_stored_row_without_an_answer(abstained):
    for nothing in (None, abstained):
        assert readings.cursor(nothing, 33.7) == RowCursor(33.7, None, "stored row 33")


def pairs(analysis, choice, row):
    here = readings.cursor(analysis, row)
    return dict(row_words(analysis, choice, here, by_row=True)[1])


def test_that_a_row_is_described_by_what_is_known(analysis):
    found = pairs(analysis, STATE, 55.0)
    assert (found["stored rows"], found["influence"]) == ("50–59", "+1.50")
    assert list(found) == ["stored rows", "answer", "influence", "state", "largest"]


def test_that_the_state_stands_with_its_unit_and_sign(analysis):
    value = float(readings.heatmap(analysis, STATE).values[5])
    assert pairs(analysis, STATE, 55.0)["state"] == f"{signed(value)} σ"


def test_that_the_largest_unit_is_the_farthest_from_zero(analysis):
    row = readings.matrix(analysis, STATE).values[5]
    unit = int(np.abs(row).argmax())
    value = signed(float(row[unit]))
    assert pairs(analysis, STATE, 55.0)["largest"] == f"unit {unit} {value} σ"


def surprised(percentiles):
    rows = len(percentiles)
    values = np.zeros(rows, np.float32)
    found = Surprise(values, np.asarray(percentiles, np.float32), made.edges(80, rows), 0.0, 50.0)
    return Trust((), surprise=found)


def test_that_the_surprise_of_the_model_row_under_the_cursor_is_told(analysis):
    unusual = replace(analysis, trust=surprised(np.arange(0, 96, 6)))  # two model rows a step
    assert pairs(unusual, STATE, 57.0)["surprise, model row 11"] == "66th percentile"
    assert pairs(unusual, STATE, 52.0)["surprise, model row 10"] == "60th percentile"


def test_that_without_a_forecaster_no_surprise_is_told(analysis):
    for trust in (None, Trust(())):
        assert "surprise" not in pairs(replace(analysis, trust=trust), STATE, 55.0)


@pytest.mark.parametrize("rows", [3, 5, 8, 9])
def test_that_stored_rows_exist_even_if_steps_share_them(rows):
    small = made.analysis(made.image(rows=rows))
    for step in range(made.STEPS):
        words = pairs(small, STATE, readings.row_of_step(small, step))["stored rows"]
        first, _, last = words.partition("–")
        assert 0 <= int(first) <= int(last or first) < rows


def test_that_nothing_is_said_of_a_row_without_an_answer(abstained):
    here = readings.cursor(abstained, 12.0)
    assert row_words(abstained, STATE, here) == ("Stored row 12", (), ())
    assert row_words(abstained, STATE, None) == ("", (), ())


def test_that_chosen_units_are_named_with_their_values(analysis):
    choice = replace(STATE, units=(4, 1))
    here = readings.cursor(analysis, 5.0)
    title, _, units = row_words(analysis, choice, here)
    values = readings.matrix(analysis, choice).values[0]
    expected = [(f"u{unit}", f"{signed(values[unit], digits=1)} σ") for unit in (4, 1)]
    assert (title, list(units)) == ("Step 0", expected)


@pytest.mark.parametrize("steps", [5, 13])
def test_that_maps_have_the_steps_of_the_film(steps):
    analysis = made.analysis(steps=steps)
    for question in ("state", "influence"):
        shown = readings.heatmap(analysis, MapChoice(question=question))
        assert len(shown.values) == len(shown.edges) - 1 == steps
    units = readings.matrix(analysis, MapChoice())
    assert len(units.values) == len(units.edges) - 1 == steps


def test_that_windows_are_named_by_the_header_or_numbered():
    table = VoiLut(np.zeros(2, np.float32), 0.0)
    vois = (Window(1, 2, "LUNG"), Window(1, 2), table)
    assert readings.voi_names(vois) == ("LUNG", "DICOM 2", "LUT 3")


def test_that_rows_per_step_are_said(analysis):
    assert readings.step_rows(analysis) == "1 step = 10.0 stored rows"
    assert readings.step_rows(None) == ""


def test_that_the_result_of_two_classes_is_the_probability(analysis):
    assert readings.outcome(analysis) == Outcome("0.75", score=0.75)


def test_that_the_result_of_many_classes_names_the_class(analysis):
    names, values = ("zero", "one", "two"), np.array([0.1, 0.7, 0.2])
    many = Prediction(names, values, np.zeros((made.STEPS, 3), np.float32), 1)
    assert readings.outcome(replace(analysis, prediction=many)) == Outcome(
        "0.70", "one", score=0.7
    )


def test_that_an_abstention_is_no_number(abstained):
    found = readings.outcome(abstained)
    assert (found.number, found.severity, found.why) == ("", "warning", abstained.abstained)


def test_that_an_answer_without_states_or_influence_still_works(analysis):
    bare = replace(analysis, states=None, influence=None)
    here = readings.cursor(bare, 5.0)
    assert here.step is None
    assert row_words(bare, STATE, here)[1] == ()


def test_that_an_upward_direction_has_a_map_of_its_own():
    both = made.analysis(by=made.model(directions=2))
    down = readings.heatmap(both, replace(STATE, units=(0,)))
    up = readings.heatmap(both, replace(STATE, units=(0,), direction=1))
    assert not np.array_equal(down.values, up.values)


def test_that_answers_are_kept_by_film_and_model(analysis):
    answers = readings.KnownAnswers()
    answers.add("film", analysis)
    one = analysis.model
    assert answers.of("film", one) is analysis
    assert answers.of("another film", one) is None
    assert answers.of("film", made.model("two")) is None
    assert answers.of("film", replace(one, sha256="1" * 64)) is None
    assert answers.of("film", None) is None


def test_that_an_answer_is_known_without_its_maps_where_those_were_forgotten(
    analysis, monkeypatch
):
    monkeypatch.setattr(readings, "REMEMBERED", 1)
    answers = readings.KnownAnswers()
    answers.add("film", analysis)
    answers.add("another film", analysis)
    said = answers.said("film", analysis.model)
    assert answers.of("film", analysis.model) is None
    assert (said.prediction, said.states) == (analysis.prediction, None)
    assert answers.said("another film", analysis.model) is analysis
    assert answers.said("no film", analysis.model) is None


def test_that_a_step_without_any_movement_does_not_break_the_strongest_row(analysis):
    moved = replace_influence(analysis, np.zeros(made.STEPS, np.float32))
    assert readings.strongest_row(moved) == 5.0


def replace_influence(analysis, values):
    return replace(analysis, influence=Influence(values, made.edges(), 1, 0.0, 0.0, 0.0))


def test_that_states_bring_their_own_edges(analysis):
    states = HiddenStates(analysis.states.h, made.edges(160))
    wide = replace(analysis, states=states)
    assert readings.step_at(wide, 20.0) == 1


NOT_SURE = replace(found.OUTLINE, probability=np.nan)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (found.several(), ("0.91", "opacity", 0.91, 0.38)),
        (found.aged(), ("4.2 y", "age", None, None)),
        (TaskAnswer("segmentation", (found.OUTLINE,)), ("0.99", "lung", 0.99, None)),
        (TaskAnswer("segmentation"), ("none", "", 0.0, None)),
        (TaskAnswer("localisation", (found.BOX,)), ("0.91", "finding", 0.91, None)),
        (TaskAnswer("localisation"), ("none", "", 0.0, None)),
        (TaskAnswer("classification", (found.WEAK,)), ("0.75", "", 0.75, None)),
    ],
)
def test_that_the_list_says_what_a_task_answers(said, shown):
    told = readings.outcome(found.analysis(said))
    assert (told.number, told.name, told.score, told.threshold) == shown


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        (found.several(), [("opacity", "0.91"), ("effusion", "0.22"), ("fracture", "–")]),
        (found.aged(), [("age", "4.2 y")]),
        (TaskAnswer("localisation", (found.BOX, NOT_SURE)), [("finding", "0.91"), ("lung", "–")]),
        (TaskAnswer("localisation"), []),
        (TaskAnswer("classification", (found.WEAK,)), [("normal", "0.25"), ("finding", "0.75")]),
    ],
)
def test_that_everything_that_a_model_answers_has_its_name(said, pairs):
    assert readings.answer_pairs(found.analysis(said)) == pairs


def test_that_places_are_counted_by_their_class():
    assert readings.found_text((found.BOX, found.OUTLINE, found.BOX)) == "2 × finding, 1 × lung"
    assert readings.found_text(()) == "none"


def test_that_no_number_of_the_whole_film_stands_at_a_row_where_places_are_answered(analysis):
    boxes = replace(analysis.model, objective=Objective("localisation"))
    here = readings.cursor(replace(analysis, model=boxes), 55.0, by_row=True)
    assert here.tag == "step 5"


def test_that_several_findings_without_any_answer_say_why():
    abstained = TaskAnswer("labels", labels=found.LABELS[2:])
    told = readings.outcome(found.analysis(abstained))
    assert (told.number, told.why, told.severity) == ("", "Bone window missing.", "warning")
