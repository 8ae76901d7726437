"""A theme is a value: everything that is drawn asks for it then, and it switches while running."""

from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLineF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.viewer.read.test_panel import luminance
from viewer.film.marks import paint_row
from viewer.kit import theme
from viewer.session.choices import Message
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A = Path("/films/a.dcm")
PARTS = ("menuBar", "toolbar", "centre", "strips.line", "reading", "messages", "statusBar")


@pytest.fixture(autouse=True)
def _dark_again(qapp):
    theme.apply(qapp)
    yield
    for one in qapp.topLevelWidgets():
        if isinstance(one, MainWindow):
            one.close()
            one.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.wear(qapp, theme.DARK)


def window(session) -> MainWindow:
    made_anew = MainWindow(session, Settings(Memory()))
    made_anew.choose_workspace("inspect")
    made_anew.resize(1280, 800)
    made_anew.show()
    return made_anew


def pictures(of: MainWindow) -> dict[str, np.ndarray]:
    QApplication.processEvents()
    QApplication.processEvents()
    found = {}
    for name in PARTS:
        part = attrgetter(name)(of)
        image = (part() if callable(part) else part).grab().toImage()
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
        found[name] = pixels.copy()
    return found


def unlike(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> list[str]:
    """Parts that differ in a pixel."""
    return [name for name in PARTS if not np.array_equal(one[name], other[name])]


def test_that_a_window_changes_its_colours_as_if_it_had_started_with_them(session, settle):
    first = window(session)
    settle(session.open, (A,))
    session.message.emit(Message("Something is worth knowing.", "warning", "In detail."))
    dark = pictures(first)
    first.wear("light")
    light = pictures(first)
    second = window(session)
    second.film.setFocus()
    settle(session.select, A)
    session.message.emit(Message("Something is worth knowing.", "warning", "In detail."))
    fresh = pictures(second)
    assert unlike(pictures(first), fresh) == []
    assert set(unlike(dark, light)) >= set(PARTS) - {"messages"}
    first.wear("dark")
    assert unlike(dark, pictures(first)) == []


def test_that_the_choice_of_colours_is_remembered(session):
    settings = Settings(Memory())
    shown = MainWindow(session, settings)
    shown.wear(theme.next_name())
    assert (settings.theme, theme.current()) == ("light", theme.LIGHT)
    shown.wear(theme.next_name())
    assert (settings.theme, theme.current()) == ("dark", theme.DARK)


def test_that_a_film_keeps_its_colours(qapp):
    theme.wear(qapp, theme.LIGHT)
    assert theme.ON_FILM is theme.DARK
    assert theme.LIGHT.pane == theme.DARK.pane
    assert theme.LIGHT.text == theme.TEXT


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_that_the_row_line_on_a_film_is_the_same_in_every_theme(qapp):
    lines = []
    for worn in theme.THEMES.values():
        theme.wear(qapp, worn)
        picture = QImage(20, 20, QImage.Format.Format_RGB32)
        picture.fill(0)
        painter = QPainter(picture)
        paint_row(painter, QRectF(0, 0, 20, 20), QLineF(0, 10, 20, 10))
        painter.end()
        lines.append(tuple(picture.pixel(5, row) for row in range(20)))
    assert len(set(lines)) == 1
    assert len(set(lines[0])) > 1


def test_that_chinese_has_fonts_of_its_own_behind_inter():
    families = theme.font().families()
    assert families[:4] == ["Inter", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"]


def test_that_chinese_does_not_change_the_letters_beside_it(qapp):
    theme.load_fonts()
    inter = QFont("Inter")
    inter.setPixelSize(theme.SMALL)
    inter.setFeature(QFont.Tag("tnum"), 1)
    inter.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    wide = QFontMetricsF(theme.font()).horizontalAdvance("0.97 (0.96–0.98)")
    assert wide == pytest.approx(QFontMetricsF(inter).horizontalAdvance("0.97 (0.96–0.98)"))
