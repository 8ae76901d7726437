"""Analysis and choices in, words and maps out; quick enough for a slider."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.maps import (
    UnitMap,
    influence_map,
    quantities,
    quantity_limits,
    quantity_map,
    quantity_name,
    quantity_units,
    state_map,
    surprise_map,
    surprise_units,
    unit_matrix,
)
from engine.types import (
    Analysis,
    GridInfluence,
    Heatmap,
    LabelAnswer,
    MeasuredValue,
    ModelInfo,
    Prediction,
    Region,
    RowTrace,
    Surprise,
    TaskAnswer,
    Trust,
    Voi,
    Window,
)
from viewer.kit.language import joined, listed, named, told, tr
from viewer.kit.measures import UNKNOWN
from viewer.kit.rendering import steps_at
from viewer.kit.words import explained, number, percentile_text, probability_text, signed
from viewer.session.check_lines import failed_words
from viewer.session.choices import MapChoice, Outcome, RowCursor, start_of
from viewer.session.loading import Content

if TYPE_CHECKING:
    from pathlib import Path


# ------------------------------------------------------------- analysis to maps and words

REMEMBERED = 256  # analyses kept, so that going back to a film needs no second reading
Pairs = tuple[tuple[str, str], ...]


class KnownAnswers:
    """The analyses that are remembered, by film and model; the oldest go first.

    A film is what it holds (`loading.Content`). A model is its folder and its weights.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Content, Path, str], Analysis] = {}
        self._said: dict[tuple[Content, Path, str], Analysis] = {}  # without states and maps

    def add(self, key: Content, analysis: Analysis) -> None:
        """Remember an analysis of the film with this key instead of an earlier one."""
        place = (key, analysis.model.path, analysis.model.sha256)
        self._known.pop(place, None)
        self._known[place] = analysis
        if len(self._known) > REMEMBERED:
            oldest = next(iter(self._known))
            self._said[oldest] = replace(
                self._known.pop(oldest), states=None, influence=None, statistics=None
            )

    def of(self, key: Content, model: ModelInfo | None) -> Analysis | None:
        """What a model said of a film, if it is remembered."""
        known = self._known.get((key, model.path, model.sha256)) if model else None
        return known if known is not None and known.model == model else None

    def said(self, key: Content, model: ModelInfo | None) -> Analysis | None:
        """The same, without states and maps where those were forgotten since."""
        if model is None or (known := self.of(key, model)) is not None:
            return None if model is None else known
        said = self._said.get((key, model.path, model.sha256))
        return said if said is not None and said.model == model else None


def fitting(choice: MapChoice, model: ModelInfo | None) -> MapChoice:
    """The choice without units that the model does not have; all of them while there is none."""
    if model is None:
        return choice
    most = model.hidden_size
    return replace(choice, units=tuple(unit for unit in choice.units if 0 <= unit < most))


def starts_as(analysis: Analysis, choice: MapChoice) -> bool:
    """Whether Influence starts from the chosen baseline; true where there is no Influence."""
    found = analysis.influence
    return found is None or found.baseline.kind == start_of(choice, analysis.model)


def offered(analysis: Analysis | None, trace: RowTrace | None) -> tuple[str, ...]:
    """What of the network can be shown of a film; h first."""
    unlikely = ("surprise",) if _surprise_of(analysis) is not None else ()
    return (*quantities(trace), *unlikely)


def heatmap(
    analysis: Analysis | None,
    choice: MapChoice,
    trace: RowTrace | None = None,
    grid: GridInfluence | None = None,
) -> Heatmap | None:
    """The map that was chosen, or None where there is nothing to show.

    Args:
        analysis: Of the film.
        choice: What was chosen.
        trace: Of the same film; without one h and surprise alone are known.
        grid: Influence over its rows and columns; without one there is no such map.
    """
    if analysis is None or analysis.statistics is None:
        return None
    if choice.question == "state":
        return _state_map(analysis, choice, trace)
    moved = grid if choice.crossed else analysis.influence
    if choice.question != "influence" or moved is None:
        return None
    return influence_map(moved, analysis.model.classes, analysis.statistics.influence_limit)


def _state_map(analysis: Analysis, choice: MapChoice, trace: RowTrace | None) -> Heatmap | None:
    layer, direction, units = choice.layer, choice.direction, choice.units
    if choice.shown == "surprise":
        surprise = _surprise_of(analysis)
        return surprise_map(surprise) if surprise is not None else None
    if choice.shown == "h" and analysis.states is not None and analysis.statistics is not None:
        return state_map(
            analysis.states,
            analysis.statistics,
            layer=layer,
            direction=direction,
            units=units,
            quantity=choice.quantity,
        )
    if trace is None or choice.shown not in quantities(trace):
        return None
    shown = choice.shown
    return quantity_map(trace, shown=shown, layer=layer, direction=direction, units=units)


