"""A loaded model on rows that were prepared for it: reads, judges, explains.

`engine.model.Model` stands on it and takes images; arguments and errors are as described there.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.calibration import prefix_logits
from engine.device import choose_device
from engine.errors import BundleError, InferenceError
from engine.explain import (
    ANYWHERE,
    Baseline,
    BaselineLike,
    answered,
    decided_class,
    influence,
    resolve,
)
from engine.runtime import Asked, Reading, asked_of, one_thread, reader_for
from engine.suitability import reasons_of
from engine.tasks import FilmPlace, task_of
from engine.text import shown
from engine.trust import judge, load_installed, suggest, without_strangers
from engine.types import (
    Analysis,
    BaselineAnswer,
    Doubles,
    Floats,
    HiddenStates,
    Image,
    Influence,
    InfluenceMethod,
    ModelInfo,
    Prediction,
    PreparedFilm,
    RowSequence,
    RowStatistics,
    RowTrace,
    TaskAnswer,
    Trust,
)
from engine.weights import Bundle, load_bundle

if TYPE_CHECKING:
    from engine.network import RowNetwork

_Value = TypeVar("_Value")


class RowModel:
    """The model on rows that were prepared for it; arguments and errors as for `Model`."""

    def __init__(self, model: str | Path | Bundle, device: str | None = None) -> None:
        chosen, reason = choose_device(device)
        self._bundle = model if isinstance(model, Bundle) else load_bundle(model)
        self._reader = reader_for(self._bundle.asked, chosen, reason=reason)
        self._baselines = tuple(map(self.baseline, ANYWHERE))
        # The baselines stay here: no answer carries them from process to process.
        self._statistics = replace(self._bundle.statistics, class_means=None)
        info = self._bundle.info
        self._task = task_of(info.objective, info.classes, info.positive)

    @property
    def info(self) -> ModelInfo:
        """What is known of the model."""
        return self._bundle.info

    @property
    def bundle(self) -> Bundle:
        """What it was made of, weights and statistics; to be read, never changed."""
        return self._bundle

    @property
    def device(self) -> str:
        """For people, with the reason if it is not the device that was asked for."""
        return self._reader.place

    @property
    def network(self) -> "RowNetwork":
        """The `torch.nn.Module` that answers; see `engine.model.Model.network`."""
        return self._bundle.network

    @property
    def statistics(self) -> RowStatistics:
        """What the training films looked like to the network, without the means of classes."""
        return self._statistics

    def untrained(self, seed: int = 0) -> "RowModel":
        """The same architecture with new weights: the control of every map.

        Its answers by row are not calibrated, and its statistics are still the model's.

        Args:
            seed: Of the weights.
        """
        from engine.explain import untrained  # noqa: PLC0415 - imports torch

        fresh = copy(self)
        network = asked_of(untrained(self.network, seed))
        fresh._bundle = replace(self._bundle, asked=network, by_row=None)  # noqa: SLF001 - a copy
        fresh._reader = reader_for(network)  # noqa: SLF001 - the same
        return fresh

    def baseline(self, given: BaselineLike) -> Baseline:
        """A film that Influence can start from; see `engine.model.Model.baseline`."""
        if given == "midway":
            return self._midway
        return resolve(given, self.info, self._bundle.statistics)

    def read(self, film: PreparedFilm, baseline: Baseline | None = None) -> Analysis:
        """Answer, answer by row, states and influence of a film; the model may abstain."""
        # Where header or pixels speak against the film the network is not asked; what the film
        # shows is, for the sake of the best reason and of a model that fits better.
        start = time.perf_counter()
        image, index, sequence = film.image, film.index, film.own.sequence
        self._check_grid(sequence)
        if reasons_of(film.own.checks):
            return self._abstain(film, self._judge(film, None), since=start)
        reading = self._reader.read(sequence.rows)
        self.refuse_nonsense(image, reading.h, reading.logits, reading.by_row)
        trust = self._judge(film, reading.logits)
        if trust.abstains:
            return self._abstain(film, trust, since=start)
        prediction = self._predict(reading)
        moved = self.influence(sequence, prediction.target, baseline=baseline)
        sums = (moved.log_odds, moved.baseline_log_odds, moved.residual)
        self.refuse_nonsense(image, moved.values, np.array(sums))
        return Analysis(
            image=image,
            frame=index,
            model=self.info,
            device=self.device,
            seconds=time.perf_counter() - start,
            prediction=prediction,
            states=HiddenStates(
                reading.h,
                self._edges(sequence),
                reading.columns,
                _cell_edges(sequence, reading.columns),
            ),
            influence=moved,
            statistics=self._statistics,
            trust=trust,
            header=film.header,
            task_answer=self._task_answer(film, reading),
        )

    def trust(self, film: PreparedFilm) -> Trust:
        """Everything that speaks for and against answering for a film."""
        self._check_grid(film.own.sequence)
        if reasons_of(film.own.checks):
            return self._judge(film, None)
        return self._judge(film, self._reader.read(film.own.sequence.rows).logits)

    def trace(self, sequence: RowSequence) -> RowTrace:
        """Everything that the reading of a film leaves behind, answers calibrated by step."""
        self._check_grid(sequence)
        found = self._reader.trace(sequence.rows, self._edges(sequence))
        found = replace(found, column_edges=_cell_edges(sequence, found.columns))
        if self._bundle.by_row is None:
            return found
        by_row = prefix_logits(found.by_row, self._bundle.by_row).astype(np.float32)
        return replace(found, by_row=by_row)

    def reading(self, sequence: RowSequence) -> Reading:
        """States, and logits of the head as it is: in all and by row, not calibrated by step."""
        self._check_grid(sequence)
        return self._reader.read(sequence.rows)

    def influence(
        self,
        sequence: RowSequence,
        target: int,
        *,
        method: InfluenceMethod | None = None,
        seed: int = 0,
        baseline: Baseline | None = None,
    ) -> Influence:
        """How much each step moved the log-odds of a class away from a baseline's."""
        chosen = baseline or self._baselines[0]
        found = self.explain(
            sequence,
            lambda asked, rows, start: influence(
                asked,
                rows,
                baseline=start,
                target=target,
                method=method or self.info.influence,
                rows_per_band=self.info.input.rows_multiple,
                seed=seed,
                edges=sequence.edges,
            ),
            baseline=chosen,
        )
        return replace(found, baseline=self.start_of(sequence, chosen))

    def start_of(self, sequence: RowSequence, baseline: Baseline | None = None) -> BaselineAnswer:
        """The film that an Influence starts from, and what the model says of it."""
        chosen = baseline or self._baselines[0]

        def ask(one: Baseline) -> Doubles:
            logits = self._reader.read(one.at(sequence.rows)).logits
            return self._task.probabilities(logits)  # (K,)

        said = ask(chosen)
        if self._task.maps:  # its film logits are no answer that could be decided
            return BaselineAnswer(chosen.kind, chosen.words, said)
        others = self._baselines if decided_class(said) is not None else ()
        if others and self.info.midway:
            others = (*others[:1], self._midway, *others[1:])
        return answered(chosen, said, self.info.classes, ask=ask, others=others)

    @cached_property
    def _midway(self) -> Baseline:
        def ask(rows: Floats) -> Doubles:
            return self._task.probabilities(self._reader.read(rows).logits)

        return resolve("midway", self.info, self._bundle.statistics, ask=ask)

    def explain(
        self,
        sequence: RowSequence,
        work: Callable[[Asked, Floats, Floats], _Value],
        *,
        baseline: Baseline | None = None,
    ) -> _Value:
        """What `work` makes of the network, rows and baseline film (M, W)."""
        self._check_grid(sequence)
        start = (baseline or self._baselines[0]).at(sequence.rows)
        return self._reader.computed(lambda asked: work(asked, sequence.rows, start))

    def warm_up(self) -> None:
        """Read the film of the self-test once; load the model that is asked what films show."""
        rows = self._bundle.selftest.rows[0]
        sequence = RowSequence(rows, np.linspace(0.0, len(rows), len(rows) + 1))
        logits = self._reader.read(sequence.rows).logits
        with one_thread():
            judge(self._bundle, sequence, logits)
        self.influence(sequence, 0)
        safeguards = self._bundle.safeguards
        if safeguards is not None and safeguards.config.admission is not None:
            with suppress(BundleError):  # the first film will say that it could not be asked
                load_installed(safeguards.config.admission.model)

    def _task_answer(self, film: PreparedFilm, reading: Reading) -> TaskAnswer | None:
        """What the task makes of the reading, in stored pixels."""
        sequence = film.own.sequence
        columns = sequence.columns
        if columns is None:
            columns = np.linspace(0.0, film.image.columns, sequence.rows.shape[1] + 1)
        place = FilmPlace(sequence.edges, columns, film.header.spacing if film.header else None)
        return self._task.answer(reading.logits, reading.maps, place)

    def _predict(self, reading: Reading) -> Prediction:
        probabilities = self._task.probabilities(reading.logits)  # (K,)
        positive = self.info.positive
        target = int(probabilities.argmax()) if positive is None else positive
        by_row = self._task.probabilities(prefix_logits(reading.by_row, self._bundle.by_row))
        return Prediction(
            self.info.classes,
            probabilities,
            by_row.astype(np.float32),
            target,
            by_row_calibrated=self._bundle.by_row is not None,
        )

    def _judge(self, film: PreparedFilm, logits: NDArray[np.floating] | None) -> Trust:
        own = film.own
        with one_thread():
            trust = judge(
                self._bundle, own.sequence, logits, checks=own.checks, others=film.others
            )
            if not trust.abstains:
                trust = without_strangers(self._bundle, trust, film.others)
            if not trust.abstains:
                return trust
            return replace(trust, suggestion=suggest(self._bundle, own.sequence, film.others))

    def _abstain(self, film: PreparedFilm, trust: Trust, *, since: float) -> Analysis:
        return Analysis(
            film.image,
            film.index,
            self.info,
            self.device,
            time.perf_counter() - since,
            abstained=trust.reasons[0].sentence,
            trust=trust,
            header=film.header,
        )

    def _edges(self, sequence: RowSequence) -> Doubles:
        return sequence.edges[:: self.info.input.rows_multiple]  # (L + 1,)

    def _check_grid(self, sequence: RowSequence) -> None:
        fmt, given = self.info.input, sequence.rows.shape
        free = fmt.aspect == "keep" and given[0] % fmt.rows_multiple == 0
        grid = (given[0] if free else fmt.rows, fmt.columns)
        if given != grid:
            raise ValueError(f"{given} model rows were prepared for another model than {grid}")

    def refuse_nonsense(self, image: Image, *arrays: NDArray[Any]) -> None:
        """Raise `InferenceError` where something that is not finite was computed."""
        if not all(np.isfinite(array).all() for array in arrays):
            name = shown(image.path.name)
            raise InferenceError(
                "The model “{info}” gave no usable answer for {name}.",
                "not-a-number",
                info=self.info.title,
                name=name,
            )


def _cell_edges(sequence: RowSequence, columns: int) -> Doubles | None:
    """Stored columns (Q + 1,) at which Q columns of cells begin."""
    edges = sequence.columns
    return None if edges is None else edges[:: (len(edges) - 1) // columns]
