"""Cross-validation by patient: every film is held out once, and no patient is on both sides."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.calibration import softmax
from engine.errors import DataError
from engine.training.data import Films, divide
from engine.training.loop import predict, start_run, train
from engine.training.loop.run import DeviceChoice
from engine.training.recipe import Recipe
from engine.tuning.scoring import Score, log_loss, score

_WATCHED = (
    0.15  # of the learning films, where a schedule must watch some and the recipe names none
)


@dataclass(frozen=True, slots=True)
class Fold:
    """What was measured on one held-out fold.

    Attributes:
        score: Of the held-out films, see `engine.tuning.scoring`.
        log_loss: Of the same films.
        seconds: Of training and answering.
    """

    score: float
    log_loss: float
    seconds: float

    def to_dict(self) -> dict[str, float]:
        """Plain values for the journal."""
        return {"score": self.score, "log_loss": self.log_loss, "seconds": self.seconds}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Fold":
        """What `to_dict` wrote."""
        return cls(values["score"], values["log_loss"], values["seconds"])


def check_folds(films: Films, folds: Sequence[NDArray[np.int64]], recipe: Recipe) -> None:
    """Refuse folds that cannot be scored.

    Raises:
        DataError: A fold has no film of a class, or leaves none of it to learn from.
    """
    for number, held in enumerate(folds, 1):
        inside = np.bincount(films.labels[held], minlength=len(recipe.classes))
        outside = np.bincount(films.labels, minlength=len(recipe.classes)) - inside
        for counts, words in ((inside, "holds no film"), (outside, "leaves no film to learn")):
            if not counts.all():
                missing = recipe.classes[int(np.argmin(counts))]
                raise DataError(
                    "Fold {number} of {count} {words} of class “{missing}”; ask for fewer"
                    " folds, or not for blocks.",
                    "data",
                    number=number,
                    count=len(folds),
                    words=words,
                    missing=missing,
                )


def measure_fold(
    films: Films,
    held: NDArray[np.int64],
    recipe: Recipe,
    *,
    kind: Score,
    device: DeviceChoice = "cpu",
) -> Fold:
    """Train on all films but a fold, then answer that fold.

    The held-out films are shown to nothing that decides. Where the schedule watches validation
    films (early stopping, plateau), these are patients held out from the learning films.

    Args:
        films: Without test films.
        held: (N,) indices of the fold.
        recipe: With the values that are tried.
        kind: How the answers are scored.
        device: Where it is trained, see `start_run`.

    Raises:
        DataError: The training went astray: the network answers with no numbers.
    """
    begun = time.monotonic()
    tested = films.take(held)
    learnt = _learnt(films.take(np.setdiff1d(np.arange(len(films)), held)), recipe)
    run = start_run(recipe.training.precision, device=device)
    network = train(learnt, recipe, run=run).network
    logits = predict(network, tested.rows, heights=tested.heights)
    if not np.isfinite(logits).all():
        raise DataError("The training went astray: the network answers with no numbers.", "data")
    probabilities = softmax(logits)
    return Fold(
        score(kind, probabilities, tested.labels, positive=recipe.positive),
        log_loss(probabilities, tested.labels),
        time.monotonic() - begun,
    )


def watches(recipe: Recipe) -> bool:
    """Whether its schedule needs validation films."""
    return bool(recipe.training.early_stopping) or recipe.training.decay == "plateau"


def _learnt(films: Films, recipe: Recipe) -> Films:
    films = replace(films, splits=np.full(len(films), "train", dtype="<U5"))
    if not watches(recipe):
        return films
    share = recipe.data.validation or _WATCHED
    inner = replace(recipe.data, validation=share, test=0.0)
    return divide(films, inner, seed=recipe.training.seed)
