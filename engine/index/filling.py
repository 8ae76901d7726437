"""An index in the making: films stream through, and nothing but sums and extremes is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import __version__
from engine.calibration import linked
from engine.errors import BundleError, DataError
from engine.index import contents
from engine.index.contents import Growing, IndexAbout
from engine.index.lists import need_faiss, write_lists
from engine.index.looking import FilmLook
from engine.index.neighbours import EXACT_ROWS
from engine.index.projecting import CLOUD, principal_axes
from engine.index.references import References
from engine.progress import Pace, tell
from engine.rowmodel import RowModel
from engine.types import Doubles, Floats, RowTrace
from engine.words import Sentence

_BLOCK: Final = 2**15  # rows that are standardised together
_LEAST_STD = 0.01  # of states, which mostly lie in −1…1; as in engine.maps
_LEAST_SHARE = 0.1  # of the median standard deviation of all units
_LARGEST = 6e4  # that float16 can hold
_SEED = 0


class KnownFilm(NamedTuple):
    """What an index says of a film beside what it looks like: see `IndexedFilm`."""

    path: Path
    name: str
    frame: int
    label: str


class IndexBuilder:
    """Takes films one by one and writes an index of their states into an empty folder.

    Args:
        rows: The model.
        folder: Where to write; what is in it is an index only after `finish`.
        layer: Whose states are searched, −1 for the last.
        source: What is indexed, in words.

    Raises:
        BundleError: The model has no such layer.
    """

    def __init__(self, rows: RowModel, folder: Path, *, layer: int = -1, source: str = "") -> None:
        info = rows.info
        if not -info.layers <= layer < info.layers:
            raise BundleError(
                "The model “{model}” has {layers} {layers:layer|layers}, and no layer {layer}.",
                model=info.name,
                layers=info.layers,
                layer=layer + 1,
            )
        self.folder, self.films, self.rows, self.refused = folder, 0, 0, 0
        self._model, self._layer, self._source = rows, layer % info.layers, source
        self._references = References(info.layers, info.directions, info.hidden_size)
        width = info.directions * info.hidden_size
        shapes: dict[str, tuple[str, tuple[int, ...]]] = {
            "states": ("<f2", (width,)),
            "edges": ("<f8", ()),
            "by_row": ("<f2", ()),
            "answer": ("<f4", (len(info.classes),)),
            "target": ("<i8", ()),
            "frame": ("<i8", ()),
            "words": ("|u1", ()),
            "word_ends": ("<i8", ()),
            "pictures": ("|u1", ()),
            "picture_ends": ("<i8", ()),
            "picture_sizes": ("<i8", (2,)),
            "first": ("<i8", ()),
        }
        self._files = {
            name: Growing(folder / f"{name}.npy", kind, shape)
            for name, (kind, shape) in shapes.items()
        }
        self._files["first"].add(np.zeros(1, np.int64))

    def add(self, look: FilmLook, known: KnownFilm) -> Sentence | None:
        """Let the model read a film and keep what it held.

        Returns:
            Why it was left out; None where it is in.

        Raises:
            DataError: The disk is full.
        """
        trace = self._model.trace(look.sequence)
        if not all(np.isfinite(part).all() for part in (trace.h, trace.by_row, trace.logits)):
            self.refused += 1
            return Sentence("The model gave no usable answer for this film.")
        self._references.add(trace.h, self.films)
        self._note(trace, look, known)
        self.films += 1
        return None

    def _note(self, trace: RowTrace, look: FilmLook, known: KnownFilm) -> None:
        files, states = self._files, side_by_side(trace.h[self._layer])
        link = self._model.bundle.config.link
        answer = linked(trace.logits, link)
        positive = self._model.info.positive
        target = int(answer.argmax()) if positive is None else positive
        by_row = linked(trace.by_row, link)[:, target]
        self.rows += len(states)
        files["states"].add(np.clip(states, -_LARGEST, _LARGEST))
        files["first"].add(np.array([self.rows]))
        files["edges"].add(trace.edges)
        files["by_row"].add(by_row)
        files["answer"].add(answer[None])
        files["target"].add(np.array([target]))
        files["frame"].add(np.array([known.frame]))
        words, ends = contents.joined((str(known.path), known.name, known.label, look.content))
        files["word_ends"].add(ends + files["words"].count)
        files["words"].add(words)
        files["pictures"].add(look.picture.ravel())
        files["picture_ends"].add(np.array([files["pictures"].count]))
        files["picture_sizes"].add(np.array([look.picture.shape]))

    def finish(self) -> IndexAbout:
        """Standardise, find axes and neighbours, and write index.json last.

        Raises:
            DataError: No film came, the disk is full, or faiss is needed and not installed.
        """
        self.close()
        if not self.films:
            raise DataError("No film could be read, so that there is nothing to index.")
        lists = lists_for(self.rows)
        if lists:
            need_faiss()
        self._write_units()
        states = np.load(self.folder / "states.npy", mmap_mode="r+")
        covariance = self._standardise(states)
        self._write_cloud(states, covariance)
        if lists:
            tell(f"making a neighbour index of {self.rows:,} rows")
            for name, values in write_lists(self.folder, states, lists).items():
                self._write(name, values)
        about = self._about(lists)
        contents.write_about(self.folder, about)
        return about

    def close(self) -> None:
        """Close all files; nothing can be added any more."""
        for file in self._files.values():
            file.close()

    def _about(self, lists: int) -> IndexAbout:
        info = self._model.info
        return IndexAbout(
            model=info.name,
            sha256=info.sha256,
            program=__version__,
            made=datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z"),
            source=self._source,
            layer=self._layer,
            layers=info.layers,
            directions=info.directions,
            hidden=info.hidden_size,
            films=self.films,
            rows=self.rows,
            classes=info.classes,
            refused=self.refused,
            lists=lists,
        )

    def _write_units(self) -> None:
        found = self._references
        films, steps, values = found.extremes
        self._write("unit_counts", found.counts)
        self._write("unit_reach", found.reach)
        self._write("unit_moments", np.stack((found.mean, found.std)))
        self._write("peak_films", films)
        self._write("peak_steps", steps)
        self._write("peak_values", values)

    def _standardise(self, states: NDArray[np.float16]) -> Doubles:
        """Standardise (N, W) in place; their covariance (W, W)."""
        mean = self._references.mean[self._layer].ravel()
        scale = scale_of(self._references.std[self._layer].ravel())
        self._write("scale", np.stack((mean, scale)))
        covariance = np.zeros((len(mean), len(mean)))
        for part in _blocks(len(states), "standardising states"):
            rows = ((states[part] - mean) / scale).clip(-_LARGEST, _LARGEST).astype(np.float32)
            states[part] = rows
            covariance += rows.T @ rows
        return covariance / len(states)

    def _write_cloud(self, states: NDArray[np.float16], covariance: Doubles) -> None:
        axes, share = principal_axes(covariance)
        random = np.random.default_rng(_SEED)
        sample = np.sort(random.choice(len(states), min(CLOUD, len(states)), replace=False))
        self._write("axes", axes)
        self._write("share", share)
        self._write("sample", sample)
        self._write("cloud", (states[sample].astype(np.float32) @ axes.T).astype(np.float32))

    def _write(self, name: str, values: NDArray[np.generic]) -> None:
        file = Growing(self.folder / f"{name}.npy", values.dtype.str, values.shape[1:])
        file.add(values)
        file.close()


def side_by_side(states: Floats) -> Floats:
    """States (D, L, H) of a layer as rows (L, D·H)."""
    return np.ascontiguousarray(np.moveaxis(states, 0, 1)).reshape(states.shape[1], -1)


def scale_of(std: Doubles) -> Doubles:
    """What deviations of units (W,) are divided by; see `Index`."""
    return np.maximum(std, max(_LEAST_STD, _LEAST_SHARE * float(np.median(std))))


def lists_for(rows: int) -> int:
    """Of the neighbour index: about the root of the rows, a power of two; 0 for exact search."""
    return 0 if rows <= EXACT_ROWS else 2 ** round(np.log2(rows) / 2)


def _blocks(count: int, what: str) -> Iterator[slice]:
    pace = Pace(what, count)
    for begin in range(0, count, _BLOCK):
        yield slice(begin, min(begin + _BLOCK, count))
        pace.advance(_BLOCK)
