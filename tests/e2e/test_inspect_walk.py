"""The walk of `help/inspect.md`, done by its own commands; its numbers are those of the window."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, QTimer

import engine
from engine.phantoms import PhantomSpec
from engine.resources import resource_path
from tests.drawn import demo_drawn, drawn
from tests.e2e.conftest import PATIENCE, opened
from viewer.scripting.director import Director, parse
from viewer.scripting.state import state_of

TEXT = resource_path("help", "inspect.md").read_text(encoding="utf-8")
FIRST, THIRD = 7, 21  # seeds of two films of the demo; a name is PHANTOM-<seed>
WRONG = 104064  # that of the film that is answered wrongly
STEPS = 100  # of the model
STRONGEST = 21  # step of the first stop
TURNS = 18, 22, 27  # steps of the second
ROW = 20  # of the third
UNIT = 92


def stops(text):
    """What each numbered stop says, and its commands."""
    found = re.findall(r"^\d+\. (.*?)^ +`([^`]+)`$", text, re.MULTILINE | re.DOTALL)
    return [(" ".join(words.split()), commands) for words, commands in found]


STOPS = stops(TEXT)


@pytest.fixture(scope="module")
def walked(qapp, tmp_path_factory):
    """What the window shows after each stop, and its window."""
    folder = tmp_path_factory.mktemp("walk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWSCOPE_DATA", str(folder / "data"))
        window = opened(qapp, folder, size=(1440, 900))
        window.session.open(tuple(demo_drawn(folder / "demo")))
        try:
            yield [done(window, commands) for _, commands in STOPS]
        finally:
            window.close()
            window.deleteLater()


def done(window, commands):
    """Do the commands of a stop, wait for what they ask, and say what is shown then."""
    loop, refused = QEventLoop(), []
    director = Director(window, parse(commands))
    director.failed.connect(refused.append)
    director.finished.connect(loop.quit)
    QTimer.singleShot(PATIENCE, loop.quit)
    director.start()
    loop.exec()
    assert refused == []
    while not answered(window):
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return state_of(window)


def answered(window):
    """Whether nothing is being read, the table of fillings is there, and units are tried."""
    shown = window.inspect.state()
    tried, without = shown["whatif"], shown["unit"].get("without", {})
    filled = not tried["on"] or tried.get("fillings")
    return not window.session.busy and bool(filled) and without is not None


@pytest.fixture
def stop(walked):
    """The words of a stop, by its number, and what the window shows after it."""
    return lambda number: (STOPS[number - 1][0], walked[number - 1]["inspect"], walked[number - 1])


def answer(value):
    """A probability as the page writes it."""
    return "above 0.99" if value > 0.995 else f"{value:.2f}"


def signed(value, digits=2):
    return f"{value:+.{digits}f}".replace("-", "−")


def test_that_the_walk_has_twelve_stops_in_both_languages():
    chinese = resource_path("help", "inspect.zh.md").read_text(encoding="utf-8")
    assert len(STOPS) == 12
    assert [commands for _, commands in stops(chinese)] == [commands for _, commands in STOPS]


def test_that_what_stands_beneath_the_walk_is_so(engine_says):
    weights = engine.inspection.read_anatomy("phantom-opacity").parameters
    assert f"{weights:,} weights" in TEXT
    film = drawn(PhantomSpec(WRONG, 512, 512, opacity=True))
    first, last = (int(row / 512 * STEPS) for row in film.opacity_rows)
    answers = engine_says(6)[1]
    assert f"steps {first} to {last}, and the model says {answer(answers[-1])}" in TEXT


def test_that_the_opacity_is_drawn_where_the_page_says():
    film = drawn(PhantomSpec(FIRST, 1024, 1024, opacity=True))
    head = TEXT.partition("## ")[0]
    assert "stored rows {} to {}".format(*film.opacity_rows) in head
    assert "columns {} to {}".format(*film.opacity_columns) in head
    steps = np.floor(np.array(film.opacity_rows) / 1024 * STEPS).astype(int)
    assert f"steps {steps[0]} to {steps[1]}" in head
    other = drawn(PhantomSpec(THIRD, 1024, 1024, opacity=True))
    first, last = (row / 1024 * STEPS for row in other.opacity_rows)
    assert f"in the steps {int(first)} to {int(last)} of that film" in " ".join(TEXT.split())
    found = re.search(r"PHANTOM-000021 it is strongest at step (\d+)", " ".join(TEXT.split()))
    assert first < int(found[1]) < last


@pytest.fixture(scope="module")
def engine_says(tmp_path_factory):
    """The same film read by the engine: influence, answer by row, state of the unit in σ."""
    paths = demo_drawn(tmp_path_factory.mktemp("engine"))
    model = engine.load("phantom-opacity")
    usual = model.analyse(paths[0]).statistics

    def of(place):
        answer, trace = model.analyse(paths[place]), model.trace(paths[place])
        deviation = (trace.h[0, 0] - usual.state_mean[0, 0]) / usual.state_std[0, 0]
        return answer.influence.values, answer.prediction.by_row[:, 1], deviation[:, UNIT]

    return of


def test_that_influence_and_answer_are_those_of_the_first_stops(stop, engine_says):
    influence, answers, _ = engine_says(0)
    words, shown, whole = stop(1)
    assert whole["panes"][0]["map"] == "influence"
    assert shown["row"]["step"] == influence.argmax() == STRONGEST
    assert signed(influence[STRONGEST]) in words
    assert np.abs(np.delete(influence, range(20, 26))).max() < 1
    assert all(answer(answers[step]) in stop(2)[0] for step in TURNS)


def test_that_the_unit_fires_at_the_opacity(stop, engine_says):
    words, shown, _ = stop(3)
    (unit,) = (one for one in shown["row"]["strongest"] if one["unit"] == UNIT)
    _, _, deviation = engine_says(0)
    for value in (unit["written"], unit["kept"]):
        assert signed(value) in words
    assert f"{signed(unit['deviation'], 1)} σ" in words
    assert f"{signed(deviation[ROW - 4], 1)} σ" in words
    words, shown, _ = stop(4)
    assert shown["unit"]["units"] == [UNIT]
    assert f"at step {shown['unit']['peak_step']}. In" in words
    strongest = engine_says(2)[2].argmax()  # PHANTOM-000021
    assert f"at step {strongest}, at the opacity" in words
    assert engine_says(1)[2].max() < 1.3  # PHANTOM-000020


def test_that_one_unit_decides_nothing_and_twelve_do(walked, stop):
    words, shown, _ = stop(5)
    without = shown["unit"]["without"]
    assert f"answer is {answer(without['without'])}." in words
    assert "ones it is above 0.99" in words
    assert answer(without["random"]) == "above 0.99"
    alone = walked[3]["inspect"]["unit"]["without"]
    assert f"by {signed(alone['change'])}," in words
    assert f"by {signed(alone['random_change'][1])} on" in words


def test_that_the_gate_is_what_the_page_says(stop):
    words, shown, _ = stop(6)
    assert f"has z {shown['row']['gates'][f'u{UNIT}']['z']:.2f}" in words


def test_that_the_answer_goes_with_the_opacity_and_not_with_other_rows(stop):
    words, shown, _ = stop(7)
    tried = shown["whatif"]
    assert f"answer is {answer(tried['probability'])} instead" in words
    odds = signed(tried["log_odds_as_read"]), signed(tried["log_odds"])
    assert "from {} to {}".format(*odds) in words
    filled = {one["fill"]: one for one in tried["fillings"]}
    words, shown, _ = stop(8)
    assert f"mean film {answer(filled['mean']['probability'])}" in words
    assert f"neighbouring rows {answer(filled['neighbour']['probability'])}" in words
    assert f"blurred still {answer(filled['blurred']['probability'])}" in words
    assert f"from {answer(filled['noise']['range'][0])} up" in words
    assert f"instead: {answer(shown['whatif']['probability'])}," in words


def test_that_the_band_is_divided_among_columns_and_read_from_four_sides(stop):
    words, shown, _ = stop(9)
    tried = shown["whatif"]
    column, wide = int(np.argmax(tried["columns"])), 1024 / len(tried["columns"])
    assert f"columns {column * wide:.0f} to {(column + 1) * wide:.0f}" in words
    down, up, right, left = tried["directions"].values()
    assert f"from the bottom the answer is {answer(up)}," in words
    assert up > 0.9
    assert [answer(one) for one in (down, right, left)] == ["above 0.99"] * 3


def test_that_memory_is_measured_as_the_page_says(stop):
    words, shown, _ = stop(10)
    memory = shown["memory"]
    assert f"{100 * memory['terms']['share']:.2f} % of step {shown['row']['step']}" in words
    assert re.search(r"by up to ([\d.]+)", memory["replaced"]["sentence"])[0] in words
    rows = memory["gradients"]["rows"]
    assert f"RNN {rows['rnn']} rows, GRU {rows['gru']}, LSTM {rows['lstm']} until" in words


def test_that_the_same_state_is_in_the_films_with_an_opacity(stop):
    words, shown, _ = stop(11)
    first, second, third = shown["find"]["matches"][:3]
    assert (first["film"], second["film"]) == ("phantom-5.dcm", "phantom-3.dcm")
    assert f"(distance {first['distance']:.2f})" in words
    assert f"({second['distance']:.2f})" in words
    assert f"follow from {third['distance']:.2f}" in words
    assert "{:.0f} % and {:.0f} %".format(*(100 * one for one in shown["find"]["share"])) in words


def test_that_a_network_before_training_has_little_in_common_with_it(stop):
    words, shown, _ = stop(12)
    compared = shown["compare"]
    assert f"answers {answer(compared['second']['probabilities'][1])}" in words
    assert f"correlation of {compared['units']['correlation']:.2f}" in words
    assert f"chance gives {compared['units']['by_chance']:.2f}" in words
