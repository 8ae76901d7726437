"""The window of the model: opened by key, by command, from the panel; it stays with its model."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from engine.bundle import read_card, read_metadata
from viewer.commanding.model_dialog import model_window, show_model
from viewer.commanding.model_menu import PAGES
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    session.models.current = read_metadata("digits")
    return window


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


def read(qtbot, window):
    """The window of the model, once all of its pages are there."""
    shown = model_window(window)
    qtbot.waitUntil(lambda: shown.weights.map is not None)
    qtbot.waitUntil(lambda: bool(shown.card.text.toPlainText()))
    qtbot.waitUntil(lambda: shown.audit.model is not None and shown.training.model != "")
    return shown


def test_that_its_key_opens_it_beside_the_film_and_it_holds_nothing_up(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F4)
    shown = read(qtbot, window)
    assert not shown.isModal()
    assert shown.windowTitle() == "The model: Handwritten digits"
    assert shown.pages.code == "architecture"
    assert shown.width() <= 1280
    assert shown.height() <= 760


@pytest.mark.parametrize("page", PAGES)
def test_that_a_script_shows_each_page(qtbot, window, page):
    give(window, f"model.show {page}")
    assert read(qtbot, window).pages.code == page
    assert state_of(window)["inspect"]["model"]["page"] == page


def test_that_the_panel_leads_to_the_card(qtbot, window):
    window.reading.card_requested.emit(read_metadata("phantom-opacity"))
    shown = read(qtbot, window)
    assert shown.pages.code == "card"
    assert shown.card.text.toPlainText() == read_card(read_metadata("phantom-opacity").path)


def test_that_it_is_turned_and_not_opened_twice(qtbot, window):
    give(window, "model.show")
    first = read(qtbot, window)
    give(window, "model.show audit")
    assert model_window(window) is first
    assert first.pages.code == "audit"


def test_that_another_model_gets_a_window_of_its_own_when_it_is_asked_for(qtbot, window):
    give(window, "model.show")
    first = read(qtbot, window)
    window.session.models.current = read_metadata("phantom-opacity")
    assert first.model.name == "digits"
    give(window, "model.show")
    assert read(qtbot, window).model.name == "phantom-opacity"


def test_that_its_state_holds_the_numbers_of_every_page_as_json(qtbot, window):
    assert state_of(window)["inspect"]["model"] == {}
    give(window, "model.show")
    read(qtbot, window)
    give(window, "model.weights recurrent.1.weight_hh_l0 f; model.block recurrent.2")
    qtbot.waitUntil(lambda: model_window(window).weights.map.matrix.gate == "f")
    state = json.loads(json.dumps(state_of(window)["inspect"]["model"], allow_nan=False))
    assert (state["page"], state["architecture"]["block"]) == ("architecture", "recurrent.2")
    assert state["architecture"]["parameters"] == 346_378
    assert state["weights"]["matrix"] == "recurrent.1.weight_hh_l0"
    assert state["training"]["kept"] == 10
    assert state["audit"]["broken"] == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("model.show colours", "a page is architecture, weights, training, audit or card."),
        ("model.weights recurrent.9 z", "the matrices are recurrent.0.weight_ih_l0"),
        ("model.weights head.weight z", "the matrices are"),
        ("model.block recurrent.9", "the blocks are rows, steps, recurrent.0"),
    ],
)
def test_that_what_is_not_there_is_said_with_what_is(qtbot, window, text, sentence):
    give(window, "model.show")
    read(qtbot, window)
    with pytest.raises(ScriptError, match=sentence):
        give(window, text)


def test_that_there_are_no_blocks_before_the_window_is_open(window):
    for text in ("model.weights head.weight", "model.block head"):
        with pytest.raises(ScriptError, match="is not open"):
            give(window, text)
    give(window, "model.close")


def test_that_a_matrix_chosen_in_the_picture_is_shown(qtbot, window):
    give(window, "model.show")
    shown = read(qtbot, window)
    shown.architecture.weights_wanted.emit("recurrent.2.weight_ih_l0")
    qtbot.waitUntil(lambda: shown.weights.map.matrix.name == "recurrent.2.weight_ih_l0")
    assert shown.pages.code == "weights"


def test_that_it_may_be_closed_before_anything_is_read(qtbot, window):
    show_model(window)
    model_window(window).close()
    qtbot.waitUntil(lambda: not window.session.busy)
    assert model_window(window) is None


def test_that_a_bundle_that_is_gone_is_said_once_for_each_part_and_nothing_falls(
    qtbot, window, tmp_path
):
    gone = replace(read_metadata("digits"), path=tmp_path / "gone")
    show_model(window, "audit", gone)
    qtbot.waitUntil(lambda: bool(window.messages.messages))
    assert "gone" in window.messages.messages[0].text
    assert model_window(window).state()["architecture"]["blocks"] == []


def test_that_it_follows_another_theme(qtbot, window):
    give(window, "model.show audit")
    shown = read(qtbot, window)
    window.wear("dark")
    dark = shown.grab().toImage().pixelColor(6, 300).lightness()
    window.wear("light")
    try:
        assert shown.grab().toImage().pixelColor(6, 300).lightness() > dark + 100
    finally:
        window.wear(theme.DARK.name)


def test_that_each_page_gives_its_numbers_away_but_the_card(qtbot, window):
    give(window, "model.show")
    shown = read(qtbot, window)
    names = []
    for page in PAGES:
        shown.pages.turn_to(page)
        taken = shown.taken()
        names.append(taken.name if taken else None)
    assert names == ["architecture", "weights", "training", "audit", None]


@pytest.mark.parametrize("form", ["png", "svg", "csv", "npz", "py"])
def test_that_its_pages_are_taken_away_as_panes_are(qtbot, window, tmp_path, form):
    give(window, "model.show")
    read(qtbot, window)
    for page in ("architecture", "weights", "training", "audit"):
        path = tmp_path / f"{page}.{form}"
        give(window, f"take model.{page} {path}")
        assert path.stat().st_size > 300


def test_that_a_caption_of_the_model_names_no_film_and_only_the_model_that_reads(qtbot, window):
    give(window, "model.show")
    read(qtbot, window)
    caption = window.taking.caption(window.taking.pane("model.weights").taken)
    assert "Model digits" in caption
    assert "Film" not in caption
    window.session.models.current = read_metadata("phantom-opacity")
    assert not any(code.startswith("model.") for code in window.taking.codes)
