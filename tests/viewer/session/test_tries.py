"""What is tried on a film: what is read again and when, and the trail of it."""

from pathlib import Path

import numpy as np
import pytest

import engine
from engine.inspection import Edit
from tests.viewer.film_values import heard
from tests.viewer.tried_films import AnsweringInspection, opened, seven
from viewer.session.tries import Tries, edit_lines, greys_of

MEAN, GREY = Edit("mean", 0, 0), Edit("value", 0, 0, (0.5,))


@pytest.fixture
def inspection(qtbot):
    return AnsweringInspection()


@pytest.fixture
def tries(inspection):
    tries = Tries(inspection)
    inspection.show(opened())
    tries.turn(on=True)
    yield tries
    tries.lane.close()


def words(tries):
    return [[edit.words for edit in one.edits] for one in tries.trail.tries]


def test_that_nothing_is_read_again_before_the_mode_is_on(inspection):
    tries = Tries(inspection)
    inspection.show(opened())
    tries.brush(3, 5)
    assert (inspection.asked, tries.found) == ([], None)


def test_that_the_film_as_read_is_the_first_of_the_trail(tries):
    assert words(tries) == [[]]
    assert tries.found.change == 0.0
    assert not tries.unkept


def test_that_brushed_rows_are_read_as_the_engine_reads_them(tries):
    tries.brush(9, 6)
    found = engine.inspection.whatif(engine.load("digits"), seven(), "rows 6 9 mean")
    assert tries.band == (6, 9)
    np.testing.assert_array_equal(tries.found.probabilities, found.probabilities)
    assert tries.unkept


def test_that_a_brush_stays_on_the_film(tries):
    tries.brush(-4, 99)
    assert tries.band == (0, 27)


def test_that_another_filling_reads_the_same_band_again(tries):
    tries.brush(6, 9)
    tries.fill_with(GREY)
    assert [edit.words for edit in tries.found.edits] == ["rows 6 9 value 0.5"]


def test_that_one_reading_is_on_its_way_and_the_newest_change_follows_it(tries, inspection):
    inspection.asked.clear()
    inspection.holds = {"whatif"}
    for last in (6, 7, 8, 9):
        tries.brush(6, last, moving=True)
    assert inspection.asked.count("whatif") == 1
    inspection.release()
    assert inspection.asked.count("whatif") == 2
    assert [edit.words for edit in tries.found.edits] == ["rows 6 9 mean"]


def test_that_what_takes_longer_waits_for_the_mouse(tries, inspection):
    inspection.asked.clear()
    tries.brush(6, 9, moving=True)
    assert inspection.asked == ["whatif"]
    assert (tries.after, tries.fillings) == (None, ())
    tries.let_go()
    assert set(inspection.asked) == {"whatif", "whatif.after", "whatif.fillings"}
    assert [one.kind for one in tries.fillings] == ["mean", "blurred", "noise", "neighbour"]


def test_that_the_change_of_influence_sums_to_the_change_of_the_answer(tries):
    tries.brush(6, 9)
    left = tries.after.residual - tries.before.residual
    assert float(tries.change.sum()) + left == pytest.approx(tries.found.change, abs=1e-3)
    band = float(tries.change[6:10].sum())
    assert tries.share == pytest.approx(band / float(tries.change.sum()))


def test_that_another_target_is_another_question(tries):
    tries.brush(6, 9)
    seven_, change = tries.found.target, tries.found.change
    tries.aim(3)
    assert (seven_, tries.found.target) == (7, 3)
    assert tries.found.change != change
    assert tries.after.target == tries.before.target == 3


def test_that_a_kept_try_stands_in_the_trail_once(tries):
    tries.brush(6, 9)
    tries.keep()
    tries.keep()
    assert words(tries) == [[], ["rows 6 9 mean"]]
    found = tries.found
    assert tries.trail.tries[1].probability == float(found.probabilities[found.target])


