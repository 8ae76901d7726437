"""Real films in a declared padded frame; skipped where they are absent."""

import numpy as np
import pytest

from engine import load
from engine.imaging import read_frame, read_image
from engine.sequence import to_sequence
from tests.engine.imaging.test_real_files import DATA, unpacked
from tests.engine.imaging_files import write

FULL_SIZE = DATA / "chest-xray-kermany-fullres-sample.tar"
COUNT = 25

pytestmark = pytest.mark.data


@pytest.fixture
def films(tmp_path):
    name = lambda path: path.endswith(".jpeg")  # noqa: E731 - a question of one line
    return sorted(unpacked(FULL_SIZE, tmp_path, name=name))[: 2 * COUNT : 2]


@pytest.fixture
def model():
    return load("chest-pneumonia")


def framed(path, folder, *, photometric, padding, alone=False):
    """The film as DICOM in a frame of padding that the header declares, or without a frame."""
    film = read_frame(read_image(path)).values.astype(np.uint16)
    film = 255 - film if photometric == "MONOCHROME1" else film
    rows, columns = film.shape
    around = ((rows // 5, rows // 7), (columns // 4, columns // 6))
    if alone:
        around = ((0, 0), (0, 0))
    return write(
        folder / "framed.dcm",
        np.pad(film, around, constant_values=padding),
        PhotometricInterpretation=photometric,
        PixelPaddingValue=padding,
        Modality="DX",
    )


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_that_a_framed_film_is_read_as_the_film_alone(films, model, tmp_path, photometric):
    assert len(films) == COUNT
    wanted = model.info.input
    for path in films:
        both = []
        for alone in (True, False):
            file = framed(path, tmp_path, photometric=photometric, padding=4095, alone=alone)
            both.append(to_sequence(read_frame(read_image(file)), wanted).rows)
        np.testing.assert_array_equal(*both, err_msg=path.name)


@pytest.mark.parametrize("padding", [0, 255])
def test_that_no_answer_moves_by_a_tenth_where_padding_is_a_value_of_the_film(
    films, model, tmp_path, padding
):
    """A film on the threshold may cross it: what padding covers of the film itself is lost."""
    moved = {}
    for path in films[::2]:
        before = model.analyse(path).prediction
        framed_film = framed(path, tmp_path, photometric="MONOCHROME1", padding=padding)
        after = model.analyse(framed_film).prediction
        if before is not None and after is not None:
            moved[path.name] = abs(after.probabilities[1] - before.probabilities[1])
    assert len(moved) > len(films) // 3
    assert max(moved.values()) < 0.1, moved
