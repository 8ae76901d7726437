"""Pictures that leave the program: as displayed, labelled, nameless, and read back from disk."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.imaging import apply_voi
from engine.types import Identity, Orientation, Window
from tests.viewer import film_panes, film_values as made
from viewer.export.picture import (
    BAND,
    ExportError,
    PictureChoice,
    picture,
    write_picture,
)
from viewer.film.view import FilmPane
from viewer.kit import theme
from viewer.session.choices import MapChoice
from viewer.session.viewport import Turn, Viewport

NAMED = Identity(patient_name="Quaddlewit^Zyxa", patient_id="QZ77123")
PLAIN = Window(128.0, 256.0, "NORMAL", function="LINEAR_EXACT")


@pytest.fixture
def pane(qtbot):
    return film_panes.build(qtbot, of=made.image(rows=400, columns=300, identity=NAMED))


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    shape = image.height(), image.bytesPerLine()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(shape)
    return flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def read_back(image, path):
    write_picture(image, path)
    found = QImage(str(path))
    assert not found.isNull()
    return found


def part(image, box: QRectF):
    return image.copy(box.toAlignedRect())


def research_plate(pane):
    return pane.written().plates[0].box


def lettered(image) -> bool:
    """Whether something is written: both the text's colour and its ground are there."""
    grey = pixels(image)[..., 1]
    return bool((grey > 190).sum() > 30 and (grey < 90).sum() > 100)


@pytest.mark.parametrize("level", ["all", "minimal", "none"])
@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_that_the_label_is_in_every_picture_on_the_film_and_beneath_it(
    pane, tmp_path, level, suffix
):
    pane.set_text_level(level)
    found = read_back(picture([pane]), tmp_path / f"film{suffix}")
    assert lettered(part(found, research_plate(pane)))
    band = QRectF(0, found.height() - BAND, found.width(), BAND)
    assert lettered(part(found, band))


def test_that_a_picture_is_as_large_as_the_pane_and_shows_the_same(pane, tmp_path):
    found = read_back(picture([pane], PictureChoice(identity=True)), tmp_path / "film.png")
    body = pane.view.grab().toImage()
    assert (found.width(), found.height()) == (body.width(), body.height() + BAND)
    film = pane.drawings.film.adjusted(2, 2, -2, -2).toAlignedRect()
    theirs, ours = (pixels(image.copy(film)).astype(int) for image in (found, body))
    assert np.abs(theirs - ours).mean() < 3  # moved by less than a pixel, no more


def named(pane, name):
    person = Identity(patient_name=name, patient_id=name)
    film_panes.show(pane, made.image(f"{name}.dcm", rows=400, columns=300, identity=person))


def test_that_the_identity_is_in_it_only_where_it_was_asked_for(pane):
    kept = PictureChoice(identity=True)
    one = picture([pane]), picture([pane], kept)
    named(pane, "Somebody Else")
    other = picture([pane]), picture([pane], kept)
    assert one[0] == other[0]
    assert one[1] != other[1]
    assert not pane.lettering.nameless  # the pane itself goes on to name the patient


def beneath(pane, image, grey):
    """Where a picture and the grey levels of a film differ, but for what is written over it."""
    place = pane.placement
    scale, film = 1 / place.scale, place.on_body(pane.item.image_rect())
    first = place.pixel(0, 0) * scale
    left = round(film.left() * scale + round(first.x()) - first.x())
    top = round(film.top() * scale + round(first.y()) - first.y())
    shape = (min(grey.shape[0], image.shape[0] - top), min(grey.shape[1], image.shape[1] - left))
    seen = image[max(top, 0) : top + shape[0], max(left, 0) : left + shape[1]]
    grey = grey[max(-top, 0) : shape[0], max(-left, 0) : shape[1]]
    wrong = (seen != grey[..., None]).any(axis=-1)
    for box in pane.written().boxes:
        rows = slice(max(int(box.top() * scale) - top - 9, 0), int(box.bottom() * scale) - top + 9)
        sides = int(box.left() * scale) - left - 9, int(box.right() * scale) - left + 9
        wrong[rows, max(sides[0], 0) : sides[1]] = False
    return wrong[2:-2, 2:-2]  # an edge may be drawn over the pane


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2), Turn(3, flipped=True)])
def test_that_a_large_film_in_a_small_pane_is_written_pixel_by_pixel(qtbot, tmp_path, turn):
    pane = film_panes.build(qtbot, of=made.image(rows=1500, columns=1100), size=(420, 500))
    pane.show_look(Viewport(turn=turn))
    pane.show_voi(PLAIN)
    pane.set_text_level("none")
    found = pixels(read_back(picture([pane], PictureChoice(stored=True)), tmp_path / "film.png"))
    grey = apply_voi(pane.item.frame.values, PLAIN, inverted=False)
    grey = np.rot90(np.fliplr(grey) if turn.flipped else grey, -turn.quarters)
    wrong = beneath(pane, found, grey)
    assert wrong.size > 1_400_000
    assert wrong.sum() == 0


