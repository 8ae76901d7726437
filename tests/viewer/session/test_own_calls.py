"""Own call first: no answer leaves the session before the reader's call, and each is logged."""

from pathlib import Path

import pytest

from engine.records import Call, ReadingLog, RecordsError
from viewer.session.choices import Outcome

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
KEY_A = f"{A} 0"


class Heard:
    """Every signal by which an answer could leave the session."""

    def __init__(self, session):
        analyses = session.analyses
        self.answers, self.outcomes, self.awaited = [], {}, []
        analyses.analysed.connect(self.answers.append)
        analyses.answered.connect(self.answers.append)
        analyses.second_known.connect(self.answers.append)
        session.pointer.map_changed.connect(
            lambda found, _choice: self.answers.append(found) if found is not None else None
        )
        session.pointer.matrix_changed.connect(
            lambda found: self.answers.append(found) if found is not None else None
        )
        analyses.result_known.connect(lambda key, outcome: self.outcomes.update({key: outcome}))
        analyses.call_awaited.connect(self.awaited.append)


@pytest.fixture
def calls(session):
    return session.analyses.calls


@pytest.fixture
def heard(session):
    return Heard(session)


@pytest.fixture
def hidden(session, engine, calls, heard, settle):
    """Two films were opened while the reader's own call comes first."""
    engine.surveys_prepare = True
    calls.choose(first=True)
    settle(session.open, (A, B))
    return heard


def test_that_no_signal_carries_an_answer_before_the_call(session, hidden, engine):
    assert {path for path, *_ in engine.analysed} == {A, B}  # they were read all the same
    assert hidden.answers == []
    assert set(hidden.outcomes.values()) == {Outcome(hidden=True)}
    assert [film.key for film in hidden.awaited] == [KEY_A]


def test_that_nothing_of_the_answer_can_be_asked_for(session, hidden):
    assert session.analysis is None
    assert session.cursor is None  # it would stand where the answer was moved most
    assert session.analyses.said(A) is None
    assert session.analyses.hides(A)


def test_that_the_call_shows_the_answer_to_its_film_alone(session, hidden, calls):
    calls.record(KEY_A, "present", 0.8, finding="finding")
    assert session.analysis is not None
    assert session.analysis.prediction.probabilities[1] == 0.75
    assert hidden.outcomes[KEY_A].number == "0.75"
    assert hidden.outcomes[f"{B} 0"] == Outcome(hidden=True)
    assert session.analyses.said(B) is None


def test_that_the_first_call_is_kept_as_made_unseen_and_the_second_as_seen(hidden, calls):
    calls.record(KEY_A, "absent", 0.6, finding="finding")
    calls.record(KEY_A, "present", 0.9, finding="finding")
    first, second = calls.of(KEY_A)
    assert (first.stage, first.seen, first.answer) == ("first", False, "absent")
    assert (second.stage, second.seen, second.answer) == ("second", True, "present")
    assert first.shown <= first.time <= second.time


def test_that_words_can_be_added_without_changing_the_call(hidden, calls):
    calls.record(KEY_A, "absent", 0.6, finding="finding")
    calls.append(KEY_A, "  clear on the lateral film ")
    first, added = calls.of(KEY_A)
    assert (first.note, added.note) == ("", "clear on the lateral film")
    assert (added.stage, added.answer) == ("addendum", "absent")


def test_that_calls_of_an_earlier_run_count(hidden, calls, session, engine):
    calls.record(KEY_A, "absent", 0.6, finding="finding")
    again = type(calls)(session.records)
    again.choose(first=True)
    assert not again.hides(KEY_A)
    assert again.hides(f"{B} 0")


def test_that_another_reader_has_calls_of_his_own(hidden, calls, session):
    calls.record(KEY_A, "absent", 0.6, finding="finding")
    calls.name("R2")
    assert calls.hides(KEY_A)
    assert session.analysis is None
    calls.name("R1")
    assert session.analysis is not None


def test_that_turning_the_mode_on_takes_back_what_was_shown(session, engine, calls, heard, settle):
    settle(session.open, (A,))
    assert session.analysis is not None
    calls.choose(first=True)
    assert session.analysis is None
    assert session.cursor is None
    assert heard.outcomes[KEY_A] == Outcome(hidden=True)
    calls.choose(first=False)
    assert session.analysis is not None
    assert heard.outcomes[KEY_A].number == "0.75"


