"""Linked panes: what scrolling, window, zoom and pan of one film mean for another one.

Where both films say where they lie in one frame of reference, places are those of the patient;
where the reader has set reference points on both, places follow these; else films move by the
same share. Everything up to `Links` is a pure function of two films and two viewports.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.types import Doubles, Frame, FrameHeader, Point, Spacing, Window
from viewer.session.loading import Content, Film
from viewer.session.pointer import Pointer, Viewports
from viewer.session.viewport import BY_HAND, Place, Turn, Viewport, WindowChoice

Linked = Literal["scroll", "window", "zoom", "pan"]
LINKS: Final[tuple[Linked, ...]] = ("scroll", "window", "zoom", "pan")
PARALLEL: Final = float(np.cos(np.radians(1.0)))  # planes that differ by less are parallel
MOST_POINTS: Final = 4  # pairs of reference points
FLAT: Final = 1e-9  # of a cross product, beneath which points lie on one line
Pixel = tuple[float, float]  # column and row, 0 at the upper left edge of the stored film


# ------------------------------------------------------------------ planes in the patient
@dataclass(frozen=True, slots=True)
class Plane:
    """Where a film lies in the patient, in millimetres.

    Attributes:
        reference: Frame of Reference UID.
        position: Centre of the first pixel.
        directions: Unit vectors along a row and down a column.
        row_mm, column_mm: Between rows, and between columns.
        rows, columns: Of the film.
    """

    reference: str
    position: Point
    directions: tuple[Point, Point]
    row_mm: float
    column_mm: float
    rows: int
    columns: int

    @property
    def normal(self) -> Doubles:
        """Unit vector across the film."""
        along, down = np.asarray(self.directions, dtype=np.float64)
        normal: Doubles = np.cross(along, down)
        return normal

    def point(self, column: float, row: float) -> Doubles:
        """Place in the patient of a place on the film."""
        along, down = np.asarray(self.directions, dtype=np.float64)
        right, below = (column - 0.5) * self.column_mm, (row - 0.5) * self.row_mm
        corner = np.asarray(self.position, dtype=np.float64)
        return np.asarray(corner + right * along + below * down, np.float64)

    def pixel(self, point: Doubles) -> Pixel:
        """Column and row beneath a place in the patient."""
        along, down = np.asarray(self.directions, dtype=np.float64)
        away = point - np.asarray(self.position, dtype=np.float64)
        return (
            float(away @ along) / self.column_mm + 0.5,
            float(away @ down) / self.row_mm + 0.5,
        )

    def height(self, point: Doubles) -> float:
        """Millimetres of a place above the plane."""
        return float((point - np.asarray(self.position, dtype=np.float64)) @ self.normal)


def plane_of(frame: Frame) -> Plane | None:
    """Where a film lies; None where its file does not say all of it."""
    header, reference = frame.header, frame.image.uids.reference
    if not (reference and header.position and header.directions and header.spacing):
        return None
    spacing, (rows, columns) = header.spacing, frame.values.shape
    return Plane(
        reference,
        header.position,
        header.directions,
        spacing.row_mm,
        spacing.column_mm,
        rows,
        columns,
    )


def share_reference(here: Plane, there: Plane) -> bool:
    """Whether places on both films can be held against each other."""
    return bool(here.reference) and here.reference == there.reference


def parallel(here: Plane, there: Plane) -> bool:
    """Whether one film lies in front of the other."""
    return abs(float(here.normal @ there.normal)) >= PARALLEL


def nearest(here: Plane, positions: Sequence[Point | None]) -> int | None:
    """Which film of a stack lies nearest along the normal of another one.

    Args:
        here: The film.
        positions: Of the stack's films, centres of their first pixels; None where not known.

    Returns:
        A place in the stack, from 0; None where no position is known.
    """
    known = [(place, position) for place, position in enumerate(positions) if position]
    if not known:
        return None
    away = np.array([position for _, position in known]) - np.array(here.position)
    return known[int(np.argmin(np.abs(away @ here.normal)))][0]


def reference_line(on: Plane | None, of: Plane | None) -> tuple[Pixel, Pixel] | None:
    """Where another film cuts this one.

    Args:
        on: The film that the line is painted on.
        of: The other film; the line is as long as that film is wide.

    Returns:
        Two ends on the film; None without a common frame of reference, where the films are
        parallel, and where they do not meet.
    """
    if on is None or of is None or not share_reference(on, of) or parallel(on, of):
        return None
    corners = ((0, 0), (of.columns, 0), (of.columns, of.rows), (0, of.rows))
    points = [of.point(float(column), float(row)) for column, row in corners]
    heights = [on.height(point) for point in points]
    ends = []
    for first in range(4):
        second = (first + 1) % 4
        above, below = heights[first], heights[second]
        if (above < 0) != (below < 0):
            share = above / (above - below)
            ends.append(on.pixel(points[first] + share * (points[second] - points[first])))
    return _clipped(ends[0], ends[1], on.columns, on.rows) if len(ends) == 2 else None


def _clipped(start: Pixel, end: Pixel, columns: int, rows: int) -> tuple[Pixel, Pixel] | None:
    """The part of a line that lies on a film (Liang and Barsky)."""
    first, last = 0.0, 1.0
    for at, to, most in ((start[0], end[0], columns), (start[1], end[1], rows)):
        moved = to - at
        if abs(moved) < FLAT:
            if not 0 <= at <= most:
                return None
            continue
        low, high = sorted((-at / moved, (most - at) / moved))
        first, last = max(first, low), min(last, high)
    if first >= last:
        return None
    right, down = end[0] - start[0], end[1] - start[1]
    return (
        (start[0] + first * right, start[1] + first * down),
        (start[0] + last * right, start[1] + last * down),
    )


# ------------------------------------------------------------------------ reference points
@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """From places on one film to those on another one.

    Attributes:
        matrix: (2, 3) columns and rows there, of column, row and 1 here.
        kind: Two pairs of points, and pairs in one line, tell a similarity only.
    """

    matrix: Doubles
    kind: Literal["similarity", "affine"]

    def pixel(self, column: float, row: float) -> Pixel:
        """The place there of a place here."""
        across, down = self.matrix @ np.array((column, row, 1.0))
        return float(across), float(down)

    @property
    def scale(self) -> float:
        """Stored rows there for one stored row here, on an average over all directions."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))


