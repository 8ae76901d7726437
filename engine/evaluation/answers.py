"""What a model answered to films whose truth is known: all that the figures are made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.bundle import Bundle
from engine.calibration import softmax
from engine.training.bootstrap import Resampling, resampling
from engine.training.data import Films
from engine.training.loop import predict

Doubles = NDArray[np.float64]
Truths = NDArray[np.bool_]
EVEN = 0.5  # the threshold of a model that stores none


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """N answers and their truth.

    Attributes:
        logits, probabilities: (N, K).
        labels: (N,) the class that each film is of.
        patients, names: (N,) whose film it is, and its name in the data set.
        classes: K names.
        positive: Index of the finding; None for a plain choice.
        threshold: Least probability that is called the finding.
    """

    logits: Doubles
    probabilities: Doubles
    labels: NDArray[np.int64]
    patients: NDArray[np.str_]
    names: NDArray[np.str_]
    classes: tuple[str, ...]
    positive: int | None
    threshold: float = EVEN

    @property
    def present(self) -> Truths:
        """(N,) whether the finding is there; only with a finding."""
        return np.asarray(self.labels == self.positive)

    @property
    def scores(self) -> Doubles:
        """(N,) the probability of the finding; only with a finding."""
        return np.asarray(self.probabilities[:, self.positive or 0])

    @property
    def said(self) -> NDArray[np.int64]:
        """(N,) the class that is answered: of two by the threshold, else the most probable."""
        if self.positive is not None and len(self.classes) == 2:
            found = self.scores >= self.threshold
            return np.where(found, self.positive, 1 - self.positive)
        return np.asarray(self.probabilities.argmax(axis=1), dtype=np.int64)

    @property
    def per_class(self) -> tuple[int, ...]:
        """(K,) films of each class."""
        return tuple(np.bincount(self.labels, minlength=len(self.classes)).tolist())

    def resampling(self, seed: int = 0) -> Resampling:
        """Draws of patients for intervals; of two classes, as for the model's card."""
        two = self.positive is not None and len(self.classes) == 2
        labels = self.present.astype(np.int64) if two else self.labels
        return resampling(labels, self.patients, seed=seed)

    def take(self, chosen: NDArray[np.intp]) -> "Answers":
        """The answers of some indices."""
        return Answers(
            self.logits[chosen],
            self.probabilities[chosen],
            self.labels[chosen],
            self.patients[chosen],
            self.names[chosen],
            self.classes,
            self.positive,
            self.threshold,
        )

    def __len__(self) -> int:
        return len(self.labels)


def answers_of(bundle: Bundle, films: Films) -> Answers:
    """Let a model read films."""
    logits = predict(bundle.network, films.rows, heights=films.heights)
    info = bundle.info
    return Answers(
        logits=logits,
        probabilities=softmax(logits),
        labels=films.labels,
        patients=films.patients,
        names=films.names,
        classes=info.classes,
        positive=info.positive,
        threshold=info.threshold.value if info.threshold else EVEN,
    )
