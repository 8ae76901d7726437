from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton

from engine.resources import resource_path
from viewer.commanding.menus import FILE, VIEW, Command
from viewer.kit import theme
from viewer.kit.words import ModelEntry
from viewer.toolbar import FRAME, ChoiceBox, FilmToolBar, MenuCorner

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform


COMMANDS = tuple(
    Command(menu, text, (key,), bool, code)
    for menu, text, key, code in (
        (FILE, "&Open films…", "Ctrl+O", "open"),
        (VIEW, "&Zoom", "Z", "tool.zoom"),
        (VIEW, "&Pan", "P", "tool.pan"),
        (VIEW, "&Invert grey levels", "N", "invert"),
        (VIEW, "&Text on the film", "Space", "text"),
        (FILE, "&Quit", "Ctrl+Q", "quit"),
    )
)


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
def done():
    return []


@pytest.fixture
def toolbar(qtbot, done):
    widget = FilmToolBar()
    qtbot.addWidget(widget)
    widget.show_commands(replace(one, run=partial(done.append, one.code)) for one in COMMANDS)
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


def test_that_a_button_does_what_its_command_does(toolbar, done):
    action(toolbar, "Open films").trigger()
    action(toolbar, "Pan").trigger()
    assert done == ["open", "tool.pan"]


def test_that_a_command_without_a_button_and_a_button_without_a_command_are_not_shown(toolbar):
    assert {found.text() for found in toolbar.actions() if found.isVisible() and found.text()} == {
        command.text.replace("&", "").removesuffix("…") for command in COMMANDS[:-1]
    }


def test_that_only_one_tool_is_held(toolbar):
    toolbar.check("tool.zoom", on=True)
    toolbar.check("tool.pan", on=True)
    assert [name for name in ("Zoom", "Pan") if action(toolbar, name).isChecked()] == ["Pan"]


def test_that_marking_a_button_does_nothing(toolbar, done):
    toolbar.check("tool.pan", on=True)
    toolbar.check("invert", on=True)
    assert done == []


def test_that_a_switch_shows_what_it_is_told_and_not_that_it_was_clicked(toolbar, done):
    invert = action(toolbar, "Invert grey levels")
    invert.trigger()
    assert (done, invert.isChecked()) == (["invert"], False)
    toolbar.check("invert", on=True)
    assert invert.isChecked()


def test_that_a_layout_is_asked_for_in_rows_and_columns(toolbar, qtbot):
    with qtbot.waitSignal(toolbar.layout_requested) as caught:
        choices(toolbar)["Layout"].activated.emit(1)
    assert caught.args == [1, 2]


def test_that_buttons_at_the_right_have_words_where_there_is_room(toolbar):
    button = toolbar.widgetForAction(action(toolbar, "Text on the film"))
    toolbar.show()
    widths = []
    for width in (1280, 1680):
        toolbar.resize(width, theme.TOOLBAR)
        QApplication.processEvents()
        widths.append(button.width())
    assert widths[0] == 32 < widths[1]


def test_that_a_button_says_the_short_word_and_its_tip_the_long_one(toolbar):
    text = Command(VIEW, "&Text on the film", ("Space",), bool, "text", short="Text")
    toolbar.show_commands((text,))
    short = action(toolbar, "Text")
    assert short.toolTip() == "Text on the film (Space)"


def test_that_a_long_choice_loses_its_last_part_before_it_is_cut(corner):
    whole = "A model of many films 2.1 · 3 convolutions, GRU 2 × 192, mean of all steps"
    corner.show_models([model(text=whole)])
    corner.show_model(model().path)
    box = corner.findChild(ChoiceBox)
    assert box._fitting(box.maximumWidth() - FRAME) == "A model of many films 2.1"
    assert box.toolTip()


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
    tips = {found.toolTip() for found in toolbar.actions() if found.text() and found.isVisible()}
    assert all(tip.endswith(")") for tip in tips)
    assert "Pan (P)" in tips


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
