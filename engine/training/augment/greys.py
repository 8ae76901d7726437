"""Changes to the grey values of films, and every change to a film by itself."""

from collections.abc import Callable

import torch
from torch import Tensor

from engine.training.augment.draws import all_heights, between
from engine.training.augment.exposure import headroom, spare
from engine.training.augment.looks import toned, worn
from engine.training.augment.moving import move
from engine.training.batches import inside
from engine.training.recipe.augmentation import Augmentation


def augment(
    rows: Tensor,
    plan: Augmentation,
    generator: torch.Generator,
    *,
    heights: Tensor | None = None,
    never_spared: Tensor | None = None,
) -> Tensor:
    """Return rows (N, M, W) moved, then changed in grey value and look, each by its own draw.

    Films of `never_spared` (N,) are changed even where the plan spares some.
    """
    if plan.moves:
        rows = move(rows, plan, generator, heights=all_heights(rows, heights))
    changed = _greys(rows, plan, generator)
    changed = headroom(changed, largest=plan.headroom, generator=generator, heights=heights)
    if plan.tones:
        changed = _by_height(toned, changed, plan, generator, heights=heights)
    rows = spare(rows, changed, share=plan.spare, generator=generator, never=never_spared)
    if plan.wears:
        rows = _by_height(worn, rows, plan, generator, heights=heights)
    return rows if heights is None else rows * inside(heights, rows)[:, :, None]


def _by_height(
    change: Callable[[Tensor, Augmentation, torch.Generator], Tensor],
    rows: Tensor,
    plan: Augmentation,
    generator: torch.Generator,
    *,
    heights: Tensor | None,
) -> Tensor:
    """Change films of one height together, cut out of the padding."""
    whole = all_heights(rows, heights)
    looked = torch.zeros_like(rows)
    for height in sorted(set(whole.tolist())):
        chosen = whole == height
        looked[chosen, :height] = change(rows[chosen, :height], plan, generator)
    return looked


def _greys(rows: Tensor, plan: Augmentation, generator: torch.Generator) -> Tensor:
    if plan.gamma:
        power = torch.exp2(between(rows, plan.gamma, generator))
        rows = rows.clamp(min=1e-4) ** power
    if plan.contrast or plan.brightness:
        slope = 1 + between(rows, plan.contrast, generator)
        rows = (rows - 0.5) * slope + 0.5 + between(rows, plan.brightness, generator)
    if plan.noise:
        spread = between(rows, plan.noise, generator).abs()
        rows = rows + spread * torch.randn(rows.shape, generator=generator)
    return rows.clamp(0.0, 1.0)
