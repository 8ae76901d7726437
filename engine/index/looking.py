"""What a window asks of an index that another process keeps open: importing this loads nothing.

Every function takes the folder of an index first, and gives back values that can be pickled:
nobody who shows them opens a file of the index himself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from engine.errors import EngineError
from engine.types import Bytes, Doubles, Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.index.reading import Cloud, Index

ProjectionKind = Literal["pca", "umap"]

NEIGHBOURS = 5  # of a row among those of the map, whose mean place it gets in UMAP


@dataclass(frozen=True, slots=True, eq=False)
class FoundStretch:
    """Where a film of an index was in a state that was looked for.

    Attributes:
        film: Its number in the index.
        first, last: Steps, both within.
        distance: As in `Match`; NaN where nothing was compared.
        path: Where the film was when it was indexed.
        label: Of the reference set; empty without one.
        content: What the film is (`engine.types.Image`); empty where that is not known.
        edges: (L + 1,) stored rows at which its steps begin.
        rows: Stored rows of the film, of which `thumbnail` shows all.
        thumbnail: (h, w) grey.
    """

    film: int
    first: int
    last: int
    distance: float
    path: Path
    label: str
    content: str
    edges: Doubles
    rows: int
    thumbnail: Bytes


@dataclass(frozen=True, slots=True, eq=False)
class RowCloud:
    """Row states of many films as points of a plane, with what is needed to name and colour them.

    Attributes:
        kind: How the plane was made.
        points: (m, 2).
        film: (m,) place in `paths`, `labels`, `contents` and `steps`.
        step: (m,) of the film.
        share: (2,) of the variance that each axis holds; NaN where that means nothing.
        numbers: (k,) of the films in the index.
        paths, labels, contents: Of k films.
        steps: (k,) how many steps each film has.
    """

    kind: ProjectionKind
    points: Floats
    film: "NDArray[np.intp]"
    step: "NDArray[np.intp]"
    share: Doubles
    numbers: "NDArray[np.intp]"
    paths: tuple[Path, ...]
    labels: tuple[str, ...]
    contents: tuple[str, ...]
    steps: "NDArray[np.intp]"


@dataclass(frozen=True, slots=True, eq=False)
class IndexSummary:
    """An index as a window shows it.

    Attributes:
        folder: Where it is.
        model: Name of the model whose states it holds.
        sha256: Of that model.
        layer: Of the states, from 0.
        films, rows: How many it holds.
        classes: Labels of its films, in their order.
        cloud: The projection that is there at once.
        mapped: Whether a map by UMAP is there as well.
    """

    folder: Path
    model: str
    sha256: str
    layer: int
    films: int
    rows: int
    classes: tuple[str, ...]
    cloud: RowCloud
    mapped: bool
