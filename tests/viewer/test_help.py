"""What is written for people outside the code, held against the program."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path
from unittest.mock import MagicMock
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTextBrowser, QWidget

from engine.annotations import KINDS
from engine.resources import resource_path
from viewer.commanding import dialogs
from viewer.commanding.menus import plain_words
from viewer.commanding.register import commands_of
from viewer.film.tools import TOOLS
from viewer.kit import language
from viewer.scripting.register import VERBS
from viewer.session.choices import MapChoice

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE_README = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
READMES = pytest.mark.parametrize("readme", [README, CHINESE_README], ids=("en", "zh"))
GUIDE = resource_path("help", "reading.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("README*.md"), *resource_path("help").glob("*.md")]


def rows(text, *head):
    """The table with these headings, as rows of cells."""
    found = re.search(rf"\| {' [|] '.join(head)} \|\n[-|]+\n((?:\|.*\n)+)", text)
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in found[1].splitlines()]


def key_rows(readme):
    """The table of keys, in the words of either language."""
    heads = (
        ("按键", "作用", "命令")
        if readme is CHINESE_README
        else ("key", "what it does", "command")
    )
    return rows(readme.replace(" 或 ", " or "), *heads)


def spread(text):
    """What a cell lists; "1 … 3" is 1, 2, 3."""
    text = re.sub(
        r"(\S*?)(\d) … \1(\d)",
        lambda m: ", ".join(f"{m[1]}{n}" for n in range(int(m[2]), int(m[3]) + 1)),
        text.replace("`", ""),
    )
    return text.split(", ")


@pytest.fixture
def commands():
    window = MagicMock()
    window.session.choice, window.settings.keys = MapChoice(), {}
    window.session.model.layers, window.session.model.directions = 2, 1
    return commands_of(window)


@pytest.fixture
def guide(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = dialogs.show_guide(parent)
    yield dialog.findChild(QTextBrowser)
    dialog.reject()


@READMES
def test_that_the_readme_has_every_key_of_every_command_and_no_other(readme, commands):
    written = {}
    for keys, _, codes in key_rows(readme):
        for key, code in zip(spread(keys), spread(codes), strict=True):
            assert code not in written
            written[code] = tuple(key.split(" or "))
    assert written == {command.code: command.keys for command in commands if command.keys}


@READMES
def test_that_every_key_of_the_readme_is_one_that_qt_reads(readme):
    for keys, *_ in key_rows(readme):
        for key in spread(keys):
            assert all(QKeySequence(one).toString() for one in key.split(" or ")), key


@READMES
def test_that_the_readme_says_only_commands_that_there_are(readme):
    names = {verb.name for verb in VERBS}
    scripts = re.findall(r'--do "([^"]+)"', readme)
    assert len(scripts) >= 3
    for script in scripts:
        assert {one.split()[0] for one in script.split(";")} <= names


def test_that_the_readmes_say_the_same_part_by_part():
    """Points, rows, commands, names in code, figures and links; one that falls behind is found."""
    english = re.split(r"^## .*$", README, flags=re.MULTILINE)
    chinese = re.split(r"^## .*$", CHINESE_README, flags=re.MULTILINE)
    assert len(english) == len(chinese) > 10
    for ours, theirs in zip(english[1:], chinese[1:], strict=True):
        assert told(theirs) == told(ours)


def told(part):
    """What does not depend on the language; a NAME stands for words of the reader."""
    code = re.findall(r"^```.*?^```", part, flags=re.DOTALL | re.MULTILINE)
    commands = [re.sub(r"\s+# .*", "", block) for block in code]
    prose = re.sub(r"^```.*?^```", "", part, flags=re.DOTALL | re.MULTILINE)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", prose)]
    names = Counter(re.findall(r"`((?![^`]*NAME)[ -_a-~]+)`", prose))
    starts = re.findall(r"^(\||-)", prose, re.MULTILINE)
    return commands, starts, names, figures(prose), [link.replace(".zh", "") for link in links]


def test_that_each_readme_leads_to_the_other_from_its_top():
    assert "English | [简体中文](README.zh-CN.md)" in README.splitlines()[:4]
    assert "[English](README.md) | 简体中文" in CHINESE_README.splitlines()[:4]


def test_that_the_guide_names_the_keys_of_tools_as_they_are():
    shipped = {tool.key for tool in TOOLS if tool.code in KINDS}
    told = {key for _, keys, _ in rows(GUIDE, "tool", "key", "it tells") for key in spread(keys)}
    assert told == shipped


def test_that_what_the_guide_quotes_is_said_by_the_window():
    said = {
        plain_words(node.value).casefold()
        for path in (ROOT / "viewer").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    quoted = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", re.sub(r"\s+", " ", GUIDE))
    cut = re.compile(r"[→·…]|^[\d.]+ (?:mm )?")  # between parts of a quotation; figures before it
    parts = {part.strip().casefold() for words in quoted for part in cut.split(words)}
    assert {"show the demo", "not found calibrated", "at detector"} <= parts
    assert {part for part in parts if not any(part in one for one in said)} == set()


def test_that_every_key_in_the_words_of_the_guide_is_that_of_a_command(commands):
    keys = {key for command in commands for key in command.keys}
    told = set(re.findall(r"\b(?:Ctrl\+|Shift\+)+(?:F1|[A-Z]\b|\d)", GUIDE))
    assert {"Ctrl+O", "Shift+F1", "Ctrl+Shift+H"} <= told
    assert told <= keys


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_that_links_between_pages_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not link.startswith("http"):
            name, _, place = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not place or place in headings(target), link


def headings(page):
    """The places in a page that links may name, as GitHub calls them."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for words in found}


