"""Does a map of a network that never saw a box point at one, and does it lie within the lungs?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError, EngineError
from engine.explain import pointed_at
from engine.films import Marked, boxes_in, patient_of
from engine.imaging import read_frame, read_image
from engine.inspection import grid_influence
from engine.measure import (
    Doubles,
    Estimate,
    LungReader,
    area_share,
    average,
    covered,
    edge_strength,
    share,
    within,
)
from engine.model import Model
from engine.progress import Progress, paced, silent
from engine.tasks import named_finding
from engine.types import Box, Frame, GridInfluence

# What is measured is the map over rows and columns (`engine.explain.grid_influence`) of the class
# that is the finding. Beside each figure stand what a map without any knowledge would reach, the
# same everywhere, and a map that knows the film but no weights: the strength of its edges.

_Inside = NDArray[np.bool_]
_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _FilmFigures:
    """What was found on one film; NaN where it could not be asked."""

    peak: float = np.nan
    region: float = np.nan
    edges: float = np.nan
    chance: float = np.nan
    energy: float = np.nan
    within: float = np.nan
    within_edges: float = np.nan
    lungs: float = np.nan


@dataclass(frozen=True, slots=True)
class WeakPointing:
    """What was measured.

    Attributes:
        model, target: Whose map of which class.
        films: That were read.
        boxed: Films with a box.
        abstained: Films for which the model itself would give no answer. They are in all figures.
        peak: The map's peak lies in a box.
        region: The middle of the strongest region lies in a box.
        edges: The peak of the film's edges lies in one.
        chance: Share of the film that boxes cover: how often any place lies in one.
        energy: Share of what speaks for the class that lies in boxes.
        within: Share of |Influence| within the lungs; None where no lungs are known.
        within_edges: The same of the strength of edges.
        lungs: Share of the film that is lung, and so of a map that is the same everywhere.
    """

    model: str
    target: str
    films: int
    boxed: int
    abstained: int
    peak: Estimate
    region: Estimate
    edges: Estimate
    chance: Estimate
    energy: Estimate
    within: Estimate | None
    within_edges: Estimate | None
    lungs: Estimate | None

    @property
    def lines(self) -> tuple[tuple[str, Estimate], ...]:
        """The figures with what they are called, each beside what it has to beat."""
        pairs: tuple[tuple[str, Estimate | None], ...] = (
            ("Peak of the map in a box", self.peak),
            ("Middle of the strongest region in a box", self.region),
            ("Peak of the film's edges in a box", self.edges),
            ("Any place in a box", self.chance),
            ("What speaks for the finding, in boxes", self.energy),
            ("|Influence| within the lungs", self.within),
            ("Edges within the lungs", self.within_edges),
            ("Any place within the lungs", self.lungs),
        )
        return tuple((name, one) for name, one in pairs if one is not None)


def weak_pointing(
    model: str | Path | Model,
    table: Path,
    *,
    lungs: str | Path | None = None,
    findings: Sequence[str] = (),
    target: str | None = None,
    patient: str = "",
    report: Progress = silent,
) -> WeakPointing:
    """Measure where a classifier's map of rows and columns points.

    Args:
        model: A model that never saw boxes.
        table: CSV of boxes in stored pixels, with the films' paths from its own folder.
        lungs: A model of lung fields, or a folder of masks with the films' names; None leaves the
            lungs out.
        findings: Boxes of these words only; empty takes all.
        target: Class that is explained; None takes the finding.
        patient: Pattern of the patient in a film's name; empty takes each film for a patient.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model.
        DataError: A table that cannot be read, or none of its films; a model of several classes
            or findings of which none was named.
    """
    reader = model if isinstance(model, Model) else Model(model)
    target = named_finding(reader.info, target)
    known = boxes_in(table)
    wanted = {one.casefold() for one in findings}
    lung_reader = None if lungs is None else LungReader(lungs)
    every: list[_FilmFigures] = []
    owners: list[str] = []
    abstained = 0
    report(f"asking {reader.info.title} for its maps of {len(known):,} films")
    for name, boxes in paced(known.items(), "asking for maps", len(known)):
        own = [one for one in boxes if not wanted or one.label.casefold() in wanted]
        frame = _frame(table.parent / name)
        abstained += reader.trust(frame).abstains
        found = grid_influence(reader, frame, target)
        inside = None if lung_reader is None else lung_reader.inside(frame, name)
        every.append(_of_film(reader, frame, found, own, inside))
        owners.append(patient_of(name, patient))
    if not every:
        raise DataError("{table} names no film.", table=table.name)
    label = reader.info.classes[found.target]
    return _gathered(reader.info.name, label, every, owners, abstained=abstained)


def _frame(path: Path) -> Frame:
    try:
        return read_frame(read_image(path))
    except EngineError as error:
        raise DataError("{name}: {error}", name=path.name, error=str(error)) from error


def _of_film(
    reader: Model,
    frame: Frame,
    found: GridInfluence,
    boxes: Sequence[Marked],
    inside: _Inside | None,
) -> _FilmFigures:
    edges = edge_strength(reader, frame, found)
    figures: dict[str, float] = {}
    if boxes:
        places = [one.place for one in boxes]
        cover = covered(found, lambda x, y: _in_any(places, x, y))
        regions = pointed_at(found, "")
        positive = np.maximum(found.values, 0.0)
        total = float(positive.sum())
        figures = {
            "peak": float(_in_any(places, *_peak(found, positive))),
            "region": float(bool(regions) and bool(_in_any(places, *_middle(regions[0].box)))),
            "edges": float(_in_any(places, *_peak(found, edges))),
            "chance": area_share(found, cover),
            "energy": float((positive * cover).sum() / total) if total > 0 else np.nan,
        }
    if inside is not None:
        shares = within(found, edges, inside)
        figures |= dict(zip(("within", "within_edges", "lungs"), shares, strict=True))
    return _FilmFigures(**figures)


def _gathered(
    name: str,
    label: str,
    every: Sequence[_FilmFigures],
    patients: Sequence[str],
    *,
    abstained: int,
) -> WeakPointing:
    owners = np.array(patients)
    columns = {
        field: np.array([getattr(one, field) for one in every], np.float64)
        for field in _FilmFigures.__slots__
    }
    boxed = np.isfinite(columns["peak"])

    def hits(field: str) -> Estimate:
        return share(columns[field][boxed] > _HALF, owners[boxed])

    def over_films(field: str) -> Estimate:
        return average(columns[field], owners)

    lungs = bool(np.isfinite(columns["lungs"]).any())
    return WeakPointing(
        name,
        label,
        len(every),
        int(boxed.sum()),
        abstained,
        hits("peak"),
        hits("region"),
        hits("edges"),
        over_films("chance"),
        over_films("energy"),
        over_films("within") if lungs else None,
        over_films("within_edges") if lungs else None,
        over_films("lungs") if lungs else None,
    )


# ------------------------------------------------------------------------ cells and places


def _middle(box: Box) -> tuple[Doubles, Doubles]:
    return np.array((box[0] + box[2]) / 2), np.array((box[1] + box[3]) / 2)


def _in_any(places: Sequence[Box], x: Doubles, y: Doubles) -> _Inside:
    inside = np.zeros(np.broadcast(x, y).shape, np.bool_)
    for left, top, right, bottom in places:
        inside |= (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return inside


def _peak(found: GridInfluence, values: Doubles) -> tuple[Doubles, Doubles]:
    """Middle, in stored pixels, of the cell with the largest smoothed value."""
    from scipy import ndimage  # noqa: PLC0415 - a tenth of a second

    smooth = ndimage.gaussian_filter(np.asarray(values, np.float64), 1.0, mode="constant")
    row, column = np.unravel_index(int(smooth.argmax()), smooth.shape)
    box = (
        float(found.column_edges[column]),
        float(found.row_edges[row]),
        float(found.column_edges[column + 1]),
        float(found.row_edges[row + 1]),
    )
    return _middle(box)