def matrix(
    analysis: Analysis | None, choice: MapChoice, trace: RowTrace | None = None
) -> UnitMap | None:
    """The quantity of every unit of the chosen layer and direction; see `heatmap`."""
    if analysis is None or analysis.states is None or analysis.statistics is None:
        return None
    if choice.shown == "surprise":
        surprise = _surprise_of(analysis)
        return surprise_units(surprise) if surprise is not None else None
    if choice.shown != "h":
        if trace is None or choice.shown not in quantities(trace):
            return None
        layer, direction = choice.layer, choice.direction
        return quantity_units(trace, shown=choice.shown, layer=layer, direction=direction)
    values = unit_matrix(
        analysis.states,
        analysis.statistics,
        layer=choice.layer,
        direction=choice.direction,
        quantity=choice.quantity,
    )
    limits = (-3.0, 3.0) if choice.deviates else quantity_limits("h", values)
    unit = "σ" if choice.deviates else ""
    return UnitMap(values, analysis.states.edges, limits, unit, quantity_name("h"), "h")


def _surprise_of(analysis: Analysis | None) -> Surprise | None:
    return analysis.trust.surprise if analysis is not None and analysis.trust else None


def cursor(analysis: Analysis | None, row: float, *, by_row: bool = False) -> RowCursor:
    """The row cursor with its tag: what the model says if reading stopped here.

    Args:
        analysis: Of the film.
        row: Stored row.
        by_row: Whether the model's answer by row has passed its tests; else no number is said.
    """
    step = step_at(analysis, row)
    if step is None or analysis is None or analysis.prediction is None:
        return RowCursor(row, None, tr("stored row {row}", row=int(row)))
    if not (by_row and analysis.model.objective.of_film):
        return RowCursor(row, step, tr("step {step}", step=step))
    prediction = analysis.prediction
    name = named(prediction.classes[prediction.target])
    said = _so_far(prediction, step)
    place = tr("step {step}", step=step)
    return RowCursor(row, step, f"{place} · {name} {said}")


def _so_far(prediction: Prediction, step: int) -> str:
    """The answer after a step; before the last one it says that it is not the answer yet."""
    words = probability_text(prediction.by_row[step, prediction.target])
    last = step == len(prediction.by_row) - 1
    return words if last else tr("{probability} so far", probability=words)


def step_at(analysis: Analysis | None, row: float) -> int | None:
    """The time step that covers a stored row; None without an answer."""
    if analysis is None or analysis.states is None:
        return None
    return int(steps_at(analysis.states.edges, row))


def row_of_step(analysis: Analysis, step: int) -> float:
    """The stored row in the middle of a time step."""
    if analysis.states is None:
        raise ValueError("the analysis holds no states")
    edges = analysis.states.edges
    step = min(max(step, 0), len(edges) - 2)
    return float((edges[step] + edges[step + 1]) / 2)


def strongest_row(analysis: Analysis) -> float | None:
    """The stored row in the middle of the step that moved the answer most."""
    if analysis.influence is None:
        return None
    return row_of_step(analysis, int(np.argmax(np.abs(analysis.influence.values))))


def row_pairs(
    analysis: Analysis | None,
    here: RowCursor,
    shown: Heatmap | None,
    units: UnitMap | None,
    *,
    by_row: bool = False,
) -> Pairs:
    """Everything that is known of the row under the cursor, the most wanted first.

    The answer after it only where `by_row` says that the model's curve has passed its tests.
    """
    if analysis is None or here.step is None or analysis.prediction is None:
        return ()
    if analysis.states is None or analysis.influence is None:
        return ()
    step, edges = here.step, analysis.states.edges
    last = max(int(np.ceil(edges[step + 1])) - 1, 0)
    first = min(int(np.ceil(edges[step])), last)  # several steps may share one stored row
    told = ((tr("answer"), _so_far(analysis.prediction, step)),) if by_row else ()
    pairs = [
        (tr("stored rows"), f"{first}–{last}" if last > first else f"{first}"),
        *told,
        (tr("influence"), signed(float(analysis.influence.values[step]))),
        *_surprise(analysis.trust, here.row),
    ]
    if units is None or units.shown == "surprise":
        return tuple(pairs)
    if shown is not None and shown.question == "state":
        number = float(shown.values[step])
        text = signed(number) if shown.signed else f"{number:.2f}"
        pairs.append((_lower(units), f"{text} {tr(shown.unit)}".strip()))
    unit = int(np.argmax(np.abs(units.values[step])))
    value = f"{_value(units, step, unit, digits=2)} {units.unit}".strip()
    pairs.append((tr("largest"), tr("unit {unit} {value}", unit=unit, value=value)))
    return tuple(pairs)


