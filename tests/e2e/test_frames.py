"""Going through the frames of one file."""

import numpy as np
import pydicom
import pytest

from engine.types import Window
from tests.engine.enhanced_files import enhanced, plane, rescaled
from tests.engine.imaging_files import ramp


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
    with qtbot.waitSignal(window.session.frame_read, timeout=60_000):
        window.session.step_frame(1)
    assert window.session.film.frame.index == 1
    assert window.film.item.voi is chosen


def test_that_another_file_starts_with_its_own_window(window, two_frames, second_film, read):
    read(window, two_frames)
    window.film.window_requested.emit(Window(300.0, 500.0, "by hand"))
    read(window, second_film)
    assert window.film.item.voi is window.session.film.voi


def test_that_a_frame_is_shown_by_its_own_window_rescale_and_shape(window, qtbot, tmp_path, read):
    groups = [rescaled(slope) for slope in (1, 16)]
    for made, spacing in zip(groups, ([1, 1], [2, 1]), strict=True):
        made.PixelMeasuresSequence = plane([1, 0, 0, 0, 1, 0], spacing).PixelMeasuresSequence
    bits = {"BitsStored": 12, "HighBit": 11}
    pixels = np.stack([ramp(96, 96, top=4095)] * 2)
    read(window, enhanced(tmp_path / "slopes.dcm", pixels, groups, **bits))
    pictures = [shades(window.film)]
    shapes = [window.film.placement.aspect]
    with qtbot.waitSignal(window.session.settled, timeout=120_000):
        window.session.step_frame(1)
    pictures.append(shades(window.film))
    shapes.append(window.film.placement.aspect)
    assert window.film.item.voi == Window(2048 * 16, 4096 * 16)
    assert shapes == [1.0, 0.5]
    assert np.abs(pictures[1] - pictures[0]).max() <= 1 + 255 / 96  # a stored row beside
    assert np.ptp(pictures[1]) > 200


def shades(pane):
    """Grey levels down the film, of bands of a tenth of its height, where no words cover it."""
    picture = pane.view.grab().toImage()
    film = pane.placement.on_screen(pane.item.image_rect())
    rows = [film.top() + (k + 0.5) * film.height() / 10 for k in range(10)]
    columns = (film.left() + share * film.width() for share in np.linspace(0.1, 0.9, 17))
    words = pane.written().boxes
    free = next(x for x in columns if not any(box.contains(x, y) for box in words for y in rows))
    return np.array([picture.pixelColor(round(free), round(y)).red() for y in rows])
