"""Changes to the place of pixels."""

import math

import torch
from torch import Tensor
from torch.nn import functional

from engine.training.augment.draws import between
from engine.training.recipe.augmentation import Augmentation


def move(
    rows: Tensor, plan: Augmentation, generator: torch.Generator, *, heights: Tensor
) -> Tensor:
    """Crop, rotate, scale, stretch, shift and flip films (N, M, W) in one bilinear resampling.

    Films of one height are moved together, cut out of the padding: at their edges they are
    continued by their own outermost pixels.
    """
    theta = _motion(rows, plan, generator, heights=heights)
    moved = torch.zeros_like(rows)
    for height in sorted(set(heights.tolist())):
        chosen = heights == height
        films = rows[chosen, None, :height]  # (n, 1, rows of the film, W)
        grid = functional.affine_grid(theta[chosen], list(films.shape), align_corners=False)
        moved[chosen, :height] = functional.grid_sample(
            films, grid, padding_mode="border", align_corners=False, mode="bilinear"
        )[:, 0]
    return moved


def _motion(
    rows: Tensor, plan: Augmentation, generator: torch.Generator, *, heights: Tensor
) -> Tensor:
    """Draw where each film is read (N, 2, 3), in coordinates of −1…1 over the film."""

    def draw(largest: float) -> Tensor:
        return between(rows, largest, generator).flatten()

    angle = draw(math.radians(plan.rotate))
    size = 1 + draw(plan.scale)
    aspect = 1 + draw(plan.stretch)
    flipped = torch.rand(len(rows), generator=generator) < plan.flip
    mirror = 1 - 2 * flipped.float()
    across, down = 2 * draw(plan.shift), 2 * draw(plan.shift)
    ratio = (heights.double() / rows.shape[2]).float()
    motion = torch.stack(
        [
            torch.stack([mirror * angle.cos() / size, -ratio * angle.sin() / size, across], dim=1),
            torch.stack(
                [
                    mirror * angle.sin() / ratio / (size * aspect),
                    angle.cos() / (size * aspect),
                    down,
                ],
                dim=1,
            ),
        ],
        dim=1,
    )
    return _cropped(motion, plan, generator) if plan.crop else motion


def _cropped(motion: Tensor, plan: Augmentation, generator: torch.Generator) -> Tensor:
    """The motion (N, 2, 3) of a window of each film, drawn with its size and its place."""
    sizes, places = torch.rand(2, len(motion), 2, generator=generator)
    sizes = 1 - plan.crop * sizes  # (N, 2) across and down
    middles = (2 * places - 1) * (1 - sizes)
    turned = motion[:, :, :2]
    moved = motion[:, :, 2] + (turned @ middles[:, :, None])[:, :, 0]
    return torch.cat([turned * sizes[:, None, :], moved[:, :, None]], dim=2)
