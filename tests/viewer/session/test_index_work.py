"""Making an index of the list, or a map, is seen to go on, can be ended, and says what it left."""

from pathlib import Path

import pytest

from engine import DataError
from engine.index import BuiltIndex, LeftOut, SoFar
from tests.viewer import film_values as made, index_values
from tests.viewer.film_values import heard
from viewer.session import index_work as module
from viewer.session.index_work import IndexWork, Working, labelled, labels_of

FOLDER = Path("/indexes/one-list")


class Making:
    """What a process makes of films: one of each batch cannot be read."""

    def __init__(self, monkeypatch):
        self.calls, self.fails = [], None
        for name in ("begin_index", "index_some", "finish_index", "drop_index", "map_index"):
            monkeypatch.setattr(module.indexes, name, getattr(self, name))

    def begin_index(self, model, folder, *, films):
        self.calls.append(("begin", model, folder.name, films))
        if self.fails is not None:
            raise self.fails
        return FOLDER

    def index_some(self, folder, films):
        self.calls.append(("some", folder, len(films)))
        return SoFar(len(films) - 1, 100, (LeftOut(films[0].path.name, "It is bad."),))

    def finish_index(self, folder):
        self.calls.append(("finish", folder))
        nothing = dict.fromkeys(BuiltIndex.__annotations__, 0)
        return BuiltIndex(**(nothing | {"folder": folder, "films": 18}))

    def drop_index(self, folder):
        self.calls.append(("drop", folder))

    def map_index(self, folder, report):
        self.calls.append(("map", folder))
        report.write_text("40 %", encoding="utf-8")
        return index_values.cloud("umap")


@pytest.fixture
def making(engine, monkeypatch):
    return Making(monkeypatch)


@pytest.fixture
def work(qtbot, making):
    result = IndexWork()
    yield result
    result.close()


FILMS = labelled(tuple(Path(f"/films/{place}.png") for place in range(20)))


def test_that_folders_are_labels_where_there_are_several():
    films = labelled((Path("/x/ill/1.png"), Path("/x/well/2.png"), Path("/x/ill/3.png")))
    assert [film.label for film in films] == ["ill", "well", "ill"]
    assert labels_of(films) == ("ill", "well")


def test_that_one_folder_is_no_label():
    films = labelled((Path("/x/ill/1.png"), Path("/x/ill/2.png")))
    assert [film.label for film in films] == ["", ""]
    assert labels_of(films) == ()


def test_that_films_are_read_a_few_at_a_time(work, making, qtbot):
    said = heard(work.working)
    with qtbot.waitSignal(work.made) as made_:
        work.index_list(made.model(), FILMS)
    assert [call[0] for call in making.calls] == ["begin", "some", "some", "some", "finish"]
    assert making.calls[0] == ("begin", Path("one"), "one-list", 20)
    assert [call[2] for call in making.calls[1:4]] == [8, 8, 4]
    shares = [one.share for (one,) in said if one is not None]
    assert shares == [None, 0, 40, 80, 100]
    assert made_.args[0].left_out == tuple(f"{place}.png: It is bad." for place in (0, 8, 16))


def test_that_work_ends_with_its_last_word(work, qtbot):
    with qtbot.waitSignal(work.idle):
        work.index_list(made.model(), FILMS)
    assert (work.busy, work.now) == (False, None)


def test_that_a_cancelled_index_is_dropped_by_its_process(work, making, qtbot):
    done = heard(work.made)
    work.working.connect(lambda now: work.cancel() if now == Working("list", 40) else None)
    with qtbot.waitSignal(work.idle):
        work.index_list(made.model(), FILMS)
    qtbot.waitUntil(lambda: ("drop", FOLDER) in making.calls)
    assert "finish" not in [call[0] for call in making.calls]
    assert (done, work.busy) == ([], False)


def test_that_an_index_that_cannot_begin_says_why(work, making, qtbot):
    making.fails = DataError("Faiss is not installed.")
    with qtbot.waitSignal(work.failed) as failed:
        work.index_list(made.model(), FILMS)
    assert failed.args == [making.fails]
    assert not work.busy


def test_that_a_map_is_handed_on_with_its_index(work, qtbot):
    with qtbot.waitSignal(work.mapped) as mapped:
        work.map(FOLDER)
    assert mapped.args[0] == FOLDER
    assert mapped.args[1].kind == "umap"


def test_that_newer_work_takes_the_place_of_older(work, qtbot):
    maps = heard(work.mapped)
    work.map(FOLDER)
    with qtbot.waitSignal(work.made):
        work.index_list(made.model(), FILMS)
    assert maps == []
