"""The window on its screen: scale, full screen, and a frame that fits."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from viewer.commanding.screen_menu import FRAME, SMALLEST, USUAL, open_at, room, scale
from viewer.scripting.director import parse
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

BIG = QSize(3840, 2160)


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    return window


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


# ---------------------------------------------------------------------- scale


def test_that_everything_is_drawn_at_the_scale_that_was_asked_for(tmp_path):
    target = tmp_path / "out.png"
    command = ["--screenshot", str(target), "--size", "1200x760", "--scale", "150", "--do", "fit"]
    subprocess.run([sys.executable, "-m", "viewer", *command], check=True, timeout=120)
    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == (1800, 1140)


def test_that_a_setting_is_a_scale_of_the_pixels_of_the_screen():
    environment = {}
    scale(125, environment, asked=False)
    assert environment == {"QT_SCALE_FACTOR": "1.25", "QT_ENABLE_HIGHDPI_SCALING": "0"}


def test_that_without_a_setting_the_system_has_its_way():
    environment = {}
    scale(0, environment, asked=False)
    assert environment == {}


@pytest.mark.parametrize(("asked", "kept"), [(False, "2"), (True, "1.5")])
def test_that_the_environment_goes_before_a_setting_and_a_request_before_both(asked, kept):
    environment = {"QT_SCALE_FACTOR": "2"}
    scale(150, environment, asked=asked)
    assert environment["QT_SCALE_FACTOR"] == kept


def test_that_a_script_sets_the_scale_of_the_next_start(window):
    give(window, "scale 150")
    assert window.settings.scale == 150
    with pytest.raises(ScriptError, match="200"):
        give(window, "scale 300")


# ---------------------------------------------------------------------- size


@pytest.mark.parametrize(
    "screen", [(1280, 800), (1280, 752), (1366, 728), (1920, 1040), (960, 540), (3840, 2160)]
)
def test_that_a_window_never_opens_larger_than_the_screen_has_room_for(window, screen):
    available = QSize(*screen)
    for asked in (None, QSize(1280, 800), BIG):
        open_at(window, asked, window.settings, available)
        outside = window.size() + FRAME
        assert outside.boundedTo(available) == outside


def test_that_the_smallest_window_has_room_on_a_screen_of_1280_by_800(window):
    assert room(SMALLEST, QSize(1280, 800 - 48)) == SMALLEST  # a bar of the desktop


def test_that_the_size_of_last_time_is_kept_where_it_fits(window):
    window.resize(1024, 720)  # the screen of tests has 800 pixels
    window.settings.geometry = window.saveGeometry()
    window.resize(1300, 900)
    open_at(window, None, window.settings, BIG)
    assert window.size() == QSize(1024, 720)


def test_that_a_picture_is_as_large_as_it_says(window):
    open_at(window, BIG, window.settings, None)
    assert window.size() == BIG
    assert window.minimumSize() == SMALLEST
    open_at(window, None, Settings(Memory()), None)
    assert window.size() == USUAL


# ---------------------------------------------------------------------- full screen


def test_that_full_screen_comes_and_goes_by_its_command(window):
    window.show()
    give(window, "full-screen")
    assert window.isFullScreen()
    give(window, "full-screen")
    assert not window.isFullScreen()


def test_that_escape_leaves_full_screen(window, qtbot):
    window.show()
    give(window, "full-screen")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_that_menus_and_tools_stay_in_full_screen(window):
    window.show()
    give(window, "full-screen")
    assert window.menuBar().isVisible()
    assert window.toolbar.isVisible()


def test_that_a_window_that_was_maximized_is_so_again(window):
    window.showMaximized()
    give(window, "full-screen")
    give(window, "full-screen")
    assert window.isMaximized()


def test_that_no_start_begins_in_full_screen(window):
    window.show()
    give(window, "full-screen")
    window.settings.geometry = window.saveGeometry()
    open_at(window, None, window.settings, BIG)
    assert not window.isFullScreen()
