"""One step of a training: its loss, its gradients, its precision."""

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from engine.films import Batch
from engine.network import RowNetwork, build_network
from engine.recipe import Recipe, Schedule
from engine.tasks import Task
from engine.training.auxiliary import Pupil, losses
from engine.training.run import NAMES, Run
from engine.training.schedule import Plateau

# -------------------------------------------------------------- one change of the weights
# One change of the weights by one batch, shared among the processes.

_OVERFLOWS = 24  # halve a scale of 2¹⁶ to 2⁻⁸
_RAMP = 10  # steps until the average forgets its start


@dataclass(slots=True)
class State:
    """All that changes while training, and so all that a checkpoint must hold.

    Attributes:
        network: The weights that are being changed.
        kept: Averaged weights, or the same object as `network`.
        model: `network`, and what it is asked beside its answer, as Fabric wraps them.
        outline: The layer that says what lies within an outline, where that is learnt.
        epochs_done, batches_done: Whole epochs, and batches of the one that is not over.
        steps_done: Changes of the weights.
        loss_sum: Over the films of those batches.
        overflows: Changes in a row that were left out, see `went_astray`.
        plateau: What validation has shown.
        best: Weights at the lowest validation loss, where the training may stop early.
        history: A table for each epoch, see `Epoch`.
        even_odds: Log-odds of the answer of a film that is undecided, see
            `Augmentation.undecided`.
    """

    network: RowNetwork
    kept: RowNetwork
    model: nn.Module
    optimiser: torch.optim.Optimizer
    outline: nn.Linear | None = None
    epochs_done: int = 0
    batches_done: int = 0
    steps_done: int = 0
    loss_sum: float = 0.0
    overflows: int = 0
    plateau: Plateau = field(default_factory=Plateau)
    best: dict[str, Tensor] | None = None
    history: list[dict[str, float | None]] = field(default_factory=list)
    even_odds: float = 0.0


def begin(recipe: Recipe, run: Run) -> State:
    """Fresh weights, the same in every process."""
    plan = recipe.training
    torch.manual_seed(plan.seed)
    network = build_network(recipe.config)
    pupil = Pupil(network, recipe)
    kept = network
    if plan.averaging:
        kept = build_network(recipe.config)
        kept.load_state_dict(network.state_dict())
        kept.to(run.device)
    kinds = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    # One pass over the weights; in float16 the scaler must see the gradients before.
    optimiser = kinds[plan.optimiser](
        pupil.parameters(),
        lr=plan.learning_rate,
        weight_decay=plan.weight_decay,
        fused=run.precision != "16",
    )
    model, wrapped = run.fabric.setup(pupil, optimiser)
    return State(network, kept, model, wrapped, pupil.outline)


def change_weights(
    state: State,
    batch: Batch,
    targets: Tensor,
    *,
    task: Task,
    plan: Schedule,
    weight: Tensor | None,
    run: Run,
) -> float:
    """Change the weights by one batch, of which this process reads its share.

    Every process has the whole batch and reads each `processes`-th film of it; gradients are
    summed over the processes, so that the change is that of the whole batch.

    Returns:
        The sum of all films' losses.
    """
    rows, aims, heights = _share(batch, targets, run)
    lesson = state.model(rows.to(run.device), heights.tolist())
    each = losses(
        lesson,
        aims.to(run.device),
        task=task,
        plan=plan,
        weight=None if weight is None else weight.to(run.device),
        steps=heights // state.network.config.rows_per_step,
    )[: _own(len(targets), run)]
    state.optimiser.zero_grad(set_to_none=True)
    run.fabric.backward(each.sum() * run.processes / len(targets))
    if plan.clip:
        run.fabric.clip_gradients(
            state.model, state.optimiser, max_norm=plan.clip, error_if_nonfinite=False
        )
    scale = run.scaler.get("scale", 0.0)
    state.optimiser.step()
    state.overflows = state.overflows + 1 if run.scaler.get("scale", 0.0) < scale else 0
    state.steps_done += 1
    if plan.averaging:
        early = (1 + state.steps_done) / (_RAMP + state.steps_done)
        _average(state.kept, state.network, decay=min(plan.averaging, early))
    return run.total(float(each.sum().item()))


def went_astray(state: State, loss: float, run: Run) -> str | None:
    """What is no longer a finite number after a change of the weights, or None.

    In float16 a gradient may overflow now and then: the change is left out and the scale of the
    gradients halved. Only many such in a row are a divergence.

    Returns:
        The same in every process, since losses and gradients are summed over them.
    """
    if not math.isfinite(loss):
        return "The loss stopped being a finite number"
    weights = [one.detach() for one in state.network.parameters()]
    if not bool(torch.nn.utils.get_total_norm(weights, norm_type=math.inf).isfinite()):
        return "The weights stopped being finite numbers"
    if state.overflows >= _OVERFLOWS:
        return (
            f"The gradients were too large for {NAMES[run.precision]} {_OVERFLOWS} times in a row"
        )
    return None


def _own(count: int, run: Run) -> int:
    return len(range(run.rank, count, run.processes))


def _share(batch: Batch, targets: Tensor, run: Run) -> tuple[Tensor, Tensor, Tensor]:
    """This process's films; one of another's, which then counts nothing, where it has none."""
    if run.processes == 1:
        return batch.rows, targets, batch.heights
    first = run.rank if run.rank < len(targets) else 0
    chosen = torch.arange(first, len(targets), run.processes)
    heights = batch.heights[chosen]
    return batch.rows[chosen, : int(heights.max())], targets[chosen], heights


@torch.no_grad()
def _average(kept: nn.Module, network: nn.Module, *, decay: float) -> None:
    """Move the kept weights, and the statistics of normalisation, a little towards the new."""
    pairs = zip(kept.state_dict().values(), network.state_dict().values(), strict=True)
    for old, new in pairs:
        if old.is_floating_point():
            old.lerp_(new, 1 - decay)
        else:
            old.copy_(new)
