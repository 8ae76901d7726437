"""Models that the reader opens: read off the GUI thread, tested, told apart by their folders."""

import threading
from pathlib import Path

import pytest

from engine import BundleError
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session.session import Session

A = Path("/films/a.dcm")
MINE, OTHER = Path("/first/mine"), Path("/second/mine")


@pytest.fixture
def bundles(engine):
    engine.bundles = {MINE: "Mine", OTHER: "Mine"}
    return engine.bundles


@pytest.fixture
def messages(session):
    return heard(session.message)


def texts(messages):
    return [message.text for (message,) in messages]


def test_that_an_opened_model_is_listed_after_ours_and_reads(session, settle, bundles):
    settle(session.open, (A,))
    settle(session.models.open, MINE)
    assert [model.path for model in session.models.all] == [Path("one"), Path("two"), MINE]
    assert session.model.path == MINE
    assert session.analysis.model.path == MINE


def test_that_metadata_is_never_read_on_the_gui_thread(session, settle, bundles, engine):
    settle(session.models.open, MINE)
    assert threading.main_thread() not in engine.threads


def test_that_films_and_models_may_be_opened_together(session, settle, bundles):
    settle(session.open, (MINE, A))
    assert session.films.paths == (A,)
    assert session.analysis.model.path == MINE


def test_that_a_model_alone_is_no_folder_without_films(session, settle, bundles, messages):
    settle(session.open, (MINE,))
    assert (messages, session.model.path) == ([], MINE)


def test_that_two_models_of_one_name_are_two(session, settle, bundles):
    settle(session.open, (A,))
    settle(session.models.open, MINE)
    settle(session.models.open, OTHER)
    assert len(session.models.own) == 2
    assert session.analysis.model.path == OTHER


def test_that_the_answers_of_two_models_of_one_name_are_not_mixed_up(session, settle, bundles):
    settle(session.open, (A,))
    settle(session.models.open, MINE)
    settle(session.models.open, OTHER)
    settle(session.models.choose, MINE)
    assert session.analysis.model.path == MINE


def test_that_a_late_answer_of_a_model_of_the_same_name_is_not_shown(session, settle, bundles):
    settle(session.open, (A,))
    settle(session.models.open, MINE)
    session.pointer.blank()
    late = made.analysis(made.image(A), 0, made.model("mine", path=OTHER))
    session.analyses._on_analysed(session.film.key, late)
    assert session.analysis is None


def test_that_a_model_may_have_the_name_of_ours(session, settle, engine):
    impostor = Path("/elsewhere/one")
    engine.bundles = {impostor: "One"}
    settle(session.models.open, impostor)
    assert session.model.path == impostor
    session.models.choose(Path("one"))
    assert session.model.path == Path("one")


def test_that_the_next_model_goes_through_one_s_own(session, settle, bundles):
    settle(session.models.open, MINE)
    seen = []
    for _ in range(3):
        session.models.choose_next()
        seen.append(session.model.path)
    assert seen == [Path("one"), Path("two"), MINE]


def test_that_a_folder_without_a_model_is_one_sentence(session, settle, engine, messages):
    settle(session.open, (A,))
    before = (session.model, session.film, session.analysis)
    settle(session.models.open, Path("/nowhere"))
    assert texts(messages) == ["There is no model “/nowhere”."]
    assert (session.model, session.film, session.analysis) == before


def test_that_a_model_that_fails_its_test_never_reads(session, settle, engine, bundles, messages):
    settle(session.open, (A,))
    before = (session.model, session.film, session.analysis)
    engine.untested.add(MINE)
    settle(session.models.open, MINE)
    assert texts(messages) == ["mine/model.safetensors is damaged."]
    assert (session.model, session.film, session.analysis) == before
    assert session.models.own == ()


def test_that_a_model_that_is_damaged_later_stays_as_it_was(session, settle, engine, bundles):
    settle(session.models.open, MINE)
    before = session.model
    bundles[MINE] = "Damaged"
    engine.untested.add(MINE)
    settle(session.models.open, MINE)
    assert (session.model, session.models.own) == (before, (before,))


def test_that_a_model_opened_again_is_read_anew(session, settle, bundles):
    settle(session.open, (A,))
    settle(session.models.open, MINE)
    bundles[MINE] = "Trained again"
    settle(session.models.open, MINE)
    assert [model.title for model in session.models.own] == ["Trained again"]
    assert session.model.title == "Trained again"