def test_that_an_undone_try_stays_and_can_be_had_back(tries):
    tries.brush(6, 9)
    tries.keep()
    tries.brush(12, 14)
    tries.undo()  # what was not kept
    assert words(tries) == [[], ["rows 6 9 mean"], ["rows 12 14 mean"]]
    assert [one.undone for one in tries.trail.tries] == [False, False, True]
    assert tries.band == (6, 9)
    tries.undo()  # the kept one
    assert [one.undone for one in tries.trail.tries] == [False, True, True]
    assert (tries.draft, tries.found.change) == ((), 0.0)
    tries.undo()
    assert tries.draft == ()
    tries.redo()
    tries.redo()
    assert [one.undone for one in tries.trail.tries] == [False, False, False]
    assert tries.band == (12, 14)


def test_that_a_click_goes_back_to_a_try(tries):
    tries.brush(6, 9)
    tries.keep()
    tries.fill_with(GREY)
    tries.go_to(1)
    assert tries.found.edits[0].words == "rows 6 9 mean"
    tries.go_to(0)
    assert tries.found.change == 0.0


def test_that_the_whole_film_is_changed_before_rows_are(tries):
    tries.brush(6, 9)
    tries.change_whole(Edit("shift", numbers=(2.0, 0.0)))
    tries.change_whole(Edit("shift", numbers=(1.0, 0.0)))
    assert [edit.words for edit in tries.draft] == ["shift 1 0", "rows 6 9 mean"]


def test_that_what_cannot_be_read_leaves_what_was_read(tries, inspection):
    told = heard(inspection.failed)
    tries.brush(6, 9)
    tries.take((Edit("value", 6, 9, (7.0,)),))
    assert "no grey" in str(told[0][0])
    assert [edit.words for edit in tries.draft] == ["rows 6 9 mean"]
    tries.brush(6, 10)
    assert tries.found.edits == tries.draft


def test_that_every_film_has_a_trail_of_its_own(tries, inspection):
    tries.brush(6, 9)
    tries.keep()
    first = inspection.opened
    inspection.show(opened(seven().T.copy(), "other 0"))
    assert words(tries) == [[]]
    inspection.show(None)
    assert (tries.trail.tries, tries.found) == ([], None)
    inspection.show(first)
    assert words(tries) == [[], ["rows 6 9 mean"]]
    assert tries.band == (6, 9)


def test_that_leaving_says_so_and_reads_nothing_more(tries, inspection):
    turned = heard(tries.turned)
    tries.turn(on=False)
    inspection.asked.clear()
    tries.brush(1, 2)
    assert (turned, inspection.asked) == ([(False,)], [])


def test_that_columns_of_the_band_are_those_of_python(tries):
    tries.brush(6, 9)
    tries.ask_columns()
    found = engine.load("digits").columns(seven(), (6, 10), 7)
    np.testing.assert_allclose(tries.columns.values, found.values, atol=1e-5)


def test_that_directions_are_those_of_python(tries, qtbot):
    tries.ask_directions()
    qtbot.waitUntil(lambda: bool(tries.directions), timeout=60_000)
    expected = engine.inspection.whatif_directions(engine.load("digits"), seven())
    for one, other in zip(tries.directions, expected, strict=True):
        np.testing.assert_allclose(one.probabilities, other.probabilities)


def test_that_changed_rows_get_the_greys_of_the_film():
    film = opened()
    greys = greys_of(film.film.frame, film.model.input)
    again = greys.of(film.prepared.own.sequence.rows)
    np.testing.assert_allclose(again, film.film.frame.values, atol=1e-3)


def test_that_a_try_says_what_it_is():
    assert edit_lines(()) == ("As read", "nothing changed")
    assert edit_lines((Edit("mean", 6, 9),)) == ("Steps 6–9", "mean film")
    shifted = (Edit("shift", numbers=(-2.0, 1.0)), Edit("mirror", 3, 3))
    assert edit_lines(shifted) == ("Step 3", "mirrored, shifted by −2 and 1")
    assert edit_lines((Edit("rotate", numbers=(5.0,)),)) == ("Whole film", "turned by 5°")


def test_that_rows_of_a_film_that_waits_for_the_readers_call_are_not_lent(tries, inspection):
    """All rows of another film would be that film, and the answer its answer."""
    other = Edit("film", 0, 27, path=Path("/films/other.dcm"))
    inspection.withheld.add(other.path)
    tries.take((Edit("invert"), other))
    assert [edit.words for edit in tries.found.edits] == ["invert"]