def test_that_a_call_after_the_answer_was_seen_says_so(session, calls, settle):
    settle(session.open, (A,))
    made_call = calls.record(KEY_A, "present", 0.9, finding="finding")
    assert made_call.seen


def test_that_the_reader_study_has_both_calls_and_the_answer(hidden, calls, tmp_path):
    calls.record(KEY_A, "absent", 0.6, finding="finding")
    calls.record(KEY_A, "present", 0.9, finding="finding")
    path = tmp_path / "study.csv"
    assert calls.export_calls(path, {KEY_A: 1}) == 2
    lines = [line.split(",") for line in path.read_text().splitlines()]
    found = [(line[0], line[2], line[3], line[4]) for line in lines[1:]]
    assert found == [
        ("R1", "unaided", "0.4", "1"),
        ("R1", "aided", "0.9", "1"),
        ("one 1.0.0", "model", "0.75", "1"),
        ("truth", "truth", "1", "1"),
    ]


def test_that_every_answer_on_screen_is_logged_once(session, engine, calls, settle):
    settle(session.open, (A, B))
    settle(session.select, B)
    settle(session.select, A)
    log = ReadingLog(session.records)
    assert [one.content for one in log.entries()] == [KEY_A, f"{B} 0"]


def test_that_a_hidden_answer_is_logged_when_it_is_shown(session, hidden, calls):
    log = ReadingLog(session.records)
    assert log.entries() == ()
    calls.record(KEY_A, "present", 0.9, finding="finding")
    assert [one.content for one in log.entries()] == [KEY_A]


def test_that_an_abstention_is_hidden_as_well(session, engine, calls, heard, settle):
    engine.abstaining.add(A)
    calls.choose(first=True)
    settle(session.open, (A,))
    assert heard.outcomes == {KEY_A: Outcome(hidden=True)}
    calls.record(KEY_A, "absent", 0.9, finding="finding")
    assert heard.outcomes[KEY_A].severity == "warning"


def test_that_a_reading_that_cannot_be_logged_is_said_and_shown_all_the_same(
    session, settle, monkeypatch
):
    def full(*_):
        raise RecordsError("The disk is full.")

    monkeypatch.setattr(ReadingLog, "add", full)
    said = []
    session.analyses.calls.warned.connect(said.append)
    settle(session.open, (A,))
    assert session.analysis is not None
    assert said == ["The disk is full."]


def test_that_a_second_model_reads_what_is_on_screen(session, engine, heard, settle):
    settle(session.open, (A,))
    two = session.models.all[1]
    settle(session.analyses.choose_second, two)
    assert heard.answers[-1].model == two
    assert session.analysis.model == session.models.all[0]


def test_that_a_second_model_reads_the_next_film_too(session, engine, heard, settle):
    settle(session.open, (A, B))
    settle(session.analyses.choose_second, session.models.all[1])
    settle(session.select, B)
    assert heard.answers[-1].model == session.models.all[1]
    assert heard.answers[-1].image.path == B


def test_that_a_second_models_answer_is_hidden_as_well(session, hidden, settle, calls):
    session.analyses.choose_second(session.models.all[1])
    assert hidden.answers == []
    settle(calls.record, KEY_A, "present", 0.9)
    assert session.models.all[1] in [one.model for one in hidden.answers if hasattr(one, "model")]


def test_that_reading_the_list_can_be_stopped_and_taken_up(session, engine, heard, settle, qtbot):
    engine.surveys_prepare = True
    latch = engine.hold(f"survey {B.name}")
    session.open((A, B))
    qtbot.waitUntil(lambda: session.analysis is not None, timeout=60_000)
    session.analyses.stop_list()
    latch.set()
    qtbot.waitUntil(lambda: not session.busy, timeout=60_000)
    assert f"{B} 0" not in heard.outcomes
    settle(session.analyses.go_on)
    assert heard.outcomes[f"{B} 0"].number == "0.75"


def test_that_a_call_is_a_value_that_cannot_be_changed():
    call = Call("R1", KEY_A, "present", "finding", 0.9)
    with pytest.raises(AttributeError):
        call.answer = "absent"


def test_that_a_film_that_was_not_read_yet_has_no_call_and_hides_nothing(calls):
    calls.choose(first=True)
    assert calls.of("") == ()
    assert not calls.hides("")
