"""What boxes cost in training: heat maps, sizes and middles; and boxes of moved films."""

import torch
from torch import Tensor

# Boxes of N films as (N, B, 5): class, left, top, right, bottom, the places as shares of the film;
# class 0 fills up where films have fewer than B.

PRIOR = 3.0  # log-odds against a middle in a cell before anything was learnt
_LEFT = 0.5  # least share of a box's area that must lie on the moved film for it to count


def moved_boxes(targets: Tensor, motion: Tensor) -> Tensor:
    """Boxes (N, B, 5) on films that were read where `motion` (N, 2, 3) says, in −1…1.

    What a box surrounds is taken for an ellipse, so that turning a film does not blow it up; the
    new box surrounds the turned ellipse, and is cut at the film's edges. One of which less than
    half is left goes.
    """
    turned, shift = motion[:, :, :2].double(), motion[:, :, 2].double()
    back = torch.linalg.inv(turned)  # from the film as it was to the moved one
    places = 2 * targets[:, :, 1:].double() - 1
    middle = (places[..., :2] + places[..., 2:]) / 2
    half = (places[..., 2:] - places[..., :2]) / 2
    middle = torch.einsum("nij,nbj->nbi", back, middle - shift[:, None])
    half = torch.einsum("nij,nbj->nbi", back**2, half**2).sqrt()
    low, high = (middle - half).clamp(-1, 1), (middle + half).clamp(-1, 1)
    area = (2 * half).prod(dim=2)
    within = (middle.abs() <= 1).all(dim=2)
    kept = torch.where(area > 0, (high - low).prod(dim=2) >= _LEFT * area, within)
    found = torch.cat([low, high], dim=2) / 2 + 0.5
    label = torch.where(kept, targets[..., 0], 0.0)
    return torch.cat([label[..., None], found.to(targets)], dim=2)


def box_losses(
    maps: Tensor,
    targets: Tensor,
    *,
    width: float,
    size_weight: float,
    weight: Tensor | None = None,
) -> Tensor:
    """Loss of each film, (N,), over its number of boxes.

    With p = σ(map − `PRIOR`) the chance that a cell is the middle of a box of a class, and y a
    peak of height 1 in the middle's own cell, as wide as the box's share `width` (Law 2018):

        −(1 − p)² log p  where y = 1,   −(1 − y)⁴ p² log(1 − p)  elsewhere

    and, in the cells around the middle, weighed by y, the L1 distance of the logarithms of height
    and width and of the middle's place. A point has no size to learn.

    Args:
        maps: (N, F + 4, R, Q), see `engine.tasks.localisation`.
        targets: (N, B, 5).
        width: Standard deviation of a peak as a share of its box; never below half a cell.
        size_weight: Of the second part.
        weight: (F,) of the classes; None weighs all alike.
    """
    classes = maps.shape[1] - 4
    heat, beside = maps[:, :classes], maps[:, classes:]
    rows, columns = maps.shape[2:]
    there = targets[..., 0] > 0  # (N, B)
    grid = targets.new_tensor([columns, rows, columns, rows])
    places = targets[..., 1:] * grid
    middle, size = (places[..., :2] + places[..., 2:]) / 2, places[..., 2:] - places[..., :2]
    across = torch.arange(columns, device=maps.device) + 0.5
    down = torch.arange(rows, device=maps.device) + 0.5
    own = (
        torch.stack(
            [middle[..., 0].clamp(0, columns - 1e-3), middle[..., 1].clamp(0, rows - 1e-3)], dim=2
        ).floor()
        + 0.5
    )
    spread = (width * size).clamp(min=0.5)
    peak_x = torch.exp(-(((across - own[..., :1]) / spread[..., :1]) ** 2) / 2)  # (N, B, Q)
    peak_y = torch.exp(-(((down - own[..., 1:]) / spread[..., 1:]) ** 2) / 2)  # (N, B, R)
    peaks = peak_y[..., None] * peak_x[:, :, None, :] * there[..., None, None]  # (N, B, R, Q)
    one_hot = torch.nn.functional.one_hot(targets[..., 0].long(), classes + 1)[..., 1:]
    marked = (peaks[:, :, None] * one_hot[..., None, None]).amax(dim=1)  # (N, F, R, Q)
    losses = _heat_losses(heat.float() - PRIOR, marked, weight)
    losses = losses + size_weight * _place_losses(
        beside.float(), peaks, middle=middle, size=size, cells=(across, down)
    )
    return losses / there.sum(dim=1).clamp(min=1)


def _heat_losses(heat: Tensor, marked: Tensor, weight: Tensor | None) -> Tensor:
    yes, no = torch.nn.functional.logsigmoid(heat), torch.nn.functional.logsigmoid(-heat)
    chance = heat.sigmoid()
    terms = torch.where(
        marked > 1 - 1e-4, -((1 - chance) ** 2) * yes, -((1 - marked) ** 4) * chance**2 * no
    )
    terms = terms.sum(dim=(2, 3))  # (N, F)
    return (terms if weight is None else terms * weight).sum(dim=1)


def _place_losses(
    beside: Tensor,
    peaks: Tensor,
    *,
    middle: Tensor,
    size: Tensor,
    cells: tuple[Tensor, Tensor],
) -> Tensor:
    """L1 of sizes and middles (N,): every cell learns the box whose peak is highest there."""
    across, down = cells
    height, best = peaks.max(dim=1)  # (N, R, Q)
    near = torch.where(height > 0.5, height, 0.0)

    def of_best(values: Tensor) -> Tensor:  # (N, B) to (N, R, Q)
        return values.gather(1, best.flatten(1)).view_as(best)

    sized = of_best((size > 0).all(dim=2).float()) * near
    logs = size.clamp(min=1e-3).log()
    off = (beside[:, 0] - of_best(logs[..., 1])).abs() * sized
    off = off + (beside[:, 1] - of_best(logs[..., 0])).abs() * sized
    off = off + (beside[:, 2] - (of_best(middle[..., 1]) - down[:, None])).abs() * near
    off = off + (beside[:, 3] - (of_best(middle[..., 0]) - across)).abs() * near
    # Each box weighs the same, however many cells lie around its middle.
    share = near.new_zeros(peaks.shape[:2]).scatter_add(1, best.flatten(1), near.flatten(1))
    return (off / of_best(share.clamp(min=1e-6))).sum(dim=(1, 2))
