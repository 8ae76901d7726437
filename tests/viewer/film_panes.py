"""Film panes with a film in them, for tests."""

from tests.viewer import film_values as made
from viewer.film.view import FilmPane
from viewer.kit.rendering import build_pyramid


def build(qtbot, size=(520, 700), of=None, **header) -> FilmPane:
    pane = FilmPane()
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    show(pane, of, **header)
    pane.grab()
    return pane


def show(pane, image=None, index=0, **header):
    frame = made.frame(image, index, **header)
    last = pane.item.frame
    fresh = last is None or last.image.path != frame.image.path
    pane.show_frame(frame, build_pyramid(frame), fresh=fresh)
    pane.show_stack(frame.index, frame.image.frame_count)
    pane.show_voi(made.WINDOW)
