"""Films in npz files."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.errors import DataError
from engine.films import FolderLayout, list_arrays, read_films, read_rows
from engine.imaging import read_frame, read_image
from engine.recipe import Columns
from engine.sequence import to_sequence
from engine.types import InputFormat

LAYOUT = FolderLayout(InputFormat(8, 8, "full-range"), ("a", "b"))


def images_of(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, 8, 8), dtype=np.uint8)


def write(path, **arrays):
    np.savez(path / "a.npz", **arrays)
    return path / "a.npz"


def test_that_patients_and_splits_are_read(tmp_path):
    path = write(
        tmp_path,
        images=images_of(3),
        labels=np.array([0, 1, 1]),
        patients=np.array([7, 7, 9]),
        splits=np.array(["train", "train", "test"]),
    )
    films = read_films(path, LAYOUT)
    assert list(films.patients) == ["7", "7", "9"]
    assert list(films.splits) == ["train", "train", "test"]


def test_that_groups_are_read_under_the_recipes_names(tmp_path):
    groups = np.array([["F", "20"], ["M", "30"]])
    path = write(tmp_path, images=images_of(2), labels=np.array([0, 1]), groups=groups)
    columns = Columns(subgroups=("sex", "age"))
    films = read_films(path, replace(LAYOUT, columns=columns))
    assert list(films.groups["age"]) == ["20", "30"]


def test_that_the_layout_of_medmnist_is_read(tmp_path):
    parts = {}
    for seed, split in enumerate(("train", "val", "test")):
        parts |= {f"{split}_images": images_of(4, seed), f"{split}_labels": np.eye(4, 1) > 0}
    films = read_films(write(tmp_path, **parts), LAYOUT)
    assert [len(films.where(split)) for split in ("train", "val", "test")] == [4, 4, 4]
    assert len(set(films.names)) == 12
    np.testing.assert_allclose(films.rows[4:8], parts["val_images"] / 255, atol=1e-3)


@pytest.mark.parametrize("order", ["C", "F"])
def test_that_both_orders_of_memory_are_read(tmp_path, order):
    images = np.asarray(images_of(3), order=order)
    films = read_films(write(tmp_path, images=images, labels=np.array([0, 1, 0])), LAYOUT)
    np.testing.assert_allclose(films.rows, images / 255, atol=1e-3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"labels": None}, "no array “labels”"),
        ({"labels": np.array([0, 2])}, "“labels” of film 000001 is 2, which is outside"),
        ({"labels": np.array([1, 2])}, "whole numbers from 0 to 1"),
        ({"labels": np.array([0, 0.5])}, "of film 000001 is 0.5, which is outside"),
        ({"labels": np.array([0, np.nan])}, "of film 000001 is nan, which is outside"),
        ({"labels": np.array([-1, -1])}, "000000 is −1, .*, and so are those of 1 more"),
        ({"labels": np.array([[1, 0], [1, 1]])}, "of film 000001 is 1, 1; a line of columns"),
        ({"labels": np.array([[1, 0], [0.4, 0.6]])}, "of film 000001 is 0.4, 0.6; a line"),
        ({"labels": np.array(["a|b", "a"])}, "film 000000: .* several classes, “a” and “b”"),
        ({"labels": np.zeros((2, 14), np.int64)}, "one label for each film"),
        ({"labels": np.array([0, 1, 1])}, "holds 2 films, but “labels” 3 labels"),
        ({"images": np.zeros((2, 8, 8, 4), np.uint8)}, r"is \(2, 8, 8, 4\); images must be"),
        ({"images": np.zeros((2, 8, 8, 8, 8), np.uint8)}, r"images must be \(N, R, C\), grey"),
        ({"images": np.zeros((2, 0, 8), np.uint8)}, r"is \(2, 0, 8\); images must be"),
        ({"images": np.array([["a"] * 8] * 8)}, "holds no numbers but words"),
        (
            {"images": np.array([None, None])},
            "no numbers but objects; store films of one size as one array",
        ),
        ({"images": None, "pictures": images_of(2)}, "no array “images” but “labels”, “pictures”"),
        ({"patients": np.array(["p"])}, "“patients” must hold one value for each film"),
        ({"splits": np.array(["train", "exam"])}, "the split of 000001 is “exam”"),
    ],
)
def test_that_faulty_arrays_are_refused_in_a_sentence(tmp_path, change, sentence):
    arrays = {"images": images_of(2), "labels": np.array([0, 1])} | change
    path = write(tmp_path, **{name: one for name, one in arrays.items() if one is not None})
    with pytest.raises(DataError, match=sentence):
        read_films(path, LAYOUT)


def test_that_a_damaged_file_is_named(tmp_path):
    path = write(tmp_path, images=images_of(50), labels=np.arange(50) % 2)
    content = bytearray(path.read_bytes())
    content[1000:1100] = bytes(100)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"a\.npz cannot be read as an npz file"):
        read_films(path, LAYOUT)


def test_that_images_are_decoded_one_by_one(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (1500, 32, 32), dtype=np.uint8)
    np.savez_compressed(tmp_path / "a.npz", images=images, labels=np.arange(1500) % 2)
    listing = list_arrays(tmp_path / "a.npz", LAYOUT)
    tracemalloc.start()
    count = sum(1 for _ in listing.read(listing.entries, 1))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1500
    assert peak < images.nbytes / 4


def bright_to(most, count=4, dtype=np.uint8):
    """Films whose values go from 0 to `most`."""
    values = np.linspace(0, 1, count * 64).reshape(count, 8, 8) * most
    return values.astype(dtype) if np.dtype(dtype).kind == "f" else np.rint(values).astype(dtype)


def read(path, layout=LAYOUT, **arrays):
    """The films, and what was said about them."""
    said = []
    count = len(arrays["images"])
    films = read_films(
        write(path, **{"labels": np.arange(count) % 2} | arrays), layout, report=said.append
    )
    assert set(films.notes) <= set(said)
    return films, films.notes


@pytest.mark.parametrize(
    "dtype", [np.int8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.float16, np.float64]
)
def test_that_the_same_whole_numbers_in_any_type_give_the_same_rows(tmp_path, dtype):
    images = bright_to(120)
    plain, _ = read(tmp_path, images=images)
    films, said = read(tmp_path, images=images.astype(dtype))
    np.testing.assert_array_equal(films.rows, plain.rows)
    assert said[0] == f"a.npz: values 0…120 in {np.dtype(dtype)} are read as 8 bits"


def test_that_deeper_films_are_read_as_those_from_files(tmp_path):
    images = bright_to(4000, dtype=np.uint16)
    films, said = read(tmp_path, images=images)
    for number, image in enumerate(images):
        Image.fromarray(image).save(tmp_path / "a.png")
        rows = to_sequence(read_frame(read_image(tmp_path / "a.png")), LAYOUT.input).rows
        np.testing.assert_array_equal(films.rows[number], rows.astype(np.float16))
    assert "at most 12 bits" in said[0]


@pytest.mark.parametrize(
    ("low", "high", "dtype", "wanted"),
    [
        (0.0, 1.0, np.float32, (0, 1)),
        (-1e-7, 1 + 1e-7, np.float64, (0, 1)),
        (-1.0, 1.0, np.float32, (-1, 1)),
        (0.0, 254.5, np.float32, (0, 255)),
        (0.0, 1.0, np.int64, (0, 1)),
    ],
)
def test_that_black_and_white_are_found_from_all_values(tmp_path, low, high, dtype, wanted):
    grid = np.arange(256).reshape(4, 8, 8) / 255
    grid = np.rint(grid) if np.dtype(dtype).kind == "i" else grid
    images = (grid * (high - low) + low).astype(dtype)
    images[:2, 0], images[2:, 0] = images[3, 7], images[0, 7]  # no film is one value
    films, said = read(tmp_path, images=images)
    scaled = (images - wanted[0]) / (wanted[1] - wanted[0])
    np.testing.assert_allclose(films.rows, scaled.clip(0, 1), atol=1e-3)
    assert f"are read as {wanted[0]}…{wanted[1]}".replace("-", "−") in said[0]


def test_that_masks_are_read_as_black_and_white(tmp_path):
    images = images_of(4) > 128
    films, _ = read(tmp_path, images=images)
    np.testing.assert_array_equal(films.rows, images)


def test_that_one_scale_holds_for_all_splits(tmp_path):
    dark, bright = bright_to(100.25, dtype=np.float32), bright_to(250.0, dtype=np.float32)
    labels = np.arange(4) % 2
    path = write(
        tmp_path, train_images=dark, train_labels=labels, test_images=bright, test_labels=labels
    )
    films = read_films(path, replace(LAYOUT, splits=("train",)))
    np.testing.assert_allclose(films.rows, dark / 255, atol=1e-3)


@pytest.mark.parametrize(
    ("images", "values"),
    [
        (bright_to(2000, dtype=np.int16) - 1000, "−1000…1000 in int16"),
        (bright_to(16), "0…16 in uint8"),
        (bright_to(1 / 255, dtype=np.float32), "0…0.00392157 in float32"),
        (bright_to(1.0, dtype=np.float64) - 0.5, "−0.5…0.5 in float64"),
        (bright_to(30.5, dtype=np.float32), "0…30.5 in float32"),
    ],
)
def test_that_values_without_a_known_black_and_white_are_refused(tmp_path, images, values):
    with pytest.raises(DataError, match=rf"values {values} .*`data\.value_range = \[low, high\]`"):
        read(tmp_path, images=images)


@pytest.mark.parametrize("intensity", ["rank", "min-max"])
def test_that_no_black_and_white_is_asked_of_films_that_are_read_without(tmp_path, intensity):
    layout = replace(LAYOUT, input=InputFormat(8, 8, intensity))
    films, _ = read(tmp_path, layout, images=bright_to(2000, dtype=np.int16) - 1000)
    assert films.rows[:].max() == 1


def test_that_splits_of_two_types_are_refused(tmp_path):
    labels = np.arange(4) % 2
    path = write(
        tmp_path,
        train_images=bright_to(255),
        train_labels=labels,
        test_images=bright_to(1.0, dtype=np.float32),
        test_labels=labels,
    )
    with pytest.raises(DataError, match="“train_images” holds uint8 and “test_images” float32"):
        read_films(path, LAYOUT)


def test_that_a_recipe_says_what_is_black_and_white(tmp_path):
    images = bright_to(2000, dtype=np.int16) - 1000
    films, said = read(tmp_path, replace(LAYOUT, value_range=(-500.0, 1500.0)), images=images)
    np.testing.assert_allclose(films.rows, ((images + 500) / 2000).clip(0, 1), atol=1e-3)
    assert "values −1000…1000 are cut off at −500…1500" in said[0]


def test_that_a_range_of_no_value_is_refused(tmp_path):
    layout = replace(LAYOUT, value_range=(1000.0, 2000.0))
    with pytest.raises(
        DataError, match=r"lie outside 1000…2000, the recipe's `data\.value_range`"
    ):
        read(tmp_path, layout, images=images_of(2))


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("intensity", ["full-range", "rank"])
def test_that_films_with_values_that_are_no_numbers_are_named(tmp_path, wrong, intensity):
    images = bright_to(1.0, dtype=np.float32)
    images[2, 3, 3] = wrong
    films, _ = read(tmp_path, replace(LAYOUT, input=InputFormat(8, 8, intensity)), images=images)
    assert films.skipped == (("000002", "This film has values that are no numbers."),)
    assert list(films.names) == ["000000", "000001", "000003"]


def test_that_a_flat_film_is_skipped_in_the_words_of_files(tmp_path):
    images = images_of(4)
    images[1] = 7
    Image.fromarray(images[1]).save(tmp_path / "flat.png")
    films, _ = read(tmp_path, images=images)
    assert films.skipped == (("000001", read_rows(tmp_path / "flat.png", LAYOUT.input)),)


def test_that_an_array_of_flat_films_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"no readable film.*000000: This film has no contrast"):
        read(tmp_path, images=np.full((2, 8, 8), 300, np.int64))


@pytest.mark.parametrize("axis", [1, 3])
@pytest.mark.parametrize("channels", [1, 3])
def test_that_an_axis_of_equal_channels_is_grey(tmp_path, axis, channels):
    images = images_of(4)
    plain, _ = read(tmp_path, images=images)
    films, _ = read(tmp_path, images=np.repeat(np.expand_dims(images, axis), channels, axis))
    np.testing.assert_array_equal(films.rows, plain.rows)


@pytest.mark.parametrize("scale", [1, 1 / 255])
def test_that_colours_are_read_as_those_of_files(tmp_path, scale):
    images = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8)
    layout = replace(LAYOUT, input=InputFormat(8, 8, "full-range", colour=True))
    films, _ = read(tmp_path, layout, images=images if scale == 1 else (images * scale))
    Image.fromarray(images[1]).save(tmp_path / "a.png")
    np.testing.assert_allclose(
        films.rows[1], read_rows(tmp_path / "a.png", layout.input).rows, atol=1e-3
    )


def test_that_a_model_of_grey_films_gets_no_coloured_ones(tmp_path):
    images = np.random.default_rng(0).random((2, 8, 8, 3))
    with pytest.raises(DataError, match="000000: This is a colour image"):
        read(tmp_path, images=images)


@pytest.mark.parametrize(
    "labels",
    [
        np.array([[1, 0], [0, 1], [0, 1]]),
        np.array([[True, False], [False, True], [False, True]]),
        np.array([0.0, 1.0, 1.0], np.float32),
        np.array([[0], [1], [1]], np.uint8),
        np.array(["a", "B", "b "]),
        np.array([[b"a"], [b"b"], [b"b"]]),
    ],
)
def test_that_labels_may_be_columns_numbers_or_words(tmp_path, labels):
    films, _ = read(tmp_path, images=images_of(3), labels=labels)
    assert list(films.labels) == [0, 1, 1]


def test_that_films_whose_word_is_no_class_are_left_out_and_counted(tmp_path):
    labels = np.array(["b", "c", "a", "nan", "c"])
    images = images_of(5)
    films, said = read(tmp_path, images=images, labels=labels)
    assert list(films.names) == ["000000", "000002"]
    np.testing.assert_allclose(films.rows, images[[0, 2]] / 255, atol=1e-3)
    assert said[0].endswith("none of the labels: 3 (“c” 2, “nan” 1)")


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        ("x", "y"),
        ("X", "Y"),
        ("x_train", "y_train"),
        ("train_x", "train_y"),
        ("X_train", "Y_train"),
    ],
)
def test_that_x_and_y_are_images_and_labels(tmp_path, images, labels):
    values = images_of(2)
    films = read_films(write(tmp_path, **{images: values, labels: np.arange(2)}), LAYOUT)
    np.testing.assert_allclose(films.rows, values / 255, atol=1e-3)


def test_that_images_without_labels_are_named(tmp_path):
    path = write(tmp_path, x_train=images_of(2), z_train=np.arange(2))
    with pytest.raises(DataError, match="no array “train_labels” but “x_train”, “z_train”"):
        read_films(path, LAYOUT)


def test_that_numbers_of_patients_have_no_point(tmp_path):
    films, _ = read(tmp_path, images=images_of(3), patients=np.array([17.0, 17.0, np.nan]))
    assert list(films.patients) == ["17", "17", "000002"]
