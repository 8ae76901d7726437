"""From the panel: another model, and the card of this one, in one click."""

from PySide6.QtWidgets import QDialog, QPushButton

from tests.e2e.conftest import PATIENCE


def test_that_one_click_reads_the_film_with_the_model_that_fits(window, qtbot, film, read):
    read(window, film)
    other = next(one for one in window.session.models.all if one != window.session.model)
    window.reading.model_requested.emit(other.name)
    qtbot.waitUntil(lambda: window.session.model == other, timeout=60_000)


def test_that_the_card_opens_as_plain_text(window, film, read, qtbot):
    read(window, film)
    buttons = window.reading.findChildren(QPushButton)
    next(one for one in buttons if "card" in one.text()).click()
    (dialog,) = window.findChildren(QDialog)
    text = dialog.card.text
    qtbot.waitUntil(lambda: bool(text.toPlainText()), timeout=PATIENCE)
    assert "**Leakage**" in "\n".join(text.toPlainText().splitlines()[:5])
    dialog.close()
