"""Film panes that are drawn on with the mouse, for tests."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.viewer import film_values as made
from viewer.film.view import FilmPane
from viewer.kit.rendering import build_pyramid
from viewer.session.annotations import Annotations
from viewer.session.loading import Film
from viewer.session.pointer import Pointer
from viewer.session.viewport import History, Turn

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

# What the hand does for each tool, as places of the film; a bar: press, drag and let go there.
HANDS = {
    "length": [[(10, 20), (40, 60)]],
    "angle": [[(10, 10)], [(20, 10)], [(20, 30)]],
    "cobb": [[(10, 10), (40, 14)], [(12, 60), (44, 52)]],
    "rectangle": [[(8, 10), (30, 40)]],
    "ellipse": [[(8, 10)], [(40, 50)]],  # two clicks
    "freehand": [[(10, 10), (20, 8), (40, 12), (44, 40), (30, 60), (12, 40)]],
    "probe": [[(30, 40)]],
    "arrow": [[(20, 20), (40, 50)]],
    "point": [[(25, 35)]],
}


class Desk:
    """A pane with a film, and the annotations of a store."""

    def __init__(self, film=None, store=None, turn=None, size=(520, 700)):
        self.history = History()
        self.annotations = Annotations(self.history, store)
        self.pointer = Pointer(self.history)
        self.pane = FilmPane()
        self.pane.resize(*size)
        self.pane.sketch.watch(self.pointer, self.annotations)
        self.show(film or film_of())
        if turn is not None:
            self.pane.show_look(replace(self.pointer.viewport, turn=turn))
        self.pane.show()
        self.pane.grab()

    def show(self, film: Film):
        self.pointer.show_film(film)
        self.pane.show_frame(film.frame, film.pyramid, fresh=True, content=film.key)
        self.pane.show_voi(film.voi)

    @property
    def film(self):
        return self.pointer.film

    @property
    def drawn(self):
        return self.annotations.of(self.annotations.subject_of(self.film))

    @property
    def measured(self):
        return self.annotations.measured(self.film)

    def mouse(self, kind, place, *, held=LEFT):
        viewport = self.pane.view.viewport()
        pixel = self.pane.pixel(*place)
        button = NONE if kind == QEvent.Type.MouseMove else LEFT
        keys = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, pixel, viewport.mapToGlobal(pixel), button, held, keys)
        QApplication.sendEvent(viewport, event)

    def move(self, *places):
        for place in places:
            self.mouse(QEvent.Type.MouseMove, place, held=NONE)

    def stroke(self, first, *stops):
        """Press, drag from place to place, let go; a click where there is one place only."""
        self.move(first)
        self.mouse(QEvent.Type.MouseButtonPress, first)
        for stop in stops:
            self.mouse(QEvent.Type.MouseMove, stop)
        self.mouse(QEvent.Type.MouseButtonRelease, (first, *stops)[-1], held=NONE)

    def draw(self, kind, strokes=None):
        self.pane.set_tool(kind)
        for stroke in strokes or HANDS[kind]:
            self.stroke(*stroke)

    def double_click(self, place):
        self.stroke(place)
        self.mouse(QEvent.Type.MouseButtonDblClick, place)
        self.mouse(QEvent.Type.MouseButtonRelease, place, held=NONE)


def film_of(name="film.dcm", uid="", **header) -> Film:
    image = made.image(name)
    if uid:
        image = replace(image, uids=replace(image.uids, instance=uid))
    frame = made.frame(image, **header)
    window = made.WINDOW
    return Film(frame, build_pyramid(frame), (window,), window, key=f"content of {name}")


TURNS = [Turn(quarters, flipped) for quarters in range(4) for flipped in (False, True)]
