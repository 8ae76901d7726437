"""Making an index: from a source, from a list, step by step; whole or not at all."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import BundleError, DataError
from engine.index import (
    LISTS,
    ToIndex,
    begin_index,
    drop_index,
    find_index,
    finish_index,
    from_films,
    index_films,
    index_some,
    open_index,
)
from engine.processes import Worker
from tests.engine.index.drawn_films import drawn, write_pictures


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


# ---------------------------------------------------------------------------- from a source
def test_that_limit_takes_films_evenly_from_the_whole_source(reader, source, index, tmp_path):
    made = open_index(index_films(reader, source, tmp_path / "few", limit=4).folder)
    assert [made.film(number).name for number in range(4)] == [
        index.film(number).name for number in (0, 13, 26, 39)
    ]
    assert made.film(3).content == index.film(39).content


def test_that_another_layer_can_be_searched(reader, source, traces, tmp_path):
    made = open_index(index_films(reader, source, tmp_path / "index", layer=0, limit=6).folder)
    states = np.concatenate(list(traces[0].h[0]), axis=1)
    np.testing.assert_allclose(made.states(0), states, atol=5e-3 * made._scale.max())


def test_that_there_must_be_such_a_layer(reader, source, tmp_path):
    with pytest.raises(BundleError, match="has 2 layers, and no layer 3"):
        index_films(reader, source, tmp_path / "index", layer=2)
    assert names_in(tmp_path) == []


def test_that_films_that_cannot_be_read_are_left_out_one_by_one(reader, tmp_path):
    root = write_pictures(tmp_path / "films", 8)
    (root / "normal" / "000.png").write_bytes(b"no film")
    Image.new("L", (30, 40), 7).save(root / "pneumonia" / "001.png")  # nothing on it
    whole = (root / "normal" / "002.png").read_bytes()
    (root / "normal" / "002.png").write_bytes(whole[: len(whole) // 2])
    found = index_films(reader, root, tmp_path / "index")
    left_out = {one.name: one.reason for one in found.left_out}
    assert {"normal/000.png", "normal/002.png"} <= set(left_out)
    assert all(reason.endswith(".") for reason in left_out.values())
    assert found.films == 8 - len(left_out)
    assert open_index(found.folder).about.refused == len(left_out)


def test_that_without_a_film_there_is_no_index(reader, tmp_path):
    root = write_pictures(tmp_path / "films", 2)
    for path in root.rglob("*.png"):
        path.write_bytes(b"no film")
    with pytest.raises(DataError, match="nothing to index"):
        index_films(reader, root, tmp_path / "index")
    assert names_in(tmp_path) == ["films"]


def test_that_every_frame_of_a_file_is_a_film(reader, tmp_path):
    root = write_pictures(tmp_path / "films", 2)
    frames = [Image.fromarray(drawn(number)) for number in range(3)]
    frames[0].save(root / "normal" / "many.tif", save_all=True, append_images=frames[1:])
    made = open_index(index_films(reader, root, tmp_path / "index").folder)
    found = [made.film(number) for number in range(len(made))]
    assert sorted(film.frame for film in found if film.path.name == "many.tif") == [0, 1, 2]


def test_that_the_same_films_make_the_same_index(reader, source, folder, tmp_path):
    again = index_films(reader, source, tmp_path / "index").folder
    for path in sorted(folder.glob("*.npy")):
        if path.name != "umap.npy":
            assert path.read_bytes() == (again / path.name).read_bytes(), path.name


# ------------------------------------------------------------------------------- from a list
def test_that_a_list_of_films_is_indexed_as_a_folder_is(reader, tmp_path):
    root = write_pictures(tmp_path / "films", 6)
    paths = sorted(root.rglob("*.png"))
    films = [ToIndex(path, 0, path.parent.name) for path in paths]
    one = open_index(from_films(reader, films, tmp_path / "one").folder)
    other = open_index(index_films(reader, root, tmp_path / "other").folder)
    np.testing.assert_array_equal(one.table.states, other.table.states)
    assert [one.film(n).label for n in range(6)] == [other.film(n).label for n in range(6)]


def test_that_a_list_is_indexed_step_by_step_in_another_process(both_ways, reader, tmp_path):
    root = write_pictures(tmp_path / "films", 6)
    (root / "normal" / "000.png").write_bytes(b"no film")
    films = tuple(ToIndex(path) for path in sorted(root.rglob("*.png")))
    with Worker() as worker:
        folder = worker.call(begin_index, both_ways, tmp_path / "index")
        first = worker.call(index_some, folder, films[:3])
        assert (first.films, len(first.left_out)) == (2, 1)
        assert not folder.exists()
        assert worker.call(index_some, folder, films[3:]).films == 5
        summary = worker.call(finish_index, folder)
    assert (summary.films, len(summary.left_out)) == (5, 1)
    assert len(open_index(folder, reader.info)) == 5


def test_that_an_index_that_is_dropped_leaves_nothing_and_no_older_one_goes(
    both_ways, source, tmp_path
):
    older = index_films(both_ways, source, tmp_path / "index", limit=3).folder
    folder = begin_index(both_ways, older)
    drop_index(folder)
    assert names_in(tmp_path) == ["index"]
    assert len(open_index(older)) == 3
    with pytest.raises(DataError, match="Begin it again"):
        finish_index(folder)


def test_that_an_index_that_is_begun_again_forgets_the_first_beginning(both_ways, tmp_path):
    films = [
        ToIndex(path) for path in sorted(write_pictures(tmp_path / "films", 6).rglob("*.png"))
    ]
    folder = begin_index(both_ways, tmp_path / "index")
    index_some(folder, tuple(films[:4]))
    assert begin_index(both_ways, tmp_path / "index") == folder
    index_some(folder, tuple(films[4:]))
    assert finish_index(folder).films == 2


def test_that_an_index_of_no_film_ends_in_a_sentence_and_nothing_else(both_ways, tmp_path):
    folder = begin_index(both_ways, tmp_path / "index")
    left_out = index_some(folder, (ToIndex(tmp_path / "nowhere.png"),)).left_out
    assert [one.name for one in left_out] == ["nowhere.png"]
    for words in ("nothing to index", "Begin it again"):
        with pytest.raises(DataError, match=words):
            finish_index(folder)
    assert names_in(tmp_path) == []


# --------------------------------------------------------------------- whole or not at all
def test_that_an_older_index_stays_until_the_new_one_is_whole(reader, source, tmp_path):
    place = tmp_path / "index"
    index_films(reader, source, place, limit=3)
    with pytest.raises(DataError):
        index_films(reader, tmp_path / "nowhere", place)
    assert len(open_index(place)) == 3
    index_films(reader, source, place, limit=5)
    assert len(open_index(place)) == 5
    assert names_in(tmp_path) == ["index"]


def test_that_an_open_index_can_be_replaced(reader, source, tmp_path):
    place = tmp_path / "index"
    opened = open_index(index_films(reader, source, place, limit=3).folder)
    before = opened.states(2)
    index_films(reader, source, place, limit=5)
    np.testing.assert_array_equal(opened.states(2), before)


def test_that_a_folder_with_other_things_is_never_replaced(reader, source, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(DataError, match="is no index; name another folder"):
        index_films(reader, source, tmp_path / "mine")
    assert names_in(tmp_path / "mine") == ["letter.txt"]


STOPPED = """
import os, signal, sys
from pathlib import Path
import engine
from engine.index import filling
from engine.cli import app

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
add = filling.IndexBuilder.add

