"""The words of the window: every one is translated, late, and collected for translators."""

import ast
import re
import shutil
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import engine
import viewer
from engine.phantoms import PhantomSpec, write_phantom
from engine.words import Sentence
from tests import words
from tests.drawn import drawn
from tests.viewer.spoken import (
    PSEUDO,
    data_of,
    english,
    left_in_english,
    now_spoken,
    painted,
    proper_data,
    texts,
    unsaid,
)
from viewer.commanding.dialogs import show_about, show_guide, show_keys, show_unexpected
from viewer.commanding.export_dialog import ask_export
from viewer.commanding.messages_dialog import show_messages
from viewer.commanding.register import change_keys, commands_of
from viewer.commanding.settings_dialog import show_settings
from viewer.commanding.tags_dialog import show_tags
from viewer.export.reading_sheet import sheet_page
from viewer.kit import language, theme
from viewer.kit.language import told, tr
from viewer.kit.words import percentile_text
from viewer.scripting.director import Director, listed, parse, terminal_columns
from viewer.scripting.register import VERBS
from viewer.scripting.verbs import ScriptError
from viewer.session.choices import MapChoice
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

MODEL = "phantom-opacity"


@pytest.fixture(scope="module", autouse=True)
def _english_in_the_end():
    yield
    language.speak()


@pytest.fixture(autouse=True)
def _english_unless_asked(request):
    """A language stays for the next test that asks for it: whole windows change with it."""
    if now_spoken() not in {"", *request.fixturenames}:
        language.speak()
        QApplication.processEvents()


@pytest.fixture
def pseudo():
    """The language in brackets, for a test that changes from English to it."""
    yield PSEUDO
    if now_spoken():
        language.speak()


@pytest.fixture
def bracketed():
    """The language in brackets is spoken."""
    if now_spoken() != "bracketed":
        language.speak_with("en", PSEUDO)


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    """A window with a film that is read, one that is refused, and one that cannot be read."""
    theme.apply(qapp)
    folder = tmp_path_factory.mktemp("films")
    film, other, bad = (folder / f"phantom-{name}.dcm" for name in ("one", "other", "bad"))
    write_phantom(drawn(PhantomSpec(7, 768, 768, opacity=True)), film)
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


@pytest.fixture(scope="module")
def beside(qapp, tmp_path_factory):
    """A window with two studies of one patient, and the films to open in it."""
    theme.apply(qapp)
    folder = tmp_path_factory.mktemp("studies")
    films = tuple(folder / f"phantom-{name}.dcm" for name in ("now", "before"))
    for film, seed, day in zip(films, (7, 8), ("20260105", "20250310"), strict=True):
        write_phantom(drawn(PhantomSpec(seed, 768, 768, opacity=seed == 7)), film)
        dataset = dcmread(film)
        dataset.PatientID, dataset.StudyDate = "PHANTOM-000007", day
        dataset.save_as(film)
    session = Session(tuple(one for one in engine.list_models() if one.name == MODEL))
    window = MainWindow(session, Settings(Memory()))
    session.setParent(window)
    window.resize(1680, 1020)
    window.show()
    yield window, films
    window.close()
    window.deleteLater()


@pytest.fixture
def compared(beside, qtbot):
    """Both studies side by side with every kind of mark; the reader is asked for a call."""
    shown, films = beside
    if shown.session.film is None:
        with qtbot.waitSignal(shown.session.settled, timeout=120_000):
            shown.session.open(films)
        run(shown, COMPARING, qtbot)
    return shown


COMPARING = """compare; measure.length 100,100 300,120; measure.angle 10,10 90,80 200,10;
measure.cobb 100,100 300,120 90,300 310,280; measure.rectangle 350,300 450,380;
measure.ellipse 350,300 450,380; measure.freehand 50,50 90,50 90,90; measure.probe 200,500;
measure.point 90,400; invert; flip horizontal; rotate 90; link all; own-call on"""


def run(window, commands, qtbot):
    director = Director(window, parse(commands.replace("\n", " ")))
    failed = []
    director.failed.connect(failed.append)
    with qtbot.waitSignal(director.finished, timeout=120_000):
        director.start()
    assert failed == []


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


def test_that_what_lies_behind_a_click_is_translated(opened, bracketed):
    for button in opened.reading.findChildren(QWidget):
        if button.property("disclosure"):
            button.setChecked(True)
    data, shown = data_of(opened), texts(opened.reading)
    assert [(place, text) for place, text in shown if unsaid(text, data)] == []


def test_that_films_side_by_side_change_their_language(compared, pseudo, qtbot):
    language.speak_with("en", pseudo)
    QApplication.processEvents()
    data = data_of(compared)
    shown = (*texts(compared), *painted(compared))
    assert compared.reading.form is not None
    assert len(compared.panes.all) == 2
    left = [(place, text) for place, text in shown if unsaid(text, data)]
    assert left == [], "\n".join(map(str, left))
    language.speak()
    QApplication.processEvents()
    assert [text for _, text in (*texts(compared), *painted(compared)) if "⟦" in text] == []


