"""The compared model reads the film that is changed in What if, too."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.inspection import UNTRAINED, Edit
from tests.viewer.inspect.comparisons_made import comparison, without_answers
from viewer.session import compared_tries as module, comparisons
from viewer.session.compared_tries import ComparedTries
from viewer.session.comparisons import Comparisons, Opponent

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
BAND, OTHER = (Edit("mean", 1, 3),), (Edit("mean", 4, 5),)


@pytest.fixture
def asked(monkeypatch):
    """Every question to the other model: its name, the change and the class."""
    questions = []

    def reread_other(_model, _film, other, _its, edits, target):
        questions.append((other, edits, target))
        return SimpleNamespace(edits=edits)

    monkeypatch.setattr(module, "reread_other", reread_other)
    monkeypatch.setattr(module, "REST", 0)
    return questions


@pytest.fixture
def found():
    return [comparison("untrained")]


@pytest.fixture
def tried(session, settle, asked, found, monkeypatch):
    monkeypatch.setattr(comparisons, "compare_rows", lambda *_arguments: found[0])
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    compared = Comparisons(session)
    settle(compared.compare, Opponent("untrained"))
    return ComparedTries(compared, session.tries, session.inspection)


def change(session, edits, *, target=1):
    """As What if does when it has read a changed film."""
    session.tries.on, session.tries.draft = True, edits
    session.tries.found = SimpleNamespace(target=target, edits=edits)
    session.tries.changed.emit()


def test_that_the_other_model_reads_what_was_changed(tried, session, asked, qtbot):
    with qtbot.waitSignal(tried.changed):
        change(session, BAND)
    assert asked == [(UNTRAINED, BAND, 1)]
    assert tried.found.edits == BAND


def test_that_nothing_is_asked_before_anything_is_changed(tried, session, asked):
    change(session, ())
    assert not tried.wanted
    tried.ask()
    assert asked == []


def test_that_only_the_last_of_many_quick_changes_is_read(tried, session, asked, qtbot):
    with qtbot.waitSignal(tried.changed):
        change(session, OTHER)
        change(session, BAND)
    assert asked == [(UNTRAINED, BAND, 1)]


def test_that_another_change_blanks_what_was_told(tried, session, asked, qtbot):
    with qtbot.waitSignal(tried.changed):
        change(session, BAND)
    change(session, OTHER)
    assert tried.found is None
    qtbot.waitUntil(lambda: tried.found is not None)
    assert tried.found.edits == OTHER


def test_that_leaving_what_if_blanks_it_as_well(tried, session, asked, qtbot):
    with qtbot.waitSignal(tried.changed):
        change(session, BAND)
    session.tries.on = False
    session.tries.turned.emit(False)  # noqa: FBT003 - a Qt signal
    assert tried.found is None


def test_that_models_of_other_classes_are_not_asked(tried, session, asked, found, settle):
    found[0] = without_answers(kind="untrained")
    settle(tried._comparisons.compare, Opponent("untrained"))
    change(session, BAND)
    tried.ask()
    assert asked == []
