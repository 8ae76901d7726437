"""Going through the frames of one file."""

import pydicom
import pytest

from engine import Window


@pytest.fixture
def two_frames(film, tmp_path):
    path = tmp_path / "two-frames.dcm"
    dataset = pydicom.dcmread(film)
    dataset.NumberOfFrames = 2
    dataset.PixelData *= 2
    dataset.save_as(path)
    return path


def test_that_another_frame_of_the_same_file_keeps_the_window(window, qtbot, two_frames, read):
    read(window, two_frames)
    chosen = Window(300.0, 500.0, "by hand")
    window.film.window_requested.emit(chosen)
    with qtbot.waitSignal(window.session.frame_read):
        window.session.step_frame(1)
    assert window.session.film.frame.index == 1
    assert window.film.item.voi is chosen


def test_that_another_file_starts_with_its_own_window(window, two_frames, second_film, read):
    read(window, two_frames)
    window.film.window_requested.emit(Window(300.0, 500.0, "by hand"))
    read(window, second_film)
    assert window.film.item.voi is window.session.film.voi
