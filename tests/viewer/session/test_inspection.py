"""The network is opened on the film of the active viewport, in Inspect and not before."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.viewer.film_values import heard

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")


@pytest.fixture
def inspection(session):
    return session.inspection


def test_that_nothing_is_opened_before_inspect_is_shown(session, settle, engine):
    settle(session.open, (A,))
    assert (engine.traced, session.inspection.opened) == ([], None)


def test_that_inspect_opens_the_film_that_is_shown(session, inspection, settle, engine):
    settle(session.open, (A,))
    opened = heard(inspection.opened_changed)
    settle(lambda: inspection.show(shown=True))
    assert engine.traced == [(A, "one")]
    assert [one.film.frame.image.path for (one,) in opened] == [A]
    assert inspection.opened.trace.h.shape == (2, 1, 8, 5)


def test_that_another_film_closes_the_one_before_at_once(session, inspection, settle):
    inspection.show(shown=True)
    settle(session.open, (A, B))
    opened = heard(inspection.opened_changed)
    settle(session.select, B)
    paths = [one.film.frame.image.path if one else None for (one,) in opened]
    assert paths == [None, B]


def test_that_a_film_that_was_opened_before_is_not_read_again(session, inspection, settle, engine):
    inspection.show(shown=True)
    settle(session.open, (A, B))
    settle(session.select, B)
    settle(session.select, A)
    assert engine.traced == [(A, "one"), (B, "one")]
    assert inspection.opened.film.frame.image.path == A


def test_that_another_model_opens_the_film_anew(session, inspection, settle, engine):
    inspection.show(shown=True)
    settle(session.open, (A,))
    settle(session.models.choose, Path("two"))
    assert engine.traced[-1] == (A, "two")
    assert inspection.opened.model.name == "two"


def test_that_a_film_without_an_answer_is_not_opened(session, inspection, settle, engine):
    engine.abstaining.add(A)
    inspection.show(shown=True)
    settle(session.open, (A,))
    assert (engine.traced, inspection.opened) == ([], None)


def test_that_only_the_newest_question_of_a_topic_is_answered(session, inspection, settle):
    inspection.show(shown=True)
    settle(session.open, (A,))
    answers = []

    def hurry():
        for number in range(3):
            inspection.run("sum", sum, [number, 1], done=answers.append)
        inspection.run("other", max, [5, 6], done=answers.append)

    settle(hurry)
    assert sorted(answers) == [3, 6]


def test_that_no_question_survives_its_film(session, inspection, settle, engine):
    inspection.show(shown=True)
    settle(session.open, (A, B))
    answers, latch = [], threading.Event()

    def leave():
        inspection.run("slow", latch.wait, 60, done=answers.append)
        inspection.opened_changed.connect(lambda _opened: latch.set())
        session.select(B)

    settle(leave)
    assert inspection.opened.film.frame.image.path == B
    assert answers == []


def test_that_a_model_that_changed_on_disk_says_nothing_beside_its_old_answer(
    session, inspection, settle, engine
):
    inspection.show(shown=True)
    settle(session.open, (A,))
    now, said = replace(session.model, version="2"), []
    engine.models[Path("one")], engine.bundles[Path("one")] = now, "One"
    ask = inspection.ask
    settle(lambda: ask("without", lambda path, _film: path, done=said.append))
    assert said == []
    assert session.model == inspection.opened.model == now
    settle(lambda: ask("without", lambda path, _film: path, done=said.append))
    assert said == [Path("one")]