def test_that_the_maps_name_and_colour_bar_stand_beneath_the_film(pane, tmp_path):
    bare = picture([pane])
    pane.show_map(made.heatmap(rows=400), MapChoice("state"))
    pane.grab()
    found = read_back(picture([pane]), tmp_path / "film.png")
    assert found.height() == bare.height() + theme.FOOT
    foot = pixels(part(found, QRectF(0, pane.body.height(), found.width(), theme.FOOT))).astype(
        int
    )
    colours = np.abs(foot[..., 0] - foot[..., 2]) > 40
    assert colours.sum() > 200  # the bar
    assert (foot[..., 1] > 150).sum() > 100  # its name
    film = pixels(part(found, pane.drawings.film)).astype(int)
    assert (np.abs(film[..., 0] - film[..., 2]) > 20).mean() > 0.2


def test_that_letters_and_inversion_are_those_of_the_screen(pane):
    before = pixels(picture([pane]))
    film_panes.show(
        pane, made.image(rows=400, columns=300), orientation=Orientation("R", "L", "H", "F")
    )
    letter = pane.written().letters[0].box
    assert lettered_at(pixels(picture([pane])), letter)
    pane.show_look(Viewport(inverted=True))
    after = pixels(picture([pane]))
    assert np.abs(after.astype(int) - before.astype(int)).mean() > 20


def lettered_at(image, box):
    inside = image[int(box.top()) : int(box.bottom()), int(box.left()) : int(box.right()), 1]
    return bool((inside > 190).sum() > 10)


def test_that_the_whole_layout_is_one_picture_with_every_pane_in_its_place(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    panes = [FilmPane(), FilmPane()]
    for pane in panes:
        row.addWidget(pane)
    holder.resize(900, 500)
    holder.show()
    film_panes.show(panes[0], made.image(rows=400, columns=300))
    film_panes.show(panes[1], made.image("other.dcm", rows=200, columns=200))
    holder.grab()
    found = picture(panes)
    left, right = (pane.body.mapTo(holder, pane.body.rect().topLeft()) for pane in panes)
    assert found.width() == right.x() + panes[1].body.width() - left.x()
    for pane, x in ((panes[0], 0), (panes[1], right.x() - left.x())):
        assert lettered(part(found, research_plate(pane).translated(x, 0)))


@pytest.mark.parametrize(
    ("other", "warned"),
    [(NAMED, False), (Identity(patient_id="QZ9"), True), (Identity(), True)],
)
def test_that_a_picture_of_different_patients_says_so(qtbot, other, warned):
    room = QWidget()
    qtbot.addWidget(room)
    row = QHBoxLayout(room)
    panes = []
    for identity in (NAMED, other):
        pane = FilmPane()
        row.addWidget(pane)
        film_panes.show(pane, made.image(rows=40, columns=30, identity=identity))
        panes.append(pane)
    room.resize(1200, 500)
    room.show()
    room.grab()
    found = picture(panes)
    band = pixels(part(found, QRectF(0, found.height() - BAND, found.width(), BAND))).astype(int)
    yellow = (band[..., 0] > 180) & (band[..., 0] - band[..., 2] > 60)
    assert bool(yellow.sum() > 20) == warned


def test_that_an_empty_pane_alone_is_no_picture(qtbot):
    pane = FilmPane()
    qtbot.addWidget(pane)
    with pytest.raises(ExportError, match="No film is open"):
        picture([pane])


@pytest.mark.parametrize(
    ("name", "says"), [("film.bmp", "must end in"), ("no/such/folder/film.png", "could not be")]
)
def test_that_what_cannot_be_written_is_said_and_leaves_nothing(pane, tmp_path, name, says):
    with pytest.raises(ExportError, match=says):
        write_picture(picture([pane]), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_that_no_picture_is_larger_than_a_picture_may_be(qtbot):
    pane = film_panes.build(qtbot, of=made.image(rows=60, columns=6000), size=(420, 500))
    found = picture([pane], PictureChoice(stored=True))
    assert max(found.width(), found.height()) <= 16_384
