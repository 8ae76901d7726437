"""A number that a network reads off a film: bins of ages, and the mean over them."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.tasks import Average, Share, Task
from engine.types import MeasuredValue

LEVEL = 0.9  # of the interval


@dataclass(frozen=True)
class AgeOptions:
    """`edges` of the bins in years, one more than classes; `column` of the films' table."""

    edges: tuple[float, ...]
    column: str = "age"


class PhantomAge(Task):
    """Each class is a bin of ages; what is read is the mean of their middles."""

    Options = AgeOptions
    needs = "value"
    titles: ClassVar = {
        "absolute_error": "mean absolute error in years",
        "within": "within the interval",
    }
    falling = frozenset({"absolute_error"})

    @property
    def columns(self):
        return (self.options.column,)

    @property
    def middles(self):
        edges = np.array(self.options.edges)
        if len(edges) != len(self.classes) + 1:
            raise ValueError("there must be one edge more than classes")
        return (edges[1:] + edges[:-1]) / 2

    def targets(self, labels, truth):
        """(N, K): an age between two middles belongs to both, by its distance."""
        import torch

        places = np.interp(truth.numbers[:, 0], self.middles, np.arange(len(self.middles)))
        shares = np.clip(1 - np.abs(places[:, None] - np.arange(len(self.middles))), 0, 1)
        return torch.from_numpy(shares).float()

    def even(self, weight):
        import torch

        return torch.full((len(self.classes),), 1 / len(self.classes))

    def loss(self, output, targets, *, plan, weight=None):
        from engine.tasks import film_losses

        return film_losses(output.logits, targets, plan, weight)

    def calibrate(self, network, outputs, truth):
        """The error that a share of the validation films keeps to, in years."""
        errors = np.sort(np.abs(self.ages(outputs.logits) - truth.numbers[:, 0]))
        place = math.ceil((len(errors) + 1) * LEVEL) - 1
        return {"error": float(errors[place])} if place < len(errors) else {}

    def ages(self, logits):
        return self.probabilities(logits) @ self.middles

    def answer(self, logits, maps, place):
        from engine.types import TaskAnswer

        age, error = float(self.ages(logits)), self.fitted.get("error")
        interval = None if error is None else (age - error, age + error)
        return TaskAnswer("phantom-age", values=(MeasuredValue("Age", age, "years", interval),))

    def statistics(self, outputs, labels, truth):
        errors = np.abs(self.ages(outputs.logits) - truth.numbers[:, 0])
        known = np.isfinite(errors)
        found = {"absolute_error": Average(errors, known)}
        if "error" in self.fitted:
            found["within"] = Share(errors <= self.fitted["error"], known)
        return found
