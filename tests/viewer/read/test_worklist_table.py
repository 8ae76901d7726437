"""The worklist as a table: as it is listed, whose threshold, and nothing that is hidden."""

from dataclasses import replace
from pathlib import Path

from engine.types import Identity, Threshold
from tests.viewer import film_values as made
from viewer.read.entries import Listed, Wish, WorklistEntry
from viewer.read.worklist_table import WORKLIST_HEADER, worklist_rows
from viewer.session.choices import Outcome

A = Path("/films/a.dcm")
MODEL = made.model(threshold=Threshold(0.4, 0.9, 0.8, "films"))


class Known:
    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def said_of(self, content):
        self.asked.append(content)
        return self.answer

    def content(self, path, index):
        return f"{path.name} {index}"

    def read_at(self, content):
        return f"read {content}"


def entry(outcome) -> WorklistEntry:
    image = replace(
        made.image(A), modality="CR", identity=Identity(patient_id="7", study_date="20261123")
    )
    return WorklistEntry(Listed("a", ((A, 0),)), content="abc", image=image, outcome=outcome)


def table(outcome, answer=None, own=None) -> list[dict[str, object]]:
    known = Known(answer)
    rows = worklist_rows([entry(outcome)], known, MODEL, Wish(own=own), frames=known)
    return [dict(zip(WORKLIST_HEADER, row, strict=True)) for row in rows]


ANSWERED = Outcome("0.75", score=0.75, threshold=0.4)


def test_that_an_answer_has_a_line_for_each_class():
    none, finding = table(ANSWERED, made.analysis(by=MODEL))
    assert (none["class"], none["score"], none["threshold"]) == ("normal", 0.25, None)
    assert (finding["class"], finding["score"], finding["above"]) == ("finding", 0.75, True)
    assert (finding["threshold"], finding["threshold_is"]) == (0.4, "model's")
    assert finding["model_sha256"] == MODEL.sha256
    assert (finding["name"], finding["date"], finding["time"]) == ("7", "2026-11-23", "read abc")


def test_that_the_readers_threshold_is_called_the_readers():
    finding = table(ANSWERED, made.analysis(by=MODEL), own=0.9)[1]
    assert (finding["threshold"], finding["threshold_is"], finding["above"]) == (
        0.9, "reader's", False,
    )  # fmt: skip


def test_that_an_abstention_has_its_reason_and_no_number():
    (line,) = table(Outcome(why="This is a CT image.", severity="warning"))
    assert (line["status"], line["score"], line["reason"]) == (
        "abstained", None, "This is a CT image.",
    )  # fmt: skip


def test_that_a_hidden_answer_is_not_even_asked_for():
    known = Known(made.analysis(by=MODEL))
    hidden = entry(replace(ANSWERED, hidden=True))
    (row,) = worklist_rows([hidden], known, MODEL, Wish(), frames=known)
    line = dict(zip(WORKLIST_HEADER, row, strict=True))
    assert known.asked == []
    assert (line["status"], line["score"], line["class"]) == ("hidden", None, None)


def test_that_a_film_that_was_not_read_yet_waits():
    (line,) = table(Outcome())
    assert line["status"] == "waiting"


# ------------------------------------------------------------------------- frames of series

ABSTAINED = Outcome(why="This is a CT image.", severity="warning")
HIDDEN = Outcome(hidden=True)


def frames(*said, asked=True, **wishes) -> list[dict[str, object]]:
    """The lines of a series of which this is said, frame by frame."""
    where = tuple((Path(f"/films/{place}.png"), 0) for place in range(4))
    series = WorklistEntry(Listed("s", where), images=said, asked=asked)
    known = Known(made.analysis(by=MODEL))
    rows = worklist_rows([series], known, MODEL, Wish(**wishes), frames=known)
    return [dict(zip(WORKLIST_HEADER, row, strict=True)) for row in rows]


def test_that_a_series_has_lines_for_each_frame_with_its_file_and_content():
    lines = frames(ANSWERED, ABSTAINED, HIDDEN, Outcome(), sort="opened")
    assert [(line["frame"], line["file"], line["status"]) for line in lines] == [
        (1, "0.png", "answered"), (1, "0.png", "answered"), (2, "1.png", "abstained"),
        (3, "2.png", "hidden"), (4, "3.png", "waiting"),
    ]  # fmt: skip
    assert lines[0]["content"] == "0.png 0"
    assert [line["score"] for line in lines] == [0.25, 0.75, None, None, None]
    assert lines[2]["reason"] == "This is a CT image."


def test_that_the_table_has_the_frames_that_are_listed():
    lines = frames(ANSWERED, ABSTAINED, HIDDEN, Outcome(), filter="abstained")
    assert [line["frame"] for line in lines] == [2]


def test_that_a_series_that_nobody_asked_for_has_one_line_and_no_number():
    (line,) = frames(asked=False)
    assert (line["frame"], line["status"], line["score"]) == (None, "not asked", None)
