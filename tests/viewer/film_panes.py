"""Film panes with a film in them, for tests."""

from tests.viewer import film_values as made
from viewer.panes.film import FilmPane
from viewer.rendering import build_pyramid


def build(qtbot, size=(520, 700), of=None) -> FilmPane:
    pane = FilmPane()
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    show(pane, of or made.image())
    pane.grab()
    return pane


def show(pane, image, index=0):
    frame = made.frame(image, index)
    last = pane.item.frame
    fresh = last is None or last.image.path != image.path
    pane.show_frame(frame, build_pyramid(frame), fresh=fresh)
    pane.show_voi(made.WINDOW)
