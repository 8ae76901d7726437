"""The log of readings: only added to, with nobody's name, and read by other programs."""

import csv
import sqlite3
from dataclasses import replace

import numpy as np
import pytest

import engine
from engine.records import ReadingLog, Store
from engine.types import Abstention, Analysis, Trust
from engine.words import Sentence
from tests.viewer import film_values as made

FILM = "ab" * 32 + "-0"


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "records.sqlite")
    yield store
    store.close()


@pytest.fixture
def log(store):
    return ReadingLog(store)


def abstained() -> Analysis:
    reason = Abstention("kind", Sentence("This is an MR image."))
    answer = made.analysis()
    return replace(
        answer, prediction=None, abstained="This is an MR image.", trust=Trust((), (reason,))
    )


def test_that_an_answer_is_logged_with_film_model_device_and_version(log):
    log.add(FILM, made.analysis())
    (one,) = log.entries()
    assert (one.content, one.model, one.version, one.sha256) == (FILM, "one", "1.0.0", "0" * 64)
    assert (one.device, one.status, one.classes) == ("CPU", "ok", ("normal", "finding"))
    assert one.probabilities == (0.25, 0.75)
    assert one.program == engine.__version__


def test_that_an_abstention_is_logged_by_its_codes_and_without_numbers(log):
    log.add(FILM, abstained())
    (one,) = log.entries()
    assert (one.status, one.reasons, one.probabilities) == ("abstained", ("kind",), ())


def test_that_readings_stand_in_the_order_in_which_they_were_made(log):
    for number in range(3):
        log.add(f"{number}-0", made.analysis())
    assert [one.content for one in log.entries()] == ["0-0", "1-0", "2-0"]


@pytest.mark.parametrize(
    "change",
    ["UPDATE readings SET device = 'x'", "DELETE FROM readings"],
    ids=["change", "delete"],
)
def test_that_no_reading_can_be_changed_or_deleted(log, store, change):
    log.add(FILM, made.analysis())
    with pytest.raises(sqlite3.IntegrityError, match="only added to"), store.transaction() as sql:
        sql.execute(change)
    assert len(log.entries()) == 1


def test_that_no_name_of_a_patient_reaches_the_file(log, tmp_path):
    image = made.image("Quaddlewit.dcm")
    person = replace(image.identity, patient_name="Quaddlewit^Zyxa", patient_id="QZ77123")
    log.add(FILM, replace(made.analysis(), image=replace(image, identity=person)))
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert FILM.encode() in kept
    assert b"Quaddlewit" not in kept
    assert b"QZ77123" not in kept


def test_that_the_export_has_a_line_for_each_class(log, tmp_path):
    log.add(FILM, made.analysis())
    log.add(FILM, abstained())
    path = tmp_path / "log.csv"
    assert log.export(path) == 2
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [(row["class"], row["probability"], row["reasons"]) for row in rows]
    assert found == [("normal", "0.25", ""), ("finding", "0.75", ""), ("", "", "kind")]


def test_that_a_probability_survives_the_file(log):
    answer = made.analysis()
    exact = replace(answer.prediction, probabilities=np.array([1 / 3, 2 / 3]))
    log.add(FILM, replace(answer, prediction=exact))
    (one,) = log.entries()
    assert one.probabilities == pytest.approx((1 / 3, 2 / 3), abs=1e-6)
