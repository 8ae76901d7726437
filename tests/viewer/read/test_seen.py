"""The small picture of what the model saw: its own grey levels, and whose they are."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from engine.types import InputFormat
from tests.viewer import film_values as made
from viewer.read.seen import SIDE, SeenSection
from viewer.session.model_rows import model_view

READS = made.model(input=InputFormat(14, 12, "rank"))


@pytest.fixture
def section(qtbot):
    section = SeenSection()
    qtbot.addWidget(section)
    return section


def picture(section):
    return next(one for one in section.findChildren(QLabel) if not one.pixmap().isNull())


def test_that_it_shows_the_models_grey_levels_in_the_shape_of_the_film(section):
    view = model_view(made.frame(made.image(rows=84, columns=60)), READS)
    section.show_view(view)
    image = picture(section).pixmap().toImage()
    ratio = image.height() // SIDE
    assert (image.width(), image.height()) == (60 * ratio, SIDE * ratio)
    across, down = 5 * ratio, 6 * ratio  # pixels of a cell
    seen = [
        [image.pixelColor(across * column + 2, down * row + 3).red() for column in range(12)]
        for row in range(14)
    ]
    assert seen == view.grey.tolist()


def test_that_it_says_grid_and_key(section):
    section.show_view(model_view(made.frame(), READS))
    words = [one.text() for one in section.findChildren(QLabel)]
    assert "14 × 12 grey levels, ranked" in words
    assert "B blinks it over the film" in words


def test_that_nothing_is_shown_where_nothing_is_known(section):
    section.show_view(model_view(made.frame(), READS))
    section.show_view(None)
    assert section.isHidden()


def test_that_it_follows_the_film_that_was_read(qtbot, section, session):
    section.follow(session)
    with qtbot.waitSignal(session.seen.known, timeout=60_000):
        session.open((Path("a.dcm"),))
    assert section.view is not None
    with qtbot.waitSignal(session.analyses.reading_started, timeout=60_000):
        session.open((Path("b.dcm"),))
    assert section.view is None  # of another film, until that is read


def test_that_what_waits_for_the_readers_own_call_is_not_shown(qtbot, section, session):
    section.follow(session)
    session.open((Path("a.dcm"),))
    qtbot.waitUntil(lambda: section.view is not None, timeout=60_000)
    session.pointer.analysis = None
    session.seen.known.emit(session.film.key, replace(section.view))
    assert section.view is None
