"""What an index keeps of films, units and the cloud, and what it refuses to open."""

import json
import shutil

import numpy as np
import pytest

from engine.calibration import softmax
from engine.errors import DataError
from engine.imaging import film_key, thumbnail
from engine.index import ABOUT, References, find_index, index_films, indexes_folder, open_index
from tests.engine.index.drawn_films import drawn, every_unit, write_pictures


# ---------------------------------------------------------------------------------- films
def test_that_a_film_is_kept_with_label_answer_and_edges(index, traces, source, reader):
    film, trace = index.film(3), traces[3]
    assert (film.path, film.label, film.frame) == (source, "pneumonia", 0)
    assert film.steps == trace.h.shape[2]
    np.testing.assert_allclose(film.answer, softmax(trace.logits.astype(float)), atol=1e-6)
    by_row = softmax(trace.by_row.astype(float))[:, reader.info.positive]
    np.testing.assert_allclose(film.by_row, by_row, atol=5e-4)  # 16 bits below 1
    np.testing.assert_allclose(film.edges, trace.edges)
    assert film.target == 1


def test_that_a_film_of_a_file_is_known_by_what_it_holds(reader, tmp_path):
    from engine.imaging import read_frame, read_image

    root = write_pictures(tmp_path / "films", 6)
    made = open_index(index_films(reader, root, tmp_path / "index").folder)
    names = {made.film(number).name: number for number in range(6)}
    path = root / "pneumonia" / "003.png"
    frame = read_frame(read_image(path))
    film = made.film(names["pneumonia/003.png"])
    assert film.content == film_key(frame)
    assert film.path == path
    assert made.film_with(film.content) == names["pneumonia/003.png"]
    np.testing.assert_array_equal(made.thumbnail(names["pneumonia/003.png"]), thumbnail(frame, 40))
    trace = reader.trace(path)
    states = np.concatenate(list(trace.h[-1]), axis=1)
    np.testing.assert_allclose(
        made.states(names["pneumonia/003.png"]), states, atol=5e-3 * made._scale.max()
    )


def test_that_a_thumbnail_is_small(reader, tmp_path):
    np.savez(tmp_path / "a.npz", images=np.stack([drawn(1).repeat(5, 0)] * 2), labels=[0, 1])
    made = open_index(index_films(reader, tmp_path / "a.npz", tmp_path / "index").folder)
    assert made.thumbnail(1).shape == (96, 14)
    assert made.thumbnail(1).dtype == np.uint8


def test_that_there_is_no_film_behind_the_last(index):
    for ask in (index.film, index.thumbnail):
        with pytest.raises(IndexError):
            ask(len(index))


def test_that_nothing_tells_whose_film_it_is(reader, tmp_path):
    root = write_pictures(tmp_path / "films", 4)
    folder = index_films(reader, root, tmp_path / "index").folder
    kept = set(json.loads((folder / ABOUT).read_text()))
    assert not kept & {"patient", "patients", "name", "names"}
    assert not any("patient" in path.name for path in folder.iterdir())


# ---------------------------------------------------------------------------------- units
def test_that_every_unit_has_the_histogram_of_all_its_states(index, traces):
    for layer, direction, unit in every_unit(index):
        states = np.concatenate([trace.h[layer, direction, :, unit] for trace in traces])
        found = index.unit(layer, direction, unit)
        counts, _ = np.histogram(states.astype(float), found.edges)
        np.testing.assert_array_equal(found.counts, counts)
        assert found.counts.sum() == index.about.rows
        assert found.mean == pytest.approx(states.mean(dtype=float), abs=1e-9)
        assert found.std == pytest.approx(states.std(dtype=float), abs=1e-7)


def test_that_a_unit_has_the_films_that_drive_it_most(index, traces):
    for layer, direction, unit in every_unit(index):
        states = np.stack([trace.h[layer, direction, :, unit] for trace in traces])  # (F, L)
        found = index.unit(layer, direction, unit)
        for peaks, best in ((found.highest, states.max(1)), (found.lowest, -states.min(1))):
            assert len(peaks) == 16
            assert [peak.film for peak in peaks] == list(np.argsort(-best, kind="stable")[:16])
            for peak in peaks:
                assert states[peak.film, peak.step] == peak.value


def test_that_the_last_layer_can_be_called_minus_one(index):
    assert index.unit(-1, 0, 2).mean == index.unit(index.about.layers - 1, 0, 2).mean


def test_that_a_histogram_reaches_as_far_as_its_unit_and_no_more_than_twice_that():
    rng = np.random.default_rng(0)
    found, scales = References(1, 1, 3), np.array([0.01, 0.7, 300.0])
    films = [rng.normal(size=(1, 1, 50, 3)).astype(np.float32) * scales for _ in range(100)]
    for number, film in enumerate(films):
        found.add(film.astype(np.float32), number)
    largest = np.abs(np.concatenate(films, axis=2)).max(axis=2)
    assert (found.reach >= largest).all()
    assert (found.reach < 2 * np.maximum(largest, 2.0**-7)).all()
    assert (found.counts.sum(axis=-1) == 5000).all()


