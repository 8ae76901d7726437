"""The commands of reading in a whole window: what a script says is done, and nothing leaks."""

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.types import Threshold
from tests.viewer import film_values as made
from viewer.kit import theme
from viewer.read.worklist_head import WorklistHead
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def window(qtbot, engine):
    engine.surveys_prepare = True
    one = made.model("one", threshold=Threshold(0.4, 0.9, 0.8, "films"))
    engine.models[one.path] = one
    session = Session((one, made.model("two")))
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.show()
    yield window
    session.close()


@pytest.fixture
def settled(qtbot, window):
    def wait() -> None:
        qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)

    return wait


@pytest.fixture
def opened(window, qtbot, settled):
    with qtbot.waitSignal(window.session.settled, timeout=60_000):
        window.session.open((A, B))
    settled()
    return window


def do(window, text) -> None:
    for step in parse(text):
        step.verb.run(window, step.arguments)


def everything(window) -> str:
    """All that a person, a screen reader or another program could read of the window."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    said = [window.windowTitle(), json.dumps(state_of(window))]
    for widget in (window, *window.findChildren(QWidget)):
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        for name in ("text", "toPlainText", "title"):
            ask = getattr(widget, name, None)
            if callable(ask):
                said.append(str(ask()))
    return " | ".join(said)


def rows(path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_that_no_word_of_the_window_tells_a_hidden_answer(opened, tmp_path, settled):
    assert "0.75" in everything(opened)
    do(opened, "own-call on")
    settled()
    assert "0.75" not in everything(opened)
    assert state_of(opened)["panes"][0]["result"] == {"status": "hidden", "reason": None}
    assert {one["result"]["status"] for one in state_of(opened)["films"]} == {"hidden"}
    do(opened, f"worklist.export {tmp_path / 'list.csv'}")
    assert {row["status"] for row in rows(tmp_path / "list.csv")} == {"hidden"}
    assert "0.75" not in (tmp_path / "list.csv").read_text()


def test_that_no_strip_and_no_map_shows_a_hidden_answer(opened, settled):
    do(opened, "map influence; own-call on")
    settled()
    assert opened.session.cursor is None
    assert opened.session.analysis is None
    assert opened.strips.influence.influence is None


def test_that_a_call_shows_the_answer_and_is_exported(opened, tmp_path, settled):
    do(opened, "own-call on; calls.reader dr-7; call present 80")
    settled()
    assert "0.75" in everything(opened)
    assert state_of(opened)["panes"][0]["result"]["status"] == "ok"
    do(opened, f"calls.export {tmp_path / 'study.csv'}")
    first = rows(tmp_path / "study.csv")[0]
    assert (first["readerID"], first["score"], first["call"]) == ("dr-7", "0.8", "present")


def test_that_a_truth_by_file_name_goes_into_the_study(opened, tmp_path, settled):
    (tmp_path / "truth.csv").write_text("file,truth\na.dcm,\na.dcm,1\nelsewhere.dcm,0\n")
    do(opened, f"call absent 60; calls.truth {tmp_path / 'truth.csv'}")
    do(opened, f"calls.export {tmp_path / 'study.csv'}")
    assert {row["truth"] for row in rows(tmp_path / "study.csv")} == {"1"}


def test_that_a_note_goes_to_the_form_and_later_to_the_call(opened, settled):
    do(opened, "own-call on; note faint; call absent 60")
    settled()
    film = opened.session.film
    do(opened, "note seen again")
    assert [one.note for one in opened.session.analyses.calls.of(film.key)][1:] == ["seen again"]


def test_that_the_log_is_exported(opened, tmp_path):
    do(opened, f"readings.export {tmp_path / 'log.csv'}")
    found = rows(tmp_path / "log.csv")
    assert {(row["class"], row["probability"]) for row in found} == {
        ("normal", "0.25"), ("finding", "0.75"),
    }  # fmt: skip


def test_that_the_exported_log_keeps_a_hidden_answer_to_itself(opened, tmp_path, settled):
    do(opened, "own-call on")
    settled()
    do(opened, f"readings.export {tmp_path / 'log.csv'}")
    assert {row["status"] for row in rows(tmp_path / "log.csv")} == {"hidden"}
    assert "0.75" not in (tmp_path / "log.csv").read_text()


def test_that_a_table_that_cannot_be_written_is_said(opened, tmp_path):
    do(opened, f"readings.export {tmp_path / 'nowhere' / 'log.csv'}")
    assert any("could not be written" in one.text for one in opened.messages.messages)


def test_that_the_list_is_sorted_found_and_filtered_by_words(opened):
    do(opened, "worklist.sort name; worklist.find b.dcm")
    assert [one.path for one in opened.studies.shown] == [B]
    do(opened, "worklist.show-all")
    assert len(opened.studies.shown) == 2
    do(opened, "worklist.filter abstained")
    assert opened.studies.shown == ()


def test_that_the_second_model_is_named(opened, settled):
    do(opened, "second two")
    settled()
    assert "They answer" in everything(opened) or "They agree" in everything(opened)
    do(opened, "second none")
    assert opened.session.analyses.second is None


@pytest.mark.parametrize(
    "text",
    [
        "worklist.sort colour", "worklist.filter some", "threshold 0.5", "second one",
        "own-call maybe", "call perhaps 80", "call present 20", "note nobody",
        "calls.truth /nowhere.csv",
    ],
)  # fmt: skip
def test_that_what_cannot_be_done_is_refused_in_a_sentence(opened, text):
    with pytest.raises(ScriptError, match=r"\w"):
        do(opened, text)


def test_that_the_mode_is_kept_for_the_next_start(opened):
    do(opened, "own-call on; calls.reader dr-7")
    assert (opened.settings.call_first, opened.settings.reader) == (True, "dr-7")


def test_that_the_key_records_what_stands_in_the_form(opened, qtbot, settled):
    from viewer.commanding.register import commands_of

    do(opened, "own-call on")
    settled()
    command = next(one for one in commands_of(opened) if one.code == "call")
    command.run()
    assert opened.session.analysis is None  # nothing was chosen yet
    opened.reading.form.choose("absent", 70)
    command.run()
    assert opened.session.analysis is not None


# ------------------------------------------------------------------------------- series

SLICES = tuple(Path(f"/films/ct/{number:03}.dcm") for number in range(30))


@pytest.fixture
def series(window, engine, qtbot, settled):
    """Thirty files of one series, read frame by frame as a script says."""
    engine.series = [("ct", SLICES)]
    with qtbot.waitSignal(window.session.settled, timeout=60_000):
        window.session.open(SLICES)
    settled()
    return window


def test_that_a_script_reads_a_series_and_list_state_and_table_have_every_frame(
    series, settled, tmp_path
):
    do(series, "series.read")
    settled()
    (entry,) = series.studies.entries
    assert [one.number for one in entry.images] == ["0.75"] * 30
    assert entry.summary(None) == "30 above the threshold of 30 read"
    shown = state_of(series)["films"]
    assert {film["path"]: film["result"]["status"] for film in shown} == {
        str(path): "ok" for path in SLICES
    }
    do(series, f"worklist.export {tmp_path / 'list.csv'}")
    lines = [line for line in rows(tmp_path / "list.csv") if line["class"] == "finding"]
    assert sorted(int(line["frame"]) for line in lines) == list(range(1, 31))
    assert {line["file"] for line in lines} == {path.name for path in SLICES}


def test_that_a_script_stops_a_series(series, engine, qtbot, settled):
    latch = engine.hold(f"survey {SLICES[2].name}")
    do(series, "series.read")
    do(series, "series.stop")
    latch.set()
    settled()
    (entry,) = series.studies.entries
    assert 1 <= sum(bool(one.number) for one in entry.images) < 30
    assert not entry.asked


def test_that_a_series_is_read_though_the_list_was_stopped_and_says_how_far_it_is(
    series, engine, qtbot, settled
):
    do(series, "worklist.stop")
    latch = engine.hold(f"survey {SLICES[2].name}")
    do(series, "series.read")
    head = series.studies.findChild(WorklistHead)
    qtbot.waitUntil(lambda: head.words.text() == "reading 2 of 30")
    assert head.stop.text() == "Stop"
    latch.set()
    settled()


def test_that_a_single_film_is_no_series(opened):
    with pytest.raises(ScriptError, match=r"no series is on screen\."):
        do(opened, "series.read")


def test_that_nothing_of_a_series_leaks_before_a_call(series, settled, tmp_path):
    do(series, "own-call on; series.read")
    settled()
    do(series, f"worklist.export {tmp_path / 'list.csv'}")
    assert {line["status"] for line in rows(tmp_path / "list.csv")} == {"hidden"}
    found = everything(series)
    assert "0.75" not in found
    assert "above the threshold" not in found


def test_that_another_model_forgets_the_frames_in_the_list(series, settled):
    do(series, "series.read")
    settled()
    series.session.models.choose(series.session.models.all[1].path)
    settled()
    (entry,) = series.studies.entries
    assert sum(bool(one.number) for one in entry.images) == 1  # what is on screen


def test_that_frames_of_one_file_are_in_the_state(window, engine, qtbot, settled):
    engine.frames = 3
    with qtbot.waitSignal(window.session.settled, timeout=60_000):
        window.session.open((A,))
    settled()
    (film,) = state_of(window)["films"]
    assert [(one["frame"], one["result"]["status"]) for one in film["frames"]] == [
        (1, "ok"), (2, "ok"), (3, "ok"),
    ]  # fmt: skip
