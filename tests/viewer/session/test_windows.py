"""Another frame of a file is shown by its own header: windows, geometry, letters."""

from dataclasses import replace

import pytest

from engine.types import Orientation, Spacing, Window
from tests.engine.imaging_files import ramp, write
from tests.viewer import film_values as made
from tests.viewer.film_panes import build, show
from viewer.kit.rendering import build_pyramid
from viewer.session import viewport
from viewer.session.loading import Film, load_film
from viewer.session.readings import voi_names

AUTO = Window(50.0, 90.0, "auto", kind="auto")
FULL = Window(60.0, 120.0, "full range", kind="full range")


def film(*own, first=0, **header) -> Film:
    frame = made.frame(voi=own, **header)
    vois = (*own, replace(AUTO), replace(FULL))
    return Film(frame, build_pyramid(frame), vois, vois[first])


def header(shown):
    return shown.frame.header


ONE = film(Window(2048, 4096), Window(10, 20))
OTHER = film(Window(8192, 16384), Window(40, 80))


def test_that_a_film_starts_with_its_first_window():
    assert viewport.of_film(film(Window(1, 2), first=1)) == viewport.WindowChoice(
        (Window(1, 2), AUTO, FULL), 1
    )


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_that_a_frame_is_shown_by_its_own_window_at_the_same_place(place):
    found = viewport.of_next_frame(OTHER, viewport.WindowChoice(ONE.vois, place), header(ONE))
    assert (found.vois, found.place) == (OTHER.vois, place)


def test_that_a_window_by_hand_ends_where_the_headers_windows_change():
    by_hand = viewport.WindowChoice(ONE.vois, viewport.BY_HAND)
    assert viewport.of_next_frame(OTHER, by_hand, header(ONE)).place == 0


def test_that_a_window_by_hand_stays_where_the_header_is_alike():
    same = film(Window(2048, 4096), Window(10, 20))
    by_hand = viewport.WindowChoice(ONE.vois, viewport.BY_HAND)
    assert viewport.of_next_frame(same, by_hand, header(ONE)).place == viewport.BY_HAND


def test_that_a_window_by_hand_ends_where_a_value_means_something_else():
    one, two = (film(rescale=(slope, 0.0)) for slope in (1.0, 4.0))
    by_hand = viewport.WindowChoice(one.vois, viewport.BY_HAND)
    assert viewport.of_next_frame(two, by_hand, header(one)).place != viewport.BY_HAND


def test_that_a_unit_says_what_a_value_means_whatever_the_slope():
    one, two = (film(unit="HU", rescale=(slope, 0.0)) for slope in (1.0, 2.0))
    by_hand = viewport.WindowChoice(one.vois, viewport.BY_HAND)
    assert viewport.of_next_frame(two, by_hand, header(one)).place == viewport.BY_HAND


def test_that_a_stack_without_windows_keeps_the_computed_one():
    one, two = film(), film()
    two = replace(two, vois=(replace(AUTO, center=5), replace(FULL, center=6)))
    found = viewport.of_next_frame(two, viewport.WindowChoice(one.vois, 0), header(one))
    assert (found.vois, found.place) == (one.vois, 0)


def test_that_another_plane_has_a_computed_window_of_its_own():
    one, two = film(orientation=Orientation(*"RLAP")), film(orientation=Orientation(*"RLHF"))
    two = replace(two, vois=(replace(AUTO, center=5), replace(FULL, center=6)))
    found = viewport.of_next_frame(two, viewport.WindowChoice(one.vois, 0), header(one))
    assert found.vois == two.vois


def test_that_the_pane_lays_every_frame_out_by_its_own_pixels(qtbot):
    pane = build(qtbot, of=made.image(rows=80, columns=80))
    shapes = []
    for spacing in (Spacing(1, 1, "in patient"), Spacing(2, 1, "in patient")):
        show(pane, made.image(rows=80, columns=80), spacing=spacing)
        film = pane.drawings.film
        shapes.append(film.height() / film.width())
    assert shapes == pytest.approx([1.0, 2.0], rel=0.01)


def test_that_the_letters_are_those_of_the_frame(qtbot):
    pane = build(qtbot)
    for letters in ("RLAP", "APHF"):
        show(pane, orientation=Orientation(*letters))
        shown = [plate.lines[0] for plate in pane.written().letters]
        assert shown == list(letters)


def test_that_a_window_that_a_header_calls_auto_is_not_the_computed_one(tmp_path):
    named = {"WindowCenter": 900, "WindowWidth": 400, "WindowCenterWidthExplanation": "auto"}
    found = load_film(write(tmp_path / "film.dcm", ramp(), **named), 0)
    assert [voi.kind for voi in found.vois] == ["header", "auto", "full range"]
    assert found.voi is found.vois[0]
    assert voi_names(found.vois) == ("auto", "auto", "full range")
    assert found.vois[1] != found.vois[0]


LUNG = Window(-600.0, 1500.0, "Lung", kind="preset")


def test_that_presets_behind_the_computed_windows_do_not_take_their_place():
    one, two = film(), film()
    one, two = replace(one, vois=(*one.vois, LUNG)), replace(two, vois=(*two.vois, LUNG))
    two = replace(two, vois=(replace(AUTO, center=5), *two.vois[1:]))
    found = viewport.of_next_frame(two, viewport.WindowChoice(one.vois, 2), header(one))
    assert found.vois == (AUTO, FULL, LUNG)
    assert found.voi == LUNG


def test_that_a_window_is_found_by_its_name_and_a_computed_one_by_its_kind():
    choice = viewport.WindowChoice((Window(1, 2, "AUTO"), AUTO, FULL, LUNG), 0)
    assert choice.named("lung") == 3
    assert choice.named("AUTO") == 0
    assert choice.computed("auto") == 1
    assert choice.computed("full range") == 2
    assert choice.named("liver") is None
    assert viewport.WindowChoice().computed("auto") is None
