"""Calls of readers: locked as they are written, exported as reader studies are read."""

import csv
import sqlite3
from collections import Counter
from dataclasses import replace

import pytest

from engine.records import Call, CallLog, Store, case_ids, write_table
from engine.types import Threshold
from tests.viewer import film_values as made

A, B = "aa" * 32 + "-0", "bb" * 32 + "-0"
MODEL = made.model(threshold=Threshold(0.4, 0.9, 0.8, "films"))


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "records.sqlite")
    yield store
    store.close()


@pytest.fixture
def log(store):
    return CallLog(store)


def call(content=A, answer="present", confidence=0.9, **others) -> Call:
    return Call("R1", content, answer, "finding", confidence, **others)


def exported(log, path, truth=None) -> list[dict[str, str]]:
    log.export(path, truth)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_that_a_call_comes_back_as_it_was_made(log):
    made_call = log.add(call(compared="worse", note="left base", shown="2026-11-29T14:00:00.000Z"))
    assert made_call.time
    assert log.calls("R1", A) == (made_call,)
    assert log.called("R1") == {A}
    assert log.called("R2") == set()


@pytest.mark.parametrize("change", ["UPDATE calls SET answer = 'absent'", "DELETE FROM calls"])
def test_that_a_call_is_locked(log, store, change):
    log.add(call())
    with pytest.raises(sqlite3.IntegrityError, match="only added to"), store.transaction() as sql:
        sql.execute(change)
    assert [one.answer for one in log.calls()] == ["present"]


def test_that_words_can_be_added_to_a_call(log):
    log.add(call())
    log.add(call(stage="addendum", note="seen again"))
    assert [one.stage for one in log.calls()] == ["first", "addendum"]


@pytest.mark.parametrize(
    ("answer", "confidence", "score"),
    [("present", 0.7, 0.7), ("absent", 0.7, 0.3), ("unsure", 0.9, 0.5), ("present", 1.0, 1.0)],
)
def test_that_a_call_is_a_score_of_the_finding(answer, confidence, score):
    assert call(answer=answer, confidence=confidence).score == pytest.approx(score)


def test_that_a_choice_of_classes_has_no_score():
    assert Call("R1", A, "zero").score is None


@pytest.mark.parametrize("confidence", [0.4, 1.1])
def test_that_a_confidence_lies_between_a_guess_and_certainty(confidence):
    with pytest.raises(ValueError, match="confidence"):
        call(confidence=confidence)


def test_that_the_study_has_a_line_for_each_reader_case_and_way_of_reading(log, tmp_path):
    log.add(call(A, "absent", 0.8))
    log.reveal("R1", A, made.analysis(by=MODEL))
    log.add(call(A, "present", 0.6, stage="second", seen=True))
    rows = exported(log, tmp_path / "study.csv")
    found = [(row["readerID"], row["modalityID"], row["score"]) for row in rows]
    assert found == [
        ("R1", "unaided", "0.2"),
        ("R1", "aided", "0.6"),
        ("one 1.0.0", "model", "0.75"),
    ]
    assert {row["caseID"] for row in rows} == {case_ids({A})[A]}
    assert rows[0]["model_score"] == "0.75"
    assert rows[0]["model_threshold"] == "0.4"


def test_that_the_truth_stands_in_every_line_and_in_lines_of_its_own(log, tmp_path):
    log.add(call(A))
    log.add(call(B))
    rows = exported(log, tmp_path / "study.csv", {A: 1, B: 0})
    cases = case_ids({A, B})
    assert [(row["caseID"], row["truth"]) for row in rows[:2]] == [
        (cases[A], "1"),
        (cases[B], "0"),
    ]
    own = [(row["caseID"], row["score"]) for row in rows if row["readerID"] == "truth"]
    assert own == [(cases[A], "1"), (cases[B], "0")]


# ------------------------------------------------------------- a table as iMRMC asks for
TRUTH = "truth"  # its name for the reader and the way of reading of a line of truth


