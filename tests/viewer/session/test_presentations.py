"""Presentation states that come with a study show its films, and can be taken off."""

import pytest

from engine.types import Presentation, Window
from tests.engine.imaging.test_presentation import image, item, write_state
from tests.engine.imaging_files import ramp, write
from tests.viewer import film_values as made
from viewer.session.loading import list_files
from viewer.session.pointer import Pointer
from viewer.session.viewport import History, LayerChoice, Turn

SHOWN = Presentation("ONE", voi=Window(10, 20), inverted=True, quarters=1, flipped=True)
OTHER = Presentation("TWO", voi=Window(30, 40))


def pointer_with(*presentations):
    pointer = Pointer(History())
    pointer.presented = lambda _film: presentations
    pointer.show_film(made.film())
    return pointer


def test_that_one_presentation_shows_a_film_unasked():
    pointer = pointer_with(SHOWN)
    seen = pointer.viewport
    assert seen.window.voi == Window(10, 20)
    assert (seen.turn, seen.inverted, seen.layers.number) == (Turn(1, flipped=True), True, 1)


def test_that_of_several_presentations_none_is_chosen_for_the_reader():
    seen = pointer_with(SHOWN, OTHER).viewport
    assert seen.layers.number == 0
    assert (seen.turn, seen.inverted) == (Turn(), False)
    assert seen.window.voi == made.film().voi


def test_that_a_film_is_shown_as_stored_and_by_each_presentation_in_turn():
    pointer, names = pointer_with(SHOWN, OTHER), []
    for _ in range(4):
        pointer.choose_layers(pointer.viewport.layers.next_presentation())
        shown = pointer.viewport.layers.shown
        names.append((shown.name if shown else "", pointer.viewport.window.voi.center))
    stored = made.film().voi.center
    assert names == [("ONE", 10), ("TWO", 30), ("", stored), ("ONE", 10)]


def test_that_choosing_a_presentation_is_undone_as_one_step():
    history = History()
    pointer = Pointer(history)
    pointer.presented = lambda _film: (SHOWN, OTHER)
    pointer.show_film(made.film())
    before = pointer.viewport
    pointer.choose_layers(before.layers.next_presentation())
    pointer.take(history.undo(), back=True)
    assert pointer.viewport == before
    assert history.undo() is None
    pointer.take(history.redo(), back=False)
    assert pointer.viewport.window.voi == Window(10, 20)


def test_that_hiding_overlays_keeps_window_and_place():
    pointer = pointer_with()
    pointer.show_window(Window(1, 2, kind="by hand"))
    pointer.choose_layers(pointer.viewport.layers.other_overlays())
    assert not pointer.viewport.layers.overlays
    assert pointer.viewport.window.voi.center == 1


def test_that_a_presentation_that_does_not_exist_is_not_chosen():
    pointer = pointer_with(SHOWN)
    pointer.choose_layers(LayerChoice(presentations=(SHOWN,), number=7))
    assert pointer.viewport.layers.number == 1


def test_that_another_film_is_shown_by_its_own_presentation():
    pointer = pointer_with(SHOWN)
    pointer.presented = lambda _film: ()
    pointer.show_film(made.film(made.image("other.dcm")))
    assert pointer.viewport.layers.presentations == ()
    assert (pointer.viewport.turn, pointer.viewport.inverted) == (Turn(), False)


def test_that_a_presentation_that_is_read_after_its_film_shows_it_then():
    pointer = pointer_with()
    pointer.presented = lambda _film: (SHOWN,)
    pointer.present_again()
    assert pointer.viewport.window.voi == Window(10, 20)


# ------------------------------------------------------------------ found with the films
def test_that_a_presentation_state_is_no_film_of_the_list(tmp_path):
    film, state = write(tmp_path / "film", ramp()), write_state(tmp_path / "state")
    found = list_files((tmp_path,))
    assert (found.films, found.presentations) == ((film,), (state,))


def test_that_a_presentation_state_beside_a_film_that_is_opened_alone_is_found(tmp_path):
    film, state = write(tmp_path / "film", ramp()), write_state(tmp_path / "state")
    found = list_files((film,))
    assert (found.films, found.presentations) == ((film,), (state,))


@pytest.mark.parametrize("uid", ["1.2.3.4", "1.2.3.5"])
def test_that_a_film_is_opened_as_the_state_beside_it_shows_it(qtbot, tmp_path, uid):
    from viewer.session.session import Session

    film = write(tmp_path / "film", ramp(), SOPInstanceUID="1.2.3.4")
    window = item(WindowCenter=77, WindowWidth=99, WindowCenterWidthExplanation="MINE")
    write_state(tmp_path / "state", [image(uid)], SoftcopyVOILUTSequence=[window])
    session = Session(())
    try:
        with qtbot.waitSignal(session.settled, timeout=60_000):
            session.open((film,))
        qtbot.waitUntil(lambda: not session.busy, timeout=60_000)
        shown = session.pointer.viewport
        assert (shown.window.voi.explanation == "MINE") == (uid == "1.2.3.4")
        assert session.films.paths == (film,)
    finally:
        session.close()