def fit_of(
    pairs: Sequence[tuple[Pixel, Pixel]],
    *,
    aspects: tuple[float, float] = (1.0, 1.0),
    mirrored: bool = False,
) -> Fit | None:
    """What leads from the reference points of one film to those of another one.

    Args:
        pairs: Points here and there that mean the same place; four at most are asked for.
        aspects: Width over height of a pixel, here and there.
        mirrored: Whether one of the films lies mirrored: two pairs cannot tell that.

    Returns:
        A similarity from two pairs, an affine map from three or more (least squares); None from
        fewer, and from points that coincide.
    """
    if len(pairs) < 2:
        return None
    wide = np.array([[aspects[0], 1.0], [aspects[1], 1.0]])
    here = np.array([pair[0] for pair in pairs], dtype=np.float64) * wide[0]
    there = np.array([pair[1] for pair in pairs], dtype=np.float64) * wide[1]
    about = (here - here.mean(axis=0), there - there.mean(axis=0))
    lengths = [float(np.linalg.svd(points, compute_uv=False)[0]) for points in about]
    if min(lengths) < FLAT:
        return None
    if len(pairs) > 2 and all(_spread(points) for points in about):
        turned, kind = np.linalg.lstsq(about[0], about[1], rcond=None)[0].T, "affine"
    else:
        turned, kind = _turned(*about, mirrored=mirrored), "similarity"
    moved = there.mean(axis=0) - turned @ here.mean(axis=0)
    matrix = np.column_stack((turned * wide[0], moved)) / wide[1][:, None]
    return Fit(matrix, "affine" if kind == "affine" else "similarity")


