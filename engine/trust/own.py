"""What a bundle's own guard and forecaster say of a film's rows."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.forecast import place_surprise, surprise
from engine.reference import resampled
from engine.safeguards import Safeguards
from engine.trust.sentences import NO_SUCH_FILM, wrong_film, wrong_kind
from engine.types import Check, RowSequence, Surprise
from engine.words import Sentence

# From where a check that passes is no tick any more: by definition one validation film in twenty
# for surprise; for the guard a declared share of its limit (see *Decisions*).
_UNUSUAL = 95.0  # percentile among validation films
_NEARLY = 0.5  # of the guard's threshold
_CERTAIN = 0.9  # probability from which the guard knows in which way a film is wrong


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


def surprise_check(safeguards: Safeguards, found: Surprise | None) -> Check:
    """Hold a film's surprise, as `film_surprise` measures it, against the bundle's limit."""
    if found is None or safeguards.config.forecast is None:
        return Check("surprise", passed=None, words=Sentence("surprise.none"))
    limit = safeguards.config.forecast.limit
    passed = found.value <= limit
    doubtful = passed and found.percentile >= _UNUSUAL
    code = "surprise.usual"
    if not passed:
        code = "surprise.strange"
    elif doubtful:
        code = "surprise.unusual"
    words = Sentence(code, percentile=found.percentile, value=found.value, limit=limit)
    return Check("surprise", passed, words, value=found.value, limit=limit, doubtful=doubtful)


def guard_check(
    safeguards: Safeguards, sequence: RowSequence, *, other_kind: bool = False
) -> Check:
    """Ask the guard.

    Args:
        safeguards: Of the model.
        sequence: rows (M, W) on the model's typical grid.
        other_kind: Whether it is known already that the film is of another kind: then it is not
            called turned.
    """
    config, probabilities = safeguards.config.guard, _probabilities(safeguards, sequence)
    if config is None or probabilities is None:
        return Check("guard", passed=None, words=Sentence("guard.none"))
    wrong, limit = float(probabilities[1:].sum()), config.threshold
    kind = config.classes[1 + int(probabilities[1:].argmax())]
    passed = wrong <= limit
    doubtful = passed and wrong > _NEARLY * limit
    words = Sentence("guard.fits", wrong=wrong)
    if not passed:
        words = wrong_film(NO_SUCH_FILM if other_kind else kind)
    elif doubtful:
        words = Sentence("guard.doubtful", kind=wrong_kind(kind), wrong=wrong, limit=limit)
    return Check("guard", passed, words, value=wrong, limit=limit, doubtful=doubtful)


def turned_film(safeguards: Safeguards | None, sequence: RowSequence) -> bool:
    """Whether the guard is certain that it is a film of the model's kind, but turned or the like.

    Args:
        safeguards: Without a guard nothing is certain.
        sequence: rows (M, W) on the model's typical grid.
    """
    if safeguards is None or safeguards.config.guard is None:
        return False
    probabilities = _probabilities(safeguards, sequence)
    if probabilities is None:
        return False
    most, classes = int(probabilities.argmax()), safeguards.config.guard.classes
    certain = most > 0 and classes[most] != NO_SUCH_FILM
    return bool(certain and probabilities[most] >= _CERTAIN)


def _probabilities(safeguards: Safeguards, sequence: RowSequence) -> NDArray[np.float64] | None:
    """(G,) of the guard's classes; None without a guard."""
    if safeguards.guard is None:
        return None
    rows = torch.from_numpy(sequence.rows).unsqueeze(0)  # (1, M, W)
    with torch.no_grad():
        answer: NDArray[np.float64] = safeguards.guard(rows)[0].double().softmax(dim=0).numpy()
    return answer
