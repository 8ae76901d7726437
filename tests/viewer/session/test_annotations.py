"""What is drawn belongs to the film and not to its path; it is kept, undone, and shared."""

import sqlite3
from dataclasses import replace

import pytest

from engine.records import RecordsError, Store
from tests.viewer import film_values as made
from tests.viewer.film_values import heard
from tests.viewer.sketch_panes import film_of
from viewer.session.annotations import Annotations, is_earlier
from viewer.session.viewport import History

LINE = ((1.0, 2.0), (4.0, 6.0))
OTHER = ((1.0, 2.0), (1.0, 12.0))


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "records.sqlite")
    yield store
    store.close()


@pytest.fixture
def annotations(store):
    return Annotations(History(), store)


def again(tmp_path):
    """The same file, by another program."""
    store = Store(tmp_path / "records.sqlite")
    return Annotations(History(), store), store


def test_that_what_was_drawn_is_there_in_another_program_from_another_path(annotations, tmp_path):
    made_one = annotations.add(0, film_of("a/film.dcm", uid="1.2.3"), "length", LINE)
    other, store = again(tmp_path)
    (found,) = other.measured(film_of("b/other-name.dcm", uid="1.2.3"))
    store.close()
    assert found.annotation == made_one
    assert found.values["length"] == 5


def test_that_a_film_without_uid_is_known_by_what_it_holds(annotations, tmp_path):
    annotations.add(0, film_of("a.png"), "length", LINE)
    other, store = again(tmp_path)
    same, another = film_of("b.png"), film_of("a.png", value_range=(0, 4095))
    assert len(other.measured(same)) == 1
    assert other.measured(another) == ()
    store.close()


def test_that_frames_of_a_film_have_marks_of_their_own(annotations):
    image = made.image(frame_count=3)
    image = replace(image, uids=replace(image.uids, instance="1.2"))
    films = [made.film(image, index) for index in range(3)]
    annotations.add(0, films[1], "length", LINE)
    assert [len(annotations.measured(film)) for film in films] == [0, 1, 0]
    assert annotations.frames(annotations.subject_of(films[0])) == (1,)


def test_that_each_kind_counts_for_itself_and_a_free_number_is_taken_again(annotations):
    film = film_of()
    first = annotations.add(0, film, "length", LINE)
    numbers = [annotations.add(0, film, kind, LINE).number for kind in ("length", "ellipse")]
    assert (first.number, numbers) == (1, [2, 1])
    annotations.remove(0, film, [first.id])
    assert annotations.add(0, film, "length", LINE).number == 1


def test_that_every_change_is_kept_before_it_is_told(annotations, tmp_path):
    film = film_of()
    seen = []

    def look(_subject):
        other, store = again(tmp_path)
        seen.append([(one.points, one.name) for one in other.of(other.subject_of(film))])
        store.close()

    annotations.changed.connect(look)
    one = annotations.add(0, film, "length", LINE)
    annotations.change(0, film, replace(one, points=OTHER))
    annotations.change(0, film, replace(one, points=OTHER, name="Heart"))
    annotations.remove(0, film, [one.id])
    assert seen == [[(LINE, "")], [(OTHER, "")], [(OTHER, "Heart")], []]


def test_that_every_change_is_undone_and_done_again(store):
    history, film = History(), film_of()
    annotations = Annotations(history, store)
    one = annotations.add(0, film, "length", LINE)
    annotations.change(0, film, replace(one, name="Heart"))
    annotations.remove(0, film, [one.id])
    states = []
    for step in (history.undo, history.undo, history.undo):
        annotations.take(step(), back=True)
        states.append([found.name for found in annotations.of(annotations.subject_of(film))])
    assert states == [["Heart"], [""], []]
    for step in (history.redo, history.redo, history.redo):
        annotations.take(step(), back=False)
        states.append([found.name for found in annotations.of(annotations.subject_of(film))])
    assert states[3:] == [[""], ["Heart"], []]


def test_that_undoing_leaves_alone_what_another_program_drew_meanwhile(store, tmp_path):
    history, film = History(), film_of()
    annotations = Annotations(history, store)
    annotations.add(0, film, "length", LINE)
    other, second = again(tmp_path)
    theirs = other.add(0, film, "ellipse", LINE)
    annotations.take(history.undo(), back=True)
    second.close()
    last, third = again(tmp_path)
    assert last.of(last.subject_of(film)) == (theirs,)
    third.close()


