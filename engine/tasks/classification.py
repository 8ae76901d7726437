"""One class of several for the whole film: the task of every older bundle."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.tasks.task import Task, Truth

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from engine.network import Output
    from engine.recipe import Schedule


class Classification(Task):
    """Softmax over K classes; `engine.measure` measures it."""

    def targets(self, labels: NDArray[np.int64], truth: Truth | None) -> "Tensor":  # noqa: ARG002
        """One-hot, (N, K)."""
        import torch  # noqa: PLC0415 - only training needs it
        from torch.nn import functional  # noqa: PLC0415 - the same

        return functional.one_hot(torch.from_numpy(labels), len(self.classes)).float()

    def even(self, weight: "Tensor | None") -> "Tensor":
        """The target (K,) under which even odds have the least cross entropy."""
        from engine.tasks.losses import undecided  # noqa: PLC0415 - imports torch

        return undecided(weight, len(self.classes))

    def loss(
        self,
        output: "Output",
        targets: "Tensor",
        *,
        plan: "Schedule",
        weight: "torch.Tensor | None" = None,
    ) -> "Tensor":
        """Cross entropy, see `engine.tasks.losses`."""
        from engine.tasks.losses import film_losses  # noqa: PLC0415 - imports torch

        return film_losses(output.logits, targets, plan, weight)
