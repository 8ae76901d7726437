"""The worklist as a table: as it is listed, whose threshold, and nothing that is hidden."""

from dataclasses import replace
from pathlib import Path

from engine.types import Identity, Threshold
from tests.viewer import film_values as made
from viewer.read.entries import Listed, WorklistEntry
from viewer.read.worklist_table import WORKLIST_HEADER, worklist_rows
from viewer.session.choices import Outcome

A = Path("/films/a.dcm")
MODEL = made.model(threshold=Threshold(0.4, 0.9, 0.8, "films"))


class Known:
    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def said(self, path):
        self.asked.append(path)
        return self.answer

    def read_at(self, content):
        return f"read {content}"


def entry(outcome) -> WorklistEntry:
    image = replace(
        made.image(A), modality="CR", identity=Identity(patient_id="7", study_date="20261123")
    )
    return WorklistEntry(Listed("a", ((A, 0),)), content="abc", image=image, outcome=outcome)


def table(outcome, answer=None, own=None) -> list[dict[str, object]]:
    rows = worklist_rows([entry(outcome)], Known(answer), MODEL, own)
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
    (row,) = worklist_rows([entry(replace(ANSWERED, hidden=True))], known, MODEL, None)
    line = dict(zip(WORKLIST_HEADER, row, strict=True))
    assert known.asked == []
    assert (line["status"], line["score"], line["class"]) == ("hidden", None, None)


def test_that_a_film_that_was_not_read_yet_waits():
    (line,) = table(Outcome())
    assert line["status"] == "waiting"