def _spread(points: Doubles) -> bool:
    """Whether points do not lie in one line."""
    sizes = np.linalg.svd(points, compute_uv=False)
    return bool(sizes[1] > 1e-3 * sizes[0])


def _turned(here: Doubles, there: Doubles, *, mirrored: bool) -> Doubles:
    """The turn and scale that bring points about 0 nearest to others (Umeyama, 1991)."""
    left, sizes, right = np.linalg.svd(there.T @ here)
    sign = -1.0 if mirrored else 1.0
    last = np.diag((1.0, sign * np.sign(np.linalg.det(left) * np.linalg.det(right)) or 1.0))
    scale = float(np.trace(np.diag(sizes) @ last)) / float((here**2).sum())
    return np.asarray(scale * (left @ last @ right))


# ------------------------------------------------------------------------- window and place
def true_spacing(spacing: Spacing | None) -> bool:
    """Whether millimetres of a film are those of the patient; at the detector they are not."""
    return spacing is not None and spacing.kind in {"calibrated", "in patient"}


def in_millimetres(here: Film, there: Film) -> bool:
    """Whether the zoom of two films is linked in millimetres."""
    return all(true_spacing(film.frame.header.spacing) for film in (here, there))


def linked_scale(here: Film, there: Film, *, before: float, after: float, now: float) -> float:
    """The scale of another film after this one was zoomed.

    Args:
        here: The film that was zoomed.
        there: The other one.
        before: Pixels per stored row, here.
        after: The same now.
        now: The same, there.

    Returns:
        The same pixels per millimetre where that is true of both; else changed by the same factor.
    """
    spacings = here.frame.header.spacing, there.frame.header.spacing
    if in_millimetres(here, there) and spacings[0] is not None and spacings[1] is not None:
        return after * spacings[1].row_mm / spacings[0].row_mm
    return now * after / before


def linked_middle(
    here: Film,
    there: Film,
    *,
    before: Pixel,
    after: Pixel,
    now: Pixel,
    fit: Fit | None = None,
    turns: tuple[Turn, Turn] = (Turn(), Turn()),
) -> Pixel:
    """What stands in the middle of another pane after this one was moved.

    Args:
        here: The film that was moved.
        there: The other one.
        before: Column and row in the middle, here.
        after: The same now.
        now: The same, there.
        fit: By reference points; goes first.
        turns: How both films lie on the screen: films that are turned move the same way there.

    Returns:
        Column and row: by reference points, else by the place in the patient where the films lie
        in parallel, else moved by the same millimetres where these are true, else by the same
        share of the film's height.
    """
    if fit is not None:
        return fit.pixel(*after)
    one, other = plane_of(here.frame), plane_of(there.frame)
    if one and other and share_reference(one, other) and parallel(one, other):
        return other.pixel(one.point(*after))
    (wide, high), (width, height) = _sizes(here, there)
    right, down = (after[0] - before[0]) * wide, (after[1] - before[1]) * high
    (a, b), (c, d) = turns[0].across, turns[0].down
    seen = a * right + c * down, b * right + d * down  # on the screen, in one unit
    (a, b), (c, d) = turns[1].across, turns[1].down
    return (
        now[0] + (a * seen[0] + b * seen[1]) / width,
        now[1] + (c * seen[0] + d * seen[1]) / height,
    )


def _sizes(here: Film, there: Film) -> tuple[Pixel, Pixel]:
    """Width and height of a pixel of both films, in millimetres or in heights of the films."""
    one, other = here.frame.header.spacing, there.frame.header.spacing
    if in_millimetres(here, there) and one is not None and other is not None:
        return (one.column_mm, one.row_mm), (other.column_mm, other.row_mm)
    return _share(here), _share(there)


def _share(film: Film) -> Pixel:
    height = 1.0 / film.frame.values.shape[0]
    return film.frame.header.pixel_aspect * height, height


