"""The session: which film and which answer it shows, whatever comes in between."""

from pathlib import Path

from engine.types import Analysis
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from viewer.session import readings, showing
from viewer.session.choices import MapChoice
from viewer.session.session import Session

A, B, C = Path("/films/a.dcm"), Path("/films/b.dcm"), Path("/films/c.dcm")


def test_that_the_film_is_shown_before_it_is_analysed(session, settle):
    events = []
    session.frame_read.connect(lambda _film: events.append("film"))
    session.analyses.analysed.connect(lambda _analysis: events.append("answer"))
    settle(session.open, (A,))
    assert events == ["film", "answer"]


def test_that_opening_shows_the_first_of_the_files(session, settle):
    added = heard(session.films.added)
    settle(session.open, (A, B))
    assert added == [((A, B),)]
    assert session.film.frame.image.path == A


def test_that_a_folder_without_films_gets_a_message(session, settle, engine):
    messages = heard(session.message)
    engine.empty.add(Path("/films"))
    settle(session.open, (Path("/films"),))
    assert [one.severity for (one,) in messages] == ["warning"]


def test_that_the_newest_film_wins(session, settle, engine):
    latch = engine.hold("load a.dcm")
    shown = heard(session.frame_read)

    def hurry():
        session.select(A)
        session.select(B)
        session.select(C)
        latch.set()

    settle(hurry)
    assert [film.frame.image.path for (film,) in shown] == [C]
    assert session.analysis.image.path == C


def test_that_another_film_blanks_answer_maps_and_cursor_at_once(session, settle):
    settle(session.open, (A, B))
    session.choose_map(MapChoice(question="state"))
    maps, cursors = heard(session.pointer.map_changed), heard(session.pointer.cursor_moved)
    state = []
    session.frame_read.connect(lambda _film: state.append((session.analysis, session.cursor)))
    settle(session.select, B)
    assert state == [(None, None)]
    assert (maps[0][0], cursors[0][0]) == (None, None)


def test_that_a_film_that_cannot_be_read_gets_one_message_and_changes_nothing(
    session, settle, engine
):
    settle(session.open, (A, B))
    before = (session.film, session.analysis, session.cursor)
    engine.bad.add(B)
    messages, shown = heard(session.message), heard(session.frame_read)
    settle(session.select, B)
    assert [one.text for (one,) in messages] == ["b.dcm cannot be read: it is bad."]
    assert shown == []
    assert (session.film, session.analysis, session.cursor) == before


def test_that_the_list_goes_back_to_the_film_that_is_still_shown(session, settle, engine):
    settle(session.open, (A, B))
    engine.bad.add(B)
    selected, refused = heard(session.film_selected), heard(session.films.refused)
    settle(session.select, B)
    assert selected == [(B,), (A,)]
    assert [path for path, _ in refused] == [B]


def test_that_a_bad_film_does_not_stand_in_the_way_of_the_next(session, settle, engine):
    engine.bad.add(B)
    settle(session.open, (A, B, C))  # the list has found out by now that B cannot be read
    settle(session.step_film, 1)
    assert session.film.frame.image.path == C
    settle(session.step_film, -1)
    assert session.film.frame.image.path == A


def test_that_a_failed_reading_does_not_lose_the_answer_of_the_film_on_screen(
    session, settle, engine
):
    latch, bad = engine.hold("prepare a.dcm"), engine.bad
    bad.add(B)

    def interrupt(_film):
        session.select(B)  # while the rows of A are being prepared
        latch.set()

    session.frame_read.connect(interrupt)
    settle(session.open, (A,))
    assert session.analysis.image.path == A


def test_that_changing_the_model_does_not_lose_the_film_on_its_way(session, settle, engine):
    settle(session.open, (A, B))
    latch = engine.hold("load b.dcm")

    def change():
        session.select(B)
        session.models.choose(Path("two"))
        latch.set()

    settle(change)
    assert session.film.frame.image.path == B
    assert session.analysis.model.name == "two"


def test_that_an_unexpected_error_is_no_message_but_unexpected(session, settle, engine):
    engine.fails = ValueError("a patient's name")
    messages, unexpected = heard(session.message), heard(session.unexpected)
    failures = heard(session.analyses.analysis_failed)
    settle(session.open, (A,))
    assert messages == []
    assert [type(error) for (error,) in unexpected] == [ValueError]
    assert len(failures) == 1


def test_that_another_model_blanks_and_reads_again(session, settle):
    settle(session.open, (A,))
    session.choose_map(MapChoice(question="state", layer=1, units=(2,)))
    maps = heard(session.pointer.map_changed)
    settle(session.models.choose, Path("two"))
    assert maps[0][0] is None
    assert session.analysis.model.name == "two"
    assert (session.choice.layer, session.choice.units) == (-1, ())


def test_that_the_next_model_after_the_last_is_the_first(session, settle):
    settle(session.open, (A,))
    settle(session.models.choose_next)
    settle(session.models.choose_next)
    assert session.model.name == "one"


