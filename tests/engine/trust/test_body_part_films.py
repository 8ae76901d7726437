"""The shipped admission check on real films: children's pass, adults' do not, however it looks."""

import io
import tarfile

import numpy as np
import pytest
from PIL import Image, ImageFilter

import engine
from engine.trust import admission_check
from engine.weights import load_bundle

pytestmark = pytest.mark.data
COUNT = 60  # films of each kind, evenly spread
MOST_ADULTS, LEAST_CHILDREN = 0.1, 0.95  # of 60; the whole sets are in resources/recipes/README.md


def films_of(archive, wanted):
    """Grey films (R, C) of a tar, evenly spread over the members whose path holds `wanted`."""
    with tarfile.open(archive) as tar:
        names = sorted(name for name in tar.getnames() if wanted(name))
        chosen = [names[place] for place in np.linspace(0, len(names) - 1, COUNT).astype(int)]
        files = [io.BytesIO(tar.extractfile(name).read()) for name in chosen]
    return [Image.open(file).convert("L") for file in files]


@pytest.fixture(scope="module")
def children(data):
    archive = data / "chest-xray-kermany-224.tar"
    return films_of(archive, lambda name: "test/" in name and name.endswith(".jpeg"))


@pytest.fixture(scope="module")
def adults(data):
    archive = data / "mednist-64-subset.tar"
    return films_of(archive, lambda name: "test/CXR/" in name and name.endswith(".jpeg"))


@pytest.fixture
def passed(tmp_path):
    """Which share of films the chest model's admission check lets through, each from a file."""
    bundle = load_bundle("chest-pneumonia")
    admission = bundle.safeguards.config.admission
    fmt = load_bundle(admission.model).info.input

    def ask(films):
        answers = []
        for number, film in enumerate(films):
            path = tmp_path / f"{number}.png"
            film.save(path)
            frame = engine.imaging.read_frame(engine.imaging.read_image(path), 0)
            sequence = engine.sequence.to_sequence(frame, fmt)
            answers.append(admission_check(admission, sequence).passed)
        assert None not in answers
        return np.mean(answers)

    return ask


def histogram_of(films):
    return np.mean([np.quantile(film, np.linspace(0, 1, 256)) for film in films], axis=0)


def under(film, histogram):
    """The film with the greys of other films, in its own order."""
    values = np.asarray(film)
    ranks = np.searchsorted(np.sort(values, axis=None), values, side="right") / values.size
    greys = np.interp(ranks, np.linspace(0, 1, 256), histogram)
    return Image.fromarray(greys.round().astype(np.uint8))


def recompressed(film, quality):
    file = io.BytesIO()
    film.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("L")


def test_that_films_of_children_pass(children, passed):
    assert passed(children) >= LEAST_CHILDREN


def test_that_films_of_adults_do_not_pass(adults, passed):
    assert passed(adults) <= MOST_ADULTS


def test_that_adults_do_not_pass_when_they_are_large_and_sharp(adults, passed):
    sharp = ImageFilter.UnsharpMask(6, 150, 0)
    assert passed([film.resize((512, 512)).filter(sharp) for film in adults]) <= MOST_ADULTS


def test_that_adults_do_not_pass_under_the_greys_of_children(adults, children, passed):
    greys = histogram_of(children)
    assert passed([under(film, greys) for film in adults]) <= MOST_ADULTS


def test_that_children_pass_under_the_greys_of_adults(adults, children, passed):
    greys = histogram_of(adults)
    assert passed([under(film, greys) for film in children]) >= LEAST_CHILDREN


def test_that_children_pass_when_they_are_as_small_and_compressed_as_the_adults(children, passed):
    small = [recompressed(film.resize((64, 64), Image.Resampling.BOX), 80) for film in children]
    assert passed(small) >= LEAST_CHILDREN


def test_that_most_adults_do_not_pass_where_only_their_lungs_are_left(adults, passed):
    assert passed([film.crop((8, 6, 56, 54)) for film in adults]) <= 1 / 3  # a known weakness