def for_mrmc(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The lines that resources/help/reader-studies.md hands to iMRMC."""
    told = [row for row in rows if row["truth"] and row["score"] and row["modalityID"] != "model"]
    first = {}
    for row in told:
        first.setdefault((row["readerID"], row["caseID"], row["modalityID"]), row)
    return list(first.values())


def faults(rows: list[dict[str, str]]) -> list[str]:
    """What keeps a table from being one of iMRMC's; empty if nothing does."""
    found = []
    cells = Counter((row["readerID"], row["caseID"], row["modalityID"]) for row in rows)
    found += [f"{cell} stands {count} times" for cell, count in cells.items() if count > 1]
    truth = {row["caseID"]: row["score"] for row in rows if row["readerID"] == TRUTH}
    for row in rows:
        if row["caseID"] not in truth:
            found.append(f"{row['caseID']} has no truth")
        if (row["readerID"] == TRUTH) != (row["modalityID"] == TRUTH):
            found.append(f"{row['caseID']} is half a line of truth")
        if not 0 <= float(row["score"]) <= 1:
            found.append(f"{row['caseID']} has a score of {row['score']}")
    return found + [f"{case} is {said}" for case, said in truth.items() if said not in {"0", "1"}]


def test_that_the_exported_study_is_a_table_as_imrmc_asks_for(log, tmp_path):
    log.add(call(A))
    log.add(call(A, "absent", stage="second", seen=True))
    log.add(replace(call(A, "absent"), reader="R2"))
    log.add(call(B, "unsure", seen=True))
    log.reveal("R1", A, made.analysis(by=MODEL))
    rows = for_mrmc(exported(log, tmp_path / "study.csv", {A: 1, B: 0}))
    assert faults(rows) == []
    assert {(row["readerID"], row["modalityID"]) for row in rows} == {
        ("R1", "unaided"), ("R1", "aided"), ("R2", "unaided"), (TRUTH, TRUTH),
    }  # fmt: skip


def test_that_cases_without_truth_and_second_calls_of_one_kind_are_left_out_for_imrmc(
    log, tmp_path
):
    log.add(call(A, confidence=0.6, seen=True))
    log.add(call(A, confidence=0.9, stage="second", seen=True))
    log.add(call(B))
    rows = exported(log, tmp_path / "study.csv", {A: 1})
    assert faults([row for row in rows if row["score"]]) != []
    kept = for_mrmc(rows)
    assert faults(kept) == []
    assert [row["score"] for row in kept] == ["0.6", "1"]


def test_that_notes_and_names_are_not_exported(log, tmp_path):
    log.add(call(note="Quaddlewit looks better"))
    path = tmp_path / "study.csv"
    log.export(path)
    assert "Quaddlewit" not in path.read_text(encoding="utf-8")
    assert A not in path.read_text(encoding="utf-8")


def test_that_the_seconds_to_a_call_are_those_between_two_times(log, tmp_path):
    first = log.add(call(shown="2026-01-01T00:00:00.000Z"))
    (row,) = exported(log, tmp_path / "study.csv")
    assert float(row["seconds_to_call"]) > 0
    assert row["call_recorded"] == first.time


def test_that_an_abstention_has_no_score(log, tmp_path):
    log.add(call())
    log.reveal("R1", A, replace(made.analysis(by=MODEL), prediction=None, abstained="No."))
    rows = exported(log, tmp_path / "study.csv")
    assert [(row["score"], row["model_status"]) for row in rows] == [
        ("0.9", "abstained"), ("", "abstained"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_that_no_cell_is_a_formula(tmp_path, text):
    write_table(tmp_path / "t.csv", ("a",), [(text,)])
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1] == [f"'{text}"]


def test_that_numbers_stay_numbers(tmp_path):
    write_table(tmp_path / "t.csv", ("a", "b", "c", "d"), [(-0.5, 3, None, True)])
    assert (tmp_path / "t.csv").read_text() == "a,b,c,d\n-0.5,3,,1\n"


def test_that_cases_have_the_same_name_on_every_machine():
    assert case_ids({A})[A] == case_ids({A, B})[A]
    assert A[:10] not in case_ids({A})[A]
