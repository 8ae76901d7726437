"""One promise made to a user, one test: from a file to an answer with its maps."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.bundle import influence_passes, read_audit
from engine.imaging import read_frame, read_image
from viewer.kit.words import probability_text
from viewer.session.choices import MapChoice


def test_that_the_image_is_on_screen_before_the_answer(window, qtbot, film):
    events = []
    painted = window.film.painted
    window.session.frame_read.connect(lambda _film: events.append("read"))
    painted.connect(lambda: events.append("painted"))
    window.session.analyses.analysed.connect(lambda _analysis: events.append("answered"))
    with qtbot.waitSignal(window.session.settled, timeout=120_000):
        window.session.open((film,))
    assert "answered" in events
    after_reading = events[events.index("read") :]
    assert after_reading.index("painted") < after_reading.index("answered")


def test_that_the_panel_shows_what_the_engine_answered(window, film, read):
    read(window, film)
    prediction = window.session.analysis.prediction
    shown = probability_text(prediction.probabilities[prediction.target])
    assert shown in all_text(window.reading)


def test_that_the_map_is_off_until_asked(window, film, read):
    read(window, film)
    assert window.film.item.heatmap is None


@pytest.mark.parametrize(("key", "question"), [("I", "influence"), ("S", "state")])
def test_that_one_key_lays_a_map_over_the_film_and_takes_it_off(
    window, qtbot, film, read, key, question
):
    read(window, film)
    qtbot.keyClick(window, key)
    assert window.film.item.heatmap.question == question
    qtbot.keyClick(window, key)
    assert window.film.item.heatmap is None


def test_that_the_overlay_covers_exactly_the_image(window, film, read):
    read(window, film)
    window.session.choose_map(MapChoice(question="state"))
    assert window.film.item.overlay_rect() == window.film.item.image_rect()


def test_that_changing_the_window_does_not_change_the_answer(window, film, read):
    read(window, film)
    before = window.session.analysis
    window.choose_voi(1)
    window.toggle_invert()
    assert window.session.analysis is before


def test_that_the_row_keys_move_the_cursor_by_model_rows(window, qtbot, film, read):
    read(window, film)
    window.session.step_row(-9999)
    qtbot.keyClick(window, Qt.Key.Key_Down)
    assert window.session.cursor.step == 1


def test_that_a_chosen_unit_is_shown_with_its_value(window, film, read):
    read(window, film)
    window.choose_units((3, 7))
    assert {"u3", "u7"} <= set(all_text(window.reading).split("\n"))


def test_that_going_to_the_next_film_blanks_the_old_answer_at_once(
    window, qtbot, film, second_film, read
):
    read(window, film, second_film)
    answers = []
    window.session.frame_read.connect(lambda _film: answers.append(window.session.analysis))
    with qtbot.waitSignal(window.session.analyses.analysed, timeout=120_000):
        qtbot.keyClick(window, Qt.Key.Key_Right)
    assert answers == [None]
    assert window.session.analysis.image.path == second_film


def test_that_another_model_reads_all_films_again(window, qtbot, film, read):
    read(window, film)
    first = window.session.analysis.model.name
    with qtbot.waitSignal(window.session.settled, timeout=120_000):
        window.session.models.choose_next()
    assert window.session.analysis.model.name != first


def test_that_a_film_that_the_model_is_not_for_gets_no_number(window, read):
    from pydicom.data import get_testdata_file

    read(window, Path(get_testdata_file("CT_small.dcm", download=False)))
    assert window.session.analysis.prediction is None
    assert "CT" in all_text(window.reading)


def test_that_a_film_that_was_never_read_still_shows_what_was_checked(window, read):
    from pydicom.data import get_testdata_file

    read(window, Path(get_testdata_file("CT_small.dcm", download=False)))
    shown = all_text(window.reading)
    assert "Not what the model reads" in shown
    assert "Unlike its films" in shown  # the picture was asked all the same


def test_that_panel_and_foot_agree_whether_the_map_was_tested(window, qtbot, film, read):
    read(window, film)
    qtbot.keyClick(window, "I")
    audit = read_audit(window.session.model.path)
    proven = audit is not None and influence_passes(audit)
    assert ("Yes, for this network" in all_text(window.reading)) == proven
    assert (window.film.legend.meaning.property("rank") == "quiet") == proven


def test_that_the_shown_pixels_are_the_files_pixels(window, film, read):
    read(window, film)
    values = read_frame(read_image(film)).values
    assert np.array_equal(window.session.film.frame.values, values)


def all_text(widget):
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in widget.findChildren(QLabel))