def test_that_what_another_window_draws_and_deletes_is_seen(annotations, tmp_path):
    film = film_of(uid="1.2.3")
    mine = annotations.add(0, film, "length", LINE)
    other, store = again(tmp_path)
    theirs = other.add(0, film, "length", OTHER)
    assert {one.annotation.id for one in annotations.measured(film)} == {mine.id, theirs.id}
    other.remove(0, film, [mine.id])
    assert [one.annotation.id for one in annotations.measured(film)] == [theirs.id]
    annotations.change(0, film, replace(mine, name="late"))  # it is gone, and stays so
    store.close()
    assert [one.annotation.id for one in annotations.measured(film)] == [theirs.id]


def test_that_what_could_not_be_kept_stays_when_another_window_draws(
    annotations, tmp_path, monkeypatch
):
    film, elsewhere = film_of(uid="1.2.3"), film_of(uid="1.2.4")
    with monkeypatch.context() as broken:
        broken.setattr(annotations._table, "change", _full)
        lost = annotations.add(0, film, "length", LINE)
    other, store = again(tmp_path)
    other.add(0, elsewhere, "length", OTHER)
    store.close()
    assert [one.annotation for one in annotations.measured(film)] == [lost]


def _full(*_arguments):
    raise RecordsError("The disk is full.")


def test_that_nothing_changed_is_no_step(store):
    history, film = History(), film_of()
    annotations = Annotations(history, store)
    one = annotations.add(0, film, "length", LINE)
    annotations.change(0, film, one)
    annotations.change(0, film, replace(one, id="another"))
    annotations.remove(0, film, ["another"])
    history.undo()
    assert history.undo() is None


def test_that_panes_are_told_whose_marks_have_changed(annotations):
    film, told, chosen = film_of(), heard(annotations.changed), heard(annotations.chosen_changed)
    one = annotations.add(0, film, "length", LINE)
    annotations.choose(one.id)
    annotations.remove(0, film, [one.id])
    assert told == [(annotations.subject_of(film),)] * 2
    assert chosen == [(one.id,), ("",)]


def test_that_a_mark_that_cannot_be_kept_is_shown_and_said(annotations, store, monkeypatch):
    told, film = heard(annotations.failed), film_of()

    def full(*_arguments, **_others):
        raise RecordsError("no room in {path}", path="here")

    monkeypatch.setattr(annotations._table, "change", full)
    annotations.add(0, film, "length", LINE)
    assert len(annotations.of(annotations.subject_of(film))) == 1
    assert [str(error) for (error,) in told] == ["no room in here"]


def test_that_marks_that_cannot_be_read_are_said_once(annotations, monkeypatch):
    told, film = heard(annotations.failed), film_of()

    def broken(_subject):
        raise RecordsError("broken")

    monkeypatch.setattr(annotations._table, "of", broken)
    for _ in range(3):
        assert annotations.measured(film) == ()
    assert len(told) == 1


def test_that_values_are_computed_once(annotations, monkeypatch):
    film, asked = film_of(), []
    annotations.add(0, film, "ellipse", ((1.0, 1.0), (20.0, 20.0)))
    monkeypatch.setattr("viewer.session.annotations.values_of", lambda *a: asked.append(a) or {})
    for _ in range(3):
        annotations.measured(film)
    assert len(asked) == 1


def test_that_the_file_names_no_patient(store, tmp_path):
    image = made.image("DOE^JANE.dcm")
    image = replace(
        image, identity=replace(image.identity, patient_name="DOE^JANE", patient_id="PID-77")
    )
    Annotations(History(), store).add(0, made.film(image), "length", LINE)
    with store.transaction() as sql:
        sql.execute("SELECT 1")
    store.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"DOE" not in raw
    assert b"PID-77" not in raw
    with sqlite3.connect(tmp_path / "records.sqlite") as sql:
        assert sql.execute("SELECT count(*) FROM annotations").fetchone() == (1,)
    sql.close()


@pytest.mark.parametrize(
    ("one", "other", "earlier"),
    [
        (("p", "20250101"), ("p", "20260101"), True),
        (("p", "20260101"), ("p", "20250101"), False),
        (("p", "20260101"), ("p", "20260101"), False),
        (("p", ""), ("p", "20260101"), False),
        (("", "20250101"), ("", "20260101"), False),
        (("q", "20250101"), ("p", "20260101"), False),
    ],
)
def test_that_a_prior_is_of_the_same_patient_and_earlier(one, other, earlier):
    def film(patient, date):
        image = made.image()
        identity = replace(image.identity, patient_id=patient, study_date=date)
        return made.film(replace(image, identity=identity))

    assert is_earlier(film(*one), film(*other)) is earlier
