"""Answers, thumbnails and maps belong to what a file holds, never to its name."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session import film_list

A, B, C = Path("/films/a.dcm"), Path("/films/b.dcm"), Path("/films/c.dcm")


@pytest.fixture
def checked(qtbot, session):
    """Ask the disk, as the window does, and wait until what follows from it has settled."""

    def check():
        with qtbot.waitSignal(session.films.checking.idle, timeout=60_000):
            session.films.check()
        qtbot.waitUntil(lambda: not session.busy, timeout=60_000)

    return check


@pytest.fixture
def surveyed(engine):
    """The list reads every film with the model, as it does in the program."""
    engine.surveys_prepare = True
    return engine


def test_that_a_film_that_was_overwritten_is_read_by_the_network_anew(session, settle, engine):
    settle(session.open, (A,))
    first = session.analysis
    engine.overwrite(A, "another film")
    settle(session.select, A)
    assert len(engine.analysed) == 2
    assert session.analysis is not first


def test_that_nothing_of_the_old_film_stays_when_the_new_one_is_shown(session, settle, engine):
    settle(session.open, (A,))
    engine.overwrite(A, "another film")
    seen = []
    session.frame_read.connect(lambda _film: seen.append((session.analysis, session.cursor)))
    settle(session.select, A)
    assert seen == [(None, None)]


def test_that_the_reader_is_told_that_a_file_was_read_again(session, settle, engine):
    settle(session.open, (A,))
    engine.overwrite(A, "another film")
    messages = heard(session.message)
    settle(session.select, A)
    assert [one.text for (one,) in messages] == ["a.dcm has changed on disk and was read again."]


def test_that_the_list_is_blank_before_the_new_film_is_shown(session, settle, surveyed):
    settle(session.open, (A, B))
    surveyed.overwrite(B, "another film")
    events = []
    session.films.changed.connect(lambda path: events.append(("blank", path)))
    session.frame_read.connect(lambda film: events.append(("film", film.frame.image.path)))
    session.films.known.connect(lambda path, _content: events.append(("known", path)))
    results = heard(session.analyses.result_known)
    settle(session.select, B)
    first = [event for event in events if event[1] == B][:3]
    assert first == [("blank", B), ("known", B), ("film", B)]
    assert surveyed.key(B, 0) in {key for key, *_ in results}


def test_that_opening_a_file_of_the_list_again_reads_it_anew(session, settle, engine):
    settle(session.open, (A, B))
    settle(session.select, B)
    engine.overwrite(A, "another film")
    settle(session.open, (A,))
    assert session.film.key == engine.key(A, 0)
    assert session.films.paths == (A, B)


def test_that_files_of_the_list_that_are_opened_again_are_looked_at_again(
    session, settle, engine, qtbot
):
    settle(session.open, (A, B))
    engine.overwrite(B, "another film")
    with qtbot.waitSignal(session.films.changed, timeout=60_000) as changed:
        session.open((A, B))
    assert changed.args == [B]


def test_that_a_film_on_screen_that_changes_is_read_again_without_being_asked(
    session, settle, engine, checked
):
    settle(session.open, (A,))
    engine.overwrite(A, "another film")
    messages = heard(session.message)
    checked()
    assert session.film.key == engine.key(A, 0)
    assert len(messages) == 1


def test_that_a_film_of_the_list_that_changes_loses_thumbnail_and_answer(
    session, settle, surveyed, checked
):
    settle(session.open, (A, B))
    surveyed.overwrite(B, "another film")
    changed, results = heard(session.films.changed), heard(session.analyses.result_known)
    count = len(surveyed.surveyed)
    checked()
    assert changed == [(B,)]
    assert surveyed.surveyed[count:] == [B]
    assert {key for key, *_ in results} == {surveyed.key(B, 0)}
    assert session.film.frame.image.path == A


def test_that_files_that_stay_as_they_are_are_left_alone(session, settle, engine, checked):
    settle(session.open, (A, B))
    changed, shown = heard(session.films.changed), heard(session.frame_read)
    count = len(engine.surveyed)
    checked()
    assert (changed, shown, len(engine.surveyed)) == ([], [], count)


def test_that_a_file_that_was_only_touched_keeps_its_answer(session, settle, engine):
    settle(session.open, (A,))
    engine.overwrite(A, A)  # written again, with what it held before
    messages = heard(session.message)
    settle(session.select, A)
    assert messages == []
    assert len(engine.analysed) == 1
    assert session.analysis is not None


def test_that_a_copy_under_another_name_is_answered_once(session, settle, surveyed):
    surveyed.holds[B] = A
    settle(session.open, (A,))
    known, count = heard(session.films.known), len(surveyed.analysed)
    settle(session.open, (B,))
    assert len(surveyed.analysed) == count
    assert (B, session.film.key) in known
    assert session.analyses.said(A) is session.analyses.said(B)
    assert session.analysis.image.path == B


def test_that_a_file_that_goes_back_to_its_old_content_has_its_old_answer(session, settle, engine):
    settle(session.open, (A,))
    engine.overwrite(A, "another film")
    settle(session.select, A)
    engine.overwrite(A, A)
    settle(session.select, A)
    assert len(engine.analysed) == 2
    assert session.analysis is not None


def test_that_the_list_does_not_take_what_the_file_held_before(session, settle, engine, qtbot):
    """The list reads slowly; meanwhile the file is overwritten and shown."""
    latch = engine.hold("survey a.dcm")
    shown, surveyed = heard(session.frame_read), []
    session.films.surveyed.connect(lambda path, found: surveyed.append((path, found.key)))
    settled = heard(session.settled)
    session.open((A,))
    qtbot.waitUntil(lambda: session.analysis is not None, timeout=60_000)
    old = replace(made.survey(A), key=engine.key(A, 0), stamp=engine.stamp(A))
    engine.overwrite(A, "another film")
    session.select(A)
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=60_000)
    session.films._on_surveyed(A, old)
    latch.set()
    qtbot.waitUntil(lambda: bool(settled) and not session.busy, timeout=60_000)
    assert {key for _, key in surveyed} == {engine.key(A, 0)}


def test_that_a_file_that_could_not_be_read_is_tried_again_once_it_changes(
    session, settle, engine, checked
):
    settle(session.open, (A, B))
    engine.bad.add(B)
    settle(session.select, B)
    assert session.films.reason(B) is not None
    checked()  # as bad as before
    engine.bad.clear()
    engine.overwrite(B, B)
    checked()
    assert session.films.reason(B) is None


def test_that_a_film_whose_file_is_gone_stays_on_screen(session, settle, engine, checked):
    settle(session.open, (A,))
    before = session.analysis
    engine.gone.add(A)
    checked()
    assert session.analysis is before
    assert session.loading is None


def test_that_the_answer_of_weights_that_came_later_is_not_shown(session, settle, engine):
    """The folder of the model holds other weights than when it was listed."""
    settle(session.open, (A,))
    other = made.model("one", path=Path("one"), sha256="1" * 64)
    engine.models[Path("one")], engine.bundles[Path("one")] = other, "One"
    engine.overwrite(A, "another film")
    answers = heard(session.analyses.analysed)
    settle(session.select, A)
    assert {answer.model.sha256 for (answer,) in answers} <= {"1" * 64}
    assert session.model.sha256 == "1" * 64
    assert session.analysis.model.sha256 == "1" * 64


def test_that_a_changed_model_is_told_and_is_no_choice_of_the_reader(session, settle, engine):
    settle(session.open, (A,))
    other = made.model("one", path=Path("one"), sha256="1" * 64)
    engine.models[Path("one")], engine.bundles[Path("one")] = other, "One"
    engine.overwrite(A, "another film")
    messages, chosen = heard(session.message), heard(session.models.chosen)
    settle(session.select, A)
    assert "The model one has changed on disk and was read again." in [
        one.text for (one,) in messages
    ]
    assert chosen == []


def test_that_a_clock_asks_for_the_whole_list_in_turn(session, settle, engine, monkeypatch):
    monkeypatch.setattr(film_list, "CHECKED", 2)
    settle(session.open, (A, B, C))
    asked = []
    monkeypatch.setattr(session.films, "_ask", lambda paths, *, pile: asked.append(tuple(paths)))
    for _ in range(3):
        session.check_next()
    assert asked == [(A, B), (A, C), (A, B)]


def test_that_questions_do_not_pile_up_on_a_share_that_hangs(session, settle, engine, qtbot):
    settle(session.open, (A,))
    latch = engine.hold("stamps")
    session.check_next()
    qtbot.waitUntil(lambda: engine.asked == 1, timeout=60_000)
    session.check_next()
    session.films.check()
    with qtbot.waitSignal(session.films.checking.idle, timeout=60_000):
        latch.set()
    assert engine.asked == 1
