import numpy as np
import pytest

from engine.imaging import auto_window, auto_window_of, best_window, box_values
from engine.types import Frame, FrameHeader, Image


def frame(values, unit="", valid=None):
    values = np.asarray(values, np.float32)
    rows, columns = values.shape
    image = Image("film", "DICOM", "", 1, rows, columns, 12, "MONOCHROME2")
    return Frame(image, 0, values, valid=valid, header=FrameHeader((-1024.0, 3071.0), unit))


def ends(window):
    return window.center - window.width / 2, window.center + window.width / 2


def body(size=200, air=-1000.0, share=0.4):
    """A disc of 0…100 with a lung of −850 in it, in noisy air."""
    draw = np.random.default_rng(1)
    down, across = np.mgrid[:size, :size] - size / 2
    radius = np.hypot(down, across) / size
    values = draw.normal(air, 8, (size, size))
    values[radius < share] = draw.uniform(0, 100, np.count_nonzero(radius < share))
    values[radius < share / 2] = -850
    return values


def test_that_air_around_a_body_is_no_part_of_the_automatic_window_of_a_ct():
    low, high = ends(auto_window(frame(body(), "HU")))
    assert low == pytest.approx(-850, abs=1)  # the lung within is
    assert high == pytest.approx(100, abs=2)


def test_that_a_large_flat_border_of_any_value_is_left_out():
    draw = np.random.default_rng(2)
    values = np.full((300, 200), 4000.0)
    values[60:240, 40:160] = draw.uniform(500, 900, (180, 120))
    low, high = ends(auto_window(frame(values)))
    assert (low, high) == pytest.approx((500, 900), abs=5)


def test_that_a_film_without_a_border_keeps_all_of_its_values():
    values = np.random.default_rng(3).uniform(0, 1000, (100, 100))
    low, high = ends(auto_window(frame(values)))
    assert (low, high) == pytest.approx((5, 995), abs=3)


def test_that_a_frame_of_air_alone_still_has_a_window():
    window = auto_window(frame(np.full((64, 64), -1000.0), "HU"))
    assert (window.center, window.width) == (-1000, 1)


def test_that_padding_that_surrounds_the_air_does_not_hide_it():
    values, valid = body(), np.ones((200, 200), np.bool_)
    valid[:20] = valid[-20:] = False
    values[~valid] = 3071
    low, high = ends(auto_window(frame(values, "HU", valid)))
    assert (low, high) == pytest.approx((-850, 100), abs=2)


def test_that_a_series_has_one_window_whatever_slice_comes_first():
    slices = [frame(body(share=share), "HU") for share in (0.2, 0.3, 0.45)]
    assert auto_window_of(slices) == auto_window_of(reversed(slices))
    assert auto_window_of(slices[:1]) == auto_window(slices[0])


def test_that_slices_without_a_body_do_not_change_the_window_of_their_series():
    empty = frame(np.full((200, 200), -1000.0), "HU")
    assert auto_window_of([frame(body(), "HU"), empty]) == auto_window(frame(body(), "HU"))


def test_that_no_frames_have_no_window():
    with pytest.raises(ValueError, match="no frames"):
        auto_window_of(())


def test_that_the_best_window_of_a_box_shows_nearly_all_of_it_but_no_stray_pixel():
    values = np.arange(1000, dtype=np.float32)
    values[-3:] = 1e6
    low, high = ends(best_window(values))
    assert 0 <= low <= 11
    assert 980 <= high <= 1000


def test_that_the_best_window_of_few_values_is_all_of_them():
    assert ends(best_window(np.array([[3, 9, 5]], np.float32))) == (3, 9)


def test_that_the_best_window_of_one_value_can_be_computed_with():
    assert best_window(np.full(50, 7, np.float32)).width > 0


def test_that_a_box_holds_the_pixels_whose_middle_lies_in_it_whichever_corner_is_first():
    film = frame(np.arange(12).reshape(3, 4))
    assert box_values(film, (0.5, 0.4), (2.6, 1.6)).tolist() == [0, 1, 2, 4, 5, 6]
    assert box_values(film, (2.6, 1.6), (0.5, 0.4)).tolist() == [0, 1, 2, 4, 5, 6]
    assert box_values(film, (-9, -9), (99, 99)).size == 12
    assert box_values(film, (7, 7), (9, 9)).size == 0


def test_that_padding_in_a_box_is_no_value_of_it():
    valid = np.ones((3, 4), np.bool_)
    valid[:, 0] = False
    film = frame(np.arange(12).reshape(3, 4), valid=valid)
    assert box_values(film, (0, 0), (2, 3)).tolist() == [1, 5, 9]
