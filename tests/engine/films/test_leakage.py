"""Films and patients in two splits."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.errors import DataError
from engine.films import NEAR, check_leakage, find_leaks, thumbnails
from engine.phantoms import PhantomSpec, draw_phantom
from engine.sequence import to_sequence
from engine.types import Frame, FrameHeader, Image as Header, InputFormat
from tests.engine.written_films import films_of

FORMAT = InputFormat(64, 64, "rank")


def rows_of(values):
    """Model rows of grey values (R, C), as of a film in a PNG file."""
    values = np.asarray(values, np.float32)
    header = Header(
        path=None, format="PNG", encoding="", frame_count=1, rows=values.shape[0],
        columns=values.shape[1], bits_stored=8, photometric="MONOCHROME2",
    )  # fmt: skip
    frame = Frame(header, 0, values, header=FrameHeader((0.0, 255.0)))
    return to_sequence(frame, FORMAT).rows.astype(np.float16)


@pytest.fixture(scope="module")
def film():
    """A drawn film of 224 × 224 with eight bits and a little noise."""
    values = draw_phantom(PhantomSpec(7, 224, 224, opacity=True)).values / 16
    noise = np.random.default_rng(0).normal(0, 3, values.shape)
    return np.clip(values + noise, 0, 255).round().astype(np.uint8)


def noise(count, seed=0):
    """Films without anything in common."""
    return np.random.default_rng(seed).random((count, 64, 64)).astype(np.float16)


def pair(one, other, **known):
    """One film in training, one in the test."""
    known = {"patients": ["film 0", "film 1"], "labels": [0, 0]} | known
    return films_of(**known, splits=["train", "test"], rows=np.stack([one, other]))


def resized(film):
    return np.asarray(Image.fromarray(film).resize((150, 150), Image.Resampling.BILINEAR))


def compressed(film):
    stream = io.BytesIO()
    Image.fromarray(film).save(stream, "JPEG", quality=30)
    return np.asarray(Image.open(stream))


def brightened(film):
    return np.rint(255 * (film / 255) ** 0.5)


def shifted(film):
    return np.roll(film, (1, 1), axis=(0, 1))


@pytest.mark.parametrize("change", [resized, compressed, brightened, shifted])
def test_that_a_changed_copy_is_found(film, change):
    (leak,) = find_leaks(pair(rows_of(film), rows_of(change(film))))
    assert leak.kind == "near"
    assert leak.names == ("film 0", "film 1")
    assert leak.splits == ("train", "test")


def test_that_a_mirrored_film_is_another(film):
    assert find_leaks(pair(rows_of(film), rows_of(film[:, ::-1]))) == ()


def test_that_an_exact_copy_is_found_once(film):
    (leak,) = find_leaks(pair(rows_of(film), rows_of(film)))
    assert leak.kind == "exact"


def test_that_copies_within_a_split_are_nobodys_business():
    rows = noise(3)
    rows[1] = rows[0]
    films = films_of(["a", "b", "c"], [0, 0, 0], ["train", "train", "test"], rows)
    assert find_leaks(films) == ()


def test_that_films_without_anything_in_common_are_no_copies():
    films = films_of([str(n) for n in range(600)], [0] * 600, ["train"] * 500 + ["val"] * 100,
                     noise(600))  # fmt: skip
    assert find_leaks(films) == ()


def test_that_a_copy_among_many_films_is_found(film):
    rows = noise(1300)
    rows[17], rows[1290] = rows_of(film), rows_of(compressed(film))
    films = films_of([str(n) for n in range(1300)], [0] * 1300, ["train"] * 700 + ["val"] * 600,
                     rows)  # fmt: skip
    (leak,) = find_leaks(films)
    assert leak.names == ("film 17", "film 1290")
    assert leak.similarity >= NEAR


def test_that_a_patient_in_two_splits_is_named_once():
    films = films_of(["ann", "ann", "bob", "ann", "ann"], [0] * 5, ["train"] * 3 + ["val"] * 2,
                     noise(5))  # fmt: skip
    (leak,) = find_leaks(films)
    assert (leak.kind, leak.names) == ("patient", ("film 0", "film 3"))


def test_that_films_of_unknown_patients_with_equal_names_are_no_leak():
    train = films_of(["film 0"], [0], ["train"], noise(1))
    other = films_of(["film 0"], [0], ["train"], noise(1, seed=1))
    assert find_leaks(train, {"elsewhere": other}) == ()


def test_that_further_test_sets_are_held_against_training(film):
    films = films_of(["a", "b"], [0, 1], ["train", "val"], np.stack([rows_of(film), noise(1)[0]]))
    other = films_of(["c"], [0], ["train"], rows_of(compressed(film))[None])
    (leak,) = find_leaks(films, {"second": other})
    assert leak.splits == ("train", "second")


def test_that_two_test_sets_may_share_films(film):
    rows = rows_of(film)[None]
    films = films_of(["a", "b"], [0, 1], ["train", "test"], np.concatenate([noise(1), rows]))
    assert find_leaks(films, {"second": films_of(["c"], [0], ["train"], rows)}) == ()


def test_that_films_of_other_heights_are_compared_by_what_they_show(film):
    low, high = rows_of(film)[::2], rows_of(film)
    rows = np.zeros((2, 64, 64), np.float16)
    rows[0, :32], rows[1] = low, high
    films = replace(pair(rows[0], rows[1]), heights=np.array([32, 64]))
    vectors = thumbnails(films, 16)
    assert vectors[0] @ vectors[1] > 0.9


def test_that_leakage_stops_with_what_to_do(film):
    films = pair(rows_of(film), rows_of(film), patients=["ann", "ann"])
    with pytest.raises(DataError) as caught:
        check_leakage(films)
    said = str(caught.value)
    assert "1 patient in train and test (film 0 and film 1)" in said
    assert "1 exact copy in train and test" in said
    assert 'data.allow_leakage = ["patient", "exact"]' in said


def test_that_what_is_allowed_is_told_in_the_results(film):
    films = pair(rows_of(film), rows_of(film), patients=["ann", "ann"])
    (words,) = check_leakage(films, allowed=("patient", "exact"))
    assert words == (
        "shared by splits",
        "1 patient in train and test; 1 exact copy in train and test; allowed by the recipe",
    )


def test_that_one_allowance_is_not_another(film):
    films = pair(rows_of(film), rows_of(film), patients=["ann", "ann"])
    with pytest.raises(DataError, match="exact"):
        check_leakage(films, allowed=("patient", "near"))


def test_that_clean_splits_say_so():
    films = pair(*noise(2), patients=["ann", "bob"])
    assert check_leakage(films) == (("shared by splits", "nothing found"),)


def test_that_unknown_patients_are_not_called_clean():
    (words,) = check_leakage(pair(*noise(2)))
    assert words[1] == "nothing found; whose films they are is not known"