def test_that_an_empty_window_changes_its_language(qapp, qtbot, pseudo):
    theme.apply(qapp)
    session = Session(())
    empty = MainWindow(session, Settings(Memory()))
    session.setParent(empty)
    qtbot.addWidget(empty)
    language.speak_with("en", pseudo)
    QApplication.processEvents()
    assert [(place, text) for place, text in texts(empty) if unsaid(text)] == []
    assert any(text == "⟦Show the demo⟧" for _, text in texts(empty))


DIALOGS = {
    "keys": lambda parent: show_keys(parent, commands_of(parent), bool),
    "change keys": change_keys,
    "settings": show_settings,
    "export": lambda parent: ask_export(parent, parent.exports, parent.settings),
    "export of a reading": lambda parent: ask_export(
        parent, parent.exports, parent.settings, "reading"
    ),
    "tags": lambda parent: show_tags(parent, parent.session.films.paths[0]),
    "messages": show_messages,
    "guide": show_guide,
    "about": show_about,
}


@pytest.mark.parametrize("show", [
    *DIALOGS.values(), lambda parent: show_unexpected(parent, ValueError("secret")),
], ids=[*DIALOGS, "unexpected"])  # fmt: skip
def test_that_dialogs_are_translated(opened, bracketed, show):
    dialog = show(opened)
    assert isinstance(dialog, QDialog)
    shown = [(place, text) for place, text in texts(dialog) if "PlainText" not in place]
    dialog.close()
    left = [(place, text) for place, text in shown if unsaid(text, ("English", "简体中文"))]
    assert left == []


def test_that_the_commands_of_a_script_are_translated(bracketed):
    lines = listed(as_json=False).splitlines()
    assert [line for line in lines if not line.endswith("⟧")] == []
    with pytest.raises(ScriptError, match="⟦There is no command"):
        parse("fame 3")


def test_that_no_word_stands_where_lupdate_does_not_look():
    for path, tree in _modules():
        for text in ast.walk(tree):
            calls = ast.walk(text) if isinstance(text, ast.JoinedStr) else ()
            for call in (one for one in calls if isinstance(one, ast.Call)):
                if isinstance(call.func, ast.Name) and call.func.id in {"tr", "marked"}:
                    assert not isinstance(call.args[0], ast.Constant), (path.name, call.lineno)


def test_that_the_engines_sentences_are_translated(bracketed, tmp_path):
    with pytest.raises(engine.ImageError) as caught:
        engine.imaging.read_image(tmp_path / "none.dcm")
    assert not unsaid(told(caught.value))
    assert told("a text of a file") == "a text of a file"


@pytest.mark.parametrize(("count", "text"), [(0, "0 frames"), (1, "1 frame"), (2, "2 frames")])
def test_that_english_tells_one_from_many(count, text):
    assert tr("%n frames", "", n=count) == text


def test_that_a_refused_film_says_so_in_another_language(opened, bracketed, qtbot):
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
def test_that_the_files_of_words_are_up_to_date_and_another_language_is_kept_so(tmp_path):
    """What is collected anew into another language is what the source language holds."""
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


def test_that_a_translation_is_loaded_as_qt_makes_it(pseudo, tmp_path, monkeypatch):
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


def test_that_every_text_of_the_window_is_collected():
    """Lupdate does not see what stands within an f-string."""
    known = {text for context, text, _ in words.words(words.SOURCE) if not context}
    found = list(_literals())
    assert [place for place, text in found if text and text not in known] == []
    assert len(found) > 300


@cache
def _modules():
    """Every module of the window, parsed."""
    paths = sorted(Path(viewer.__file__).parent.rglob("*.py"))
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def _literals():
    for path, tree in _modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            text = node.args[0] if node.args else None
            if node.func.id in {"tr", "marked"} and isinstance(text, ast.Constant):
                yield f"{path.name}:{node.lineno}", text.value


# -------------------------------------------------------------------- the languages there are
TRANSLATED = sorted(set(words.FOLDER.glob("rowscope_*.ts")) - {words.SOURCE})


def test_that_there_is_chinese():
    assert words.FOLDER / "rowscope_zh.ts" in TRANSLATED


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.stem)
def test_that_every_text_is_translated_with_its_places_and_keys(path):
    assert words.words(path) == words.words(words.SOURCE)
    assert words.faults(path) == []


@pytest.mark.parametrize(("source", "translated", "fault"), [
    ("{film} itself", "本身", "places"),
    ("{value:.2f} nats", "{value} 奈特", "places"),
    ("%n frames", "帧", "%n"),
    ("&File", "文件", "mnemonic"),
    ("&File", "文件(&amp;D)", "mnemonic"),
    ("Loading …", "正在载入", "…"),
    ("see `info`", "见 info", "lines or code"),
    ("Cancel", "", "missing"),
])  # fmt: skip
def test_that_a_faulty_translation_is_told(tmp_path, source, translated, fault):
    path = tmp_path / "rowscope_zh.ts"
    message = f"<source>{escape(source)}</source><translation>{translated}</translation>"
    path.write_text(f"<TS><context><name/><message>{message}</message></context></TS>")
    assert words.faults(path) == [(fault, source)]


