"""Analysis and choices in, words and maps out; quick enough for a slider."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.maps import influence_map, state_map, unit_matrix
from engine.sequence import model_rows
from engine.types import (
    Analysis,
    Check,
    Floats,
    Heatmap,
    Mark,
    ModelInfo,
    Prediction,
    Trust,
    Voi,
    Window,
)
from viewer.kit.language import joined, listed, marked, named, told, tr
from viewer.kit.rendering import steps_at
from viewer.kit.words import explained, percentile_text, probability_text, signed
from viewer.session.choices import MapChoice, Outcome, RowCursor
from viewer.session.loading import Content

if TYPE_CHECKING:
    from pathlib import Path


# ------------------------------------------------------------- analysis to maps and words

REMEMBERED = 256  # analyses kept, so that going back to a film needs no second reading
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The hidden states of one layer and direction: values (L, H) with their colour scale."""

    values: Floats
    edges: np.ndarray
    limits: tuple[float, float]
    unit: str


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
    return analysis.influence is None or analysis.influence.baseline.kind == choice.baseline


def heatmap(analysis: Analysis | None, choice: MapChoice) -> Heatmap | None:
    """The map that was chosen, or None where there is nothing to show."""
    if analysis is None or analysis.statistics is None:
        return None
    if choice.question == "state" and analysis.states is not None:
        return state_map(
            analysis.states,
            analysis.statistics,
            layer=choice.layer,
            direction=choice.direction,
            units=choice.units,
            quantity=choice.quantity,
        )
    if choice.question == "influence" and analysis.influence is not None:
        limit = analysis.statistics.influence_limit
        return influence_map(analysis.influence, analysis.model.classes, limit)
    return None


def matrix(analysis: Analysis | None, choice: MapChoice) -> Matrix | None:
    """The hidden-state matrix for the chosen layer, direction and quantity."""
    if analysis is None or analysis.states is None or analysis.statistics is None:
        return None
    values = unit_matrix(
        analysis.states,
        analysis.statistics,
        layer=choice.layer,
        direction=choice.direction,
        quantity=choice.quantity,
    )
    deviation = choice.quantity == "deviation"
    limits = (-3.0, 3.0) if deviation else (-1.0, 1.0)
    return Matrix(values, analysis.states.edges, limits, "σ" if deviation else "")


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
    if not by_row:
        return RowCursor(row, step, tr("step {step}", step=step))
    prediction = analysis.prediction
    name = named(prediction.classes[prediction.target])
    said = _so_far(prediction, step)
    return RowCursor(row, step, f"{tr('step {step}', step=step)} · {name} {said}")


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
    units: Matrix | None,
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
    if shown is not None and shown.question == "state":
        number = float(shown.values[step])
        text = signed(number) if shown.signed else f"{number:.2f}"
        pairs.append((tr("state"), f"{text} {tr(shown.unit)}".strip()))
    if units is not None:
        unit = int(np.argmax(np.abs(units.values[step])))
        value = signed(float(units.values[step, unit]))
        largest = tr("unit {unit} {value}", unit=unit, value=f"{value} {units.unit}".strip())
        pairs.append((tr("largest"), largest))
    return tuple(pairs)


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
    units: Matrix | None,
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


