"""Losses beside that of the whole film's answer, which shape what the states hold."""

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.films import Batch, outputs
from engine.network import Output, RowNetwork
from engine.recipe import Recipe, Schedule
from engine.tasks import Classification, OutlineShares, Task, Truth

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# ---------------------------------------------------------------- what a network is taught


class Lesson(NamedTuple):
    """What a training reads out of a network.

    Attributes:
        output: Of the whole films.
        by_row: (N, L, K) logits after each step, where these are learnt from.
        outlines: (N, L, Q) log-odds that the Q parts of a step lie within an outline, likewise.
    """

    output: Output
    by_row: Tensor | None = None
    outlines: Tensor | None = None


class Pupil(nn.Module):
    """A network with what it is asked beside its answer while it learns.

    Where outlines are learnt, one linear layer on the last states says which parts of the step
    lie within. It is no part of the model: it is thrown away when the training ends.
    """

    def __init__(self, network: RowNetwork, recipe: Recipe) -> None:
        super().__init__()
        plan, self.network = recipe.training, network
        self._plain = not plan.prefixes and not plan.outlines
        self._by_row = plan.prefixes > 0
        self.outline: nn.Linear | None = None
        if plan.outlines:
            self.outline = nn.Linear(network.head.in_features, parts_of(recipe))

    def forward(self, rows: Tensor, heights: list[int]) -> Lesson:
        """Read rows (N, M, W); heights of N films, one after the other.

        Heights stay on the CPU, where packing wants them.
        """
        batch = Batch(rows, torch.tensor(heights))
        if self._plain:
            return Lesson(outputs(self.network, batch))
        trace = self.network.trace(rows, batch.lengths)
        by_row = trace.by_row if self._by_row else None
        if self.outline is None:
            return Lesson(Output(trace.logits), by_row)
        last = trace.h[-1].permute(1, 2, 0, 3).flatten(2)  # (N, L, D·H)
        return Lesson(Output(trace.logits), by_row, self.outline(last))


def parts_of(recipe: Recipe) -> int:
    """Q, how many parts of a row an outline is learnt in: as many as the stem leaves columns."""
    parts = recipe.input.columns
    for layer in getattr(recipe.network, "stem", ()):
        parts //= layer.column_stride
    return max(parts, 1)


def losses(
    lesson: Lesson,
    targets: Tensor,
    *,
    task: Task,
    plan: Schedule,
    weight: Tensor | None,
    steps: Tensor,
) -> Tensor:
    """Loss of each film, (N,): that of its answer, and of what it was asked beside it.

    Args:
        lesson: What the network gave.
        targets: As the task of the training makes them.
        task: See `learnt_task`.
        plan: How much each loss weighs.
        weight: (K,) of the classes.
        steps: (N,) of each film, on the CPU.
    """
    shares = None
    if isinstance(task, _Outlined):
        targets, shares = task.parted(targets)
    found = task.loss(lesson.output, targets, plan=plan, weight=weight)
    if lesson.by_row is not None:
        found = found + plan.prefixes * prefix_losses(
            lesson.by_row, targets, task=task, plan=plan, weight=weight, steps=steps
        )
    if lesson.outlines is not None and shares is not None:
        wanted = functional.adaptive_avg_pool2d(
            shares, (lesson.outlines.shape[1], lesson.outlines.shape[2])
        )
        found = found + plan.outlines * outline_losses(lesson.outlines, wanted)
    return found


def prefix_losses(
    by_row: Tensor,
    targets: Tensor,
    *,
    task: Task,
    plan: Schedule,
    weight: Tensor | None = None,
    steps: Tensor | None = None,
) -> Tensor:
    """Loss (N,) of the answers that a film has after each of its L steps.

    An answer after step t weighs t / L: the first rows, which hold little of the film, are asked
    for an honest doubt, the last ones for the answer (deep supervision, Lee 2015, in time).

    Args:
        by_row: (N, L, K) logits after each step.
        targets: (N, …) as the task makes them of whole films.
        task: Whose loss it is.
        plan: Focal exponent and label smoothing.
        weight: (K,) of the classes.
        steps: (N,) of each film, which is padded behind; None where all have L.
    """
    count, length, _ = by_row.shape
    each = task.loss(
        Output(by_row.flatten(0, 1)),
        targets.repeat_interleave(length, dim=0),
        plan=plan,
        weight=weight,
    ).view(count, length)
    ends = torch.full((count,), length) if steps is None else steps
    places = torch.arange(1, length + 1) / ends[:, None]  # (N, L)
    places = torch.where(places <= 1, places, 0.0).to(each)
    return (each * places).sum(dim=1) / ends.to(each)


def outline_losses(given: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy (N,) of log-odds (N, L, Q) against shares, 0 where those are NaN."""
    known = wanted.isfinite().flatten(1).all(dim=1)
    shares = torch.where(known[:, None, None], wanted, 0.5).clamp(0, 1)
    each = functional.binary_cross_entropy_with_logits(given.float(), shares, reduction="none")
    return each.mean(dim=(1, 2)) * known


# ------------------------------------------------------------------- outlines in targets


def learnt_task(recipe: Recipe) -> Task:
    """The task of a recipe, with outlines in its targets where the training learns them."""
    if not recipe.training.outlines:
        return recipe.asked
    return _Outlined(recipe)


class _Outlined(Classification):
    """Classes of whole films, behind which stand the shares of their cells within an outline.

    Targets are (N, K + M·W): so a film's outline is moved and mixed as the film is.
    """

    def __init__(self, recipe: Recipe) -> None:
        asked = recipe.asked
        super().__init__(asked.classes, asked.positive, options=asked.options, fitted={})
        self._grid = (recipe.input.rows, recipe.input.columns)

    def targets(self, labels: "NDArray[np.int64]", truth: Truth | None) -> Tensor:
        """One-hot classes and shares, (N, K + M·W); NaN where nobody drew an outline."""
        assert isinstance(truth, OutlineShares)  # noqa: S101 - `engine.films.with_outlines`
        shares = torch.from_numpy(truth.on_grid()).flatten(1)
        return torch.cat((super().targets(labels, truth), shares), dim=1)

    def moved(self, targets: Tensor, motion: Tensor) -> Tensor:
        """The shares read where the films are read; beyond their edge lies what is outside."""
        classes, shares = self.parted(targets)
        films = shares.unsqueeze(1)
        grid = functional.affine_grid(motion, list(films.shape), align_corners=False)
        found = functional.grid_sample(films, grid, padding_mode="border", align_corners=False)
        return torch.cat((classes, found.flatten(1)), dim=1)

    def even(self, weight: Tensor | None) -> Tensor:
        """The target of an undecided film, which has no outline."""
        unknown = torch.full((self._grid[0] * self._grid[1],), torch.nan)
        return torch.cat((super().even(weight), unknown))

    def parted(self, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Targets of the classes (N, K), and shares (N, M, W)."""
        count = len(self.classes)
        return targets[:, :count], targets[:, count:].view(-1, *self._grid)
