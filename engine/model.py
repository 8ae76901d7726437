"""A loaded model, for scripts, notebooks and the window: `engine.load(name).analyse("film.dcm")`.

`Model` takes images; `engine.rowmodel.RowModel`, beneath it, what `engine.preparation.prepare`
made of them.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np

from engine.bundle import METADATA, WEIGHTS, find_bundle, read_card, stamp
from engine.calibration import linked
from engine.device import VARIABLE
from engine.errors import EngineError, InferenceError
from engine.explain import (
    Baseline,
    BaselineLike,
    column_influence,
)
from engine.imaging import image_files
from engine.notebook import model_card, model_line
from engine.preparation import Source, frame_of, prepare
from engine.rowmodel import RowModel
from engine.sequence import column_edges, refusal, to_sequence
from engine.text import shown
from engine.types import (
    Analysis,
    ColumnInfluence,
    Floats,
    Frame,
    Horizon,
    HorizonOf,
    Influence,
    InfluenceMethod,
    ModelInfo,
    PreparedFilm,
    RowSequence,
    RowTrace,
    Trust,
)

if TYPE_CHECKING:
    from engine.network import RowNetwork

METHODS: tuple[InfluenceMethod, ...] = get_args(InfluenceMethod)


def load(model: str | Path, device: str | None = None) -> "Model":
    """A model that is ready to read.

    Args:
        model: Its name, such as "chest-pneumonia", or the folder of a bundle.
        device: "auto", "cpu", "cuda" or "cuda:1"; None takes the environment variable
            ROWSCOPE_DEVICE, and "auto" without it.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DeviceError: A name that is no device.

    Example:
        >>> model = engine.load("digits")
        >>> model.analyse(np.zeros((28, 28), np.uint8)).model.name
        'digits'
    """
    return Model(model, device)


def kept(model: str | Path) -> "Model":
    """The model that this process keeps: loaded once, and anew when its files change."""
    folder = find_bundle(model)
    stamps = tuple(stamp(folder, name) for name in (METADATA, WEIGHTS))
    return _cached(folder, stamps, os.environ.get(VARIABLE))


@lru_cache(maxsize=4)
def _cached(folder: Path, _stamps: tuple[object, ...], device: str | None) -> "Model":
    return Model(folder, device)


def analyse_rows(
    model: str | Path, film: PreparedFilm, baseline: BaselineLike = "mean"
) -> Analysis:
    """See `engine.analyse_rows`; everything in and out can be pickled."""
    return kept(model).analyse(film, baseline=baseline)


def warm_up(model: str | Path) -> None:
    """See `engine.warm_up`."""
    kept(model).warm_up()


class Model:
    """A loaded model; `load` makes it.

    A source is the path of an image, a `Frame` (`engine.imaging.read_frame`), or a
    two-dimensional array of modality values, bright = radio-opaque. Of an array `value_range`
    says what its type can hold, for models that scale by that. By default it is found as for a
    file (`engine.sequence.full_range`), so that the same numbers in another type give the same
    answer: 0…1 for numbers within 0…1 that are no integers, the array's own ends for fractions
    below zero, and otherwise what the least number of bits, 8 or more, can hold. `frame` is of a
    file with many, counted from 0. Letters of shapes are those of `engine.types`.

    All methods raise:
        ImageError: A file, or an array, that cannot be read as an image.
        InferenceError: The network answered with something that is not a number.
    """

    def __init__(self, model: str | Path, device: str | None = None) -> None:
        self.rows = RowModel(model, device)

    @property
    def info(self) -> ModelInfo:
        """What is known of the model."""
        return self.rows.info

    @property
    def card(self) -> str:
        """What its maker says of it, in Markdown."""
        return read_card(self.info.path)

    @property
    def device(self) -> str:
        """For people, with the reason if it is not the device that was asked for."""
        return self.rows.device

    @property
    def network(self) -> "RowNetwork":
        """The `torch.nn.Module` that answers, in evaluation mode, its weights without gradient.

        Rows (N, M, W), as `engine.sequence.to_sequence` makes them, go in and logits (N, K) come
        out. The answers of this model are its own: take a `copy.deepcopy` to train or change it.
        """
        return self.rows.network

    def baseline(self, given: BaselineLike) -> Baseline:
        """A film that Influence can start from, read and checked once for many films.

        Args:
            given: "mean", "blank", "blurred", ("class-mean", class), "class-mean:class", or the
                path of a film; see `engine.explain.baselines`. One that is ready comes back
                as it is.

        Raises:
            InferenceError: Also: no such baseline, or a film that the model does not read.
        """
        return self.rows.baseline(given)

    def analyse(
        self,
        source: Source | PreparedFilm,
        frame: int = 0,
        *,
        value_range: tuple[float, float] | None = None,
        baseline: BaselineLike = "mean",
    ) -> Analysis:
        """Answer, answer by row, states and influence of one frame; the model may abstain.

        Args:
            source: See the class; or a film that `engine.preparation.prepare` made for this model.
            frame: See the class.
            value_range: See the class.
            baseline: The film that Influence starts from, see `baseline`.
        """
        start = self.baseline(baseline)
        return self.rows.read(self.prepared(source, frame, value_range), start)

    def analyse_many(
        self,
        paths: Iterable[str | Path],
        *,
        on_refusal: Callable[[Path, EngineError], None] | None = None,
    ) -> Iterator[Analysis]:
        """The first frame of many files, one analysis after the other.

        Args:
            paths: Images, and folders that are looked through for images.
            on_refusal: Told of each file that has no answer, before the next one is read.
                Without it the first such file raises its error.
        """
        for path in image_files([Path(path) for path in paths]):
            try:
                analysis = self.analyse(path)
            except EngineError as error:
                if on_refusal is None:
                    raise
                on_refusal(path, error)
            else:
                yield analysis

    def trust(self, source: Source | PreparedFilm, frame: int = 0) -> Trust:
        """Everything that speaks for and against answering for a film."""
        return self.rows.trust(self.prepared(source, frame, None))

    def trace(
        self, source: Source, frame: int = 0, *, value_range: tuple[float, float] | None = None
    ) -> RowTrace:
        """States, gates, memory and answers at every step: the network, opened.

        Args:
            source: See the class, like all that follow.
            frame: Of a file.
            value_range: Of an array.

        Raises:
            InferenceError: Also where the file is of another kind than the model reads. What the
                film shows is not judged: a network may be opened on any.
        """
        given = frame_of(source, frame, value_range)
        trace = self.rows.trace(self.sequence_of(given))
        self.rows.refuse_nonsense(given.image, trace.h, trace.by_row, trace.logits)
        return trace

    def gates(self, source: Source, frame: int = 0) -> Mapping[str, Floats]:
        """Every gate by its letter, each (S, D, L, H); none of an RNN. Raises as `trace` does."""
        return self.trace(source, frame).gates

    def memory(self, source: Source, frame: int = 0) -> Floats | None:
        """What is left of each row in the last state, (D, L, H); None of an RNN. See `trace`."""
        return self.trace(source, frame).memory

    def by_row(self, source: Source, frame: int = 0) -> Floats:
        """Probabilities (L, K) if reading had stopped after each step. Raises as `trace` does."""
        link = self.rows.bundle.config.link
        return linked(self.trace(source, frame).by_row, link).astype(np.float32)

    def horizon(self, sources: Iterable[Source], *, state: bool = False) -> Horizon:
        """How far back a row can still move the answer, measured on films.

        Args:
            sources: One or more; of a file its first frame.
            state: Of the last state instead of the answer, for models that have a short way from
                every row to it: those that read out a mean, or in both directions.

        Raises:
            InferenceError: Also: no films, or one of another kind than the model reads.
        """
        import torch  # noqa: PLC0415 - only where gradients are asked for

        from engine.network import measure_horizon  # noqa: PLC0415 - imports torch

        films = [self.sequence_of(frame_of(source, 0, None)).rows for source in sources]
        if not films:
            raise InferenceError("Name at least one film for the model to read.", "missing")
        rows = torch.zeros(len(films), max(map(len, films)), self.info.input.columns)
        for place, film in zip(rows, films, strict=True):
            place[: len(film)] = torch.from_numpy(film)
        lengths = torch.tensor([len(film) for film in films])
        device = next(self.network.parameters()).device
        of: HorizonOf = "state" if state else "answer"
        return measure_horizon(
            self.network, rows.to(device), lengths.to(device), of=of, name=self.info.name
        )

    def influence(
        self,
        source: Source,
        target: str | int | None = None,
        *,
        method: InfluenceMethod | None = None,
        seed: int = 0,
        frame: int = 0,
        value_range: tuple[float, float] | None = None,
        baseline: BaselineLike = "mean",
    ) -> Influence:
        """Which rows moved the log-odds of a class, and which way.

        Args:
            source: See the class.
            target: Name or index of the class; by default the one that `analyse` explains.
            method: "integrated-gradients", "occlusion" or "shapley", which tells its sampling
                error; see `engine.explain.influence`. None takes the model's own.
            seed: Of the orders that Shapley values draw.
            frame: See the class, like `value_range`.
            value_range: Of an array.
            baseline: See `baseline`. `Influence.baseline` says what the model answers for it.

        Raises:
            InferenceError: Also where the file is of another kind than the model reads, or there
                is no such class, method or baseline.
        """
        _check_method(method)
        start = self.baseline(baseline)
        given = frame_of(source, frame, value_range)
        rows = self.sequence_of(given)
        index = self.class_index(target, rows)
        found = self.rows.influence(rows, index, method=method, seed=seed, baseline=start)
        sums = np.array((found.log_odds, found.baseline_log_odds, found.residual))
        self.rows.refuse_nonsense(given.image, found.values, sums)
        return found

    def columns(
        self,
        source: Source,
        steps: tuple[int, int],
        target: str | int | None = None,
        *,
        method: InfluenceMethod | None = None,
        seed: int = 0,
        baseline: BaselineLike = "mean",
    ) -> ColumnInfluence:
        """Which columns within a band of rows moved the log-odds of a class.

        Args:
            source: See the class; of a file its first frame.
            steps: First step of the band and the one after its last, as in `Influence.values`.
            target: As for `influence`, like all that follow.
            method: Of the columns.
            seed: Of sampled orders.
            baseline: Of the rows around them.

        Raises:
            InferenceError: As `influence` does, or the film has no such steps.
        """
        _check_method(method)
        begin = self.baseline(baseline)
        given = frame_of(source, 0, None)
        rows = self.sequence_of(given)
        index = self.class_index(target, rows)
        first, last = steps
        if not 0 <= first < last <= len(rows.rows) // self.info.input.rows_multiple:
            raise InferenceError(
                "Steps {first} to {last} are no band of the film.", first=first, last=last
            )
        edges = column_edges(given, rows.rows.shape[1])
        found = self.rows.explain(
            rows,
            lambda asked, film, start: column_influence(
                asked,
                film,
                baseline=start,
                target=index,
                first=first,
                last=last,
                method=method or self.info.influence,
                seed=seed,
                edges=edges,
            ),
            baseline=begin,
        )
        self.rows.refuse_nonsense(given.image, found.values)
        return found

    def __repr__(self) -> str:
        return f"{model_line(self.info).replace('<ModelInfo', '<Model')[:-1]}; on {self.device}>"

    def _repr_html_(self) -> str:
        """The card in short, for notebooks."""
        return model_card(self.info, self.device)

    def warm_up(self) -> None:
        """Read the film of the self-test once, so that the first film need not wait."""
        self.rows.warm_up()

    def prepared(
        self, source: Source | PreparedFilm, frame: int, value_range: tuple[float, float] | None
    ) -> PreparedFilm:
        """A source as the model reads it, its checks with it; a prepared film comes back."""
        if isinstance(source, PreparedFilm):
            return source
        return prepare(frame_of(source, frame, value_range), self.info)

    def sequence_of(self, frame: Frame) -> RowSequence:
        """The rows of a frame that the model may read; raises where it may not."""
        reason = refusal(frame.image, self.info.input, frame)
        if reason is not None:
            name = shown(frame.image.path.name)
            raise InferenceError(
                "{name}: the model abstains. {reason}", "abstained", name=name, reason=reason
            )
        return to_sequence(frame, self.info.input)

    def class_index(self, target: str | int | None, rows: RowSequence) -> int:
        """The place of a class; without one that of the finding, or of the answer."""
        classes, finding = self.info.classes, self.info.positive
        if target is None:
            return int(self.rows.trace(rows).logits.argmax()) if finding is None else finding
        if isinstance(target, str) and target in classes:
            return classes.index(target)
        if not isinstance(target, str | bool) and 0 <= target < len(classes):
            return int(target)
        known = ", ".join(classes[:12]) + (" …" if len(classes) > 12 else "")
        raise InferenceError(
            "“{target}” is no class of {info}; its classes are {known}.",
            target=shown(str(target)),
            info=self.info.name,
            known=known,
        )


def _check_method(method: str | None) -> None:
    if method is not None and method not in METHODS:
        known = ", ".join(METHODS)
        raise InferenceError(
            "“{method}” is no method; use {known}.", method=shown(method), known=known
        )