def test_that_the_guide_is_shown_in_the_window(guide):
    shown = guide.toPlainText()
    assert shown.startswith("Reading films")
    for title in re.findall(r"^## (.*)$", GUIDE, re.MULTILINE):
        assert title in shown
    assert "**" not in shown


def test_that_the_guide_leads_to_its_other_pages_and_back(guide):
    guide.setSource(guide.source().resolved(QUrl("reader-studies.md")))
    assert guide.toPlainText().startswith("Reader studies")
    guide.backward()
    assert guide.toPlainText().startswith("Reading films")


def test_that_the_guide_opens_nothing_outside_the_program(guide):
    assert not guide.openExternalLinks()


def test_that_the_guide_is_in_the_language_of_the_window_where_there_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "resource_path", lambda _folder, name: tmp_path / name)
    monkeypatch.setattr(language, "current", lambda: "zh")
    assert dialogs.guide_path().name == "reading.md"
    (tmp_path / "reading.zh.md").write_text("# 阅片\n", encoding="utf-8")
    assert dialogs.guide_path().name == "reading.zh.md"


CHINESE = [page for page in PAGES if page.name.endswith(".zh.md")]


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.name)
def test_that_a_translated_page_has_all_that_the_english_one_has(page):
    """Parts, rows, links, keys and figures; a page that falls behind says something wrong."""
    english = page.with_name(page.name.replace(".zh", "")).read_text(encoding="utf-8")
    chinese = page.read_text(encoding="utf-8")
    assert shape(chinese) == shape(english)


def test_that_what_the_chinese_pages_quote_is_said_by_the_window_in_chinese():
    said, parts = chinese_words(), set()
    for page in (ROOT / "README.zh-CN.md", *CHINESE):
        prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for words in re.findall(r"“([^”]+)”", prose):
            parts |= {part.strip() for part in re.split(r"[→·…]|^[\d.]+ (?:mm )?", words)}
    assert {"显示演示", "未证实已校准", "探测器平面"} <= parts
    assert {re.sub(r"\b\d+(?= 条)", "%n", part) for part in parts} - said == set()


def chinese_words():
    """The translations, and what stands in them between values and full-width signs."""
    told = ET.parse(resource_path("translations", "rowscope_zh.ts"))  # noqa: S314 - our own file
    texts = [text.strip() for one in told.iter("translation") for text in one.itertext()]
    whole = {plain_words(text) for text in texts}
    parts = {part.strip() for one in whole for part in re.split(r"{.*?}|%n|[…：，。？；]", one)}
    return whole | parts


def shape(text):
    code = re.findall(r"```.*?```", text, flags=re.DOTALL)
    starts = re.findall(r"^(#+|\||-|\d+\.)", text, re.MULTILINE)
    keys = set(re.findall(r"(?:\b(?:Ctrl\+|Shift\+)+[A-Za-z0-9]+|\bF\d+\b|`[a-z_.]+`)", text))
    links = [link.replace(".zh", "") for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    return code, starts, keys, links, figures(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def figures(prose):
    """How often it has each number, outside of names in code and links."""
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"`[^`]+`|\]\([^)]*\)", "", prose)))


def test_that_the_help_goes_into_the_wheel():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    wheel = build["build"]["targets"]["wheel"]
    assert wheel["force-include"]["resources"] == "engine/_resources"
    assert not wheel.get("exclude")
    assert {"/README.md", "/README.zh-CN.md"} <= set(build["build"]["targets"]["sdist"]["include"])
