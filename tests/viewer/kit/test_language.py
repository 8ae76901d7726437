"""The words of the window: every one is translated, late, and collected for translators."""

import re
import shutil
from collections.abc import Iterable

import pytest
from pydicom.data import get_testdata_file
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenuBar, QWidget

import engine
from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from tests import words
from viewer.commanding.dialogs import show_about, show_keys, show_unexpected
from viewer.commanding.register import commands_of
from viewer.kit import language, theme
from viewer.kit.language import told, tr
from viewer.scripting.director import listed, parse
from viewer.scripting.verbs import ScriptError
from viewer.session.choices import MapChoice
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

MODEL = "phantom-opacity"
SPOKEN = ("text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "title")
# What a header, a unit or a keyboard says, and what was written into the model's bundle; the
# program shows it as it is.
DATA = re.compile(
    r"DICOM|NORMAL|LUNG|SOFT|BONE|MONOCHROME\d|\b(DX|CR|MR|chest|CHEST|PA)\b|\b(SID|kV|mAs|mm|cm)\b"
    r"|CPU|σ|sha256|\S+…\S+|Ctrl|Shift|Space|Rowscope|uncompressed, explicit little endian"
)


class Pseudo(QTranslator):
    """A language in which every text is its English in brackets."""

    def isEmpty(self):
        return False

    def translate(self, _context, source, _comment=None, _n=-1):
        return f"⟦{source}⟧"


@pytest.fixture
def pseudo():
    yield Pseudo()
    language.speak()


def data_of(window: MainWindow) -> list[str]:
    """The texts of the film and of the model themselves, the longest first."""
    image, model = window.session.film.frame.image, window.session.model
    tests = [text for test in model.tests for text in (test.name, test.source)]
    texts = [
        str(model.path), model.path.name, model.title, model.architecture, model.data_source,
        model.sha256, *model.classes, *(name.capitalize() for name in model.classes),
        *tests, image.decoder, image.identity.patient_id,
        *(name for path in window.session.films.paths for name in (path.name, path.stem)),
    ]  # fmt: skip
    return sorted(filter(None, texts), key=len, reverse=True)


def unsaid(text: str, data: Iterable[str] = ()) -> str:
    """What of a text is neither translated nor data."""
    bare = re.sub(r"<[^>]*>", " ", text)
    for known in data:
        bare = bare.replace(known, " ")
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", bare)) != bare:
        bare = less
    if "…" in bare:  # elided at its end, or in its middle
        bare = re.sub(r"⟦[^⟦⟧]*$", " ", bare)
        bare = re.sub(r"⟦.*…", " ", bare)
    return " ".join(re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", bare)))


def texts(root: QWidget) -> list[tuple[str, str]]:
    """Everything that can be read in a window, with where it stands."""
    found = [(type(root).__name__, root.windowTitle())]
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        for name in SPOKEN:
            text = getattr(widget, name, None)
            found.append((f"{type(widget).__name__}.{name}", text() if callable(text) else ""))
        if isinstance(widget, QComboBox):
            found += [("item", widget.itemText(place)) for place in range(widget.count())]
    for bar in root.findChildren(QMenuBar):
        menus = [action for action in bar.actions() if action.menu() is not None]
        found += [("menu", menu.text()) for menu in menus]
        found += [("action", one.text()) for menu in menus for one in menu.menu().actions()]
    return [(place, text) for place, text in found if isinstance(text, str) and text]


def painted(window: MainWindow) -> list[tuple[str, str]]:
    """What is drawn and not held by a widget."""
    film = window.film
    plates = [line for plate in film._words().plates for line in plate.lines]
    cursor = window.session.cursor
    tips = [strip.tip_at(20.0, 200.0) for strip in window.strips]
    scales = [text for strip in window.strips for text in strip.scale._titles]
    pairs = [text for pair in window.strips.line._pairs for text in pair]
    axis = [text for _, text in window.strips.influence._axis.labels()]
    model = window.studies._model
    roles = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    entries = [
        model.data(model.index(row), role) for row in range(model.rowCount()) for role in roles
    ]
    film._on_hovered(film.box.rect().center())
    lists = {
        "plate": plates, "tag": [cursor.tag], "tip": tips, "scale": scales, "row": pairs,
        "axis": axis, "entry": entries, "probe": [window._status.text()],
        "row title": [window.strips.line._text],
    }  # fmt: skip
    return [(place, text) for place, found in lists.items() for text in found if text]


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    """A window with a film that is read, one that is refused, and one that cannot be read."""
    theme.apply(qapp)
    folder = tmp_path_factory.mktemp("films")
    film, other, bad = (folder / f"phantom-{name}.dcm" for name in ("one", "other", "bad"))
    write_phantom(draw_phantom(PhantomSpec(7, 768, 768, opacity=True)), film)
    shutil.copy(str(get_testdata_file("MR_small.dcm", download=False)), other)
    bad.write_bytes(film.read_bytes()[:3000])
    session = Session(tuple(one for one in engine.list_models() if one.name == MODEL))
    window = MainWindow(session, Settings(Memory()))
    session.setParent(window)
    window.resize(1680, 1020)
    window.show()
    yield window, (film, other, bad)
    window.close()
    window.deleteLater()


@pytest.fixture
def opened(window, qtbot):
    shown, films = window
    if shown.session.film is None:
        with qtbot.waitSignal(shown.session.settled, timeout=120_000):
            shown.session.open(films)
    return shown


@pytest.mark.parametrize("question", ["influence", "state", "none"])
def test_that_the_whole_window_changes_its_language(opened, pseudo, question):
    opened.session.choose_map(MapChoice(question))
    language.speak_with("en", pseudo)
    QApplication.processEvents()
    data = data_of(opened)
    shown = (*texts(opened), *painted(opened))
    assert [(place, text) for place, text in shown if unsaid(text, data)] == []
    assert sum("⟦" in text for _, text in texts(opened)) > 150
    language.speak()
    QApplication.processEvents()
    assert [text for _, text in (*texts(opened), *painted(opened)) if "⟦" in text] == []


def test_that_what_lies_behind_a_click_is_translated(opened, pseudo):
    language.speak_with("en", pseudo)
    for button in opened.reading.findChildren(QWidget):
        if button.property("disclosure"):
            button.setChecked(True)
    data, shown = data_of(opened), texts(opened.reading)
    assert [(place, text) for place, text in shown if unsaid(text, data)] == []


@pytest.mark.parametrize("show", [
    lambda parent: show_keys(parent, commands_of(parent)), show_about,
    lambda parent: show_unexpected(parent, ValueError("secret")),
])  # fmt: skip
def test_that_dialogs_are_translated(opened, pseudo, show):
    language.speak_with("en", pseudo)
    dialog = show(opened)
    assert isinstance(dialog, QDialog)
    shown = [(place, text) for place, text in texts(dialog) if "PlainText" not in place]
    dialog.close()
    assert [(place, text) for place, text in shown if unsaid(text)] == []


def test_that_the_commands_of_a_script_are_translated(pseudo):
    language.speak_with("en", pseudo)
    lines = listed(as_json=False).splitlines()
    assert [line for line in lines if not line.endswith("⟧")] == []
    with pytest.raises(ScriptError, match="⟦There is no command"):
        parse("fame 3")


def test_that_the_engines_sentences_are_translated(pseudo, tmp_path):
    language.speak_with("en", pseudo)
    with pytest.raises(engine.ImageError) as caught:
        engine.imaging.read_image(tmp_path / "none.dcm")
    assert not unsaid(told(caught.value))
    assert told("a text of a file") == "a text of a file"


@pytest.mark.parametrize(("count", "text"), [(0, "0 frames"), (1, "1 frame"), (2, "2 frames")])
def test_that_english_tells_one_from_many(count, text):
    assert tr("%n frames", "", n=count) == text


def test_that_a_refused_film_says_so_in_another_language(opened, pseudo, qtbot):
    language.speak_with("en", pseudo)
    with qtbot.waitSignal(opened.session.settled, timeout=120_000):
        opened.session.step_film(1)
    data, shown = data_of(opened), texts(opened)
    assert [(place, text) for place, text in shown if unsaid(text, data)] == []
    assert any(text == "⟦No answer⟧" for _, text in shown)


def test_that_an_argument_is_never_taken_for_a_place():
    assert tr("Saved {path}", path="{path} %n") == "Saved {path} %n"


def test_that_a_language_without_words_is_english():
    language.speak("xx")
    assert language.current() == "en"


# ---------------------------------------------------------------------------- collecting
def test_that_the_file_of_words_is_up_to_date(tmp_path):
    anew = tmp_path / words.SOURCE.name
    words.collect(anew)
    assert words.words(anew) == words.words(words.SOURCE)


def test_that_the_file_of_another_language_is_kept_up_to_date(tmp_path):
    other = tmp_path / "rowscope_zh.ts"
    text = words.SOURCE.read_text(encoding="utf-8").replace('language="en"', 'language="zh"', 1)
    done = "<source>Cancel</source>\n        <translation>取消</translation>"
    text = re.sub(r"<source>Cancel</source>\s*<translation [^/]*/translation>", done, text)
    other.write_text(
        re.sub(r"\s*<message>\s*<source>Details.*?</message>", "", text, flags=re.DOTALL)
    )
    assert words.words(other) < words.words(words.SOURCE)
    words.collect(other)
    assert words.words(other) == words.words(words.SOURCE)
    assert {'language="zh"', "取消"} <= set(re.findall(r'language="zh"|取消', other.read_text()))


def test_that_every_sentence_with_a_number_has_its_forms():
    assert words.unfinished(words.SOURCE) == set()


def test_that_a_translation_is_loaded_as_qt_makes_it(tmp_path, monkeypatch, pseudo):
    made = tmp_path / "rowscope_zh.ts"
    text = words.SOURCE.read_text(encoding="utf-8").replace('language="en"', 'language="zh"', 1)
    before = '<source>Cancel</source>\n        <translation type="unfinished"></translation>'
    assert before in text
    after = "<source>Cancel</source>\n        <translation>取消</translation>"
    made.write_text(text.replace(before, after), encoding="utf-8")
    words.release(made, made.with_suffix(".qm"))
    monkeypatch.setattr(language, "resource_path", lambda *_: tmp_path)
    language.speak("zh")
    assert (language.current(), tr("Cancel"), tr("Details")) == ("zh", "取消", "Details")
