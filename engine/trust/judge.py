"""Everything that speaks for and against one answer, in one value."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.bundle import Bundle
from engine.calibration import conformal_set, log_odds, probability_interval
from engine.safeguards import Safeguards
from engine.suitability import is_another_kind, reasons_of
from engine.trust.gate import gate_check
from engine.trust.own import (
    film_surprise,
    guard_check,
    on_typical_grid,
    surprise_check,
    turned_film,
)
from engine.types import Check, FilmRows, Interval, RowSequence, Surprise, Trust


def judge(
    bundle: Bundle,
    sequence: RowSequence,
    logits: NDArray[np.floating] | None,
    *,
    checks: Iterable[Check] = (),
    others: Iterable[FilmRows] = (),
) -> Trust:
    """Ask everything that the bundle has, and never take an unasked question for a yes.

    The order is that of the checks given, then the gate, the guard and surprise; none is left out
    because another failed.

    Args:
        bundle: Without safeguards the given checks are all there is.
        sequence: rows (M, W) that the network read, with edges (M + 1,). Guard and forecaster
            read a film of another height laid on the model's typical grid.
        logits: (K,) its answer; None where it was not asked because checks failed before.
        checks: Of header and pixels, see `engine.suitability.film_checks`.
        others: The film's rows for other models, the gate among them.
    """
    safeguards = bundle.safeguards
    given = tuple(checks)
    if safeguards is None:
        return Trust(given, reasons_of(given))
    other_kind = is_another_kind(given)
    rows = {one.model: one for one in others}
    found = film_surprise(safeguards, on_typical_grid(sequence, bundle.config.rows))
    seen = picture_checks(bundle, sequence, rows=rows, other_kind=other_kind, found=found)
    made = (*given, *seen)
    trust = Trust(checks=made, reasons=reasons_of(made), surprise=found)
    if logits is None:
        return trust
    target = _target(bundle, logits)
    return replace(
        trust,
        interval=_interval(safeguards, logits, target),
        conformal=conformal_set(safeguards.calibration, logits, level=safeguards.config.level),
        level=safeguards.config.level,
    )


def picture_checks(
    bundle: Bundle,
    sequence: RowSequence,
    *,
    rows: Mapping[str, FilmRows],
    other_kind: bool = False,
    found: Surprise | None = None,
) -> tuple[Check, ...]:
    """What gate, guard and surprise say of what a film shows; none without safeguards.

    Args:
        bundle: Of the model.
        sequence: rows (M, W) for it.
        rows: The same film for other models, by their names.
        other_kind: Whether it is known already that the film is of another kind; then no guard
            says that it is turned.
        found: Its surprise, if it is measured already.
    """
    safeguards = bundle.safeguards
    if safeguards is None:
        return ()
    wanted, typical = safeguards.config.gate, on_typical_grid(sequence, bundle.config.rows)
    film = rows.get(wanted.model) if wanted else None
    turned = not other_kind and turned_film(safeguards, typical)
    gate = gate_check(wanted, film.sequence if film else None, turned=turned)
    other_kind = other_kind or is_another_kind((gate,))
    return (
        gate,
        guard_check(safeguards, typical, other_kind=other_kind),
        surprise_check(safeguards, found or film_surprise(safeguards, typical)),
    )


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
