"""Everything that speaks for and against one answer, in one value."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

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
from engine.suitability import is_another_kind, reasons_of
from engine.trust.gate import gate_check
from engine.trust.sentences import wrong_film
from engine.types import Check, FilmRows, Interval, RowSequence, Surprise, Trust

_NO_GUARD = "This bundle has no guard: films that are turned or made up are not told."
_NO_FORECAST = "This bundle expects no rows: how unusual a film is, is not told."

# From where a check that passes is no tick any more: by definition one validation film in twenty
# for surprise; for the guard a declared share of its limit (see *Decisions*).
_UNUSUAL = 95.0  # percentile among validation films
_NEARLY = 0.5  # of the guard's threshold


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
    made = (*given, *picture_checks(bundle, sequence, rows=rows, other_kind=other_kind))
    trust = Trust(
        checks=made, reasons=reasons_of(made), surprise=_placed(safeguards, bundle, sequence)
    )
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
) -> tuple[Check, ...]:
    """What gate, guard and surprise say of what a film shows; none without safeguards.

    Args:
        bundle: Of the model.
        sequence: rows (M, W) for it.
        rows: The same film for other models, by their names.
        other_kind: Whether it is known already that the film is of another kind; then no guard
            says that it is turned.
    """
    safeguards = bundle.safeguards
    if safeguards is None:
        return ()
    wanted = safeguards.config.gate
    film = rows.get(wanted.model) if wanted else None
    gate = gate_check(wanted, film.sequence if film else None)
    typical = on_typical_grid(sequence, bundle.config.rows)
    other_kind = other_kind or is_another_kind((gate,))
    return (
        gate,
        _guard_check(safeguards, torch.from_numpy(typical.rows).unsqueeze(0), other_kind),
        _surprise_check(safeguards, film_surprise(safeguards, typical)),
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


def _placed(safeguards: Safeguards, bundle: Bundle, sequence: RowSequence) -> Surprise | None:
    return film_surprise(safeguards, on_typical_grid(sequence, bundle.config.rows))


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
    passed = found.value <= limit
    doubtful = passed and found.percentile >= _UNUSUAL
    words = f"Row by row it is more surprising than {found.percentile:.0f} % of validation films"
    if not passed:
        words = (
            "This film is more surprising, row by row, than nearly all films that the model was"
            " tried on; the model reads films like those."
        )
    elif doubtful:
        words += f": {found.value:.2f}, where the model abstains above {limit:.2f}."
    else:
        words += "."
    return Check("surprise", passed, words, value=found.value, limit=limit, doubtful=doubtful)


def _guard_check(safeguards: Safeguards, rows: Tensor, other_kind: bool) -> Check:  # noqa: FBT001
    guard, config = safeguards.guard, safeguards.config.guard
    if guard is None or config is None:
        return Check("guard", passed=None, words=_NO_GUARD)
    probabilities = _probabilities(guard, rows)  # (G,)
    wrong, limit = float(probabilities[1:].sum()), config.threshold
    kind = config.classes[1 + int(probabilities[1:].argmax())]
    passed = wrong <= limit
    doubtful = passed and wrong > _NEARLY * limit
    words = f"It looks like a film that the model reads (wrong in any way: {_small(wrong)})."
    if not passed:
        words = wrong_film("no such film" if other_kind else kind)
    elif doubtful:
        words = (
            f"It may be wrong in some way ({kind}): {_small(wrong)}, where the model abstains"
            f" above {_small(limit)}."
        )
    return Check("guard", passed, words, value=wrong, limit=limit, doubtful=doubtful)


def _small(probability: float) -> str:
    return f"{probability:.2f}" if probability >= 0.1 else f"{probability:.2g}"


def _probabilities(network: RowClassifier, rows: Tensor) -> NDArray[np.float64]:
    with torch.no_grad():
        answer: NDArray[np.float64] = network(rows)[0].double().softmax(dim=0).numpy()
    return answer