def test_that_the_model_opened_last_wins(session, settle, engine, bundles):
    latch = engine.hold(f"test {MINE}")

    def hurry():
        session.models.open(MINE)
        session.models.open(OTHER)
        latch.set()

    settle(hurry)
    assert session.model.path == OTHER


def test_that_choosing_another_model_meanwhile_counts(session, settle, engine, bundles):
    latch = engine.hold(f"test {MINE}")

    def choose():
        session.models.choose(Path("two"))
        latch.set()

    session.models.listed.connect(choose)
    settle(session.models.open, MINE)
    assert session.model.path == Path("two")
    assert [model.path for model in session.models.own] == [MINE]


def test_that_nothing_reads_before_the_model_of_the_start(qtbot, settle, session, engine, bundles):
    session.start_with(str(MINE), asked=True)
    settle(session.open, (A,))
    assert {name for _, _, name in engine.analysed} == {"mine"}


def test_that_a_film_says_that_it_is_read_while_the_model_of_the_start_is_awaited(
    session, settle, engine, bundles
):
    started, latch = heard(session.analyses.reading_started), engine.hold(f"test {MINE}")
    session.start_with(str(MINE), asked=True)
    session.frame_read.connect(lambda _film: latch.set())
    settle(session.open, (A,))
    assert started == [("a.dcm",), ("a.dcm",)]


def test_that_the_usual_model_reads_if_that_of_the_start_cannot(session, settle, messages):
    session.start_with("nonsense", asked=True)
    settle(session.open, (A,))
    assert texts(messages) == ["There is no model “nonsense”."]
    assert session.analysis.model.path == Path("one")


def test_that_a_remembered_model_that_is_gone_is_no_news(session, settle, messages):
    session.start_with("/gone", asked=False)
    settle(session.open, (A,))
    assert messages == []
    assert session.analysis.model.path == Path("one")


def test_that_recalled_models_are_listed_and_do_not_read(session, settle, bundles, messages):
    settle(session.models.recall, (OTHER, Path("/gone")))
    assert [model.path for model in session.models.own] == [OTHER]
    assert (messages, session.model.path) == ([], Path("one"))


def test_that_an_unexpected_error_of_a_remembered_model_is_told(session, settle, monkeypatch):
    unexpected = heard(session.unexpected)
    monkeypatch.setattr("viewer.session.models.read_metadata", lambda _model: 1 // 0)
    session.start_with("/odd", asked=False)
    settle(session.open, (A,))
    assert [type(error) for (error,) in unexpected] == [ZeroDivisionError]


def test_that_without_our_models_one_s_own_reads(qtbot, engine, bundles):
    session = Session(())
    with qtbot.waitSignal(session.settled, timeout=60_000):
        session.open((MINE, A))
    session.close()
    assert session.analysis.model.path == MINE


def test_that_a_refusal_is_an_expected_error(session, settle, bundles, engine):
    refused = heard(session.models.refused)
    engine.untested.add(MINE)
    settle(session.models.open, MINE)
    assert [(type(error), asked) for error, asked in refused] == [(BundleError, True)]


def test_that_the_model_of_the_start_is_not_the_reader_s_choice(session, settle, bundles):
    changed, chosen = heard(session.model_changed), heard(session.models.chosen)
    session.start_with(str(MINE), asked=True)
    settle(session.open, (A,))
    assert ([model.path for (model,) in changed], chosen) == ([MINE], [])


def test_that_a_model_that_cannot_be_had_makes_no_choice_for_the_reader(session, settle):
    chosen = heard(session.models.chosen)
    session.start_with("nonsense", asked=True)
    settle(session.open, (A,))
    assert chosen == []


@pytest.mark.parametrize("way", ["menu", "next", "opened"])
def test_that_a_model_that_the_reader_takes_in_the_window_is_a_choice(
    session, settle, bundles, way
):
    chosen = heard(session.models.chosen)
    settle(session.open, (A,))
    action, expected = {
        "menu": (lambda: session.models.choose(Path("two")), Path("two")),
        "next": (session.models.choose_next, Path("two")),
        "opened": (lambda: session.models.open(MINE), MINE),
    }[way]
    settle(action)
    assert [model.path for (model,) in chosen] == [expected]
