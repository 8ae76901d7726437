"""Several findings: thresholds of their own, and which of them strips and maps explain."""

from dataclasses import replace

import numpy as np
import pytest

from engine.types import Prediction
from tests.viewer import film_values as made, found_values as found

MODEL = made.model(classes=("opacity", "effusion", "fracture"), positive=None)


def answered():
    said = found.analysis(found.several(), by=MODEL)
    by_row = np.zeros((made.STEPS, 3), np.float32)
    prediction = Prediction(MODEL.classes, np.array([0.91, 0.22, np.nan]), by_row, 0)
    return replace(said, prediction=prediction, influence=replace(said.influence, target=0))


@pytest.fixture
def asked(session, monkeypatch):
    """What the network was asked, and how it answers."""
    given = []

    def prepare(film, model, done):
        done((film, model))

    def ask(topic, function, model, _prepared, target, baseline, done):
        given.append((target, baseline))
        influence = replace(answered().influence, target=target, log_odds=-1.0)
        given.append(lambda: done(influence))

    monkeypatch.setattr(session.inspection, "prepare", prepare)
    monkeypatch.setattr(session.inspection, "ask_model", ask)
    return given


@pytest.fixture
def several(session, asked):
    session.pointer.show_film(made.film())
    session.pointer.analysis = answered()
    session.pointer.show_answer()
    return session.several


def test_that_the_first_finding_is_explained_at_first(several):
    assert several.chosen == 1
    assert [one.number for one in several.shown] == [1, 2, 3]


def test_that_a_finding_is_called_from_its_own_threshold_on(several):
    assert [one.called for one in several.shown] == [True, False, False]
    several.move(2, 0.2)
    assert [one.called for one in several.shown] == [True, True, False]
    assert several.shown[1].own
    several.move(2, None)
    assert not several.shown[1].own
    assert several.shown[1].threshold == 0.41


def test_that_an_abstained_finding_has_no_answer_and_is_never_called(several):
    several.move(3, 0.01)
    assert (several.shown[2].answered, several.shown[2].called) == (False, False)


def test_that_another_finding_is_shown_at_once_and_explained_when_the_network_has_answered(
    several, session, asked
):
    told = made.heard(several.retold)
    several.choose(2)
    assert session.analysis.prediction.target == 1
    assert session.analysis.influence is None
    assert asked[0] == (1, "mean")
    asked[1]()
    assert session.analysis.influence.target == 1
    assert len(told) == 2


def test_that_a_finding_that_was_explained_before_is_not_asked_for_again(several, session, asked):
    several.choose(2)
    asked[1]()
    several.choose(1)
    assert session.analysis.influence.target == 0
    several.choose(2)
    assert session.analysis.influence.target == 1
    assert len(asked) == 2


def test_that_an_answer_for_a_finding_that_was_left_is_kept_and_not_shown(several, session, asked):
    several.choose(2)
    several.choose(1)
    asked[1]()
    assert session.analysis.influence.target == 0
    several.choose(2)
    assert session.analysis.influence.target == 1
    assert len(asked) == 2


def test_that_an_answer_for_another_film_is_not_shown(several, session, asked):
    several.choose(2)
    session.pointer.show_film(made.film(made.image("other.dcm")))
    asked[1]()
    assert session.analysis is None


def test_that_the_next_film_is_explained_for_the_same_finding(several, session, asked, qtbot):
    several.choose(2)
    session.pointer.blank()
    session.pointer.analysis = answered()
    session.pointer.show_answer()
    qtbot.waitUntil(lambda: several.chosen == 2)


def test_that_findings_are_gone_through(several):
    chosen = []
    for _ in range(3):
        several.step(1)
        chosen.append(several.chosen)
    assert chosen == [2, 3, 1]


def test_that_a_finding_that_is_not_there_cannot_be_chosen(several):
    several.choose(9)
    several.choose(0)
    assert several.chosen == 1


def test_that_a_model_of_one_answer_has_no_findings(session):
    session.pointer.show_film(made.film())
    session.pointer.analysis = made.analysis()
    session.pointer.show_answer()
    assert session.several.shown == ()
    assert session.several.chosen == 0
