"""Everything that speaks for and against one answer, in one value."""

from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.bundle import Bundle
from engine.calibration import conformal_set, log_odds, probability_interval
from engine.forecast import place_surprise, surprise
from engine.network import RowClassifier
from engine.reference import resampled
from engine.safeguards import Safeguards
from engine.suitability import reasons_of
from engine.trust.gate import gate_check
from engine.trust.sentences import wrong_film
from engine.types import Check, Frame, Interval, RowSequence, Surprise, Trust

_NO_GUARD = "This bundle has no guard: films that are turned or made up are not told."
_NO_FORECAST = "This bundle expects no rows: how unusual a film is, is not told."


def judge(
    bundle: Bundle,
    sequence: RowSequence,
    logits: NDArray[np.floating],
    *,
    checks: Iterable[Check] = (),
    frame: Frame | None = None,
) -> Trust:
    """Ask everything that the bundle has, and never take an unasked question for a yes.

    The order is that of the checks given, then the gate, the guard and surprise; none is left out
    because another failed.

    Args:
        bundle: Without safeguards the given checks are all there is.
        sequence: rows (M, W) that the network read, with edges (M + 1,). Guard and forecaster
            read a film of another height laid on the model's typical grid.
        logits: (K,) its answer.
        checks: Of header and pixels, see `engine.suitability.film_checks`.
        frame: The film itself; needed only where the gate reads another grid than the model.
    """
    safeguards = bundle.safeguards
    if safeguards is None:
        return Trust(tuple(checks), reasons_of(checks))
    typical = on_typical_grid(sequence, bundle.config.rows)
    rows = torch.from_numpy(typical.rows).unsqueeze(0)  # (1, M, W)
    found = film_surprise(safeguards, typical)
    made = (
        *checks,
        gate_check(safeguards.config.gate, bundle.info.input, sequence, frame=frame),
        _guard_check(safeguards, rows),
        _surprise_check(safeguards, found),
    )
    target = _target(bundle, logits)
    return Trust(
        checks=made,
        reasons=reasons_of(made),
        interval=_interval(safeguards, logits, target),
        conformal=conformal_set(safeguards.calibration, logits, level=safeguards.config.level),
        level=safeguards.config.level,
        surprise=found,
    )


def film_surprise(safeguards: Safeguards, sequence: RowSequence) -> Surprise | None:
    """How unexpected a film's rows are; None where the bundle expects no rows.

    Args:
        safeguards: Of the model.
        sequence: rows (M, W) on the model's typical grid.
    """
    if safeguards.forecaster is None or safeguards.tables is None:
        return None
    with torch.no_grad():
        rows = torch.from_numpy(sequence.rows).unsqueeze(0)  # (1, M, W)
        per_row = surprise(safeguards.forecaster, rows)[0].numpy()  # (M,)
    return place_surprise(safeguards.tables, per_row, sequence.edges)


def on_typical_grid(sequence: RowSequence, rows: int) -> RowSequence:
    """A film of any height laid on `rows` model rows; of that height it comes back as it is."""
    if len(sequence.rows) == rows:
        return sequence
    edges = np.linspace(sequence.edges[0], sequence.edges[-1], rows + 1)
    return RowSequence(resampled(sequence.rows, rows, axis=0), edges)


def _target(bundle: Bundle, logits: NDArray[np.floating]) -> int:
    """The class whose probability is shown, as in `Prediction.target`."""
    positive = bundle.info.positive
    return int(np.argmax(logits)) if positive is None else positive


def _interval(safeguards: Safeguards, logits: NDArray[np.floating], target: int) -> Interval:
    films = safeguards.calibration
    scores = log_odds(films.scores, target)  # (n,)
    score = float(log_odds(logits, target))
    present = films.labels == target
    return probability_interval(scores, present, score, balanced=safeguards.config.balanced)


def _surprise_check(safeguards: Safeguards, found: Surprise | None) -> Check:
    if found is None or safeguards.config.forecast is None:
        return Check("surprise", passed=None, words=_NO_FORECAST)
    limit = safeguards.config.forecast.limit
    words = f"Row by row it is more surprising than {found.percentile:.0f} % of validation films."
    passed = found.value <= limit
    if not passed:
        words = (
            "This film is more surprising, row by row, than nearly all films that the model was"
            " tried on; the model reads films like those."
        )
    return Check("surprise", passed, words, value=found.value, limit=limit)


def _guard_check(safeguards: Safeguards, rows: Tensor) -> Check:
    guard, config = safeguards.guard, safeguards.config.guard
    if guard is None or config is None:
        return Check("guard", passed=None, words=_NO_GUARD)
    probabilities = _probabilities(guard, rows)  # (G,)
    wrong = float(probabilities[1:].sum())
    kind = config.classes[1 + int(probabilities[1:].argmax())]
    passed = wrong <= config.threshold
    words = f"It looks like a film that the model reads (wrong in any way: {wrong:.2f})."
    return Check(
        "guard",
        passed=passed,
        words=words if passed else wrong_film(kind),
        value=wrong,
        limit=config.threshold,
    )


def _probabilities(network: RowClassifier, rows: Tensor) -> NDArray[np.float64]:
    with torch.no_grad():
        answer: NDArray[np.float64] = network(rows)[0].double().softmax(dim=0).numpy()
    return answer
