"""How a presentation state shows a film: shapes, texts, area, as values.

Corners are columns and rows of the stored frame, 0 at its upper left edge: the middle of the first
pixel is (0.5, 0.5). DICOM counts pixels from 1, and so has it at 1, 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.types.image import Corner, Image, Shutter, Voi


@dataclass(frozen=True, slots=True)
class Graphic:
    """One shape of a presentation state (PS3.3 C.10.5).

    Attributes:
        kind: Of its points: each one a mark; corners of a line; the same, smoothed; middle and a
            point of the edge; the ends of both axes, the longer one first.
        display: Whether its points are shares of the displayed area and no places of the frame.
        filled: Whether its inside is drawn.
    """

    kind: Literal["point", "polyline", "interpolated", "circle", "ellipse"]
    points: tuple[Corner, ...]
    display: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class GraphicText:
    """One text of a presentation state (PS3.3 C.10.5).

    Attributes:
        box: Opposite corners of its place, the first at the start of its letters; None without.
        box_display: Whether these are shares of the displayed area.
        anchor: What it speaks of; None without.
        anchor_display: Whether that is a share of the displayed area.
        pointed: Whether a line leads to the anchor.
        align: Of its letters in the box.
    """

    text: str
    box: tuple[Corner, Corner] | None = None
    box_display: bool = False
    anchor: Corner | None = None
    anchor_display: bool = False
    pointed: bool = False
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class DisplayedArea:
    """Which part of a frame is shown, and how large (PS3.3 C.10.4).

    Attributes:
        left, top, right, bottom: Of the part.
        mode: As large as fits; in true size; magnified by `magnification`.
        magnification: Screen pixels for each stored pixel.
    """

    left: float
    top: float
    right: float
    bottom: float
    mode: Literal["SCALE TO FIT", "TRUE SIZE", "MAGNIFY"] = "SCALE TO FIT"
    magnification: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Presentation:
    """How a presentation state shows one frame (PS3.3 A.33).

    Attributes:
        name: Content Label, or what there is instead, for a menu.
        description: Content Description.
        created: When, as DICOM writes dates.
        creator: Who made it.
        voi: None where the state says none: the film keeps its own.
        inverted: Whether the Presentation LUT Shape is INVERSE; None where the state says none.
        quarters: Turns of 90° clockwise, after the flip.
        flipped: Whether the frame is first mirrored left to right.
        area: None for the whole frame.
        shutter: Instead of the frame's own; None leaves that.
        graphics: Shapes, in the order of their layers.
        texts: Texts, in the same order.
        overlays: Groups of the frame's overlay planes that are drawn; None leaves all.
    """

    name: str
    description: str = ""
    created: str = ""
    creator: str = ""
    voi: Voi | None = None
    inverted: bool | None = None
    quarters: int = 0
    flipped: bool = False
    area: DisplayedArea | None = None
    shutter: Shutter | None = None
    graphics: tuple[Graphic, ...] = ()
    texts: tuple[GraphicText, ...] = ()
    overlays: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PresentationState:
    """A Softcopy Presentation State as it was read: what it shows of which images.

    Attributes:
        uid: Its own SOP Instance UID.
        parts: SOP Instance UID of an image, numbers of its frames from 1 (none: all of them), and
            how these are shown.
    """

    uid: str
    parts: tuple[tuple[str, tuple[int, ...], Presentation], ...]

    def of(self, uid: str, frame: int) -> Presentation | None:
        """How a frame is shown, by its number from 0; None where it is not spoken of."""
        for image, frames, shown in self.parts:
            if image == uid and (not frames or frame + 1 in frames):
                return shown
        return None


def presentations_for(
    states: Iterable[PresentationState], image: Image, frame: int
) -> tuple[Presentation, ...]:
    """Return how presentation states show a frame, the newest first, each once.

    Args:
        states: Those that come with its study.
        image: The file of the frame.
        frame: Its number, from 0.
    """
    uid = image.uids.sop_instance
    if uid is None:
        return ()
    once = {state.uid or str(place): state for place, state in enumerate(states)}
    found = (state.of(uid, frame) for state in once.values())
    shown = [one for one in found if one is not None]
    return tuple(sorted(shown, key=lambda one: one.created, reverse=True))
