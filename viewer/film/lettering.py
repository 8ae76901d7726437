"""What is written over the film of one pane: which lines, and where they hide nothing."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRectF

from engine.types import Frame, Voi
from viewer.film.ground import BARE, Ground, ground_of
from viewer.film.marks import Badge, Corners, Site, Writing, arrange
from viewer.film.placement import Placement
from viewer.kit.language import marked, tr
from viewer.kit.words import Lines, identity_lines, pixel_lines, view_lines
from viewer.session.choices import TextLevel
from viewer.session.viewport import Turn

_INVERTED: Final = marked("inverted")
_MIRRORED: Final = marked("mirrored")
_UPENDED: Final = marked("mirrored top to bottom")
_TURNED: Final = {1: marked("turned 90°"), 2: marked("turned 180°"), 3: marked("turned 270°")}


@dataclass(frozen=True, slots=True)
class Appearance:
    """What of a pane decides about the words on its film.

    Attributes:
        voi: None where there is no film.
        inverted: By the reader, on top of what the file says.
        ratio: Pixels of the device per pixel of the body.
        fitted: Whether the whole film is shown, whatever the size of the pane.
        true_size: Whether a centimetre of the film is a centimetre of the screen.
        layers: What the file lays over the film, in words.
        presented: The presentation state that shows it, in words; empty as stored.
    """

    placement: Placement
    body: QRectF
    film: QRectF
    voi: Voi | None = None
    inverted: bool = False
    ratio: float = 1.0
    fitted: bool = True
    true_size: bool = False
    layers: Lines = ()
    presented: str = ""


def badges_of(turn: Turn, *, inverted: bool) -> tuple[Badge, ...]:
    """What the reader has done to a film, in words; nothing while it lies as it is stored."""
    found = [Badge("invert", tr(_INVERTED))] if inverted else []
    if turn.flipped and turn.quarters == 2:  # as it looks, not as it was done
        return (*found, Badge("flip-vertical", tr(_UPENDED)))
    if turn.flipped:
        found.append(Badge("flip", tr(_MIRRORED)))
    if turn.quarters:
        found.append(Badge("rotate", tr(_TURNED[turn.quarters])))
    return tuple(found)


@dataclass(slots=True)
class Lettering:
    """The words of one pane; they are placed anew where something has changed.

    Plates keep their places while a stack is leafed through: where its next frame has its border
    is looked at only when `look` is called.

    Attributes:
        level: How much is written.
        step_rows: How many stored rows one step covers, in words.
        nameless: Whether nothing may be written that tells who it is.
        place: Of the frame in its stack, from 0, and how many it has; None is that of its file.
        uneven: Whether the frames of the stack do not lie in even steps.
        tried: What is tried on its model; None: nothing. It stands before all other badges.
        changed: What is tried on the film itself; before that one.
    """

    level: TextLevel = "all"
    step_rows: str = ""
    nameless: bool = False
    place: tuple[int, int] | None = None
    uneven: bool = False
    tried: Badge | None = None
    changed: Badge | None = None
    _frame: Frame | None = None
    _ground: Ground | None = None
    _last: tuple[object, ...] = ()
    _writing: Writing = field(default_factory=Writing)

    def show_frame(self, frame: Frame | None, *, fresh: bool) -> None:
        """Write of another frame; of another film from the start."""
        self._frame = frame
        if fresh or frame is None:
            self._ground = None
            self.step_rows = ""

    def look(self) -> None:
        """Look where this frame has its border and its signs."""
        self._ground = ground_of(self._frame) if self._frame is not None else BARE

    def hides_sign(self, area: QRectF) -> bool:
        """Whether letters that are burned into the film lie in a stored area."""
        return self._ground is not None and bool(self._ground.has_sign(area))

    def written(self, shown: Appearance) -> Writing:
        """Plates, badges and letters where they stand now."""
        if self._ground is None:
            self.look()
        frame, turn = self._frame, shown.placement.turn
        known = frame.header.orientation if frame is not None and self.level != "none" else None
        letters = turn.letters(known) if known else None
        corners = self._corners(shown)
        now = (corners, letters, shown.placement, shown.body, shown.film, self._ground)
        if now != self._last:
            self._last = now
            self._writing = arrange(self._site(shown), corners, letters=letters)
        return self._writing

    def _corners(self, shown: Appearance) -> Corners:
        frame = self._frame
        if frame is None or shown.voi is None:
            return Corners()
        badges = badges_of(shown.placement.turn, inverted=shown.inverted)
        if shown.presented:
            badges = (Badge("presentation", shown.presented), *badges)
        badges = (*filter(None, (self.changed, self.tried)), *badges)
        if self.level != "all":
            return Corners(badges=badges)
        scale = shown.placement.scale * shown.ratio
        return Corners(
            () if self.nameless else identity_lines(frame.image),
            view_lines(
                shown.voi,
                scale,
                fitted=shown.fitted,
                true_size=shown.true_size,
                frame=frame,
                of=self.place,
            ),
            (
                *pixel_lines(frame.image, frame.header.spacing, self.step_rows),
                *((tr("gaps between images differ"),) if self.uneven else ()),
                *shown.layers,
            ),
            badges,
        )

    def _site(self, shown: Appearance) -> Site:
        ground, placement = self._ground, shown.placement
        if ground is None or self._frame is None:
            return Site(shown.body, shown.film)

        def area(box: QRectF) -> QRectF:
            one, other = placement.stored(box.topLeft()), placement.stored(box.bottomRight())
            return QRectF(one, other).normalized()

        return Site(
            shown.body,
            shown.film,
            lambda box: ground.anatomy(area(box)),
            lambda box: float(ground.has_sign(area(box))),
        )
