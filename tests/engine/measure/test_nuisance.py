"""Changes that mean nothing: what they do to a film, and to networks that do and do not mind."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from engine.films import Films, FolderLayout
from engine.measure import (
    PLACES,
    TONES,
    FilmAnswerer,
    Framing,
    at_threshold,
    changes_for,
    drawn_films,
    nuisance_of,
    seen,
    shape_figures,
    shape_told,
)
from engine.preparation import frame_of
from engine.types import InputFormat
from engine.words import Sentence

SIZE = 20
FORMAT = InputFormat(SIZE, SIZE, "full-range")
WHERE = Sentence("source.films", films=40, data="a test")


class Reads(torch.nn.Module):
    """A network whose log-odds are a function of the film (M, W)."""

    def __init__(self, odds):
        super().__init__()
        self.odds, self.config = odds, SimpleNamespace(classes=2, rows=SIZE, columns=SIZE)
        self.place = torch.nn.Parameter(torch.zeros(1))

    def forward(self, rows, lengths=None):
        heights = [rows.shape[1]] * len(rows) if lengths is None else lengths.tolist()
        found = [self.odds(film[:height]) for film, height in zip(rows, heights, strict=True)]
        odds = torch.stack([torch.as_tensor(one, dtype=torch.float32) for one in found])
        return torch.stack([torch.zeros_like(odds), odds], dim=1)


def brightness(film):
    """The middle is bright or dark, whatever lies around it."""
    return 40 * (film[8:12, 8:12].mean() - 0.5)


def width(film):
    """How wide the bright disc is against its height."""
    bright = film > 0.5 * (film.max() + film.min())
    across, down = (float(bright.any(dim=axis).sum()) for axis in (0, 1))
    return 12 * (across / max(down, 1.0) - 1.0)


def height(film):
    return float(len(film) - SIZE)


def reader(odds, fmt=FORMAT):
    return FilmAnswerer(Reads(odds).eval(), fmt, 1, 0.5)


def films(count=40, aspects=None):
    """Films with a plain ground and a disc that is bright in every second one."""
    rng, labels = np.random.default_rng(0), np.arange(count) % 2
    y, x = np.mgrid[:SIZE, :SIZE] - (SIZE - 1) / 2
    disc = (x**2 + y**2 < 30)[None] * (labels[:, None, None] - 0.5) * 0.6
    rows = 0.5 + disc + rng.normal(0, 0.01, (count, SIZE, SIZE))
    names = np.array([f"{number:03}" for number in range(count)])
    return Films(
        rows=np.clip(rows, 0, 1).astype(np.float16),
        labels=labels.astype(np.int64),
        splits=np.full(count, "test"),
        patients=names,
        names=names,
        findings=np.full((count, 2), np.nan),
        aspects=np.empty(0) if aspects is None else aspects,
    )


def frame(values=None):
    grey = np.linspace(0, 1, SIZE * SIZE).reshape(SIZE, SIZE) if values is None else values
    return frame_of(np.asarray(grey, np.float32), value_range=(0, 1))


def change(found, name):
    (one,) = (one for one in found.changes if one.name == name)
    return one


# ---------------------------------------------------------------------------- the changes
def test_that_all_of_a_film_seen_as_it_is_is_the_film():
    np.testing.assert_array_equal(seen(frame(), Framing()).values, frame().values)


def test_that_a_crop_is_what_lies_inside():
    cropped = seen(frame(), PLACES["cropped-much"])
    np.testing.assert_allclose(cropped.values, frame().values[2:-2, 2:-2], atol=1e-6)
    assert (cropped.image.rows, cropped.image.columns) == (16, 16)


def test_that_a_frame_is_as_dark_or_as_light_as_the_film_and_no_more():
    for name, value in (("dark-frame", 0.0), ("light-frame", 1.0)):
        framed = seen(frame(), PLACES[name]).values
        assert framed.shape == (22, 22)
        assert set(np.concatenate((framed[0], framed[-1], framed[:, 0], framed[:, -1]))) == {value}
        np.testing.assert_allclose(framed[1:-1, 1:-1], frame().values, atol=1e-6)


def test_that_the_dark_frame_of_an_inverted_film_looks_dark():
    given = frame()
    inverted = replace(given, image=replace(given.image, photometric="MONOCHROME1"))
    assert inverted.image.inverted
    assert seen(inverted, PLACES["dark-frame"]).values[0, 0] == 1.0


def test_that_a_shift_moves_a_film_and_its_edge_goes_on():
    moved = seen(frame(), PLACES["shifted-left"]).values
    np.testing.assert_allclose(moved[:, :-1], frame().values[:, 1:], atol=1e-6)
    np.testing.assert_allclose(moved[:, -1], frame().values[:, -1], atol=1e-6)


def test_that_a_stretched_file_holds_the_same_film_in_more_columns():
    wider = seen(frame(), PLACES["wider"])
    assert wider.values.shape == (SIZE, 24)
    assert wider.image.columns == 24
    np.testing.assert_allclose(wider.values.mean(axis=1), frame().values.mean(axis=1), atol=1e-3)


def test_that_padding_stays_padding():
    valid = np.ones((SIZE, SIZE), bool)
    valid[:, :4] = False
    given = replace(frame(), valid=valid)
    assert not seen(given, PLACES["shifted-right"]).valid[:, :5].any()
    assert seen(given, PLACES["dark-frame"]).valid[0].all()  # a frame is burnt in


def test_that_blur_smooths_and_compression_keeps_blocks_without_their_finest_waves():
    values = np.full((200, 200), 0.5) + 0.02 * (-1.0) ** np.add.outer(range(200), range(200))
    values[:8, :8], values[8:16, :8] = 0.0, 1.0  # black and white, so that greys are greys
    fine, blurred, compressed = (
        made[16:, 16:]
        for made in (values, *(TONES[n](frame(values)).values for n in ("blurred", "compressed")))
    )
    assert fine.std() > 0.019
    assert blurred.std() < 0.9 * fine.std()
    assert compressed.std() < 0.005
    assert compressed.mean() == pytest.approx(0.5, abs=0.01)


def test_that_a_reader_of_ranks_is_asked_for_no_tones():
    names = set(changes_for(FORMAT)) - set(changes_for(replace(FORMAT, intensity="rank")))
    assert names == {"brighter", "darker", "gamma-up", "gamma-down"}


def test_that_patients_are_drawn_and_not_films():
    patients = np.repeat(np.arange(50).astype(str), 4)
    drawn = drawn_films(patients, most=40, seed=3)
    assert len(drawn) == 40
    assert np.array_equal(drawn, np.sort(drawn))
    assert len(set(patients[drawn])) == 10
    assert not np.array_equal(drawn, drawn_films(patients, most=40, seed=4))


# ---------------------------------------------------------------------------- the answers
def test_that_a_network_that_looks_at_the_middle_minds_nothing():
    found = nuisance_of(reader(brightness), films(), where=WHERE)
    assert found.area
    assert found.as_read.value == 1.0
    quiet = {one.name for one in found.changes if one.moved.value < 0.05}
    assert {"wider", "cropped-little", "shifted-up", "dark-frame", "blurred"} <= quiet
    assert max(change(found, name).crossed.value for name in quiet) == 0.0


def test_that_a_network_that_reads_shape_is_found_out():
    found = nuisance_of(reader(width), films(60), where=WHERE)
    assert found.worst_moved.name in {"wider-inside", "higher-inside"}
    assert found.worst_moved.moved.low > 0.1
    assert change(found, "wider").moved.value < 0.02  # a reader that draws all films out alike
    order = [one.moved.value for one in found.changes]
    assert order == sorted(order, reverse=True)


def test_that_a_network_that_reads_the_height_of_files_is_found_out_where_shapes_are_kept():
    keeping = replace(FORMAT, aspect="keep")
    found = nuisance_of(reader(height, keeping), films(), where=WHERE)
    assert {found.changes[0].name, found.changes[1].name} == {"wider", "higher"}
    assert found.changes[0].moved.value > 0.4
    assert change(found, "cropped-little").moved.value == 0.0


def test_that_brightness_at_the_threshold_crosses_it():
    found = nuisance_of(
        reader(lambda film: 200 * (film[:4, :4].mean() - 0.51)), films(), where=WHERE
    )
    assert found.worst_crossed.crossed.value == 1.0
    assert change(found, "brighter").crossed.value == 1.0
    assert change(found, "cropped-little").crossed.value == 0.0


def test_that_films_that_are_read_no_more_are_counted_and_in_no_figure():
    low = replace(FORMAT, aspect="keep", rows=5)  # a film may be as high as wide, and no higher
    kept = replace(films(), heights=np.where(np.arange(40) < 20, SIZE, 16))
    found = nuisance_of(reader(lambda film: film.mean(), low), kept, where=WHERE)
    assert (change(found, "higher").refused, change(found, "higher").moved.films) == (20, 20)
    assert (change(found, "wider").refused, change(found, "wider").moved.films) == (0, 40)


def test_that_a_plain_choice_is_measured_by_its_right_answers():
    one = replace(reader(brightness), positive=None)
    found = nuisance_of(one, films(), where=WHERE)
    assert not found.area
    assert found.as_read.value == 1.0


def test_that_some_of_many_films_are_read_and_it_says_so():
    found = nuisance_of(reader(brightness), films(), where=WHERE, most=20)
    assert found.as_read.films == 20
    assert str(found.source) == "20 of 40 films of a test"
    assert nuisance_of(reader(brightness), films().take(np.arange(0)), where=WHERE) is None


def test_that_films_are_changed_as_their_file_holds_them(tmp_path):
    rng, labels = np.random.default_rng(0), np.arange(12) % 2
    images = rng.integers(90, 160, (12, 40, 30), dtype=np.uint8)
    images[labels == 1, 14:26, 10:20] += 80
    np.savez(tmp_path / "films.npz", images=images, labels=labels)
    layout = FolderLayout(FORMAT, ("a", "b"))
    from engine.films import read_films

    read = read_films(tmp_path / "films.npz", layout)
    asked = []
    one = reader(lambda film: asked.append(film.shape) or brightness(film))
    found = nuisance_of(one, read, where=WHERE, source=(tmp_path / "films.npz", layout))
    assert found.stored
    assert found.as_read.films == 12
    assert set(asked) == {(SIZE, SIZE)}


def test_that_a_large_film_is_coarser_before_it_is_changed_and_read_as_before():
    from engine.measure.nuisance import alone

    large = frame(np.random.default_rng(0).random((1030, 2060)))
    made = alone(large, FORMAT)
    assert made.values.shape == (206, 412)
    assert made.values.mean() == pytest.approx(large.values.mean(), abs=1e-3)


# -------------------------------------------------------------- threshold and calibration
def test_that_threshold_and_calibration_are_those_of_the_films():
    present = np.repeat([True, False], [40, 60])
    scores = np.where(present, 0.9, 0.1)
    scores[:4], scores[40:55] = 0.3, 0.6  # missed; falsely found
    patients = np.arange(100).astype(str)
    found = at_threshold(scores, present, patients, threshold=0.5)
    assert (found.sensitivity.value, found.specificity.value) == (0.9, 0.75)
    assert (found.sensitivity.films, found.specificity.films) == (40, 60)
    off = [0.45 * 0.1, 0.05 * 0.7, 0.125 * 0.6, 0.375 * 0.1]  # both kinds weigh the same
    assert found.calibration_error.value == pytest.approx(sum(off), abs=1e-9)
    assert found.calibration_error.low < sum(off) < found.calibration_error.high
    stricter = at_threshold(scores, present, patients, threshold=0.61)
    assert (stricter.sensitivity.value, stricter.specificity.value) == (0.9, 1.0)


def test_that_films_of_one_kind_have_no_threshold_to_hold():
    alike, patients = np.full(9, 0.4), np.arange(9).astype(str)
    assert at_threshold(alike, np.ones(9, np.bool_), patients, threshold=0.5) is None


def test_that_the_worst_shift_is_named():
    """Brightness alone: darker films are missed, brighter ones falsely found."""
    found = nuisance_of(reader(brightness), films(), where=WHERE)
    assert found.threshold.sensitivity.value == found.threshold.specificity.value == 1.0
    exact = reader(lambda film: 900 * (film[8:12, 8:12].mean() - 0.782))
    moved = nuisance_of(exact, films(), where=WHERE)
    name, worst = moved.worst_shift("sensitivity")
    assert (name, worst.value) == ("darker", 0.0)
    assert change(moved, "darker").threshold.specificity.value == 1.0
    assert moved.worst_shift("calibration_error")[1].value >= 0.4
    assert dict(moved.shifts).keys() == {one.name for one in moved.changes}


def test_that_without_a_finding_no_threshold_is_held():
    plain = replace(reader(brightness), positive=None)
    found = nuisance_of(plain, films(), where=WHERE)
    assert (found.threshold, found.shifts, found.worst_shift("sensitivity")) == (None, (), None)


# ------------------------------------------------------------------------------- the shape
def shaped(count=400, told=1.0, seed=0):
    """Truth, shapes that tell it, and scores that follow the shape alone."""
    rng = np.random.default_rng(seed)
    present = rng.random(count) < 0.5
    aspects = 1.2 - 0.1 * told * present + rng.normal(0, 0.1, count)
    return present, aspects, np.arange(count).astype(str)


def test_that_answers_from_shape_are_none_among_films_of_one_shape():
    present, aspects, patients = shaped()
    found = shape_figures(present, -aspects, aspects, patients)
    assert found.alone.value == found.answers.value > 0.7
    assert found.matched.value < 0.6
    assert found.matched.low < 0.55
    assert found.groups == 10


def test_that_a_threshold_on_shape_fails_where_shape_points_the_wrong_way():
    present, aspects, patients = shaped()
    scores = 1 / (1 + np.exp(20 * (aspects - 1.15)))
    found = shape_figures(present, scores, aspects, patients, threshold=0.5)
    assert found.against.sensitivity.value < 0.2
    assert found.against.specificity.value < 0.2
    wide = shape_figures(~present, 1 - scores, aspects, patients, threshold=0.5)
    assert wide.against.sensitivity.value < 0.2
    exact = shape_figures(present, present * 0.8 + 0.1, aspects, patients, threshold=0.5)
    assert (exact.against.sensitivity.value, exact.against.specificity.value) == (1.0, 1.0)
    assert shape_figures(present, scores, aspects, patients).against is None


def test_that_answers_from_something_else_are_as_good_among_films_of_one_shape():
    present, aspects, patients = shaped()
    scores = present + np.random.default_rng(1).normal(0, 0.7, len(present))
    found = shape_figures(present, scores, aspects, patients)
    assert found.matched.value == pytest.approx(found.answers.value, abs=0.03)
    assert found.matched.value > found.alone.value


def test_that_shape_is_told_where_it_is_known_and_a_finding_is_asked_for():
    given = films(aspects=np.where(np.arange(40) < 30, np.linspace(1, 1.5, 40), np.nan))
    found = shape_told(np.linspace(0, 1, 40), given, 1)
    assert found.alone.films == 30
    assert shape_told(np.linspace(0, 1, 40), given, None) is None
    assert shape_told(np.linspace(0, 1, 40), films(), 1) is None


def test_that_films_are_read_at_the_shape_that_they_had():
    keeping = replace(FORMAT, aspect="keep")
    given = films(aspects=np.full(40, 1.25))
    found = nuisance_of(reader(height, keeping), given, where=WHERE)
    assert change(found, "native").moved.value > 0.4
    unknown = nuisance_of(reader(height, keeping), films(), where=WHERE)
    assert "native" not in {one.name for one in unknown.changes}
