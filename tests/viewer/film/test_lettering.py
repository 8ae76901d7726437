"""What is written over a film, and that it hides nothing where there is free room."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from engine.types import Identity, Spacing
from tests.viewer import film_values as made
from tests.viewer.film.test_ground import chest, with_letter
from tests.viewer.film_panes import build
from viewer.film import placement
from viewer.film.lettering import badges_of
from viewer.film.marks import RESEARCH, Badge, Corners, Site, arrange
from viewer.film.placement import true_scale
from viewer.kit import theme
from viewer.kit.rendering import build_pyramid
from viewer.session.viewport import Turn, Viewport

IDENTITY = Identity(patient_id="Demo-0471", age="004Y", sex="M", study_date="20261123")
WIDE, FULL = QRectF(0, 0, 900, 600), QRectF(0, 0, 600, 600)
CORNERS = Corners(
    ("Demo-0471 · 4 y · M", "CR chest AP · 2026-11-23"),
    ("W 0.83  C 0.47 (DICOM 1)", "zoom 65 %, fit"),
    ("0.200 mm at detector", "lossy JPEG 1:14"),
    (Badge("invert", "inverted"), Badge("flip", "mirrored")),
)


@pytest.fixture(autouse=True)
def _fonts(qapp):
    theme.load_fonts()


def shown(qtbot, frame, size=(560, 700)):
    pane = build(qtbot, size)
    frame = replace(frame, image=replace(frame.image, identity=IDENTITY))
    pane.show_frame(frame, build_pyramid(frame), fresh=True)
    pane.grab()
    return pane


# -------------------------------------------------------------------- badges
@pytest.mark.parametrize(
    ("turn", "inverted", "words"),
    [
        (Turn(), False, []),
        (Turn(), True, ["inverted"]),
        (Turn(0, flipped=True), True, ["inverted", "mirrored"]),
        (Turn(1), False, ["turned 90°"]),
        (Turn(3, flipped=True), False, ["mirrored", "turned 270°"]),
        (Turn().mirrored_down(), False, ["mirrored top to bottom"]),
        (Turn(2), False, ["turned 180°"]),
    ],
)
def test_that_badges_say_what_the_reader_has_done(turn, inverted, words):
    assert [badge.words for badge in badges_of(turn, inverted=inverted)] == words


@pytest.mark.parametrize("level", ["all", "minimal", "none"])
def test_that_badges_stand_on_the_film_at_every_text_level_until_they_are_reset(qtbot, level):
    pane = shown(qtbot, chest())
    pane.set_text_level(level)
    pane.show_look(Viewport(turn=Turn(0, flipped=True), inverted=True))
    assert [badge.words for _, badge in pane.written().badges] == ["inverted", "mirrored"]
    pane.show_look(Viewport())
    assert pane.written().badges == ()


def test_that_badges_stand_beneath_the_upper_left_plate(qtbot):
    pane = shown(qtbot, chest())
    pane.show_look(Viewport(inverted=True))
    written = pane.written()
    plate = next(one for one in written.plates if one.lines[0].startswith("Demo-0471"))
    ((box, _),) = written.badges
    assert (box.left(), box.top()) == (plate.box.left(), plate.box.bottom() + 4)


@pytest.mark.parametrize("width", [120, 240, 380, 640])
def test_that_badges_lie_over_no_other_words(width):
    film = QRectF(0, 0, width, 400)
    written = arrange(Site(film, film), CORNERS)
    assert len(written.badges) == 2
    assert not any(one.intersects(other) for one, other in combinations(written.boxes, 2))


def test_that_a_badge_is_painted_in_the_accent(qtbot):
    pane = shown(qtbot, chest())
    pane.show_look(Viewport(inverted=True))
    ((box, _),) = pane.written().badges
    image = pane.view.grab().toImage()
    accent = theme.colour(theme.ON_FILM.accent)
    inside = box.toRect()
    found = sum(
        image.pixelColor(x, y) == accent
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    )
    assert found > 10


# -------------------------------------------------------------------- places
def test_that_plates_stand_beside_a_film_that_leaves_room():
    film = QRectF(200, 0, 500, 600)
    written = arrange(Site(WIDE, film), CORNERS)
    assert len(written.plates) == 4
    assert not any(plate.box.intersects(film) for plate in written.plates)
    assert all(WIDE.contains(plate.box) for plate in written.plates)


def test_that_plates_stand_on_the_black_border_where_there_is_one():
    free = QRectF(0, 0, 250, 600), QRectF(420, 0, 180, 600)

    def anatomy(box):
        return 0.0 if any(part.contains(box) for part in free) else 1.0

    written = arrange(Site(FULL, FULL, anatomy), CORNERS)
    assert len(written.plates) == 4
    assert [anatomy(plate.box) for plate in written.plates] == [0.0] * 4


def test_that_a_plate_is_made_narrow_to_find_black_border():
    free = QRectF(0, 0, 175, 600)

    def anatomy(box):
        return 0.0 if free.contains(box) else 1.0

    film = arrange(Site(FULL, FULL, anatomy), CORNERS)
    identity = next(plate for plate in film.plates if plate.lines[0].startswith("Demo"))
    assert free.contains(identity.box)
    assert len(identity.lines) > 2


def test_that_without_free_room_plates_stand_in_the_corners_of_the_film():
    written = arrange(Site(FULL, FULL, lambda _box: 1.0), CORNERS)
    known = arrange(Site(FULL, FULL), CORNERS)
    assert written == known
    assert written.plates[1].box.topLeft().toTuple() == (8, 8)


def test_that_a_plate_steps_down_from_a_burned_in_letter():
    sign = QRectF(20, 12, 40, 40)
    written = arrange(
        Site(FULL, FULL, lambda _box: 1.0, lambda box: float(box.intersects(sign))), CORNERS
    )
    identity = next(plate for plate in written.plates if plate.lines[0].startswith("Demo"))
    assert not identity.box.intersects(sign)
    assert identity.box.left() == 8
    assert 52 <= identity.box.top() < 64
    assert not any(box.intersects(sign) for box, _ in written.badges)


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2), Turn(0, flipped=True)], ids=str)
def test_that_no_plate_hides_a_letter_that_is_burned_in(qtbot, turn):
    frame, where = with_letter(chest(), 40, 30)
    pane = shown(qtbot, frame)
    pane.show_look(Viewport(turn=turn))
    on_screen = pane.placement.on_body(where)
    assert not any(box.intersects(on_screen) for box in pane.written().boxes)


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(3, flipped=True)], ids=str)
def test_that_plates_of_a_pane_find_the_border_of_its_film(qtbot, turn):
    pane = shown(qtbot, chest(border=300), (640, 760))
    pane.show_look(Viewport(turn=turn))
    inside = pane.placement.on_body(QRectF(310, 10, 180, 980))
    assert len(pane.written().plates) == 4
    hidden = [plate.box.intersected(inside) for plate in pane.written().plates]
    assert max(box.width() * box.height() for box in hidden) < 300


def test_that_plates_keep_their_places_while_frames_are_passed_and_look_again_at_rest(qtbot):
    pane = shown(qtbot, chest(border=300), (640, 760))
    before = pane.written().plates
    full = replace(chest(), image=pane.item.frame.image)
    pane.show_frame(full, build_pyramid(full), fresh=False)
    assert [plate.box for plate in pane.written().plates] == [plate.box for plate in before]
    qtbot.waitUntil(lambda: not pane._rest.isActive(), timeout=10_000)
    assert [plate.box for plate in pane.written().plates] != [plate.box for plate in before]


@pytest.mark.parametrize("size", [(120, 160), (380, 300), (640, 760)])
@pytest.mark.parametrize("border", [0, 300])
def test_that_research_use_only_stands_in_every_pane(qtbot, size, border):
    pane = shown(qtbot, chest(border), size)
    pane.set_text_level("none")
    assert pane.written().plates[0].lines == (RESEARCH,)


def test_that_plates_are_dark_in_both_themes(qapp, qtbot):
    pane = shown(qtbot, chest())
    dark = pane.view.grab().toImage()
    try:
        theme.wear(qapp, theme.THEMES["light"])
        assert pane.view.grab().toImage() == dark
    finally:
        theme.wear(qapp, theme.THEMES["dark"])


# -------------------------------------------------------------------- sizes in words
class Screen:
    """A monitor that says how large it is."""

    def __init__(self, dots=101.6, maker="Maker"):
        self.dots, self.maker = dots, maker

    def physicalDotsPerInch(self):
        return self.dots

    def manufacturer(self):
        return self.maker

    def model(self):
        return ""


@pytest.mark.parametrize("kind", ["calibrated", "in patient"])
def test_that_true_size_follows_from_spacing_and_screen(kind):
    assert true_scale(Spacing(0.5, 0.5, kind), Screen()) == pytest.approx(0.5 * 101.6 / 25.4)


@pytest.mark.parametrize(
    ("spacing", "screen", "reason"),
    [
        (None, Screen(), placement.NO_SPACING),
        (Spacing(0.2, 0.2, "at detector"), Screen(), placement.AT_DETECTOR),
        (Spacing(0.2, 0.2, "in patient"), Screen(maker=""), placement.NO_SCREEN),
        (Spacing(0.2, 0.2, "in patient"), Screen(dots=0.0), placement.NO_SCREEN),
        (Spacing(0.2, 0.2, "in patient"), None, placement.NO_SCREEN),
    ],
)
def test_that_where_true_size_is_not_known_one_sentence_says_why(spacing, screen, reason):
    assert true_scale(spacing, screen) == reason


def test_that_true_size_is_shown_and_said(qtbot, monkeypatch):
    pane = build(qtbot, spacing=Spacing(0.5, 0.5, "in patient"))
    monkeypatch.setattr(pane, "screen", Screen)
    assert pane.zoom_true() == ""
    assert pane.placement.scale == pytest.approx(2.0)
    words = [line for plate in pane.written().plates for line in plate.lines]
    assert "zoom 200 %, true size" in words
    pane.zoom_by(1.1)
    words = [line for plate in pane.written().plates for line in plate.lines]
    assert not any("true size" in line for line in words)


def test_that_a_film_without_true_size_stays_as_it_is(qtbot):
    pane = build(qtbot)
    before = pane.placement
    assert pane.zoom_true() == placement.NO_SPACING
    assert pane.placement == before


def test_that_one_for_one_counts_pixels_of_the_screen(qtbot, monkeypatch):
    pane = build(qtbot)
    monkeypatch.setattr(pane, "devicePixelRatioF", lambda: 2.0)
    pane.zoom_to(1.0)
    assert pane.placement.scale == 0.5
    words = [line for plate in pane.written().plates for line in plate.lines]
    assert "zoom 100 %" in words


def test_that_the_kind_of_spacing_and_the_loss_are_written(qtbot):
    pane = build(
        qtbot, of=made.image(lossy="lossy JPEG 1:14"), spacing=Spacing(0.2, 0.2, "at detector")
    )
    lines = [plate.lines for plate in pane.written().plates]
    assert ("0.200 mm at detector", "lossy JPEG 1:14") in lines


def test_that_nothing_tells_a_name_where_it_may_not(qtbot):
    pane = shown(qtbot, chest())
    pane.lettering.nameless = True
    assert not any("Demo" in line for one in pane.written().plates for line in one.lines)
    assert len(pane.written().plates) == 3
