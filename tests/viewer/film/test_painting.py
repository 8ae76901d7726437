"""What goes wrong in painting is told once; Qt never meets the exception and the window lives."""

from types import SimpleNamespace

import pytest

from tests.viewer.film_panes import build


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


class BrokenError(RuntimeError):
    """Stands for whatever may go wrong while a film is painted."""


@pytest.fixture
def caught(monkeypatch):
    errors = []
    hook = SimpleNamespace(excepthook=lambda kind, _error, _trace: errors.append(kind))
    monkeypatch.setattr("viewer.kit.canvas.sys", hook)
    return errors


def fail(*_, **__):
    raise BrokenError


def test_that_an_error_in_drawing_the_film_is_told_once_and_ends_nothing(
    pane, caught, monkeypatch
):
    monkeypatch.setattr("viewer.film.item.render_view", fail)
    pane.item.refresh()
    for _ in range(3):
        pane.grab()
    assert caught == [BrokenError]


def test_that_the_film_is_drawn_again_after_the_next_change(pane, caught, monkeypatch):
    whole = pane.grab().toImage()
    with monkeypatch.context() as broken:
        broken.setattr("viewer.film.item.render_view", fail)
        pane.item.refresh()
        assert pane.grab().toImage() != whole
    pane.item.refresh()
    assert pane.grab().toImage() == whole


def test_that_an_error_in_a_drawing_over_the_film_is_told_once_and_ends_nothing(
    pane, caught, monkeypatch
):
    monkeypatch.setattr(pane.drawings.over, "_paint", fail)
    pane.drawings.over.refresh()
    for _ in range(3):
        pane.grab()
    assert caught == [BrokenError]