def _lower(units: UnitMap) -> str:
    """What the map shows, before its number."""
    if units.shown == "h":
        return tr("state")
    name = told(units.name)
    return name[:1].lower() + name[1:]


def _value(units: UnitMap, step: int, unit: int, *, digits: int) -> str:
    number = float(units.values[step, unit])
    return signed(number, digits=digits) if units.signed else f"{number:.{digits}f}"


def _surprise(trust: Trust | None, row: float) -> Pairs:
    """How unexpected the model row under the cursor is, among the same row of other films."""
    if trust is None or trust.surprise is None:
        return ()
    place = int(steps_at(trust.surprise.edges, row))
    words = percentile_text(float(trust.surprise.percentiles[place]))
    return ((tr("surprise, model row {row}", row=place), words),)


def row_words(
    analysis: Analysis | None,
    choice: MapChoice,
    *,
    here: RowCursor | None,
    shown: Heatmap | None,
    units: UnitMap | None,
    by_row: bool = False,
) -> tuple[str, Pairs, Pairs]:
    """Title, facts and chosen units of the row under the cursor; empty without one.

    Args:
        analysis: What is known of the film.
        choice: What was chosen; `heatmap` and `matrix` made `shown` and `units` of both.
        here: The cursor.
        shown: The map over the film.
        units: The hidden states beside it.
        by_row: Whether the model's answer by row has passed its tests.
    """
    if here is None:
        return "", (), ()
    title = tr("Stored row {row}", row=int(here.row))
    if here.step is not None:
        title = tr("Step {step}", step=here.step)
    pairs = row_pairs(analysis, here, shown, units, by_row=by_row)
    return title, pairs, unit_rows(units, choice, here)


def unit_rows(units: UnitMap | None, choice: MapChoice, here: RowCursor | None) -> Pairs:
    """The chosen units and their values at the cursor's row."""
    if units is None or here is None or here.step is None or units.shown == "surprise":
        return ()
    step, digits = here.step, 1 if units.unit == "σ" else 2
    return tuple(
        (f"u{unit}", f"{_value(units, step, unit, digits=digits)} {units.unit}".strip())
        for unit in choice.units
    )


def voi_names(vois: tuple[Voi, ...]) -> tuple[str, ...]:
    """Names for the window menu: the header's explanation, or its number."""
    return tuple(
        explained(voi) or f"{'DICOM' if isinstance(voi, Window) else 'LUT'} {number}"
        for number, voi in enumerate(vois, 1)
    )


def rows_read(analysis: Analysis | None) -> tuple[float, float] | None:
    """First stored row that was read and the one behind the last: not those of padding."""
    if analysis is None or analysis.states is None:
        return None
    return float(analysis.states.edges[0]), float(analysis.states.edges[-1])


def step_rows(analysis: Analysis | None) -> str:
    """How many stored rows one step covers: the fidelity of everything row-wise."""
    if analysis is None or analysis.states is None:
        return ""
    edges = analysis.states.edges
    return tr("1 step = {rows:.1f} stored rows", rows=edges[1] - edges[0])


def reasons(analysis: Analysis) -> tuple[str, ...]:
    """Why there is no answer, every reason a sentence; empty where there is one."""
    if analysis.trust is not None and analysis.trust.reasons:
        return tuple(told(reason.sentence) for reason in analysis.trust.reasons)
    if analysis.prediction is not None and analysis.abstained is None:
        return ()
    return (
        told(analysis.abstained)
        if analysis.abstained
        else tr("The model returned no prediction."),
    )


def refusal_text(analysis: Analysis) -> str:
    """One line for an abstention: its first reason, and how many more there are."""
    first, *others = reasons(analysis)
    said = tr("Not answered: {reason}", reason=first)
    more = tr("%n more: see the reading.", "", n=len(others)) if others else ""
    return joined(said, more)


