from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton

from engine.resources import resource_path
from viewer.kit import theme
from viewer.kit.words import ModelEntry
from viewer.toolbar import WORDS, FilmToolBar, MenuCorner

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform


def model(name="chest", text="", tip=()):
    return ModelEntry(Path("models", name), text or name.title(), tip)


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def corner(qtbot):
    widget = MenuCorner()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def toolbar(qtbot):
    widget = FilmToolBar()
    qtbot.addWidget(widget)
    return widget


def action(toolbar, words) -> QAction:
    return next(found for found in toolbar.actions() if found.text() == words)


def choices(widget) -> dict[str, QComboBox]:
    return {box.accessibleName(): box for box in widget.findChildren(QComboBox)}


def test_that_a_model_is_listed_in_its_words(corner):
    corner.show_models([model(text="Chest film 1.2 · GRU")])
    assert choices(corner)["Model"].itemText(0) == "Chest film 1.2 · GRU"


def test_that_the_tip_of_a_model_is_not_read_as_html(corner):
    corner.show_models([model(tip=("<b>bold</b>", "", "research"))])
    tip = choices(corner)["Model"].itemData(0, Qt.ItemDataRole.ToolTipRole)
    assert tip == "<span>&lt;b&gt;bold&lt;/b&gt;<br>research</span>"


def test_that_showing_models_asks_for_none(corner, qtbot):
    with qtbot.assertNotEmitted(corner.model_requested):
        corner.show_models([model("a"), model("b")])
        corner.show_model(Path("models/b"))


def test_that_choosing_a_model_asks_for_its_folder(corner, qtbot):
    corner.show_models([model("a"), model("b")])
    with qtbot.waitSignal(corner.model_requested) as caught:
        choices(corner)["Model"].activated.emit(1)
    assert caught.args == [Path("models/b")]


def test_that_the_chosen_model_stays_chosen_in_a_new_list(corner):
    corner.show_models([model("a"), model("b")])
    corner.show_model(Path("models/b"))
    corner.show_models([model("b"), model("c")])
    assert choices(corner)["Model"].currentText() == "B"


def test_that_an_empty_list_says_no_model(corner):
    corner.show_models([])
    box = choices(corner)["Model"]
    assert (box.isEnabled(), box.currentIndex(), box.placeholderText()) == (False, -1, "No model")


def test_that_the_reason_for_the_device_is_not_read_as_html(corner):
    corner.show_device("CPU", "no <i>GPU</i>")
    chip = next(found for found in corner.findChildren(QLabel) if found.text() == "CPU")
    assert "&lt;i&gt;" in chip.toolTip()


def test_that_the_wheel_does_not_change_the_model(corner):
    corner.show_models([model("a"), model("b")])
    corner.show_model(Path("models/a"))
    corner.show()
    place, still = QPointF(10, 10), QPoint(0, -120)
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    back = False
    wheel = QWheelEvent(place, place, still, still, Qt.MouseButton.NoButton, none, phase, back)
    QApplication.sendEvent(choices(corner)["Model"], wheel)
    assert choices(corner)["Model"].currentText() == "A"


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("Open films", "open_requested"),
        ("Fit to pane", "fit_requested"),
        ("Text on the film", "text_requested"),
        ("Reset the view", "reset_requested"),
    ],
)
def test_that_a_button_asks_for_what_it_names(toolbar, qtbot, words, signal):
    with qtbot.waitSignal(getattr(toolbar, signal)):
        action(toolbar, words).trigger()


def test_that_a_tool_button_asks_for_its_tool(toolbar, qtbot):
    with qtbot.waitSignal(toolbar.tool_requested) as caught:
        action(toolbar, "Pan").trigger()
    assert caught.args == ["pan"]


def test_that_only_one_tool_is_held(toolbar):
    toolbar.show_tool("zoom")
    toolbar.show_tool("row")
    held = [
        name
        for name in ("Window", "Zoom", "Pan", "Row cursor")
        if action(toolbar, name).isChecked()
    ]
    assert held == ["Row cursor"]


def test_that_showing_a_tool_asks_for_nothing(toolbar, qtbot):
    with qtbot.assertNotEmitted(toolbar.tool_requested):
        toolbar.show_tool("pan")


def test_that_invert_tells_its_new_state(toolbar, qtbot):
    with qtbot.waitSignal(toolbar.invert_toggled) as caught:
        toolbar.invert.toggle()
    assert caught.args == [True]


def test_that_the_study_list_starts_shown_and_can_be_hidden(toolbar, qtbot):
    with qtbot.waitSignal(toolbar.studies_toggled) as caught:
        toolbar.studies.toggle()
    assert caught.args == [False]


def test_that_a_window_is_asked_for_by_its_place_in_the_header(toolbar, qtbot):
    toolbar.show_vois(("DICOM 1", "BONE"), 0)
    with qtbot.waitSignal(toolbar.voi_requested) as caught:
        choices(toolbar)["Window"].activated.emit(1)
    assert caught.args == [1]


def test_that_a_window_set_by_hand_is_named_so(toolbar):
    toolbar.show_vois(("DICOM 1",), -1)
    box = choices(toolbar)["Window"]
    assert (box.currentText(), box.placeholderText()) == ("", "By hand")


@pytest.mark.parametrize(("place", "scale"), [(0, None), (1, 0.5), (2, 1.0), (3, 2.0)])
def test_that_zoom_is_asked_for_as_a_scale(toolbar, qtbot, place, scale):
    with qtbot.waitSignal(toolbar.zoom_requested) as caught:
        choices(toolbar)["Zoom"].activated.emit(place)
    assert caught.args == [scale]


def test_that_a_zoom_between_the_steps_is_shown_in_per_cent(toolbar):
    toolbar.show_zoom(0.65)
    box = choices(toolbar)["Zoom"]
    assert (box.currentIndex(), box.placeholderText()) == (-1, "65 %")


def test_that_every_button_names_its_key(toolbar):
    buttons = [found for found in toolbar.actions() if found.text()]
    assert len(buttons) == len(WORDS)
    assert all(found.toolTip().endswith(")") for found in buttons)


def test_that_every_control_is_reached_with_tab(toolbar):
    controls = [
        toolbar.widgetForAction(found) for found in toolbar.actions() if found.text()
    ] + toolbar.findChildren(QComboBox)
    assert all(found.focusPolicy() & Qt.FocusPolicy.TabFocus for found in controls)


def test_that_all_buttons_fit_a_small_window_as_squares_of_32_pixels(toolbar):
    toolbar.resize(1280, theme.TOOLBAR)
    toolbar.show()
    shown = [found for found in toolbar.findChildren(QToolButton) if found.isVisible()]
    assert {(found.width(), found.height()) for found in shown} == {(32, 32)}


def test_that_a_long_window_name_never_makes_the_box_wider_than_its_limit(toolbar):
    toolbar.show_vois(("SOFT TISSUE " * 20,), 0)
    toolbar.resize(1280, theme.TOOLBAR)
    toolbar.show()
    box = choices(toolbar)["Window"]
    assert box.width() <= 220
    assert "SOFT TISSUE" in box.toolTip()


@pytest.mark.parametrize(
    "path", sorted(resource_path("icons").glob("*.svg")), ids=lambda p: p.stem
)
def test_that_every_icon_can_be_drawn(qapp, path):
    image = theme.icon(path.stem, size=20).pixmap(20, 20).toImage()
    assert any(
        image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
    )
