"""The film or model that Inspect has opened is compared with what the reader chose."""

from pathlib import Path

import pytest

from engine import ImageError, InferenceError
from engine.inspection import UNTRAINED
from tests.viewer.inspect.comparisons_made import comparison
from viewer.session import comparisons as module
from viewer.session.comparisons import HIDDEN, NOT_OPEN, NOTHING, Comparisons, Opponent

A, B, LOST = (Path(f"/films/{name}.dcm") for name in ("a", "b", "lost"))


@pytest.fixture
def questions_matched():
    """Films that units were to be matched on besides, of each question."""
    return []


@pytest.fixture
def asked(monkeypatch, questions_matched):
    """Every question that reaches the network: film, other, whose rows, horizon."""
    questions = []
    matched = questions_matched

    def compare_rows(model, film, other, its, reference, horizon):
        read = None if its is None else its.image.path
        questions.append((film.image.path, other, read, horizon))
        matched.append(tuple(own.path for own, _ in reference))
        if other == Path("broken"):
            raise InferenceError("It is broken.")
        return comparison()

    monkeypatch.setattr(module, "compare_rows", compare_rows)

    def read_pair(path, _model, other):
        if path == LOST:
            raise ImageError("It cannot be read.", "damaged")
        return _Prepared(path), _Prepared(path, other)

    monkeypatch.setattr(module, "read_rows", lambda path, _model: _Prepared(path))
    monkeypatch.setattr(module, "read_pair", read_pair)
    return questions


class _Prepared:
    def __init__(self, path, model=None):
        self.image = self
        self.path, self.model = path, model


@pytest.fixture
def compared(session, settle, asked):
    session.inspection.show(shown=True)
    found = Comparisons(session)
    settle(session.open, (A, B))
    return found


def test_that_nothing_is_asked_before_something_is_chosen(compared, asked):
    assert (asked, compared.found, compared.why) == ([], None, NOTHING)


def test_that_the_untrained_network_is_asked_first_without_the_horizon(compared, settle, asked):
    settle(compared.compare, Opponent("untrained"))
    assert asked[:2] == [(A, UNTRAINED, None, False), (A, UNTRAINED, None, True)]
    assert compared.found is not None
    assert compared.why == ""


def test_that_another_model_gets_rows_of_its_own(compared, settle, asked):
    settle(compared.compare, Opponent("models", Path("two")))
    assert asked[-1] == (A, Path("two"), A, True)


def test_that_the_model_that_reads_is_not_compared_with_itself(compared, settle, asked):
    compared.compare(Opponent("models", Path("one")))
    assert (asked, compared.opponent) == ([], None)
    assert [one.name for one in compared.models()] == ["two"]


def test_that_another_film_is_read_for_the_model(compared, settle, asked):
    settle(compared.compare, Opponent("films", B))
    assert asked[-1] == (A, Path("one"), B, True)
    assert compared.films() == (B,)


def test_that_a_film_whose_answer_is_hidden_is_not_compared(compared, asked, monkeypatch, session):
    monkeypatch.setattr(session.analyses, "withholds", lambda path: path == B)
    compared.compare(Opponent("films", B))
    assert (asked, compared.why) == ([], HIDDEN)
    assert compared.films() == ()


def test_that_another_film_on_screen_is_compared_anew(compared, settle, asked, session):
    settle(compared.compare, Opponent("untrained"))
    settle(session.select, B)
    assert asked[-1] == (B, UNTRAINED, None, True)


def test_that_only_the_newest_opponent_is_answered(compared, settle, asked):
    answers = []
    compared.changed.connect(lambda: answers.append(compared.found))

    def hurry():
        compared.compare(Opponent("films", B))
        compared.compare(Opponent("models", Path("two")))

    settle(hurry)
    assert {other for _, other, _, _ in asked} == {Path("two")}
    assert answers[-1] is compared.found is not None


def test_that_nothing_is_compared_any_more_when_nothing_is_chosen(compared, settle, asked):
    settle(compared.compare, Opponent("untrained"))
    compared.compare(None)
    assert (compared.found, compared.why) == (None, NOTHING)


def test_that_nothing_is_asked_outside_of_inspect(compared, asked, session):
    session.inspection.show(shown=False)
    compared.compare(Opponent("untrained"))
    assert (asked, compared.why) == ([], NOT_OPEN)


def test_that_a_failure_is_one_sentence_in_its_place(compared, settle, session, monkeypatch):
    def fail(*_arguments):
        raise InferenceError("It is broken.")

    monkeypatch.setattr(module, "compare_rows", fail)
    settle(compared.compare, Opponent("untrained"))
    assert (compared.found, compared.why) == (None, "It is broken.")


def test_that_units_are_matched_on_films_of_the_list_in_the_end(
    compared, settle, session, asked, questions_matched
):
    settle(session.open, (LOST,))
    settle(session.select, A)
    questions_matched.clear()
    settle(compared.compare, Opponent("untrained"))
    assert questions_matched == [(), (), (B,)]
    assert compared.reference == (B,)


def test_that_two_films_need_no_reference(compared, settle, asked, questions_matched):
    settle(compared.compare, Opponent("films", B))
    assert questions_matched == [(), ()]
    assert compared.reference == ()


def test_that_a_film_that_nobody_called_is_not_compared_wherever_it_lies(compared, session, asked):
    calls = session.analyses.calls
    calls.choose(first=True)
    calls.record(session.film.key, "opacity")
    assert session.inspection.opened is not None
    asked.clear()
    for path in (B, Path("/films/not-in-the-list.dcm")):
        compared.compare(Opponent("films", path))
        assert (compared.found, compared.why) == (None, HIDDEN)
    assert asked == []