# ---------------------------------------------------------------------------------- cloud
def test_that_the_cloud_lies_on_the_axes_of_most_variance(index, traces):
    states = np.concatenate([index.standardised(trace.h[-1]) for trace in traces])
    values = np.linalg.svd(states - states.mean(axis=0), compute_uv=False) ** 2
    np.testing.assert_allclose(index.cloud.share, values[:2] / values.sum(), atol=1e-3)
    np.testing.assert_allclose(index.cloud.points.var(axis=0), values[:2] / len(states), rtol=0.01)


def test_that_a_row_is_projected_where_its_point_lies(index, traces):
    cloud = index.cloud
    assert len(cloud.points) == index.about.rows  # fewer than 20,000
    for point in (0, 17, 200):
        trace = traces[cloud.film[point]]
        h = trace.h[-1, :, cloud.step[point]][:, None]  # (D, 1, H)
        np.testing.assert_allclose(index.project(h)[0], cloud.points[point], atol=0.02)


def test_that_umap_is_made_once_and_kept(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("NUMBA_OPT", "0")  # 320 points take a moment, compiling for them seconds
    pytest.importorskip("umap")
    made, told = open_index(shutil.copytree(folder, tmp_path / "index")), []
    assert not made.has_umap
    cloud = made.umap(told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 5
    assert not capsys.readouterr().out
    assert cloud.points.shape == made.cloud.points.shape
    assert np.isnan(cloud.share).all()
    assert made.has_umap
    np.testing.assert_array_equal(open_index(made.folder).umap().points, cloud.points)


def test_that_a_known_row_is_placed_at_its_own_point(index, traces):
    cloud = index.cloud
    for point in (3, 90):
        h = traces[cloud.film[point]].h[-1, :, cloud.step[point]][:, None]
        near = np.linalg.norm(index.place(h, cloud)[0] - cloud.points[point])
        assert near < 0.2 * np.linalg.norm(cloud.points.std(axis=0))


# ----------------------------------------------------------------------- what is refused
@pytest.fixture
def own(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "own")


def test_that_every_file_that_is_missing_or_cut_off_is_named(own):
    for path in sorted(own.glob("*.npy")):
        whole = path.read_bytes()
        for damaged in (None, b"", whole[:-1], whole + b"\0", b"x" * len(whole)):
            path.unlink() if damaged is None else path.write_bytes(damaged)
            with pytest.raises(DataError, match=rf"damaged \({path.name}\)"):
                open_index(own)
            path.write_bytes(whole)
    assert len(open_index(own)) == 40


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("first", 3, 10**9),
        ("first", 3, -1),
        ("first", 0, 1),
        ("word_ends", 5, 10**9),
        ("word_ends", -1, 0),
        ("picture_ends", 2, -7),
        ("picture_sizes", (0, 0), 10**6),
        ("target", 0, 2),
        ("peak_films", (0, 0, 0, 0, 0), 40),
        ("sample", -1, 10**9),
    ],
)
def test_that_a_number_that_leads_out_of_the_index_is_refused(own, name, place, value):
    array = np.load(own / f"{name}.npy")
    array[place] = value
    np.save(own / f"{name}.npy", array)
    with pytest.raises(DataError, match="is damaged"):
        open_index(own)


@pytest.mark.parametrize(
    "change",
    [
        {"films": 41},
        {"rows": 0},
        {"rows": "many"},
        {"classes": "no"},
        {"layer": 7},
        {"hidden": 7},
        {"sha256": None},
        {"more": 1},
    ],
)
def test_that_a_description_that_does_not_fit_is_refused(own, change):
    values = json.loads((own / ABOUT).read_text())
    (own / ABOUT).write_text(json.dumps(values | change))
    with pytest.raises(DataError, match="is damaged"):
        open_index(own)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": []}', "[" * 100_000, "\0"])
def test_that_a_description_that_is_none_is_refused(own, text):
    (own / ABOUT).write_text(text)
    with pytest.raises(DataError, match="make it again"):
        open_index(own)


def test_that_another_format_is_said(own):
    values = json.loads((own / ABOUT).read_text())
    (own / ABOUT).write_text(json.dumps(values | {"format": 99}))
    with pytest.raises(DataError, match="is of format 99, and this program reads format 1"):
        open_index(own)


def test_that_a_folder_without_an_index_says_how_to_make_one(tmp_path):
    with pytest.raises(DataError, match="rowscope-engine index MODEL FILMS"):
        open_index(tmp_path)


# ------------------------------------------------------------------------- whose index
def test_that_an_index_of_other_weights_is_refused(folder, tiny_bundle, reader):
    import engine

    other = engine.load(tiny_bundle, "cpu").info
    with pytest.raises(DataError, match="made with other weights"):
        open_index(folder, other)
    assert open_index(folder, reader.info).about.sha256 == reader.info.sha256


def test_that_only_an_index_of_the_same_weights_is_found(
    folder, tiny_bundle, reader, tmp_path, monkeypatch
):
    import engine

    monkeypatch.setenv("ROWSCOPE_DATA", str(tmp_path))
    assert find_index(reader.info) is None
    shutil.copytree(folder, indexes_folder() / "any name")
    (indexes_folder() / "not one").mkdir()
    assert find_index(reader.info) == tmp_path / "indexes" / "any name"
    assert find_index(engine.load(tiny_bundle, "cpu").info) is None
