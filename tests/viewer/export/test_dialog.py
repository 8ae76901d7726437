"""The dialog for exports, and the commands of a script that let something leave a window."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.viewer import film_values as made
from viewer.commanding.export_dialog import (
    FORMS,
    KINDS,
    LOOK,
    ExportChoice,
    ExportForm,
    ask_export,
    suggested_name,
)
from viewer.scripting.director import parse
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Settings
from viewer.window import MainWindow

NAME = "Quaddlewit"


@pytest.fixture
def settings(tmp_path):
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(qtbot, session, settings):
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    return window


@pytest.fixture
def opened(qtbot, window, tmp_path):
    """A window with a film that is called after a patient, and its reading."""
    with qtbot.waitSignal(window.session.analyses.analysed, timeout=60_000):
        window.session.open((tmp_path / f"{NAME}.dcm",))
    return window


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


def form_of(window):
    dialog = ask_export(window, window.exports, window.settings)
    return dialog.findChild(ExportForm)


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def choose(form, kind, form_name=None):
    form.kind.setCurrentIndex([name for name, _ in KINDS].index(kind))
    if form_name:
        form.form.setCurrentIndex(FORMS[kind].index(form_name))


def test_that_the_dialog_says_before_that_the_film_may_show_names(opened):
    form = form_of(opened)
    assert LOOK in words(form)
    assert not form.identity.isChecked()
    assert not form.view.pixmap().isNull()


@pytest.mark.parametrize("kind", [name for name, _ in KINDS])
def test_that_nobody_is_named_in_a_suggested_name(kind):
    name = suggested_name(ExportChoice(kind, FORMS[kind][0]), datetime(2026, 11, 29, tzinfo=UTC))
    assert name == f"rowscope-{kind}-20261129-000000.{FORMS[kind][0]}"


def test_that_the_folder_is_remembered_and_no_name(opened, settings, tmp_path, monkeypatch):
    asked, target = [], tmp_path / "out" / f"{NAME} chest.png"
    target.parent.mkdir()

    def answer(_parent, _title, start, kinds):
        asked.append((start, kinds))
        return str(target), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    form_of(opened).save_as()
    assert not QImage(str(target)).isNull()
    assert settings.export_folder == target.parent
    form_of(opened).save_as()
    starts = [Path(start) for start, _ in asked]
    assert starts[1].parent == target.parent
    assert all(NAME not in start.name for start in starts)
    settings.keep()
    written = Path(settings._store.fileName()).read_text("utf-8")
    assert "out" in written
    assert NAME not in written


def test_that_only_what_can_be_done_can_be_chosen(opened):
    form = form_of(opened)
    copy, paper, save = form.buttons
    choose(form, "values")
    assert (copy.isEnabled(), paper.isEnabled(), save.isEnabled()) == (False, False, True)
    assert not form.identity.isEnabled()
    choose(form, "film")
    assert all(button.isEnabled() for button in form.buttons)


def test_that_without_a_film_the_dialog_says_why_nothing_leaves(window):
    form = form_of(window)
    assert "No film is open" in form.why.text()
    assert not any(button.isEnabled() for button in form.buttons)


WRITTEN = (
    ("export.picture", "a.png", b"\x89PNG"),
    ("export.picture", "a.jpg", b"\xff\xd8\xff"),
    ("export.large", "b.png", b"\x89PNG"),
    ("export.layout", "c.png", b"\x89PNG"),
    ("export.stored", "d.png", b"\x89PNG"),
    ("export.reading", "a.pdf", b"%PDF"),
    ("export.reading", "e.png", b"\x89PNG"),
    ("export.reading", "a.json", b"{"),
    ("print", "b.pdf", b"%PDF"),
)


def test_that_a_script_lets_things_leave_that_name_nobody(opened, tmp_path):
    folder = tmp_path / "new folder"
    for verb, name, begins in WRITTEN:
        give(opened, f"{verb} {folder / name}")
        assert (folder / name).read_bytes().startswith(begins), verb
    for file in folder.iterdir():
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            assert NAME.encode(encoding) not in file.read_bytes(), file


def test_that_a_printed_page_is_whole(opened, tmp_path):
    give(opened, f"print {tmp_path / 'a.pdf'}")
    written = (tmp_path / "a.pdf").read_bytes()
    assert written.rstrip().endswith(b"%%EOF")
    assert b"/Count 1" in written


def test_that_what_a_script_cannot_export_is_one_sentence(opened):
    for text, why in (
        ("export.picture a.bmp", "must end in"),
        ("export.stored a.jpg", "must end in"),
        ("export.reading a.doc", "must end in"),
        ("print a.png", "must end in"),
        ("model-view perhaps", "neither on nor off"),
    ):
        with pytest.raises(ScriptError, match=why):
            give(opened, text)


def test_that_a_script_is_told_that_no_film_is_open(window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for text in ("export.picture a.png", "copy", "print a.pdf", "model-view on"):
        with pytest.raises(ScriptError, match=r"(?i)no film is open"):
            give(window, text)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".ini"] == []


def test_that_the_research_use_label_is_in_the_window_at_every_text_level(qtbot, opened):
    for _ in range(3):
        plate = opened.film.written().plates[0]
        assert plate.lines == ("Research use only",)
        picture = opened.grab().toImage()
        corner = opened.film.view.mapTo(opened, plate.box.topLeft().toPoint())
        part = picture.copy(
            corner.x(), corner.y(), int(plate.box.width()), int(plate.box.height())
        )
        bright = [
            part.pixelColor(x, y).lightness() > 170
            for x in range(part.width())
            for y in range(part.height())
        ]
        assert sum(bright) > 30
        give(opened, "text")


def test_that_b_blinks_what_the_model_saw(qtbot, opened):
    with qtbot.waitSignal(opened.session.seen.known, timeout=60_000):
        give(opened, "model-view on")
    assert opened.film.seen.shown.grey.shape == (made.STEPS, made.STEPS)
    assert opened.toolbar._actions["model-view"].isChecked()
    give(opened, "model-view off")
    assert opened.film.seen.shown is None
    assert not opened.toolbar._actions["model-view"].isChecked()


def test_that_the_panels_button_asks_for_the_reading(opened):
    opened.reading.export_requested.emit()
    form = opened.findChild(ExportForm)
    assert form.choice.kind == "reading"
    assert form.choice.form == "pdf"
