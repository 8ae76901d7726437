"""A file that is overwritten under its name: nothing of the film before it stays."""

import shutil

import numpy as np
import pytest

from engine.imaging import film_key, read_frame, read_image
from tests.e2e.conftest import written


@pytest.fixture
def export(tmp_path, film):
    """The name under which an archive writes every film."""
    path = tmp_path / "export" / "export.dcm"
    path.parent.mkdir()
    shutil.copy(film, path)
    return path


@pytest.fixture
def overwritten(window, qtbot, read, export, second_film):
    read(window, export)
    before = window.session.analysis
    shutil.copy(second_film, export)
    return before


def thumbnail(window, path):
    return window.studies.entries[0].picture


def test_that_film_and_answer_are_those_of_the_new_file(window, read, export, overwritten):
    read(window, export)
    now = read_frame(read_image(export))
    assert film_key(window.session.film.frame) == film_key(now)
    assert np.array_equal(window.film.item.frame.values, now.values)
    assert window.session.analysis is not overwritten


def test_that_the_new_film_starts_with_its_own_view(window, qtbot, read, export, second_film):
    read(window, export)
    window.film.zoom_to(4.0)
    shutil.copy(second_film, export)
    read(window, export)
    assert window.film.drawings.fitted


def test_that_the_thumbnail_is_that_of_the_new_file(window, qtbot, read, export, overwritten):
    before = thumbnail(window, export).toImage()
    read(window, export)
    assert thumbnail(window, export).toImage() != before


def test_that_the_window_finds_out_by_itself_and_says_so(window, qtbot, export, overwritten):
    with qtbot.waitSignal(window.session.frame_read, timeout=120_000):
        window._clock.timeout.emit()
    texts = [message.text for message in window.messages.messages]
    assert texts == ["export.dcm has changed on disk and was read again."]


def test_that_the_old_film_is_under_a_veil_until_the_new_one_is_there(
    window, qtbot, export, overwritten
):
    seen = []
    window.session.loading_changed.connect(lambda _loading: seen.append(window.veil.isVisible()))
    with qtbot.waitSignal(window.session.settled, timeout=120_000):
        window.session.select(export)
    assert len(seen) == 2
    assert not window.veil.isVisible()


def test_that_a_half_written_file_is_read_once_it_is_whole(window, qtbot, read, film, tmp_path):
    late = tmp_path / "late.dcm"
    whole = written(tmp_path / "whole.dcm", seed=9, opacity=False).read_bytes()
    late.write_bytes(whole[: len(whole) // 2])
    read(window, film, late)
    assert window.session.films.reason(late) is not None
    late.write_bytes(whole)
    with qtbot.waitSignal(window.session.films.surveyed, timeout=120_000) as surveyed:
        window._clock.timeout.emit()
    assert surveyed.args[0] == late
