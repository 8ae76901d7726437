"""A model that somebody trained, opened in the real window: its answer appears."""

import json
import shutil

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel

from engine.resources import resource_path
from tests.e2e.test_opening import drop
from viewer.__main__ import _parser, _window
from viewer.kit.words import probability_text
from viewer.session.settings import Settings

PATIENCE = 120_000


@pytest.fixture
def own_model(tmp_path):
    """A copy of the phantoms' model under a title of its own, in a folder named as another one."""
    return copied(tmp_path / "trained" / "digits", "Trained at home")


def copied(folder, title):
    shutil.copytree(resource_path("models") / "phantom-opacity", folder)
    path = folder / "metadata.json"
    values = json.loads(path.read_text("utf-8")) | {"title": title}
    path.write_text(json.dumps(values), "utf-8")
    return folder


@pytest.fixture
def choose_in_dialog(monkeypatch):
    def choose(folder):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    return choose


def shown(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def command(window, text):
    actions = [a for menu in window.menuBar().actions() for a in menu.menu().actions()]
    return next(action for action in actions if action.text() == text)


def test_that_the_menu_opens_a_model_and_its_answer_appears(
    window, qtbot, film, read, own_model, choose_in_dialog
):
    read(window, film)
    before = window.session.analysis
    choose_in_dialog(own_model)
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        command(window, "Open a &model…").trigger()
    analysis = window.session.analysis
    assert analysis is not before
    assert analysis.model.path == own_model
    probability = analysis.prediction.probabilities[analysis.prediction.target]
    assert probability_text(probability) in shown(window.reading)
    assert f"digits {analysis.model.version}" in shown(window.reading)


def test_that_an_opened_model_is_marked_in_the_list_and_remembered(
    window, qtbot, own_model, choose_in_dialog
):
    choose_in_dialog(own_model)
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        command(window, "Open a &model…").trigger()
    box = window.menu_corner.findChild(QComboBox)
    assert box.currentText().startswith("digits · Trained at home")
    assert window.settings.own_models == (own_model,)
    assert window.settings.model_folder == own_model.parent


def test_that_a_dropped_model_reads_what_is_open(window, qtbot, film, read, own_model):
    read(window, film)
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        drop(window.film, own_model)
    assert window.session.analysis.model.path == own_model
    assert window.studies.paths() == (film,)


def test_that_a_folder_without_a_model_leaves_all_as_it_is(
    window, qtbot, film, read, tmp_path, choose_in_dialog
):
    read(window, film)
    before = window.session.analysis
    (tmp_path / "empty").mkdir()
    choose_in_dialog(tmp_path / "empty")
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        qtbot.keyClick(
            window, "M", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    assert window.session.analysis is before
    (message,) = window.messages.messages
    assert message.text.startswith("There is no model in the folder “empty”")


def test_that_damaged_weights_leave_all_as_it_is(window, qtbot, film, read, own_model):
    read(window, film)
    before = window.session.analysis
    weights = own_model / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4] + b"\0\0\0\x40")
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        window.session.open((own_model,))
    assert window.session.analysis is before
    assert [message.severity for message in window.messages.messages] == ["error"]
    assert "digits/model.safetensors" in window.messages.messages[0].text


@pytest.fixture
def start(qtbot, tmp_path):
    """The window as the command line makes it, until everything is read."""
    windows = []

    def begin(*arguments, folder=tmp_path):
        settings = Settings(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat))
        options = _parser().parse_args([str(argument) for argument in arguments])
        window = _window(options, settings)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
            window.session.open(tuple(options.paths))
            window.session.models.recall(settings.own_models)
        return window

    yield begin
    for window in windows:
        window.close()


def test_that_a_model_on_the_command_line_reads_alone(start, film, own_model):
    window = start("--model", own_model, film)
    assert window.session.analysis.model.path == own_model


def test_that_a_relative_folder_is_a_model_and_a_name_is_ours(start, own_model, monkeypatch, film):
    monkeypatch.chdir(own_model.parent)
    assert start("--model", "./digits", film).session.model.path == own_model
    ours = start("--model", "digits", film).session.model
    assert ours.path == resource_path("models") / "digits"


def test_that_a_wrong_name_gets_a_sentence_and_the_usual_model_reads(start, film):
    window = start("--model", "nonsense", film)
    assert window.session.model.name == "chest-pneumonia"
    (message,) = window.messages.messages
    assert message.text.startswith("There is no model “nonsense”; known models: body-part, ")


@pytest.fixture
def opened_before(start, qtbot, film, own_model):
    """An earlier start, in whose window the reader opened a model of their own."""
    window = start(film)
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        window.session.models.open(own_model)
    window.close()


def test_that_the_model_used_last_reads_at_the_next_start(start, film, own_model, opened_before):
    again = start(film)
    assert again.session.model.path == own_model


def test_that_a_model_that_is_gone_is_not_in_the_list_of_the_next_start(
    start, film, own_model, opened_before
):
    shutil.rmtree(own_model)
    again = start(film)
    assert (again.session.models.own, again.messages.messages) == ((), ())
    assert again.session.model.name == "chest-pneumonia"


@pytest.mark.parametrize("words", [["--demo"], ["--model", "digits"], ["--model", "OWN"]])
def test_that_a_model_of_the_command_line_is_not_remembered(
    start, own_model, film, tmp_path, words
):
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    Settings(store).model = "chest-pneumonia"
    store.sync()
    window = start(*(own_model if word == "OWN" else word for word in words), film)
    assert window.session.model.name != "chest-pneumonia"
    assert window.settings.model == "chest-pneumonia"
    assert window.settings.own_models == ()


def test_that_a_model_of_the_menu_is_remembered(window, qtbot):
    other = next(one for one in window.session.models.all if one != window.session.model)
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        window.menu_corner.model_requested.emit(other.path)
        window.session.models.warm_up()
    assert window.settings.model == other.name