def linked_window(
    here: Film, there: Film, *, before: WindowChoice, after: WindowChoice, now: WindowChoice
) -> WindowChoice:
    """The window of another film after that of this one was changed.

    Where the menu of the other film has what was chosen here, it is chosen there. Where values of
    both films mean the same, the window is the same; else it is changed by the same factor.

    Args:
        here: The film whose window was changed.
        there: The other one.
        before: Its windows, here.
        after: The same now.
        now: The same, there.
    """
    chosen, shown, last = after.voi, now.voi, before.voi
    if after.place != BY_HAND and (place := _same_entry(after, now)) is not None:
        return replace(now, place=place)
    if not isinstance(chosen, Window):
        return now
    if _same_values(here.frame.header, there.frame.header):
        hand = replace(chosen, explanation="by hand", kind="by hand")
    elif isinstance(shown, Window) and isinstance(last, Window):
        center = shown.center + (chosen.center - last.center) * shown.width / last.width
        width = shown.width * chosen.width / last.width
        hand = Window(center, width, "by hand", shown.function, "by hand")
    else:
        return now
    return replace(now, place=BY_HAND, hand=hand)


def _same_values(here: FrameHeader, there: FrameHeader) -> bool:
    """Whether one number means the same in two films: a known unit, or one scale."""
    if here.unit or there.unit:
        return here.unit == there.unit
    return (here.rescale, here.value_range) == (there.rescale, there.value_range)


def _same_entry(after: WindowChoice, now: WindowChoice) -> int | None:
    """Where another menu has what was chosen: computed windows by kind, others by their name."""
    chosen = after.voi
    if not isinstance(chosen, Window) or (chosen.kind == "header" and not chosen.explanation):
        return None
    name = chosen.kind, chosen.explanation
    entries = ((at, voi) for at, voi in enumerate(now.vois) if isinstance(voi, Window))
    return next((at for at, voi in entries if (voi.kind, voi.explanation) == name), None)


def linked_place(
    here: Film,
    there: Film,
    *,
    before: Place,
    after: Place,
    now: Place,
    kinds: frozenset[Linked],
    fit: Fit | None = None,
    turns: tuple[Turn, Turn] = (Turn(), Turn()),
) -> Place:
    """Where another film lies after this one was moved or zoomed.

    Args:
        here: The film that was moved.
        there: The other one.
        before: Its place, here.
        after: The same now.
        now: The same, there.
        kinds: What is linked: "zoom" the scale, "pan" the middle.
        fit: By reference points.
        turns: How both films lie.
    """
    x, y, scale = now.x, now.y, now.scale
    if "zoom" in kinds:
        if fit is not None:
            scale = after.scale / fit.scale
        else:
            scale = linked_scale(here, there, before=before.scale, after=after.scale, now=scale)
    if "pan" in kinds:
        x, y = linked_middle(
            here,
            there,
            before=(before.x, before.y),
            after=(after.x, after.y),
            now=(x, y),
            fit=fit,
            turns=turns,
        )
    return Place(x, y, scale)


