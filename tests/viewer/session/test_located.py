"""Regions of an answer: their numbers and words, another cut, and which one is chosen."""

from dataclasses import replace

import pytest

from engine.types import Region, Spacing
from tests.viewer import film_values as made, found_values as found
from viewer.session.located import FoundLook, FoundRegion, Located
from viewer.session.pointer import Viewports


@pytest.fixture
def panes(qapp):
    return Viewports(made.model())


@pytest.fixture
def located(panes):
    return Located(panes, again=found.again)


def answer(panes, said):
    pointer = panes.active
    if pointer.film is None:
        pointer.show_film(made.film())
    pointer.analysis = said
    pointer.show_answer()


def test_that_regions_are_numbered_in_their_order_and_go_with_the_answer(panes, located):
    answer(panes, found.analysis(found.answer()))
    assert [one.label for one in located.shown] == [
        "lung 0.99",
        "2 · finding 0.91",
        "3 · points at 0.47",
    ]
    panes.active.blank()
    assert located.shown == ()


def test_that_an_outline_has_a_number_where_its_class_has_several(panes, located):
    answer(panes, found.analysis(found.answer(found.OUTLINE, found.OUTLINE)))
    assert [one.label for one in located.shown] == ["1 · lung 0.99", "2 · lung 0.99"]
    assert [one.object for one in located.shown] == ["Lung 1", "Lung 2"]


def test_that_an_answer_that_abstained_has_no_regions(panes, located):
    said = replace(found.analysis(found.answer()), abstained="It is not read.")
    answer(panes, said)
    assert located.shown == ()


def test_that_sizes_are_in_millimetres_where_the_spacing_is_true():
    box = FoundRegion(1, found.BOX, spacing=found.SPACING)
    assert (box.size, box.area) == ("5.0 × 15.0 mm", "–")
    assert FoundRegion(1, found.OUTLINE, spacing=found.SPACING).area == "100 mm²"


def test_that_sizes_are_in_pixels_without_a_spacing():
    outline = replace(found.OUTLINE, area_mm2=None)
    assert FoundRegion(1, found.BOX).size == "20 × 30 px"
    assert FoundRegion(1, outline).area == "800 px"


def test_that_a_weak_region_has_neither_area_nor_size_and_says_that_it_is_no_outline():
    weak = FoundRegion(2, replace(found.WEAK, area_px=50.0, area_mm2=9.0), spacing=found.SPACING)
    assert (weak.area, weak.size, weak.facts) == ("–", "–", ("not an outline",))


def test_that_a_region_without_a_probability_says_none():
    region = Region("finding", float("nan"), (0, 0, 4, 4), weak=True)
    assert FoundRegion(1, region).label == "1 · points at"
    assert FoundRegion(1, region).probability == "–"


def test_that_areas_follow_another_cut_and_come_back_as_shipped(panes, located):
    answer(panes, found.analysis(found.mapped(cut=0.5)))
    assert [one.area for one in located.shown] == ["100 mm²"]
    located.move_cut(0.8)
    assert [one.region.area_px for one in located.shown] == [200.0]
    assert located.cut.own
    assert located.cut.value == 0.8
    located.move_cut(None)
    assert [one.area for one in located.shown] == ["100 mm²"]
    assert not located.cut.own


def test_that_the_engine_makes_the_regions_of_another_cut(panes):
    located = Located(panes)
    answer(panes, found.analysis(found.mapped(cut=0.5)))
    areas = []
    for cut in (0.55, 0.8):
        located.move_cut(cut)
        (one,) = located.shown
        assert one.region.label == "lung"
        assert one.outlined
        areas.append(one.region.area_px)
    assert areas[0] > areas[1] > 0


def test_that_the_cut_of_one_model_is_not_that_of_another(panes, located):
    answer(panes, found.analysis(found.mapped()))
    located.move_cut(0.8)
    other = found.analysis(found.mapped(), by=made.model("two"))
    answer(panes, other)
    assert located.cut.value == 0.5


def test_that_there_is_no_cut_without_maps(panes, located):
    answer(panes, found.analysis(found.answer()))
    located.move_cut(0.8)
    assert located.cut is None
    assert len(located.shown) == 3


def test_that_a_cut_at_which_nothing_is_left_leaves_nothing_chosen(panes, located):
    answer(panes, found.analysis(found.mapped()))
    located.choose(1)
    located.move_cut(0.95)
    assert (located.shown, located.chosen) == ((), 0)


def test_that_regions_are_gone_through_from_the_first_to_the_last_and_again(panes, located):
    answer(panes, found.analysis(found.answer()))
    gone = []
    for by in (1, 1, 1, 1, -1, -1):
        located.step(by)
        gone.append(located.chosen)
    assert gone == [1, 2, 3, 1, 3, 2]


def test_that_the_last_region_comes_first_backwards(panes, located):
    answer(panes, found.analysis(found.answer()))
    located.step(-1)
    assert located.chosen == 3


def test_that_another_film_has_nothing_chosen(panes, located):
    answer(panes, found.analysis(found.answer()))
    located.choose(2)
    panes.active.blank()
    assert located.chosen == 0


def test_that_regions_of_no_film_cannot_be_chosen(panes, located):
    located.choose(1)
    located.step(1)
    assert located.chosen == 0


def test_that_boxes_and_outlines_are_hidden_and_shown_together():
    look = FoundLook(boxes=True, outlines=False, fill=0.3)
    assert look.toggled() == FoundLook(boxes=False, outlines=False, fill=0.3)
    assert look.toggled().toggled() == FoundLook(boxes=True, outlines=True, fill=0.3)


def test_that_a_spacing_at_the_detector_is_not_that_of_the_patient(panes, located):
    spacing = Spacing(0.5, 0.5, "at detector")
    answer(panes, found.analysis(found.answer(found.BOX), spacing))
    assert [one.size for one in located.shown] == ["20 × 30 px"]