def stop_at_the_third(builder, look, known):
    if builder.films == 3:
        assert any(path.name.endswith(".part") for path in builder.folder.parent.iterdir())
        os.kill(os.getpid(), signal.SIGINT)
    return add(builder, look, known)

filling.IndexBuilder.add = stop_at_the_third
app(["index", *sys.argv[1:]])
"""


def test_that_ctrl_c_leaves_nothing(both_ways, source, tmp_path):
    place = tmp_path / "indexes" / "both"
    command = [sys.executable, "-c", STOPPED, str(both_ways), str(source), "-o", str(place)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 130, ended.stderr
    assert "Stopped; nothing was kept." in ended.stderr
    assert not place.exists()
    assert names_in(tmp_path / "indexes") == []


def test_that_what_a_killed_program_left_is_taken_away(reader, source, tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    mine, alive = (tmp_path / f".index.{number}.part" for number in (ended.pid, os.getppid()))
    for folder in (mine, alive, tmp_path / ".index.notes.part"):
        folder.mkdir()
    index_films(reader, source, tmp_path / "index", limit=3)
    assert names_in(tmp_path) == [alive.name, ".index.notes.part", "index"]


# ------------------------------------------------------------------------------- the command
def test_that_the_command_says_what_it_made_and_how_well_it_searches(
    both_ways, source, reader, tmp_path, monkeypatch
):
    monkeypatch.setenv("ROWSCOPE_DATA", str(tmp_path))
    result = CliRunner().invoke(app, ["index", str(both_ways), str(source)])
    assert result.exit_code == 0, result.stderr
    last = result.stdout.strip().splitlines()[-1]
    assert last.startswith("40 films, 320 rows; the search finds 100.0 % of what exact search")
    found = find_index(reader.info)
    size = sum(path.stat().st_size for path in found.iterdir())
    assert f"{size:,}" in result.stdout
    assert f"Wrote {found}" in result.stderr.replace("\n", "")


def test_that_the_command_names_the_films_that_it_left_out(both_ways, tmp_path):
    root = write_pictures(tmp_path / "films", 10)
    for number in range(0, 10, 2):
        (root / "normal" / f"{number:03}.png").write_bytes(b"no film")
    (root / "pneumonia" / "001.png").write_bytes(b"no film")
    given = ["index", str(both_ways), str(root), "-o", str(tmp_path / "index")]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0
    assert "Left out: normal/000.png: " in result.stderr
    assert "Left out: 1 more." in result.stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["no-such-model", "SOURCE"], "no-such-model"),
        (["MODEL", "nowhere.npz"], "nowhere.npz is not there"),
        (["MODEL", "SOURCE", "--layer", "3"], "has 2 layers"),
    ],
)
def test_that_the_command_says_in_one_sentence_what_is_wrong(
    both_ways, source, tmp_path, given, words
):
    known = {"MODEL": str(both_ways), "SOURCE": str(source)}
    result = CliRunner().invoke(
        app, ["index", *(known.get(one, one) for one in given), "-o", str(tmp_path / "index")]
    )
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert names_in(tmp_path) == []


# ----------------------------------------------------------------------- without packages
def test_that_many_rows_without_faiss_end_in_one_sentence_before_films_are_read(
    reader, source, tmp_path, monkeypatch
):
    monkeypatch.setattr("engine.index.lists.find_spec", lambda _: None)
    monkeypatch.setattr("engine.index.filling.EXACT_ROWS", 100)
    with pytest.raises(DataError, match=r"rowscope\[index\]"):
        index_films(reader, source, tmp_path / "index")
    assert names_in(tmp_path) == []


def test_that_few_rows_need_no_faiss(reader, source, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "faiss", None)
    found = index_films(reader, source, tmp_path / "index", limit=5)
    assert found.recall_rows == 1.0


def test_that_an_index_with_lists_is_searched_as_one_without(
    reader, source, index, tmp_path, monkeypatch
):
    pytest.importorskip("faiss")
    monkeypatch.setattr("engine.index.filling.EXACT_ROWS", 100)
    made = open_index(index_films(reader, source, tmp_path / "index").folder)
    assert made.about.lists == 16
    states = index.states(8, 2, 5)
    by_lists, right = made.search(states, 12), index.search(states, 12)
    assert [(one.film, one.first) for one in by_lists] == [(one.film, one.first) for one in right]
    assert made.search(states, 12, exact=True) == right


@pytest.fixture
def with_lists(reader, source, tmp_path, monkeypatch):
    pytest.importorskip("faiss")
    monkeypatch.setattr("engine.index.filling.EXACT_ROWS", 100)
    return index_films(reader, source, tmp_path / "index").folder


def test_that_lists_that_are_cut_off_or_of_other_states_are_refused(with_lists):
    path = with_lists / LISTS
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole + b"\0", b"", None):
        path.unlink() if damaged is None else path.write_bytes(damaged)
        with pytest.raises(DataError, match=r"damaged \(lists.bin\)"):
            open_index(with_lists)
    path.write_bytes(whole)
    sizes = np.load(with_lists / "list_sizes.npy")
    for change in ((0, sizes.sum() + 1), (0, -1)):
        wrong = sizes.copy()
        wrong[change[0]] = change[1]
        np.save(with_lists / "list_sizes.npy", wrong)
        with pytest.raises(DataError, match=r"damaged \(list_sizes.npy\)"):
            open_index(with_lists)


def test_that_lists_full_of_nonsense_find_nothing_that_is_not_there(with_lists):
    path = with_lists / LISTS
    path.write_bytes(np.random.default_rng(0).bytes(path.stat().st_size))
    opened = open_index(with_lists)
    for match in opened.search(opened.states(0, 0, 2)):
        assert 0 <= match.film < 40
        assert np.isfinite(match.distance)


def test_that_an_index_that_was_made_again_before_its_first_search_says_so(
    with_lists, reader, source
):
    opened = open_index(with_lists)
    index_films(reader, source, with_lists, limit=30)
    with pytest.raises(DataError, match="open it again"):
        opened.search(opened.states(0, 0, 2))


def test_that_nothing_of_it_loads_torch_or_faiss_to_open(folder):
    words = (
        "import sys, engine.index as i;"
        f"x = i.open_index({str(folder)!r}); x.film(0), x.unit(0, 0, 0), x.cloud;"
        "x.search(x.states(0, 0, 2));"
        "i.begin_index, i.index_some;"
        "print([n for n in ('torch', 'faiss', 'umap', 'pydicom', 'PIL') if n in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_that_a_folder_without_folders_of_classes_says_what_is_missing(reader, tmp_path):
    Image.fromarray(np.zeros((9, 9), np.uint8)).save(tmp_path / "film.png")
    with pytest.raises(DataError, match=r"no readable film.*in no folder of a class"):
        index_films(reader, tmp_path, tmp_path / "index")