def unit_rows(units: Matrix | None, choice: MapChoice, here: RowCursor | None) -> Pairs:
    """The chosen units and their values at the cursor's row."""
    if units is None or here is None or here.step is None:
        return ()
    step = here.step
    return tuple(
        (f"u{unit}", f"{signed(float(units.values[step, unit]), digits=1)} {units.unit}".strip())
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


def outcome(analysis: Analysis) -> Outcome:
    """What the study list says of an analysis."""
    prediction = analysis.prediction
    if prediction is None or analysis.abstained is not None:
        return Outcome(why=analysis.abstained or "", severity="warning")
    probability = probability_text(prediction.probabilities[prediction.target])
    several = len(prediction.classes) > 2
    return Outcome(probability, named(prediction.classes[prediction.target]) if several else "")


# ------------------------------------------------------------------------ lines of checks
# Is this image for this model? What was asked of a film, as short lines with a mark each.
#
# Whole sentences stay with their lines, as tips. What could not be asked never gets a tick, and a
# value stands beside the limit that it was held against.

NOT_CHECKED: Final = marked("not checked")
NOT_SAID: Final = marked("not said")
NOT_SEEN: Final = marked("The picture itself is not checked")
_PICTURE = ("body part", "guard", "surprise")  # only these look at what a film shows
_PIXELS = ("levels", "range", "clipping", "borders", "depth")  # where they pass, one line says so
_BY_HEADER = ("age", "sex", "examined part", "view", "laterality", "orientation")
_HEADER = (*_BY_HEADER, "geometry")
_GRAVITY: dict[Mark, int] = {"failed": 0, "doubtful": 1, "passed": 2, "not asked": 3}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a list of checks.

    Attributes:
        value: What was measured, in a word or two, with its limit.
        tip: The whole sentence; empty where `words` say all.
    """

    words: str
    value: str = ""
    mark: Mark = "passed"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Short:
    """What a line says: passed, passed with doubt, failed, not asked; and why it is not asked."""

    passed: str
    failed: str
    unasked: str
    doubtful: str = ""
    silent: str = NOT_CHECKED


_SHORT = {
    "body part": _Short(
        "",
        marked("Another kind of image"),
        marked("What it shows"),
        marked("Not clear what it shows"),
    ),
    "guard": _Short(
        marked("Neither turned nor made up"),
        marked("Unlike its films"),
        marked("Turned, or made up"),
        marked("Perhaps turned or made up"),
    ),
    "surprise": _Short(
        marked("In the usual range"),
        marked("Outside the usual range"),
        marked("How usual it is"),
        marked("At the edge of usual"),
    ),
    "kind": _Short(
        marked("Kind of image"), marked("Not what the model reads"), marked("Kind of image")
    ),
    "geometry": _Short(
        marked("Shape of the film"), marked("Shape unlike its films"), marked("Shape of the film")
    ),
    "orientation": _Short(
        marked("Upright, by its header"), marked("Turned, by its header"), marked("Which way up")
    ),
    "levels": _Short(marked("Grey values"), marked("Too few grey values"), marked("Grey values")),
    "range": _Short(
        marked("Grey values"), marked("Beyond the header's range"), marked("Grey values")
    ),
    "clipping": _Short(
        marked("Grey values"), marked("Too many clipped pixels"), marked("Grey values")
    ),
    "borders": _Short(marked("No wide borders"), marked("Wide borders"), marked("Borders")),
    "age": _Short(
        marked("Age of the patient"),
        marked("An age that the model does not read"),
        marked("Age of the patient"),
        marked("The header gives two ages"),
    ),
    "sex": _Short(
        marked("Sex of the patient"),
        marked("Not the sex that the model reads"),
        marked("Sex of the patient"),
    ),
    "examined part": _Short(
        marked("Part examined"), marked("Another part examined"), marked("Part examined")
    ),
    "view": _Short(marked("View"), marked("A view that the model does not read"), marked("View")),
    "laterality": _Short(
        marked("Side"), marked("A side that the model does not read"), marked("Side")
    ),
    "depth": _Short(
        marked("Grey values"), marked("Smaller range than declared"), marked("Grey values")
    ),
}

_VALUES: dict[str, Callable[[float], str]] = {
    "body part": probability_text,
    "guard": probability_text,
    "geometry": "{:.2f} : 1".format,
    "levels": "{:,.0f}".format,
    "clipping": lambda share: f"{100 * share:.0f} %",
    "surprise": lambda nats: tr("{nats:.2f} nats", nats=nats),
    "borders": lambda share: f"{100 * share:.0f} %",
    "age": lambda years: tr("{years:.3g} years", years=years),
}
_PROBABILITIES = frozenset({"body part", "guard"})
_AT_LEAST = frozenset({"body part", "levels"})  # the others have a limit above


def check_lines(analysis: Analysis) -> tuple[CheckLine, ...]:
    """Everything that was asked: what speaks against the film first, then in the order of asking.

    Within a mark, what the film shows comes before its header, and its header before its pixels.
    """
    trust = analysis.trust or Trust(())
    known = {check.name: check for check in trust.checks if not _is_beside_the_point(check, trust)}
    others = [check for name, check in known.items() if name not in _SHORT]
    lines = (
        *_picture_lines(known, trust),
        _kind_line(analysis, known),
        *(_line(check, trust) for check in others),
        *(_line(known[name], trust) for name in _HEADER if name in known),
        *_pixel_lines([known[name] for name in _PIXELS if name in known], trust),
        _rows_line(analysis),
        *_unseen_lines(known),
    )
    return tuple(sorted(lines, key=lambda line: _GRAVITY[line.mark]))


def _is_beside_the_point(check: Check, trust: Trust) -> bool:
    """Whether a check failed that is no reason: a film of another kind is not called turned."""
    reasons = {reason.code for reason in trust.reasons}
    return check.passed is False and bool(reasons) and check.name not in reasons


def _asked(known: dict[str, Check], names: Iterable[str]) -> bool:
    return any(name in known and known[name].passed is not None for name in names)


def _picture_lines(known: dict[str, Check], trust: Trust) -> list[CheckLine]:
    if not _asked(known, _PICTURE):
        return []  # one line at the end says it for all of them
    return [_line(known[name], trust) for name in _PICTURE if name in known]


def _unseen_lines(known: dict[str, Check]) -> list[CheckLine]:
    if _asked(known, _PICTURE):
        return []
    why = joined(*(told(known[name].words) for name in _PICTURE if name in known))
    return [CheckLine(tr(NOT_SEEN), "", "doubtful", why)]


def _line(check: Check, trust: Trust) -> CheckLine:
    """One check by itself; one that this program does not know speaks in its own words."""
    own = told(check.words).rstrip(".。")
    short = _SHORT.get(check.name) or _Short(own, own, own, silent="")
    if check.passed is None:
        silent = NOT_SAID if check.name in _BY_HEADER else short.silent
        return CheckLine(tr(short.unasked), tr(silent), "not asked", told(check.words))
    words = {
        "passed": short.passed or own,
        "doubtful": short.doubtful or short.passed or own,
        "failed": short.failed,
    }[check.mark]
    return CheckLine(tr(words), _value(check, trust), check.mark, told(check.words))


def _value(check: Check, trust: Trust) -> str:
    """What was measured and its limit; empty where it was no number.

    Surprise stands as a place among the validation films, which means more than nats; its limit
    is in the sentence.
    """
    if check.name == "surprise" and trust.surprise is not None:
        return percentile_text(trust.surprise.percentile)
    if check.value is None:
        return ""
    text = _VALUES.get(check.name, "{:g}".format)
    if check.limit is None:
        return text(check.value)
    below = check.name in _AT_LEAST or (check.passed is False and check.value < check.limit)
    fine = check.name in _PROBABILITIES and not 0.01 <= check.limit <= 0.99
    if fine:  # both as finely as the limit asks for
        text = "{:.2g}".format
    return f"{text(check.value)} ({'≥' if below else '≤'} {text(check.limit)})"


def _pixel_lines(checks: list[Check], trust: Trust) -> list[CheckLine]:
    """What failed or is doubtful line by line; the rest in one, with the first of their values."""
    against = [check for check in checks if check.mark in {"failed", "doubtful"}]
    lines = []
    for mark in ("not asked",) if against else ("passed", "not asked"):
        same = [check for check in checks if check.mark == mark]
        if same:
            words = joined(*dict.fromkeys(told(check.words) for check in same))
            first = _line(same[0], trust)
            lines.append(CheckLine(first.words, first.value, first.mark, words))
    return lines + [_line(check, trust) for check in against]


def _kind_line(analysis: Analysis, known: dict[str, Check]) -> CheckLine:
    """What the file says that it shows; where it says nothing, another model may have looked."""
    image, accepted = analysis.image, analysis.model.input.modalities
    check, shown = known.get("kind"), image.modality or image.format
    words = told(check.words) if check else ""
    refused = bool(accepted) and bool(image.modality) and image.modality not in accepted
    if refused or (check is not None and check.passed is False):
        return CheckLine(tr(_SHORT["kind"].failed), shown, "failed", words)
    if not accepted or (check is not None and check.passed is None):
        tip = tr("The model does not say which kinds of image it is for.")
        tip = words if accepted else tip
        return CheckLine(tr(_SHORT["kind"].unasked), tr(NOT_CHECKED), "not asked", tip)
    if not image.modality:
        seen = "body part" in known and known["body part"].passed is True
        mark: Mark = "not asked" if seen else "doubtful"
        return CheckLine(tr("The file does not say what it shows"), image.format, mark)
    value = f"{image.modality} ({listed(accepted)})"
    return CheckLine(tr(_SHORT["kind"].passed), value, "passed", words)


def _rows_line(analysis: Analysis) -> CheckLine:
    image = analysis.image
    aspect = analysis.header.pixel_aspect if analysis.header else 1.0
    rows, read = image.rows, model_rows(image, analysis.model.input, aspect)
    if analysis.states is not None:  # what was read may be less than the file: not its padding
        edges, multiple = analysis.states.edges, analysis.model.input.rows_multiple
        rows, read = round(edges[-1] - edges[0]), (len(edges) - 1) * multiple
    value, tip = f"{rows} → {read}", tr("Rows of the file → rows that the model reads")
    if rows >= read:
        return CheckLine(tr("Enough rows"), value, "passed", tip)
    return CheckLine(tr("Fewer rows than the model reads"), value, "doubtful", tip)
