import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine.suitability import film_checks
from engine.types import FilmLimits, InputFormat, Orientation, Spacing

FORMAT = InputFormat(16, 16, "rank", ("CR", "DX"))
LIMITS = FilmLimits(narrowest=0.5, widest=2.0, levels=32, clipped=0.6, upright=True)


@pytest.fixture
def values():
    return np.random.default_rng(0).integers(0, 4096, (60, 50)).astype(np.float32)


def ask(frame, limits=LIMITS, *, pixels=True):
    found = film_checks(frame.image, FORMAT, limits=limits, frame=frame if pixels else None)
    return {check.name: check for check in found}


def test_that_an_ordinary_film_fails_nothing(make_frame, values):
    checks = ask(make_frame(values, modality="CR"))
    assert all(check.passed is not False for check in checks.values())
    asked = ["kind", "geometry", "orientation", "levels", "range", "clipping", "borders"]
    assert list(checks) == asked


def test_that_another_modality_is_the_wrong_kind(make_frame, values):
    check = ask(make_frame(values, modality="CT"))["kind"]
    assert (check.passed, check.words) == (
        False,
        "This is a CT image; the model reads CR and DX films.",
    )


@pytest.mark.parametrize(
    ("shape", "column_mm", "passed", "word"),
    [
        ((100, 49), 1.0, False, "narrow"),
        ((100, 51), 1.0, True, "0.51"),
        ((50, 101), 1.0, False, "wide"),
        ((50, 50), 2.5, False, "wide"),
        ((50, 101), 0.5, True, "1.01"),
    ],
)
def test_that_the_shape_counts_with_the_pixels_aspect(make_frame, shape, column_mm, passed, word):
    values = np.random.default_rng(1).integers(0, 4096, shape)
    frame = make_frame(values, spacing=Spacing(1.0, column_mm, "at detector"))
    check = ask(frame)["geometry"]
    assert check.passed is passed
    assert word in check.words


@pytest.mark.parametrize(
    ("letters", "passed", "word"),
    [
        (("R", "L", "H", "F"), True, "upright"),
        (("R", "L", "F", "H"), False, "upper edge is F"),
        (("H", "F", "R", "L"), False, "upper edge is R"),
        (("L", "R", "H", "F"), False, "mirrored"),
        (("RF", "LH", "HR", "FL"), True, "upright"),
    ],
)
def test_that_a_header_that_turns_the_film_speaks_against_it(
    make_frame, values, letters, passed, word
):
    check = ask(make_frame(values, orientation=Orientation(*letters)))["orientation"]
    assert check.passed is passed
    assert word in check.words


def test_that_a_header_without_letters_is_not_checked(make_frame, values):
    assert ask(make_frame(values))["orientation"].passed is None


def test_that_a_model_without_upright_films_does_not_ask_the_letters(make_frame, values):
    frame = make_frame(values, orientation=Orientation("L", "R", "F", "H"))
    assert ask(frame, replace(LIMITS, upright=False))["orientation"].passed is None


def test_that_a_film_of_few_greys_fails(make_frame, values):
    check = ask(make_frame(np.floor(values / 256)))["levels"]
    assert (check.passed, check.value) == (False, 16)


def test_that_values_beyond_the_header_fail(make_frame, values):
    check = ask(make_frame(values + 500))["range"]
    assert check.passed is False
    assert "its header allows 0 to 4095" in check.words


@pytest.mark.parametrize(("end", "word"), [(0, "lowest"), (4095, "highest")])
def test_that_a_film_that_is_mostly_clipped_fails(make_frame, values, end, word):
    values[:40] = end
    check = ask(make_frame(values))["clipping"]
    assert (check.passed, check.value) == (False, pytest.approx(2 / 3, abs=0.01))
    assert word in check.words


def test_that_pixels_that_were_not_given_are_not_checked(make_frame, values):
    checks = ask(make_frame(values), pixels=False)
    assert [checks[name].passed for name in ("levels", "range", "clipping", "borders")] == [
        None
    ] * 4


def test_that_without_limits_only_the_kind_is_asked(make_frame, values):
    assert list(ask(make_frame(values), None)) == ["kind"]


def test_that_checking_a_film_loads_neither_torch_nor_masked_arrays():
    code = (
        "import sys, numpy as np, pathlib; from engine.suitability import film_checks;"
        "from engine.types import *;"
        "image = Image(pathlib.Path('x'), 'PNG', '', 1, 40, 40, 8, 'MONOCHROME2');"
        "values = np.arange(1600, dtype='f').reshape(40, 40) % 256;"
        "frame = Frame(image, 0, values, header=FrameHeader((0.0, 255.0)));"
        "fmt = InputFormat(16, 16, 'rank'); limits = FilmLimits(0.5, 2.0, 8, 0.6, True);"
        "assert film_checks(image, fmt, limits=limits, frame=frame);"
        "heavy = {'torch', 'numpy.ma'} & set(sys.modules); assert not heavy, heavy"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