# ------------------------------------------------------------------------------- at work
class Links(QObject):
    """Lets the other panes follow the one that the reader scrolls, windows, zooms or moves.

    What follows is no step of its own: the step of the pane that was moved takes all of them back.

    Args:
        panes: The viewports of the window.
        parent: Of the Qt object.
    """

    changed = Signal()
    scrolled = Signal(object, int)  # Pointer that follows, place in its stack

    def __init__(self, panes: Viewports, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panes = panes
        self.kinds: frozenset[Linked] = frozenset()
        self.last: frozenset[Linked] = frozenset(LINKS)  # what is linked again by one key
        self._points: dict[Content, tuple[Pixel, ...]] = {}
        self._bases: dict[Pointer, int] = {}  # places in stacks when they were linked
        panes.altered.connect(self._follow)
        panes.film_changed.connect(self._on_film)

    def choose(self, kinds: frozenset[Linked]) -> None:
        """Link the panes in this, and in nothing else."""
        if self.kinds:
            self.last = self.kinds
        if "scroll" in kinds and "scroll" not in self.kinds:
            self._bases = {one: one.viewport.at for one in self._panes.all}
        self.kinds = kinds
        active = self._panes.active
        self._follow(active, active.viewport, active.viewport)
        self.changed.emit()

    def toggle(self, kind: Linked) -> None:
        """Link the panes in this, too, or no more."""
        self.choose(self.kinds ^ {kind})

    def switch(self, *, on: bool) -> None:
        """Link the panes in what they were linked in last, or in nothing."""
        self.choose((self.kinds or self.last) if on else frozenset())

    def show_points(self, content: Content, points: Sequence[Pixel]) -> None:
        """Which reference points the reader has set on a film, in their order."""
        if self._points.get(content, ()) != tuple(points):
            self._points[content] = tuple(points)
            self.choose(self.kinds)

    def fit(self, here: Pointer, there: Pointer) -> Fit | None:
        """What the reference points of two films tell; None without two pairs of them."""
        if here.film is None or there.film is None:
            return None
        one = self._points.get(here.film.key, ())
        other = self._points.get(there.film.key, ())
        aspects = (here.film.frame.header.pixel_aspect, there.film.frame.header.pixel_aspect)
        mirrored = here.viewport.turn.flipped != there.viewport.turn.flipped
        pairs = list(zip(one, other, strict=False))[:MOST_POINTS]
        return fit_of(pairs, aspects=aspects, mirrored=mirrored)

    def in_millimetres(self) -> bool:
        """Whether the zoom of all panes is the same in millimetres."""
        films = [film for _, film in self._panes.shown()]
        moved = all(one.viewport.place is not None for one, _ in self._panes.shown())
        return len(films) > 1 and moved and all(in_millimetres(films[0], film) for film in films)

    def _follow(self, here: Pointer, before: Viewport, after: Viewport) -> None:
        if not self.kinds:
            return
        for there in self._panes.all:
            if there is not here and here.film is not None and there.film is not None:
                there.follow(
                    self._placed(here, there, before, after),
                    self._windowed(here.film, there, before, after),
                )

    def _on_film(self, here: Pointer, _film: Film) -> None:
        """Leaf through the other stacks as the reader leafs through the active one."""
        if not here.same:  # another stack: it is linked from here on
            self._bases = {one: one.viewport.at for one in self._panes.all}
        elif "scroll" in self.kinds and here is self._panes.active:
            for there, _ in self._panes.shown():
                if there is not here:
                    self.scrolled.emit(there, self._place(here, there))

    def _place(self, here: Pointer, there: Pointer) -> int:
        """By position in the patient; else as far from where both stacks were linked."""
        stack = there.viewport.stack
        if here.film is not None and there.film is not None and stack is not None:
            one, other = plane_of(here.film.frame), plane_of(there.film.frame)
            if one and other and share_reference(one, other) and parallel(one, other):
                place = nearest(one, [frame.position for frame in stack.frames])
                if place is not None:
                    return place
        moved = here.viewport.at - self._bases.get(here, here.viewport.at)
        return self._bases.get(there, there.viewport.at) + moved

    def _windowed(
        self, here: Film, there: Pointer, before: Viewport, after: Viewport
    ) -> WindowChoice:
        now = there.viewport.window
        if "window" not in self.kinds or before.window == after.window or there.film is None:
            return now
        return linked_window(here, there.film, before=before.window, after=after.window, now=now)

    def _placed(
        self, here: Pointer, there: Pointer, before: Viewport, after: Viewport
    ) -> Place | None:
        """Where the other film lies now; a film that is shown whole lets the other be so, too."""
        now = there.viewport.place
        kinds = self.kinds & {"zoom", "pan"}
        first, last, other = here.lies(before), here.lies(after), there.lies(there.viewport)
        if not kinds or not (first and last and other and here.film and there.film):
            return now
        fit = self.fit(here, there)
        if after.place is None and fit is None:
            return None if "zoom" in kinds and before.place is not None else now
        return linked_place(
            here.film,
            there.film,
            before=first,
            after=last,
            now=other,
            kinds=kinds,
            fit=fit,
            turns=(after.turn, there.viewport.turn),
        )
