"""Annotations come back as they were made, for the film that they were made on."""

from dataclasses import replace

import pytest

from engine.annotations import KINDS, Annotation
from engine.records import AnnotationTable, Store

FILM = ("1.2.840.1", 0)
KINDS_AND_POINTS = [(kind, count or 5) for kind, count in KINDS.items()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "records.sqlite"


@pytest.fixture
def table(path):
    store = Store(path)
    yield AnnotationTable(store)
    store.close()


def made(key, kind="length", count=2, **others):
    points = tuple((0.1 + n, 1 / 3 + n) for n in range(count))
    return Annotation(key, kind, points, made=f"2026-11-29T14:02:{key:0>2}.000Z", **others)


def again(path, subject=FILM):
    store = Store(path)
    try:
        return AnnotationTable(store).of(subject)
    finally:
        store.close()


@pytest.mark.parametrize(("kind", "count"), KINDS_AND_POINTS)
def test_that_each_kind_is_there_again_to_the_last_digit(table, path, kind, count):
    one = made("1", kind, count, name="心影 横径", text="see “here”; DROP TABLE", number=3)
    table.change(FILM, put=[one])
    assert again(path) == (one,)


def test_that_annotations_belong_to_one_frame_of_one_film(table):
    table.change(FILM, put=[made("1")])
    table.change((FILM[0], 4), put=[made("2")])
    table.change(("a hash", 0), put=[made("3")])
    assert [[one.id for one in table.of(film)] for film in (FILM, (FILM[0], 4), ("x", 0))] == [
        ["1"],
        ["2"],
        [],
    ]
    assert table.frames(FILM[0]) == (0, 4)


def test_that_they_come_in_the_order_in_which_they_were_made(table):
    for key in ("3", "1", "2"):
        table.change(FILM, put=[made(key)])
    assert [one.id for one in table.of(FILM)] == ["1", "2", "3"]


def test_that_one_that_is_put_again_is_changed_and_keeps_its_time(table, path):
    table.change(FILM, put=[made("1"), made("2")])
    moved = replace(made("1"), points=((5.0, 5.0), (6.0, 6.0)), name="heart")
    table.change(FILM, put=[replace(moved, made="2030")])
    assert again(path) == (moved, made("2"))


def test_that_one_step_takes_away_and_puts(table, path):
    table.change(FILM, put=[made("1"), made("2")])
    table.change(FILM, gone=["1", "never there"], put=[made("3")])
    assert [one.id for one in again(path)] == ["2", "3"]


@pytest.mark.parametrize(
    "points", ["", "[[1]]", "[[1,2]]", '["ab","cd"]', "[[1e99,0],[1,1]]", "7"]
)
def test_that_a_row_that_another_hand_has_spoiled_is_left_out_and_stays(path, points):
    store = Store(path)
    table = AnnotationTable(store)
    table.change(FILM, put=[made("1"), made("2")])
    with store.transaction() as sql:
        sql.execute("UPDATE annotations SET points = ? WHERE id = '1'", (points,))
    assert [one.id for one in table.of(FILM)] == ["2"]
    with store.transaction() as sql:
        assert sql.execute("SELECT count(*) FROM annotations").fetchone() == (2,)
    store.close()


def test_that_the_file_holds_no_column_for_a_patient(table, path):
    table.change(FILM, put=[made("1")])
    store = Store(path)
    with store.transaction() as sql:
        columns = {row[1] for row in sql.execute("PRAGMA table_info(annotations)")}
    store.close()
    assert columns == {
        "id", "film", "frame", "kind", "number", "points", "name", "text", "made",
    }  # fmt: skip