def test_that_an_unfinished_translation_is_told(tmp_path):
    path = tmp_path / "rowscope_zh.ts"
    done = '<source>Undo</source><translation type="unfinished">撤销</translation>'
    path.write_text(f"<TS><context><name/><message>{done}</message></context></TS>")
    assert words.faults(path) == [("missing", "Undo")]


def test_that_words_for_one_and_for_many_are_each_languages_own(tmp_path):
    path = tmp_path / "rowscope_zh.ts"
    done = "<source>{n} {n:film|films}</source><translation>{n} 幅影像</translation>"
    path.write_text(f"<TS><context><name/><message>{done}</message></context></TS>")
    assert words.faults(path) == []


# ---------------------------------------------------------------------------------- Chinese


@pytest.fixture
def chinese():
    """Chinese is spoken."""
    if now_spoken() != "chinese":
        language.speak("zh")
        QApplication.processEvents()


@pytest.mark.parametrize("question", ["influence", "state", "none"])
def test_that_the_whole_window_speaks_chinese(opened, qtbot, chinese, question):
    opened.session.choose_map(MapChoice(question))
    for film in ("the one on show", "the other", "the one before"):
        if film != "the one on show":
            first = opened.session.film.frame.image.path == opened.session.films.paths[0]
            with qtbot.waitSignal(opened.session.settled, timeout=120_000):
                opened.session.step_film(1 if first else -1)
        data = proper_data(opened)
        for button in opened.reading.findChildren(QWidget):
            if button.property("disclosure"):
                button.setChecked(True)
        shown = [*texts(opened), *painted(opened)]
        left = left_in_english(shown, data)
        assert left == [], "\n".join(map(str, left))
        assert sum(bool(re.search(r"[\u4e00-\u9fff]", text)) for _, text in shown) > 150


def test_that_english_that_was_left_is_found():
    assert english("打开 film") == ["film"]
    assert english("按 Ctrl+O 打开 DICOM") == []


@pytest.mark.parametrize("show", DIALOGS.values(), ids=DIALOGS)
def test_that_dialogs_speak_chinese(opened, chinese, show):
    dialog = show(opened)
    shown = texts(dialog)
    dialog.close()
    assert left_in_english(shown, proper_data(opened)) == []


def test_that_films_side_by_side_speak_chinese(compared, chinese, qtbot):
    data = proper_data(compared)
    left = left_in_english((*texts(compared), *painted(compared)), data)
    assert left == [], "\n".join(map(str, left))
    assert {"有", "无", "不确定"} <= {text for _, text in texts(compared.reading.form)}
    run(compared, "call present 80; note 心影略大", qtbot)
    shown = texts(compared)
    assert left_in_english(shown, data) == []
    assert any("有、80 %" in text for _, text in shown)


def test_that_the_page_of_a_reading_speaks_chinese(compared, chinese):
    compared.desk.call_first(on=False)
    page = sheet_page(compared.exports.sheet(identity=True)).toPlainText()
    lines = [("line", line) for line in page.splitlines()]
    assert left_in_english(lines, proper_data(compared)) == []
    assert "影像适合此模型吗？" in page


def test_that_chinese_commands_stand_in_columns(chinese):
    lines = listed(as_json=False).splitlines()
    starts = {
        terminal_columns(line) - terminal_columns(tr(verb.help))
        for verb in VERBS
        for line in lines
        if line.endswith(f"  {tr(verb.help)}")
    }
    assert len(starts) == 1


def test_that_a_language_is_told_as_environments_say_it():
    for said in ("zh", "zh_CN.UTF-8", "zh-Hans"):
        language.speak(said)
        assert language.current() == "zh"
    language.speak("de_DE")
    assert language.current() == "en"


def test_that_qts_own_words_are_chinese(qapp, chinese):
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_that_numbers_are_written_without_dividing_thousands(chinese):
    assert QLocale().toString(1234.5, "f", 1) == "1234.5"
    assert QLocale().language() == QLocale.Language.Chinese


def test_that_names_and_sentences_are_joined_as_the_language_does(chinese):
    assert language.listed(("正常", "肺炎")) == "正常、肺炎"
    assert language.joined("未作答。", "", "见判读栏。", "a") == "未作答。见判读栏。a"
    assert language.joined("No answer.", "See there.") == "No answer. See there."


def test_that_names_of_models_are_translated_where_the_program_brings_them(chinese):
    assert language.named("pneumonia") == "肺炎"
    assert language.named("a class of one's own") == "a class of one's own"
    said = Sentence("result.answer", value=0.9, name="pneumonia")
    assert told(said) == "“肺炎”的概率 0.90"
    assert told(Sentence("{name} is off", name="pneumonia")) == "pneumonia is off"


def test_that_percentiles_have_no_english_ending(chinese):
    assert percentile_text(41.0) == "第 41 百分位"
