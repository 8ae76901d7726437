"""The training loop: recipe and films in, weights out; stops and goes on without a trace."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import DataError
from engine.network import RowNetwork, build_network
from engine.reference import resampled
from engine.training.augment import (
    Augmentation,
    anchor,
    augment,
    mix_up,
    neutral,
    splice,
    undecided,
)
from engine.training.batches import Batch, Heights, alike, answer, batch_of, fitted
from engine.training.data import Films, ModelRows
from engine.training.recipe import Recipe, Schedule
from engine.training.statistics import even_mean_film

_RAMP = 10  # steps until the average forgets its start


@dataclass(frozen=True, slots=True)
class Epoch:
    """How far the training is.

    Attributes:
        number: 1 … epochs.
        loss: Mean training loss; with mix-up it cannot reach zero.
        accuracy: On the validation films, of the weights that would be kept; None without any.
    """

    number: int
    epochs: int
    loss: float
    accuracy: float | None


Report = Callable[[Epoch], None]


@dataclass(slots=True)
class _State:
    """All that changes while training: what a checkpoint holds."""

    network: RowNetwork
    kept: RowNetwork  # averaged weights, or the same object as `network`
    optimiser: torch.optim.Optimizer
    epochs_done: int = 0
    steps_done: int = 0


def train(
    films: Films, recipe: Recipe, *, checkpoint: Path | None = None, report: Report | None = None
) -> RowNetwork:
    """Train and return the network in evaluation mode.

    The random draws of an epoch follow from the seed and its number alone, so that a training
    that was interrupted ends in the same weights as one that was not.

    Args:
        films: Its "train" films are learnt; its "val" films are only looked at.
        recipe: The network, its schedule and the random changes to the films.
        checkpoint: Written after every epoch and read if it is there.
        report: Called after every epoch.

    Raises:
        DataError: There are no training films, or the checkpoint is of another recipe.
    """
    indices = films.where("train")
    if not len(indices):
        raise DataError("The data have no training films.", "data")
    with torch.random.fork_rng(devices=[]):
        state = _begin(recipe)
        if checkpoint is not None and checkpoint.exists():
            _resume(state, checkpoint, recipe)
        while state.epochs_done < recipe.training.epochs:
            loss = _epoch(state, films, indices, recipe)
            if checkpoint is not None:
                _save(state, checkpoint, recipe)
            if report is not None:
                accuracy = _validation_accuracy(state.kept, films)
                report(Epoch(state.epochs_done, recipe.training.epochs, loss, accuracy))
    return state.kept.eval()


def predict(
    network: RowNetwork,
    rows: ModelRows,
    *,
    batch: int = 256,
    heights: Heights | None = None,
) -> NDArray[np.float64]:
    """Logits (N, K) of model rows (N, M, W), without dropout.

    Args:
        network: Left in evaluation mode.
        rows: Films, padded behind.
        batch: Most films that are read together; they are of equal height.
        heights: (N,) model rows of each film; None if all have M.
    """
    network.eval()
    if heights is None:
        heights = np.full(len(rows), rows.shape[1])
    logits = np.empty((len(rows), network.config.classes))
    with torch.inference_mode():
        for chosen in alike(heights, batch):
            logits[chosen] = answer(network, batch_of(rows[chosen], heights[chosen])).numpy()
    return logits


def _begin(recipe: Recipe) -> _State:
    plan = recipe.training
    torch.manual_seed(plan.seed)
    network = build_network(recipe.config)
    kept = network
    if plan.averaging:
        kept = build_network(recipe.config)
        kept.load_state_dict(network.state_dict())
    kinds = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    optimiser = kinds[plan.optimiser](
        network.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay
    )
    return _State(network, kept, optimiser)


def _epoch(state: _State, films: Films, indices: NDArray[np.int64], recipe: Recipe) -> float:
    """Read every training film once; returns the mean loss."""
    plan, classes = recipe.training, len(recipe.classes)
    torch.manual_seed(plan.seed + 1_000_003 * (state.epochs_done + 1))  # dropout
    generator = torch.Generator().manual_seed(plan.seed + 7_919 * (state.epochs_done + 1))
    weight = _class_weights(films.labels[indices], classes) if plan.class_weights else None
    mean = even_mean_film(
        films.rows[indices],
        films.labels[indices],
        heights=films.heights[indices],
        onto=recipe.input.rows,
    )
    order = indices[torch.randperm(len(indices), generator=generator).numpy()]
    batches = [order[i : i + plan.batch_size] for i in range(0, len(order), plan.batch_size)]
    state.network.train()
    total = 0.0
    for number, chosen in enumerate(batches):
        batch = batch_of(films.rows[chosen], films.heights[chosen])
        targets = functional.one_hot(torch.from_numpy(films.labels[chosen]), classes).float()
        even = undecided(weight, classes)
        batch, targets = _vary(
            batch, targets, recipe.augmentation, mean=mean, even=even, generator=generator
        )
        progress = (state.epochs_done + number / len(batches)) / plan.epochs
        _set_learning_rate(state.optimiser, plan, progress)
        total += _step(state, batch, targets, weight, plan) * len(chosen)
    state.epochs_done += 1
    return total / len(order)


def _vary(
    batch: Batch,
    targets: Tensor,
    plan: Augmentation,
    *,
    mean: NDArray[np.float32],
    even: Tensor,
    generator: torch.Generator,
) -> tuple[Batch, Tensor]:
    """Every random change to a batch and its targets (N, K); no film changes its height."""
    heights, baseline = batch.lengths, _mean_films(batch, mean)
    rows = augment(batch.rows, plan, generator, heights=heights)
    rows, targets = mix_up(rows, targets, alpha=plan.mixup, generator=generator, heights=heights)
    rows, targets = anchor(
        rows, targets, mean=baseline, even=even, share=plan.anchor, generator=generator
    )
    rows, targets = splice(
        rows, targets, mean=baseline, plan=plan, generator=generator, heights=heights
    )
    rows, targets = neutral(
        rows, targets, mean=baseline, even=even, share=plan.neutral, generator=generator
    )
    return Batch(rows, batch.heights), targets


def _mean_films(batch: Batch, mean: NDArray[np.float32]) -> Tensor:
    """The mean film at the height of each film: (M, W) where all have it, else (N, M, W)."""
    if batch.lengths is None:
        return torch.from_numpy(resampled(mean, batch.rows.shape[1], axis=0))
    films = torch.from_numpy(mean).expand(len(batch.rows), -1, -1)
    return fitted(films, torch.full_like(batch.heights, len(mean)), batch.heights)


def _step(
    state: _State, batch: Batch, targets: Tensor, weight: Tensor | None, plan: Schedule
) -> float:
    """Change the weights by one batch; returns its loss."""
    loss = functional.cross_entropy(answer(state.network, batch), targets, weight=weight)
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    if plan.clip:
        nn.utils.clip_grad_norm_(state.network.parameters(), plan.clip)
    state.optimiser.step()
    state.steps_done += 1
    if plan.averaging:
        early = (1 + state.steps_done) / (_RAMP + state.steps_done)
        _average(state.kept, state.network, decay=min(plan.averaging, early))
    return loss.item()


@torch.no_grad()
def _average(kept: nn.Module, network: nn.Module, *, decay: float) -> None:
    """Move the kept weights, and the statistics of normalisation, a little towards the new."""
    pairs = zip(kept.state_dict().values(), network.state_dict().values(), strict=True)
    for old, new in pairs:
        if old.is_floating_point():
            old.lerp_(new, 1 - decay)
        else:
            old.copy_(new)


def _set_learning_rate(optimiser: torch.optim.Optimizer, plan: Schedule, progress: float) -> None:
    rate = plan.learning_rate
    if plan.decay == "cosine":
        rate *= 0.5 * (1 + float(np.cos(np.pi * progress)))
    for group in optimiser.param_groups:
        group["lr"] = rate


def _class_weights(labels: NDArray[np.int64], classes: int) -> Tensor:
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    return torch.tensor(len(labels) / (classes * counts), dtype=torch.float32)


def _validation_accuracy(network: RowNetwork, films: Films) -> float | None:
    indices = films.where("val")
    if not len(indices):
        return None
    logits = predict(network, films.rows[indices], heights=films.heights[indices])
    return float(np.mean(logits.argmax(axis=1) == films.labels[indices]))


def _save(state: _State, path: Path, recipe: Recipe) -> None:
    """Write beside, then rename: a checkpoint is whole or absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    torch.save(
        {
            "recipe": _fingerprint(recipe),
            "network": state.network.state_dict(),
            "kept": state.kept.state_dict(),
            "optimiser": state.optimiser.state_dict(),
            "epochs_done": state.epochs_done,
            "steps_done": state.steps_done,
        },
        beside,
    )
    beside.replace(path)


def _fingerprint(recipe: Recipe) -> str:
    """Whatever changes the weights; a corrected sentence in the recipe does not."""
    data = replace(recipe.data, source="", licence="")
    return repr((recipe.config, recipe.input, data, recipe.augmentation, recipe.training))


def _resume(state: _State, path: Path, recipe: Recipe) -> None:
    stored = torch.load(path, weights_only=True)
    if stored["recipe"] != _fingerprint(recipe):
        raise DataError(f"{path} belongs to another recipe; delete it to begin anew.", "data")
    state.network.load_state_dict(stored["network"])
    state.kept.load_state_dict(stored["kept"])
    state.optimiser.load_state_dict(stored["optimiser"])
    state.epochs_done = stored["epochs_done"]
    state.steps_done = stored["steps_done"]