def not_excluded(prediction: Prediction, model: ModelInfo, trust: Trust) -> str:
    """Which other answers stay open, for example "95 %: normal cannot be excluded".

    Empty where the prediction set holds the answer alone, and without calibration films.
    """
    if trust.level == 0:
        return ""
    answer = _answer(prediction, model)
    level, count = f"{100 * trust.level:.3g} %", len(prediction.classes)
    others = [named(prediction.classes[k]) for k in trust.conformal if k != answer]
    if not trust.conformal:
        fits_none = (
            tr("{level}: neither class fits") if count == 2 else tr("{level}: no class fits")
        )
        return fits_none.format(level=level)
    if not others:
        return ""
    names = _joined(others)
    if answer in trust.conformal:
        return tr("{level}: {names} cannot be excluded", level=level, names=names)
    return tr("{level}: only {names} cannot be excluded", level=level, names=names)


def _joined(names: list[str]) -> str:
    """Names in a sentence; of many only how many they are."""
    if len(names) > 3:
        return tr("%n other classes", "", n=len(names))
    if len(names) == 1:
        return names[0]
    return tr("{names} and {last}", names=listed(names[:-1]), last=names[-1])


def _answer(prediction: Prediction, model: ModelInfo) -> int:
    """The class on whose side of the threshold the film is, or the most probable one."""
    target, threshold = prediction.target, model.threshold
    if len(prediction.classes) == 2 and threshold is not None and target == model.positive:
        return target if prediction.probabilities[target] >= threshold.value else 1 - target
    return int(np.argmax(prediction.probabilities))


def answer_pairs(
    analysis: Analysis, write: Callable[[float], str] = probability_text
) -> list[tuple[str, str]]:
    """Everything that a model answers, by name: classes, findings, values, or places on the film.

    Args:
        analysis: Of a film that was answered.
        write: How probabilities are written.

    Returns:
        A name and its number; "–" for a finding without answer, and for a place without one.
    """
    prediction, answer = analysis.prediction, analysis.task_answer
    if answer is not None and answer.values:
        return [(named(one.label), value_text(one)) for one in answer.values]
    said: Iterable[tuple[str, float]] = ()
    if answer is not None and answer.labels:
        said = ((one.label, np.nan if one.abstained else one.probability) for one in answer.labels)
    elif answer is not None and answer.located:
        said = ((one.label, one.probability) for one in answer.regions)
    elif prediction is not None:
        said = zip(prediction.classes, prediction.probabilities, strict=True)
    return [(named(name), write(value) if np.isfinite(value) else UNKNOWN) for name, value in said]


def found_text(regions: Iterable[Region]) -> str:
    """How many places of each class a model found on a film, for example "2 × opacity"."""
    count = Counter(one.label for one in regions)
    return listed([f"{many} × {named(name)}" for name, many in count.items()]) or tr("none")


def value_text(one: MeasuredValue) -> str:
    """A measured number with its unit."""
    return f"{number(one.value)} {one.unit}".strip()


def outcome(analysis: Analysis) -> Outcome:
    """What the worklist says of an analysis."""
    prediction = analysis.prediction
    if prediction is None or analysis.abstained is not None:
        given = analysis.trust.reasons if analysis.trust is not None else ()
        short = next(filter(None, (failed_words(reason.code) for reason in given)), "")
        return Outcome("", short, analysis.abstained or "", "warning")
    answer = analysis.task_answer
    if answer is not None and (of_task := _of_task(answer)) is not None:
        return of_task
    probability = probability_text(prediction.probabilities[prediction.target])
    several = len(prediction.classes) > 2
    name = prediction.classes[prediction.target] if several else ""
    score = float(prediction.probabilities[prediction.target])
    found = analysis.model.threshold if prediction.target == analysis.model.positive else None
    return Outcome(probability, name, score=score, threshold=found.value if found else None)


def _of_task(answer: TaskAnswer) -> Outcome | None:
    """What a list says of a task that answers no class of the whole film; None of others."""
    if answer.labels:
        return _of_labels(answer.labels)
    if answer.values:
        first = answer.values[0]
        return Outcome(value_text(first), first.label)
    if not answer.located:
        return None
    known = [one for one in answer.regions if np.isfinite(one.probability)]
    if not known:
        return Outcome(tr("none"), score=0.0)
    best = max(known, key=lambda one: one.probability)
    return Outcome(probability_text(best.probability), best.label, score=float(best.probability))


def _of_labels(labels: tuple[LabelAnswer, ...]) -> Outcome:
    """The most probable of several findings, by its name."""
    known = [one for one in labels if not one.abstained and np.isfinite(one.probability)]
    if not known:
        why = next((one.abstained for one in labels if one.abstained), "")
        return Outcome(why=why, severity="warning")
    best = max(known, key=lambda one: one.probability)
    probability, threshold = float(best.probability), best.threshold
    return Outcome(
        probability_text(probability), best.label, score=probability, threshold=threshold
    )
