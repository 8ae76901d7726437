"""Is this image for this model? Checks of the engine as lines with a mark each."""

from dataclasses import replace

import numpy as np
import pytest

from engine.types import Abstention, Analysis, Check, InputFormat, Surprise, Trust
from tests.viewer import film_values as made
from viewer.session.check_lines import NOT_SEEN, CheckLine, check_lines

READER = made.model(input=InputFormat(96, 96, "rank", ("CR", "DX")))
NAMES = ("kind", "geometry", "orientation", "levels", "range", "clipping", "body part",
         "guard", "surprise")  # fmt: skip
PICTURE = ("body part", "guard", "surprise")


def lines(*checks, image=None, model=READER, surprise=None):
    image = image or made.image(rows=512, modality="DX")
    return check_lines(
        Analysis(image, 0, model, "CPU", 0.1, trust=Trust(checks, surprise=surprise))
    )


def line_of(*checks, **others) -> CheckLine:
    """The line of the last check."""
    return next(line for line in lines(*checks, **others) if line.tip == checks[-1].words)


def found(name, *, passed, value=None, limit=None, doubtful=False):
    return Check(name, passed, f"Words of {name}.", value, limit, doubtful)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("passed", [True, False, None])
def test_that_only_a_passed_check_is_marked_as_passed(name, passed):
    asked = found("guard" if name != "guard" else "body part", passed=True)
    expected = {True: "passed", False: "failed", None: "not asked"}[passed]
    assert line_of(asked, found(name, passed=passed)).mark == expected


@pytest.mark.parametrize("name", PICTURE[1:])
def test_that_what_was_not_asked_says_so(name):
    line = line_of(found("body part", passed=True), found(name, passed=None))
    assert line.value == "not checked"


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (found("body part", passed=True, value=0.9912), "0.99"),
        (found("body part", passed=True, value=1.0), ">0.99"),
        (found("guard", passed=True, value=0.02), "0.02"),
        (found("guard", passed=True, value=0.82, limit=0.9), "0.82 (≤ 0.90)"),
        (found("guard", passed=True, value=0.0012, limit=0.00374), "0.0012 (≤ 0.0037)"),
        (found("body part", passed=True, value=0.98, limit=0.5), "0.98 (≥ 0.50)"),
        (found("levels", passed=True, value=256, limit=64), "256 (≥ 64)"),
        (found("guard", passed=False, value=0.97), "0.97"),
        (found("geometry", passed=True, value=0.8153), "0.82 : 1"),
        (found("levels", passed=True, value=4096), "4,096"),
        (found("clipping", passed=False, value=0.715), "72 %"),
        (found("orientation", passed=True), ""),
    ],
)
def test_that_what_was_measured_stands_at_the_right(check, value):
    assert line_of(check).value == value


def test_that_surprise_is_a_percentile():
    nothing = np.zeros(1, np.float32)
    surprise = Surprise(nothing, nothing, np.array([0.0, 80.0]), -1.0, 33.7)
    line = line_of(found("surprise", passed=True, value=-1.0), surprise=surprise)
    assert (line.words, line.value) == ("In the usual range", "34th percentile")


def test_that_the_admission_check_says_what_it_saw():
    check = Check("body part", passed=True, words="It looks like: chest film.", value=0.98)
    assert line_of(check).words == "It looks like: chest film"


def test_that_what_the_film_shows_comes_first():
    asked = lines(*(found(name, passed=True) for name in NAMES))
    assert [line.tip for line in asked[:3]] == [f"Words of {name}." for name in PICTURE]


def test_that_pixels_that_pass_need_one_line():
    pixels = ("levels", "range", "clipping")
    shown = lines(*(found(name, passed=True, value=7) for name in pixels))
    same = [line for line in shown if line.words == "Grey values"]
    assert [line.value for line in same] == ["7"]
    assert all(f"Words of {name}." in same[0].tip for name in pixels)


def test_that_pixels_that_fail_are_told_one_by_one():
    checks = (found("levels", passed=True), found("range", passed=False))
    shown = lines(*checks, found("clipping", passed=False))
    failed = [line.words for line in shown if line.mark == "failed"]
    assert "Grey values" not in [line.words for line in shown]
    assert failed == ["Beyond the header's range", "Too many clipped pixels"]


