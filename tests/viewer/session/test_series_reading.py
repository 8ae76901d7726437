"""Series read frame by frame: in which order, until when, and what is said of each frame."""

from pathlib import Path

import pytest

from engine.types import Identity, Series, SeriesFrame, Study
from tests.viewer.film_values import heard
from viewer.session.choices import Outcome
from viewer.session.series_reading import UNASKED
from viewer.session.stacks import Placed, Stack

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
SLICES = tuple(Path(f"/films/ct/{number:03}.dcm") for number in range(30))
UNKNOWN, HIDDEN = Outcome(), Outcome(hidden=True)


@pytest.fixture
def series(session, engine, settle):
    """A series of thirty files is open; nobody has asked for its frames."""
    engine.surveys_prepare = True
    engine.series = [("ct", SLICES)]
    settle(session.open, SLICES)
    engine.analysed.clear()
    return session


@pytest.fixture
def pictures(session, engine, monkeypatch):
    """Five raster files of a folder, which are one stack."""
    engine.surveys_prepare = True
    paths = tuple(Path(f"/films/png/{number}.png") for number in range(5))
    frames = tuple(SeriesFrame(path) for path in paths)
    made = Series("", frames, "name", 60, 80)
    stack = Stack("png", frames, made, Study("", Identity(), (made,)))
    monkeypatch.setattr("viewer.session.stacks.place_files", lambda *_: Placed(paths, (stack,)))
    return paths


def outcomes(session, key="ct"):
    return session.series.outcomes(session.stacks.by_key(key))


def numbers(session, key="ct"):
    return [one.number for one in outcomes(session, key)]


def test_that_of_a_long_series_only_the_frame_of_the_reader_has_an_answer(series, engine):
    assert engine.analysed == []
    assert outcomes(series)[0].number == "0.75"
    assert set(outcomes(series)[1:]) == {UNKNOWN}
    assert not series.series.reads("ct")


def test_that_every_frame_is_read_outwards_from_the_reader(series, settle, engine):
    settle(series.go_to_frame, 10)
    engine.analysed.clear()
    settle(series.series.read, series.stacks.by_key("ct"))
    assert numbers(series) == ["0.75"] * 30
    places = [SLICES.index(path) for path, *_ in engine.analysed]
    assert places[:6] == [11, 9, 12, 8, 13, 7]
    assert sorted(places) == [place for place in range(1, 30) if place != 10]


def test_that_the_order_follows_a_reader_who_goes_elsewhere(series, engine, qtbot, settle):
    latch = engine.hold(f"survey {SLICES[1].name}")
    series.series.read(series.stacks.by_key("ct"))
    series.go_to_frame(25)
    qtbot.waitUntil(lambda: series.film.frame.image.path == SLICES[25])
    latch.set()
    qtbot.waitUntil(lambda: not series.busy, timeout=60_000)
    places = [SLICES.index(path) for path, *_ in engine.analysed]
    assert places[0] == 25  # what the reader looks at goes first
    assert places[2:5] == [26, 24, 27]


def test_that_nothing_is_begun_while_the_reader_moves(series, engine, qtbot):
    latch = engine.hold(f"load {SLICES[20].name}")
    series.go_to_frame(20)
    before = len(engine.surveyed)
    series.series.read(series.stacks.by_key("ct"))
    qtbot.wait(250)
    assert len(engine.surveyed) == before
    assert series.busy
    latch.set()
    qtbot.waitUntil(lambda: not series.busy, timeout=60_000)
    assert numbers(series) == ["0.75"] * 30


def test_that_stop_stops_and_what_was_read_stays(series, engine, qtbot):
    latch = engine.hold(f"survey {SLICES[3].name}")
    series.series.read(series.stacks.by_key("ct"))
    qtbot.waitUntil(lambda: numbers(series)[:3] == ["0.75"] * 3, timeout=60_000)
    series.series.stop()
    latch.set()
    qtbot.waitUntil(lambda: not series.busy, timeout=60_000)
    assert set(outcomes(series)[3:]) == {UNKNOWN}
    assert numbers(series)[:3] == ["0.75"] * 3
    assert not series.series.reads("ct")


def test_that_stopping_the_list_stops_and_going_on_goes_on(series, engine, qtbot, settle):
    latch = engine.hold(f"survey {SLICES[3].name}")
    series.series.read(series.stacks.by_key("ct"))
    qtbot.waitUntil(lambda: numbers(series)[:3] == ["0.75"] * 3, timeout=60_000)
    series.analyses.stop_list()
    latch.set()
    qtbot.waitUntil(lambda: not series.busy, timeout=60_000)
    assert UNKNOWN in outcomes(series)
    assert series.series.reads("ct")  # the rest is still wanted
    settle(series.analyses.go_on)
    assert numbers(series) == ["0.75"] * 30


