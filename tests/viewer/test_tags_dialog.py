"""The header of a film's file in a dialog: found, copied, and kept nowhere."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from engine import ImageError
from engine.types import TagLine
from engine.words import Sentence
from viewer.commanding import tags_dialog
from viewer.commanding.tags_dialog import TagList
from viewer.commanding.viewing_menu import ask_tags
from viewer.scripting.director import parse
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

LINES = (
    TagLine(0, "(0010,0010)", "PN", "Patient's Name", "Quaddlewit^<b>Jane", 18),
    TagLine(0, "(0054,0220)", "SQ", "View Code Sequence", "", None),
    TagLine(1, "(FFFE,E000)", "", Sentence("Item {number:,}", number=1), "", None),
    TagLine(2, "(0008,0104)", "LO", "Code Meaning", "postero-anterior", 16),
    TagLine(0, "(7FE0,0010)", "OW", "Pixel Data", Sentence("{count:,} bytes", count=4096), 4096),
)


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def read(monkeypatch):
    """Which files were asked for; each has the same header."""
    paths = []

    def read_tags(path):
        paths.append(path)
        if path.name == "gone.dcm":
            raise ImageError("gone.dcm cannot be read: it is gone.", "missing")
        return LINES

    monkeypatch.setattr(tags_dialog, "read_tags", read_tags)
    return paths


def opened(qtbot, window, path):
    with qtbot.waitSignal(window.session.analyses.analysed, timeout=60_000):
        window.session.open((path,))


def dialogs(window):
    return window.findChildren(QDialog)


def tags_of(window):
    (dialog,) = dialogs(window)
    return dialog.findChild(TagList)


def seen(tags):
    return [tags.table.cells(row)[0] for row in range(tags.table.rowCount())]


@pytest.fixture
def tags(qtbot, window, read, tmp_path):
    opened(qtbot, window, tmp_path / "film.dcm")
    ask_tags(window)
    tags = tags_of(window)
    qtbot.waitUntil(lambda: tags.table is not None)
    return tags


def test_that_the_header_of_the_active_film_is_shown_and_stays(
    qtbot, window, tags, read, tmp_path
):
    assert read == [tmp_path / "film.dcm"]
    assert dialogs(window)[0].windowTitle() == "Tags of film.dcm"
    assert seen(tags) == [line.tag for line in LINES]
    opened(qtbot, window, tmp_path / "other.dcm")
    assert read == [tmp_path / "film.dcm"]
    assert dialogs(window)[0].windowTitle() == "Tags of film.dcm"


@pytest.mark.parametrize("text", ["0010,0010", "patient's", "QUADDLE", " jane "])
def test_that_a_line_is_found_by_tag_name_and_value(tags, text):
    tags.search.setText(text)
    assert seen(tags) == ["(0010,0010)"]
    tags.search.clear()
    assert len(seen(tags)) == len(LINES)


def test_that_a_nested_line_is_found_with_what_leads_to_it(tags):
    tags.search.setText("postero")
    assert seen(tags) == ["(0054,0220)", "(FFFE,E000)", "(0008,0104)"]
    tags.search.setText("nothing of the kind")
    assert seen(tags) == []


def test_that_what_is_typed_while_the_file_is_read_holds(qtbot):
    tags = TagList()
    qtbot.addWidget(tags)
    tags.search.setText("pixel")
    tags.take(LINES)
    assert seen(tags) == ["(7FE0,0010)"]


def test_that_chosen_rows_are_copied_in_their_order(qtbot, tags):
    flags = QItemSelectionModel.SelectionFlag
    for row in (3, 0):
        at = tags.table.index(row, 0)
        tags.rows.selectionModel().select(at, flags.Select | flags.Rows)
    qtbot.keyClick(tags.rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "(0010,0010)\tPN\tPatient's Name\tQuaddlewit^<b>Jane\n"
        "    (0008,0104)\tLO\tCode Meaning\tpostero-anterior"
    )


def test_that_all_that_is_shown_is_copied_where_no_row_is_chosen(tags):
    tags.search.setText("pixel")
    tags.copier.click()
    assert QGuiApplication.clipboard().text() == "(7FE0,0010)\tOW\tPixel Data\t4,096 bytes"


def test_that_the_tip_of_a_long_value_reads_no_html_of_the_file(tags):
    tip = tags.table.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>Quaddlewit^&lt;b&gt;Jane</p>"


def test_that_a_file_that_cannot_be_read_is_said_in_one_sentence(qtbot, window, read, tmp_path):
    opened(qtbot, window, tmp_path / "gone.dcm")
    ask_tags(window)
    tags = tags_of(window)
    qtbot.waitUntil(lambda: "cannot be read" in tags.said.text())
    assert tags.said.text() == "gone.dcm cannot be read: it is gone."
    assert tags.table is None
    assert not tags.copier.isEnabled()


def test_that_a_dialog_may_be_closed_before_its_file_is_read(qtbot, window, monkeypatch, tmp_path):
    opened(qtbot, window, tmp_path / "film.dcm")
    jobs = []
    monkeypatch.setattr(window.session, "read_beside", lambda _path, job: jobs.append(job))
    ask_tags(window)
    with qtbot.waitSignal(dialogs(window)[0].destroyed):
        dialogs(window)[0].reject()
    jobs[0].done(LINES)
    jobs[0].failed(ImageError("late", "damaged"))


def test_that_without_a_film_there_is_nothing_to_show(window, read):
    ask_tags(window)
    assert not dialogs(window)
    (step,) = parse("tags")
    with pytest.raises(ScriptError):
        step.verb.run(window, step.arguments)
    assert read == []


def test_that_a_script_shows_the_tags(qtbot, window, read, tmp_path):
    opened(qtbot, window, tmp_path / "film.dcm")
    (step,) = parse("tags")
    step.verb.run(window, step.arguments)
    qtbot.waitUntil(lambda: tags_of(window).table is not None)
    assert read == [tmp_path / "film.dcm"]