def test_that_a_check_of_another_program_speaks_for_itself():
    line = line_of(Check("vendor", passed=False, words="A vendor's own doubt."))
    assert (line.words, line.mark) == ("A vendor's own doubt", "failed")


# ------------------------------------------------------------------ nobody looked at the picture
def test_that_it_is_said_where_nothing_looked_at_the_picture():
    unasked = [found(name, passed=None) for name in PICTURE]
    for checks in ((), unasked):
        shown = lines(found("kind", passed=True), *checks)
        assert [line.words for line in shown if "pic" in line.words] == [NOT_SEEN]
        assert shown[0].mark == "doubtful"
        assert not any(line.value == "not checked" for line in shown)


@pytest.mark.parametrize("name", PICTURE)
@pytest.mark.parametrize("passed", [True, False])
def test_that_it_is_not_said_where_something_did(name, passed):
    shown = lines(*(found(one, passed=passed if one == name else None) for one in PICTURE))
    assert NOT_SEEN not in [line.words for line in shown]


# ------------------------------------------------------------------ header
def test_that_a_check_passes_with_the_kind_of_the_image():
    shown = {(line.mark, line.words, line.value) for line in lines(found("kind", passed=True))}
    assert ("passed", "Kind of image", "DX (CR, DX)") in shown
    assert ("passed", "Enough rows", "512 → 96") in shown


@pytest.mark.parametrize(("seen", "mark"), [(True, "not asked"), (False, "doubtful")])
def test_that_a_file_without_a_modality_is_not_vouched_for(seen, mark):
    kind = (found("body part", passed=True),) if seen else ()
    shown = lines(found("kind", passed=True), *kind, image=made.image(rows=512))
    line = next(line for line in shown if line.words == "The file does not say what it shows")
    assert (line.mark, line.value) == (mark, "DICOM")


def test_that_another_kind_of_image_is_told_without_any_check():
    image = made.image(rows=512, modality="MR")
    shown = check_lines(Analysis(image, 0, READER, "", 0.0))
    assert (shown[0].mark, shown[0].value) == ("failed", "MR")


def test_that_a_film_that_was_refused_for_its_contrast_gets_no_tick():
    assert line_of(found("kind", passed=False)).words == "Not what the model reads"


def test_that_a_model_for_any_kind_of_image_vouches_for_none():
    shown = lines(found("kind", passed=True), model=made.model())
    assert ("not asked", "Kind of image", "not checked") in [
        (line.mark, line.words, line.value) for line in shown
    ]


def test_that_a_film_that_keeps_its_aspect_is_checked_against_its_own_rows():
    free = made.model(input=InputFormat(96, 96, "rank", aspect="keep", rows_multiple=4))
    shown = lines(image=made.image(rows=100, columns=200), model=free)
    assert ("Enough rows", "100 → 48") in [(line.words, line.value) for line in shown]


def test_that_too_few_rows_are_said():
    shown = lines(image=made.image(rows=80, modality="DX"))
    assert ("Fewer rows than the model reads", "doubtful") in [(x.words, x.mark) for x in shown]


def test_that_a_value_near_its_limit_is_no_tick():
    line = line_of(found("guard", passed=True, value=0.82, limit=0.9, doubtful=True))
    assert (line.mark, line.words) == ("doubtful", "Perhaps turned or made up")


def test_that_a_film_of_another_kind_is_not_called_turned():
    kind, turned = found("kind", passed=False), found("orientation", passed=False)
    trust = Trust((kind, turned), (Abstention("kind", kind.words),))
    refused = replace(made.analysis(), abstained=kind.words, prediction=None, trust=trust)
    assert "Turned, by its header" not in [line.words for line in check_lines(refused)]


def test_that_what_speaks_against_the_film_stands_first():
    shown = lines(
        found("body part", passed=True),
        found("guard", passed=None),
        found("surprise", passed=True, doubtful=True),
        found("clipping", passed=False),
    )
    order = ["failed", "doubtful", "passed", "not asked"]
    assert [line.mark for line in shown] == sorted((x.mark for x in shown), key=order.index)


def test_that_an_abstention_before_reading_has_its_checks():
    check = found("geometry", passed=False, value=4.02)
    trust = Trust((check,), (Abstention("geometry", check.words),))
    refused = replace(made.analysis(), abstained=check.words, prediction=None, trust=trust)
    assert ("Shape unlike its films", "4.02 : 1") in [
        (line.words, line.value) for line in check_lines(refused)
    ]
