"""What the reader draws with the mouse: every tool, under every turn, moved, named, taken away."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.annotations import KINDS
from engine.types import Spacing
from tests.viewer.sketch_panes import HANDS, TURNS, Desk, film_of
from viewer.film import measure
from viewer.session.viewport import Turn

PLACES = {
    kind: [place for stroke in strokes for place in stroke] for kind, strokes in HANDS.items()
}


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk.pane)
    return desk


def key(desk, code, text=""):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(desk.pane, event)


def assert_places(annotation, wanted, away=0.3):
    assert len(annotation.points) == len(wanted)
    for found, place in zip(annotation.points, wanted, strict=True):
        assert found == pytest.approx(place, abs=away)


@pytest.mark.parametrize("kind", HANDS)
def test_that_each_tool_draws_its_kind(desk, kind):
    desk.draw(kind)
    (found,) = desk.drawn
    assert (found.kind, found.number, desk.annotations.chosen) == (kind, 1, found.id)
    if kind != "freehand":
        assert_places(found, PLACES[kind])
    assert desk.pane.sketch.is_busy is False


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("kind", ["length", "rectangle", "cobb"])
def test_that_points_are_stored_places_however_the_film_lies(qtbot, kind, turn):
    desk = Desk(turn=turn)
    qtbot.addWidget(desk.pane)
    desk.draw(kind)
    assert_places(desk.drawn[0], PLACES[kind])


@pytest.mark.parametrize("turn", TURNS)
def test_that_values_are_the_same_however_the_film_lies(qtbot, turn):
    desk = Desk(film_of(spacing=Spacing(0.2, 0.5, "at detector")), turn=turn)
    qtbot.addWidget(desk.pane)
    points = ((8.0, 10.0), (40.0, 50.0))
    desk.annotations.add(0, desk.film, "ellipse", points)
    desk.annotations.add(0, desk.film, "length", points)
    ellipse, length = desk.measured
    assert length.values["length"] == pytest.approx(np.hypot(32 * 0.5, 40 * 0.2))
    rows, columns = np.mgrid[0:80, 0:60] + 0.5
    inside = ((columns - 24) / 16) ** 2 + ((rows - 30) / 20) ** 2 <= 1
    values = desk.film.frame.values.astype(float)[inside]
    assert ellipse.values["mean"] == pytest.approx(values.mean(), rel=1e-9)
    assert ellipse.values["sd"] == pytest.approx(values.std(), rel=1e-9)


@pytest.mark.parametrize("kind", ["length", "rectangle", "ellipse", "arrow"])
def test_that_two_clicks_draw_what_a_drag_draws(desk, kind):
    desk.draw(kind, [[(10, 20)], [(40, 60)]])
    assert_places(desk.drawn[0], [(10, 20), (40, 60)])


def test_that_a_drag_sets_the_first_arm_of_an_angle_and_a_click_the_second(desk):
    desk.draw("angle", [[(10, 10), (20, 10)], [(20, 30)]])
    assert_places(desk.drawn[0], [(10, 10), (20, 10), (20, 30)])
    assert desk.measured[0].values["angle"] == pytest.approx(90, abs=2)


def test_that_four_clicks_draw_a_cobb_angle(desk):
    desk.draw("cobb", [[(10, 10)], [(40, 14)], [(12, 60)], [(44, 52)]])
    assert_places(desk.drawn[0], PLACES["cobb"])


def test_that_clicks_draw_an_outline_that_a_click_on_its_beginning_closes(desk):
    corners = [(10, 10), (40, 12), (44, 50), (12, 40)]
    desk.draw("freehand", [[corner] for corner in corners] + [[corners[0]]])
    assert_places(desk.drawn[0], corners)
    assert desk.measured[0].values["area"] == pytest.approx(1036, rel=0.02)


def test_that_a_double_click_closes_an_outline(desk):
    desk.draw("freehand", [[(10, 10)], [(40, 12)], [(44, 50)]])
    assert desk.drawn == ()
    desk.double_click((12, 40))
    assert len(desk.drawn) == 1
    assert desk.measured[0].values["area"] == pytest.approx(1036, rel=0.02)


def test_that_a_stroke_keeps_its_way(desk):
    turns = np.linspace(0, 2 * np.pi, 60)
    way = [(30 + 15 * np.cos(turn), 40 + 20 * np.sin(turn)) for turn in turns]
    desk.draw("freehand", [way])
    assert desk.measured[0].values["area"] == pytest.approx(np.pi * 15 * 20, rel=0.02)


@pytest.mark.parametrize("kind", [kind for kind, count in KINDS.items() if count != 1])
def test_that_esc_drops_what_is_begun(desk, kind):
    desk.pane.set_tool(kind)
    desk.stroke((10, 10))
    desk.move((30, 30))
    assert desk.pane.sketch.is_busy
    key(desk, Qt.Key.Key_Escape)
    assert not desk.pane.sketch.is_busy
    desk.move((50, 50))
    assert desk.drawn == ()


def test_that_esc_is_ours_only_while_something_is_begun(desk):
    for begun in (False, True):
        if begun:
            desk.draw("length", [[(10, 10)]])
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        QApplication.sendEvent(desk.pane, event)
        assert event.isAccepted() is begun


def test_that_another_tool_drops_what_is_begun(desk):
    desk.draw("length", [[(10, 10)]])
    desk.pane.set_tool("window")
    assert not desk.pane.sketch.is_busy


@pytest.mark.parametrize("kind", ["length", "rectangle", "freehand"])
def test_that_a_slip_of_the_hand_draws_nothing(desk, kind):
    desk.draw(kind, [[(10, 10)], [(10, 10)]])
    desk.pane.set_tool("window")
    assert desk.drawn == ()


def test_that_nothing_is_drawn_beside_the_film(desk):
    desk.draw("length", [[(-30, 20), (90, 60)]])
    assert_places(desk.drawn[0], [(0, 20), (60, 60)])


def test_that_nothing_is_drawn_where_there_is_no_film(desk):
    desk.pointer.film = None
    desk.draw("length")
    assert not desk.pane.sketch.is_busy


# ------------------------------------------------------------------------ what is there already


@pytest.mark.parametrize("turn", [Turn(), Turn(1, flipped=True)])
def test_that_a_handle_reshapes_and_a_line_moves_the_whole(qtbot, turn):
    desk = Desk(turn=turn)
    qtbot.addWidget(desk.pane)
    desk.draw("length")
    desk.stroke((40, 60), (45, 65), (50, 50))
    assert_places(desk.drawn[0], [(10, 20), (50, 50)])
    desk.stroke((30, 35), (30, 40), (30, 45))
    assert_places(desk.drawn[0], [(10, 30), (50, 60)])
    assert len(desk.drawn) == 1


@pytest.mark.parametrize(
    ("kind", "grip", "wanted"),
    [
        ("rectangle", (30, 10), ((8, 20), (40, 40))),
        ("rectangle", (8, 40), ((18, 10), (30, 50))),
        ("ellipse", (40, 30), ((8, 10), (50, 50))),
        ("ellipse", (24, 10), ((8, 20), (40, 50))),
    ],
)
def test_that_boxes_are_reshaped_by_what_lies_on_them(desk, kind, grip, wanted):
    desk.draw(kind)
    desk.stroke(grip, (grip[0] + 5, grip[1] + 5), (grip[0] + 10, grip[1] + 10))
    assert_places(desk.drawn[0], wanted)


def test_that_what_is_moved_stays_on_the_film(desk):
    desk.draw("rectangle")
    desk.stroke((19, 10), (19, 60), (19, 300))
    assert_places(desk.drawn[0], [(8, 50), (30, 80)])


def test_that_a_click_chooses_and_changes_nothing(desk):
    desk.draw("length")
    desk.draw("probe", [[(50, 10)]])
    first = desk.drawn[0]
    desk.pane.set_tool("length")
    desk.stroke((25, 40))
    assert desk.annotations.chosen == first.id
    assert desk.drawn[0] == first
    assert len(desk.history._done) == 2


def test_that_the_mouse_shows_what_it_would_take(desk):
    desk.draw("length")
    desk.move((25, 40))
    assert desk.pane.sketch.hovered == desk.drawn[0].id
    desk.move((50, 10))
    assert desk.pane.sketch.hovered == ""


def test_that_the_chosen_one_is_deleted_and_comes_back(desk):
    desk.draw("length")
    desk.draw("probe", [[(50, 10)]])
    desk.pane.sketch.remove_chosen()
    assert [one.kind for one in desk.drawn] == ["length"]
    desk.pane.sketch.remove_chosen()  # nothing is chosen any more
    assert len(desk.drawn) == 1
    desk.annotations.take(desk.history.undo(), back=True)
    assert [one.kind for one in desk.drawn] == ["length", "probe"]


def test_that_a_double_click_lets_the_reader_name_it(desk):
    desk.draw("length")
    desk.double_click((25, 40))
    editor = desk.pane.sketch.editor
    assert (editor.isVisible(), editor.placeholderText()) == (True, "Length 1")
    QTest.keyClicks(editor, "Heart")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (desk.drawn[0].name, editor.isVisible()) == ("Heart", False)


def test_that_esc_while_naming_changes_nothing(desk):
    desk.draw("length")
    desk.pane.sketch.write()
    editor = desk.pane.sketch.editor
    QTest.keyClicks(editor, "Heart")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert (desk.drawn[0].name, editor.isVisible()) == ("", False)


def test_that_an_arrow_asks_for_its_words(desk):
    desk.draw("arrow")
    editor = desk.pane.sketch.editor
    assert editor.isVisible()
    QTest.keyClicks(editor, "opacity?")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.drawn[0].text == "opacity?"


def test_that_another_film_takes_the_editor_and_the_draft_away(desk):
    desk.draw("arrow")
    desk.show(film_of("other.dcm", uid="1.2.3"))
    assert not desk.pane.sketch.editor.isVisible()
    assert (desk.pane.sketch.items, desk.drawn) == ((), ())


def test_that_a_double_click_on_bare_film_fits_it(desk):
    desk.pane.set_tool("length")
    desk.pane.zoom_to(8)
    desk.double_click((30, 40))
    desk.pane.set_tool("window")
    desk.double_click((30, 40))
    assert desk.pane.drawings.fitted


# ------------------------------------------------------------------------------------ painting


def canvas():
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    return image


@pytest.mark.parametrize("kind", HANDS)
def test_that_each_kind_is_painted_where_it_lies(kind):
    def pixel(column, row):
        return QPointF(column * 8 + 20, row * 5 + 10)

    shape = measure.drawn(kind, tuple(PLACES[kind]), pixel)
    image = canvas()
    painter = QPainter(image)
    measure.paint_shape(painter, shape, meant=False)
    painter.end()
    accent = 0
    places = measure.Drawn(shape.lines).samples()[2:-2]
    for x, y in places:
        colours = [image.pixelColor(int(x) + dx, int(y) + dy) for dx in (0, -1) for dy in (0, -1)]
        accent += any(colour.green() > 140 > colour.red() for colour in colours)
    assert accent >= 0.8 * len(places)
    assert image.pixelColor(599, 399).red() == 0x80


@pytest.mark.parametrize("kind", HANDS)
@pytest.mark.parametrize("at", [(0, 0), (300, 150), (560, 370)])
def test_that_a_plate_covers_neither_its_outline_nor_other_words(kind, at):
    def pixel(column, row):
        return QPointF(column * 2 + at[0] - 40, row * 2 + at[1] - 60)

    shape = measure.drawn(kind, tuple(PLACES[kind]), pixel)
    body, taken = QRectF(0, 0, 600, 400), (QRectF(0, 0, 150, 60), QRectF(400, 330, 200, 70))
    plate = measure.place_plate(body, shape, ("mean 106.9 ± 16.5", "919 mm²"), taken=taken)
    assert body.contains(plate.box)
    assert not any(plate.box.contains(QPointF(x, y)) for x, y in shape.samples())
    assert not shape.holds(plate.box.center())
    assert not any(plate.box.intersects(other) for other in taken)


def test_that_a_region_holds_what_painting_fills():
    corners = [QPointF(*place) for place in ((10, 10), (90, 20), (30, 40), (80, 90), (20, 70))]
    shape = measure.Drawn(((*corners, corners[0]),), region=True)
    path = QPainterPath(corners[0])
    for corner in corners[1:]:
        path.lineTo(corner)
    path.closeSubpath()
    places = [(x + 0.25, y + 0.25) for x in range(0, 100, 7) for y in range(0, 100, 7)]
    filled = [path.contains(QPointF(*place)) for place in places]
    assert shape.hold(np.array(places)).tolist() == filled
    assert 0 < sum(filled) < len(filled)


def test_that_no_plate_hides_the_outline_of_another_annotation_where_there_is_room():
    body = QRectF(0, 0, 600, 400)
    ends = [((100 + 40 * n, 60), (60 + 40 * n, 200)) for n in range(8)]
    shapes = [measure.drawn("length", line, QPointF) for line in ends]
    plates = measure.plates_of([(("12.3 mm",), shape) for shape in shapes], body, ())
    for plate in plates:
        for shape in shapes:
            assert not any(plate.box.contains(QPointF(x, y)) for x, y in shape.samples())


def test_that_words_longer_than_the_pane_end_within_it_and_turn_nothing_round():
    shape = measure.drawn("arrow", ((50, 50), (90, 90)), QPointF)
    words = ("x" * 5000, "\u202egnp.exe")
    plate = measure.place_plate(QRectF(0, 0, 600, 400), shape, words, taken=())
    assert QRectF(0, 0, 600, 400).contains(plate.box)
    assert plate.lines[0].endswith("…")
    assert "\u202e" not in plate.lines[1]


def test_that_plates_of_neighbours_do_not_meet(desk, monkeypatch):
    boxes = []
    monkeypatch.setattr(
        "viewer.film.sketch.paint_value", lambda _painter, plate: boxes.append(plate.box)
    )
    for row in range(10, 60, 6):
        desk.annotations.add(0, desk.film, "length", ((10.0, row), (30.0, row)))
    boxes.clear()
    desk.pane.grab()
    assert len(boxes) == 9
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_that_the_value_stands_on_the_film(desk, monkeypatch):
    written = []
    monkeypatch.setattr(
        "viewer.film.sketch.paint_value", lambda _painter, plate: written.append(plate.lines)
    )
    for kind in ("length", "ellipse", "probe", "point"):
        desk.draw(kind)
    written.clear()
    desk.pane.grab()
    assert written[-4:] == [
        ("50.0 px",),
        ("mean 53.0 ± 12.8", "1005 px"),
        ("70",),
        ("1",),
    ]
    desk.pane.set_text_level("none")
    written.clear()
    desk.pane.grab()
    assert written == []


@pytest.mark.parametrize("kind", ["length", "rectangle", "freehand"])
def test_that_a_drag_that_a_dialog_interrupts_leaves_nothing(desk, kind):
    desk.pane.set_tool(kind)
    desk.move((10, 10))
    desk.mouse(QEvent.Type.MouseButtonPress, (10, 10))
    desk.mouse(QEvent.Type.MouseMove, (40, 40))
    assert desk.pane.sketch.is_busy
    deactivate(desk)
    assert not desk.pane.sketch.is_busy
    desk.mouse(QEvent.Type.MouseMove, (50, 60))  # the button was let go of over the dialog
    desk.mouse(QEvent.Type.MouseButtonRelease, (50, 60))
    assert not desk.pane.sketch.is_busy
    assert desk.drawn == ()


def test_that_a_mark_that_was_being_moved_stays_where_it_was(desk):
    desk.draw("rectangle")
    (before,) = desk.drawn
    desk.mouse(QEvent.Type.MouseButtonPress, (8, 20))
    desk.mouse(QEvent.Type.MouseMove, (20, 30))
    deactivate(desk)
    desk.mouse(QEvent.Type.MouseButtonRelease, (20, 30))
    assert desk.drawn == (before,)


def test_that_what_is_set_by_clicks_waits_for_who_comes_back(desk):
    desk.pane.set_tool("length")
    desk.stroke((10, 10))
    deactivate(desk)
    desk.stroke((40, 40))
    assert_places(desk.drawn[0], [(10, 10), (40, 40)])


def deactivate(desk):
    """As Qt tells every widget of a window."""
    for widget in (desk.pane, desk.pane.view.viewport()):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.WindowDeactivate))