def test_that_a_frame_that_cannot_be_read_says_so_and_the_rest_go_on(series, settle, engine):
    engine.bad.add(SLICES[4])
    told = heard(series.message)
    settle(series.series.read, series.stacks.by_key("ct"))
    failed = outcomes(series)[4]
    assert (failed.severity, str(failed.why)) == ("error", "004.dcm cannot be read: it is bad.")
    assert numbers(series)[:4] + numbers(series)[5:] == ["0.75"] * 29
    assert told == []  # it is said where the frame is listed


def test_that_a_second_model_forgets_the_answers_of_the_first(series, settle, engine):
    settle(series.series.read, series.stacks.by_key("ct"))
    one, two = series.models.all
    settle(series.models.choose, two.path)
    assert {one.number for one in outcomes(series)} == {"", "0.75"}
    assert sum(one == UNKNOWN for one in outcomes(series)) == 29  # what is on screen is read
    assert not series.series.reads("ct")
    engine.analysed.clear()
    settle(series.models.choose, one.path)
    assert numbers(series) == ["0.75"] * 30  # what it said before is still known
    assert engine.analysed == []


def test_that_own_call_first_hides_every_frame(series, settle):
    series.analyses.calls.choose(first=True)
    settle(series.series.read, series.stacks.by_key("ct"))
    assert set(outcomes(series)) == {HIDDEN}
    assert series.series.said(SLICES[7]) is None
    series.analyses.calls.record(f"{SLICES[7]} 0", "present", 0.9)
    assert [place for place, one in enumerate(outcomes(series)) if one != HIDDEN] == [7]
    assert series.series.said(SLICES[7]) is not None
    series.analyses.calls.choose(first=False)
    assert numbers(series) == ["0.75"] * 30


def test_that_hiding_begins_when_the_mode_is_turned_on(series, settle):
    settle(series.series.read, series.stacks.by_key("ct"))
    series.analyses.calls.choose(first=True)
    assert set(outcomes(series)) == {HIDDEN}


def test_that_a_frame_whose_file_changes_is_read_again(series, settle, engine, qtbot):
    settle(series.series.read, series.stacks.by_key("ct"))
    engine.analysed.clear()
    engine.overwrite(SLICES[9], "another film")
    engine.abstaining.add(SLICES[9])
    series.films.check((SLICES[9],))
    qtbot.waitUntil(lambda: outcomes(series)[9].severity == "warning", timeout=60_000)
    assert [path for path, *_ in engine.analysed] == [SLICES[9]]


def test_that_a_series_that_is_taken_out_of_the_list_is_read_no_more(series, engine, qtbot):
    latch = engine.hold(f"survey {SLICES[3].name}")
    series.series.read(series.stacks.by_key("ct"))
    qtbot.waitUntil(lambda: numbers(series)[:3] == ["0.75"] * 3, timeout=60_000)
    series.close_films(SLICES[:1])
    latch.set()
    qtbot.waitUntil(lambda: not series.busy, timeout=60_000)
    assert len(engine.analysed) <= 5


def test_that_a_small_folder_of_pictures_is_read_without_being_asked_for(
    session, pictures, settle, engine
):
    settle(session.open, pictures)
    assert numbers(session, "png") == ["0.75"] * 5
    assert {path for path, *_ in engine.analysed} == set(pictures)
    assert len(engine.analysed) == 5  # each once
    settle(session.models.choose, session.models.all[1].path)
    assert numbers(session, "png") == ["0.75"] * 5
    assert len(engine.analysed) == 10  # another model reads them, too


@pytest.mark.parametrize("frames", [UNASKED, UNASKED + 1])
def test_that_a_file_of_few_frames_is_read_without_being_asked_for(
    session, settle, engine, frames
):
    engine.surveys_prepare, engine.frames = True, frames
    settle(session.open, (A,))
    (stack,) = session.stacks.all
    read = [one.number for one in session.series.outcomes(stack)]
    assert read.count("0.75") == (frames if frames == UNASKED else 1)


def test_that_no_frame_is_kept(series, settle):
    settle(series.series.read, series.stacks.by_key("ct"))
    held = [value for name, value in vars(series.series).items() if isinstance(value, dict)]
    assert all(
        isinstance(one, str | Outcome | set | None) for values in held for one in values.values()
    )
