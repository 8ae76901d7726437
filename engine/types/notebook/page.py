"""An analysis as a page: the answer, its measure, what moved it, and which weights said so."""

from typing import TYPE_CHECKING

import numpy as np

from engine.types.notebook.chart import draw_rows
from engine.types.notebook.words import (
    QUIET,
    RESEARCH,
    details,
    head,
    line,
    page,
    probability,
    safe,
    signed,
    table,
    threshold_words,
)

if TYPE_CHECKING:
    from engine.types.reading import Analysis, Influence, Prediction
    from engine.types.trust import Trust

_SHOWN_CLASSES = 5
_STRONGEST = 5


def analysis_page(analysis: "Analysis") -> str:
    """HTML without script or anything to fetch; no pixels of the film are in it."""
    return page(_film(analysis), *_answer(analysis), _provenance(analysis))


def _film(analysis: "Analysis") -> str:
    image = analysis.image
    frame = (
        f" · frame {analysis.frame + 1} of {image.frame_count}" if image.frame_count > 1 else ""
    )
    title, version = safe(analysis.model.title), safe(analysis.model.version)
    return line(f"{safe(image.path.name)}{frame} · read by {title} {version}", QUIET)


def _answer(analysis: "Analysis") -> tuple[str, ...]:
    prediction, influence = analysis.prediction, analysis.influence
    if prediction is None or influence is None:
        return head("No answer"), *(line(safe(one, 500)) for one in _reasons(analysis))
    name = safe(prediction.classes[prediction.target], 100)
    value = probability(float(prediction.probabilities[prediction.target]))
    return (
        head(f"{name[:1].upper()}{name[1:]} {safe(value)}"),
        line(_measure(analysis, prediction)),
        _trust(analysis.trust, prediction),
        _classes(prediction),
        draw_rows(analysis, prediction, influence),
        line(_sum(influence)),
        _strongest(prediction, influence),
    )


def _reasons(analysis: "Analysis") -> tuple[str, ...]:
    if analysis.trust is not None and analysis.trust.reasons:
        return tuple(reason.sentence for reason in analysis.trust.reasons)
    return (analysis.abstained or "The model abstained.",)


def _trust(trust: "Trust | None", prediction: "Prediction") -> str:
    """Interval, prediction set, surprise, and what could not be checked: one quiet line."""
    if trust is None:
        return ""
    parts = []
    if trust.interval is not None:
        low, high = trust.interval.low, trust.interval.high
        parts.append(f"Venn–Abers interval {low:.2f}–{high:.2f}")
    if trust.level > 0:
        names = ", ".join(safe(prediction.classes[k], 60) for k in trust.conformal) or "no class"
        parts.append(f"not excluded at {100 * trust.level:.3g} %: {names}")
    if trust.surprise is not None:
        parts.append(f"surprise: percentile {trust.surprise.percentile:.0f}")
    unasked = [safe(check.name, 60) for check in trust.checks if check.passed is None]
    if unasked:
        parts.append(f"not checked: {', '.join(unasked)}")
    return line(" · ".join(parts), QUIET) if parts else ""


def _measure(analysis: "Analysis", prediction: "Prediction") -> str:
    """What the number is, and what was measured at its threshold."""
    words, threshold = threshold_words(prediction, analysis.model), analysis.model.threshold
    if not words or threshold is None:
        return f'<span style="{QUIET}">the model’s probability</span>'
    measured = f"sensitivity {threshold.sensitivity:.2f}, specificity {threshold.specificity:.2f}"
    where = f'<span style="{QUIET}">at it ({safe(threshold.chosen_on)})</span>'
    first = f'<span style="{QUIET}">the model’s probability,</span> {words}'
    return f"{first}<br/>{measured} {where}"


def _classes(prediction: "Prediction") -> str:
    """The most probable classes, where there are more than two."""
    values = np.asarray(prediction.probabilities, dtype=np.float64)
    if len(values) < 3:
        return ""
    order = np.argsort(-values, kind="stable")[:_SHOWN_CLASSES]
    parts = [
        f"{safe(prediction.classes[k], 60)}\u00a0{safe(probability(values[k]))}" for k in order
    ]
    return line(" · ".join(parts), QUIET)


def _sum(influence: "Influence") -> str:
    """The log-odds as a sum: from the baseline over the rows to this film; and a warning."""
    rows, total = float(influence.values.sum(dtype=np.float64)), influence.log_odds
    baseline = influence.baseline
    start = safe(baseline.title, 60)
    words = (
        f"log-odds: {start} {signed(influence.baseline_log_odds)}, rows {signed(rows)},"
        f" this film {signed(total)}; left over {signed(influence.residual, 3)}"
    )
    warning = line(safe(baseline.warning.words, 400)) if baseline.warning else ""
    return line(words, QUIET) + warning


def _strongest(prediction: "Prediction", influence: "Influence") -> str:
    """The rows that moved the answer most, as a table that can be read aloud."""
    order = np.argsort(-np.abs(influence.values), kind="stable")[:_STRONGEST]
    rows = tuple(
        (
            stored_rows(influence, int(step)),
            signed(float(influence.values[step])),
            safe(probability(float(prediction.by_row[step, prediction.target]))),
        )
        for step in order
    )
    return details(
        f"The {len(rows)} strongest steps",
        table(rows, ("stored rows", "influence", "answer so far")),
    )


def stored_rows(influence: "Influence", step: int) -> str:
    """The stored rows that a step covers, first and last, for example "235–255"."""
    first, behind = round(float(influence.edges[step])), round(float(influence.edges[step + 1]))
    return f"{first}–{behind - 1}" if behind - 1 > first else f"{first}"


def _provenance(analysis: "Analysis") -> str:
    model = analysis.model
    seconds = f", {analysis.seconds:.2f} s" if analysis.abstained is None else ""
    parts = (
        f"{safe(model.name)} {safe(model.version)}",
        f"weights {safe(model.sha256[:12])}",
        f"{safe(analysis.device)}{seconds}",
    )
    return line(f"{' · '.join(parts)}<br/>{RESEARCH}", f"font-size:12px;{QUIET}")