def test_that_an_unknown_model_changes_nothing(session):
    changed = heard(session.model_changed)
    session.models.choose(Path("nobody"))
    session.models.choose(Path("one"))
    assert changed == []


def test_that_a_film_is_read_by_the_network_only_once(session, settle, engine):
    settle(session.open, (A, B))
    settle(session.select, B)
    count = len(engine.analysed)
    settle(session.select, A)
    assert len(engine.analysed) == count
    assert session.analysis.image.path == A


def test_that_a_late_answer_of_another_model_is_dropped(session, settle, engine):
    latch = engine.hold("analyse one")
    answers = heard(session.analyses.analysed)

    settle(ask_then_change, session, engine, latch)
    assert {answer.model.name for (answer,) in answers} == {"two"}
    assert session.analysis.model.name == "two"


def ask_then_change(session, engine, latch):
    """Change the model while the network of the first one runs."""
    infer = session.analyses._infer

    def started(prepared, key, *, model, **others):
        infer(prepared, key, model=model, **others)
        if model.name == "one":
            session.models.choose(Path("two"))
            latch.set()

    session.analyses._infer = started
    session.open((A,))


def test_that_an_answer_for_another_model_is_remembered_but_not_shown(session, settle):
    settle(session.open, (A,))
    results = heard(session.analyses.result_known)
    session.analyses._on_analysed(
        session.film.key, made.analysis(made.image(A), 0, made.model("two"))
    )
    assert results == []
    assert session.analysis.model.name == "one"
    settle(session.models.choose, Path("two"))
    assert session.analysis.model.name == "two"


def test_that_an_answer_for_another_frame_is_not_shown(session, settle, engine):
    engine.frames = 3
    settle(session.open, (A,))
    session.pointer.blank()
    session.analyses._on_analysed(
        engine.key(A, 2), made.analysis(made.image(A), 2, made.model("one"))
    )
    assert session.analysis is None


def test_that_a_model_that_abstains_shows_no_map_and_no_number(session, settle, engine):
    engine.abstaining.add(A)
    results = heard(session.analyses.result_known)
    settle(session.open, (A,))
    session.choose_map(MapChoice(question="state"))
    assert session.analysis.abstained == "This model does not read it."
    assert [(key, one.severity) for key, one in results] == [(session.film.key, "warning")]
    assert (session.analysis.prediction, session.cursor) == (None, None)


def test_that_the_oldest_answers_are_forgotten(monkeypatch):
    monkeypatch.setattr("viewer.session.readings.REMEMBERED", 2)
    answers = readings.KnownAnswers()
    one = made.model("one")
    for key in ("a", "b", "c"):
        answers.add(key, Analysis(made.image(A), 0, one, "", 0.0))
    assert [answers.of(key, one) is None for key in ("a", "b", "c")] == [True, False, False]


def test_that_a_session_without_models_still_shows_films(qtbot, engine):
    session = Session(())
    with qtbot.waitSignal(session.settled, timeout=60_000):
        session.open((A,))
    session.models.choose_next()
    session.close()
    assert (session.film.frame.image.path, session.analysis) == (A, None)


# ------------------------------------------------------------------ first films that are bad
def numbered(count):
    return tuple(A.with_name(f"{number}.dcm") for number in range(count))


def test_that_after_a_few_bad_films_the_first_readable_one_is_shown(session, settle, engine):
    films = numbered(40)
    engine.bad.update(films[:33])
    settle(session.open, films)
    assert session.film.frame.image.path == films[33]
    assert len(engine.read) == showing.MOST_TRIED + 1  # not each of them


def test_that_all_that_cannot_be_read_is_told_at_once(session, settle, engine):
    films, told, failed = numbered(40), heard(session.message), heard(session.showing.failed)
    engine.bad.update(films[:33])
    settle(session.open, films)
    assert [message.text for (message,) in told] == ["33 files cannot be read; see the list."]
    assert not failed


def test_that_one_bad_film_is_named(session, settle, engine):
    told = heard(session.message)
    engine.bad.add(A)
    settle(session.open, (A, B))
    assert session.film.frame.image.path == B
    assert [message.text for (message,) in told] == ["a.dcm cannot be read: it is bad."]


def test_that_nothing_but_bad_films_ends_with_one_sentence(session, settle, engine):
    films, told = numbered(9), heard(session.message)
    engine.bad.update(films)
    settle(session.open, films)
    assert session.film is None
    assert session.loading is None
    assert [message.text for (message,) in told] == ["9 files cannot be read; see the list."]
    settle(session.open, (A,))  # and whatever is opened then is shown
    assert session.film.frame.image.path == A
    assert len(told) == 1


def test_that_a_bad_film_beside_one_on_screen_is_named_each_time(session, settle, engine):
    settle(session.open, (A, B, C))
    engine.bad.update((B, C))
    told = heard(session.message)
    settle(session.select, B)
    settle(session.select, C)
    assert len(told) == 2
