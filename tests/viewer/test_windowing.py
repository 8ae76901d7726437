"""Windows, overlays and presentations in the window: keys, scripts, undo, and what they refuse."""

from pathlib import Path

import pytest

from engine.types import Presentation, Window
from tests.viewer.test_viewing import give, press
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A = Path("/films/a.dcm")
SHOWN = Presentation("ONE", voi=Window(10, 20))


@pytest.fixture
def window(qtbot, session, settle):
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    session.panes.presented = lambda _film: (SHOWN, SHOWN)
    settle(session.open, (A,))
    window.grab()
    return window


def shown(window):
    voi = window.session.pointer.viewport.window.voi
    return voi.center, voi.width


def test_that_a_script_sets_a_window_and_takes_it_back(window):
    before = shown(window)
    give(window, "window 40 400")
    assert shown(window) == (40, 400)
    assert window.film.item.voi.width == 400
    give(window, "undo")
    assert shown(window) == before


def test_that_windows_are_chosen_by_name_by_place_and_by_key(window):
    vois = window.session.pointer.viewport.window.vois
    give(window, f"window 1 2; window.preset {vois[0].explanation.lower()}")
    assert window.session.pointer.viewport.window.voi is vois[0]
    give(window, "window 1 2; window.preset 1")
    assert window.session.pointer.viewport.window.voi is vois[0]
    give(window, "window 1 2")
    press(window, "1")
    assert window.session.pointer.viewport.window.voi is vois[0]
    press(window, "9")  # there is none
    assert window.session.pointer.viewport.window.voi is vois[0]


def test_that_a_script_asks_for_the_best_window_of_a_box(window):
    frame = window.session.film.frame
    part = frame.values[10:20, 5:15]
    give(window, "window.box 5,10 15,20")
    center, width = shown(window)
    assert center - width / 2 == pytest.approx(part.min(), abs=width / 20)
    assert center + width / 2 == pytest.approx(part.max(), abs=width / 20)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("window.preset liver", "the windows of this film are "),
        ("window.preset 99", "the windows of this film are "),
        ("window.preset 0", "the windows of this film are "),
        ("window 1 0", "a window is wider than 0."),
        ("window.box 5 10", "a place is COLUMN,ROW, and not “5”."),
        ("window.box 5,x 10,20", "“x” is not a number."),
        ("window.box 900,900 950,950", "there is no image in this box."),
        ("presentation 7", "this film has 2 presentations; 0 is as stored."),
    ],
)
def test_that_what_cannot_be_done_is_said_in_one_sentence(window, text, sentence):
    before = window.session.pointer.viewport
    with pytest.raises(ScriptError) as caught:
        give(window, text)
    assert str(caught.value).startswith(sentence)
    assert window.session.pointer.viewport == before


def test_that_overlays_shutter_and_presentations_have_commands_and_keys(window):
    def layers():
        return window.session.pointer.viewport.layers

    give(window, "overlay; shutter; presentation 2; overlay.colour")
    assert (layers().overlays, layers().shutter) == (False, False)
    assert (layers().number, layers().colour) == (2, 1)
    assert window.film.layers.choice == layers()
    for key in ("O", "Shift+H", "Ctrl+Shift+P"):
        press(window, key)
    assert (layers().overlays, layers().shutter, layers().number) == (True, True, 0)
    give(window, "undo; undo; undo")
    assert (layers().overlays, layers().shutter, layers().number) == (False, False, 2)


def test_that_a_broken_file_of_windows_is_told_once(window, settle, tmp_path, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_CONFIG", str(tmp_path))
    (tmp_path / "windows.toml").write_text("window = 3")
    for _ in range(2):
        settle(window.session.open, (A,))
    told = [one.text for one in window.messages.messages if "windows.toml" in one.text]
    assert len(told) == 1
