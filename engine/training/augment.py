"""Random changes to batches of model rows: (N, M, W) tensors, values 0…1.

Where a batch holds films of several heights they are padded behind, and `heights` (N,) says how
many rows are film. A change then happens to the film alone: it is moved about its own middle, by
shares of its own height, and padding stays zero. Without `heights` every film fills the batch.
"""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from engine.training.batches import fitted, inside


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a training film may be moved and changed; zero switches a change off.

    Attributes:
        shift: Largest displacement, as a share of the film's height and width.
        rotate: Largest rotation in degrees.
        scale: Largest change of size; 0.1 is 0.9 to 1.1.
        stretch: Largest change of the height against the width.
        flip: Probability of exchanging left and right.
        gamma: Largest |log2 γ| of a power law on the values.
        contrast: Largest change of the slope around the middle grey.
        brightness: Largest offset.
        noise: Largest standard deviation of white noise.
        mixup: α of Beta(α, α), the share of a second film (Zhang 2018, mix-up).
        anchor: Share of the films that are blended with the mean film, see `anchor`.
        neutral: Share of the films that become the mean film itself, see `neutral`.
        splice: Share of the films of which rows are replaced by the mean film's, see `splice`.
        splice_most: Largest share of a film's rows that is replaced.
        splice_label: Whether a spliced film's target moves to "absent" (class 0) with the rows
            that it lost, or is "kept".
    """

    shift: float = 0.0
    rotate: float = 0.0
    scale: float = 0.0
    stretch: float = 0.0
    flip: float = 0.0
    gamma: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    noise: float = 0.0
    mixup: float = 0.0
    anchor: float = 0.0
    neutral: float = 0.0
    splice: float = 0.0
    splice_most: float = 1.0
    splice_label: Literal["absent", "kept"] = "absent"

    @property
    def moves(self) -> bool:
        """Whether pixels change their place."""
        return any((self.shift, self.rotate, self.scale, self.stretch, self.flip))


def augment(
    rows: Tensor,
    plan: Augmentation,
    generator: torch.Generator,
    *,
    heights: Tensor | None = None,
) -> Tensor:
    """Return rows (N, M, W) moved, then changed in grey value, each film by its own draw."""
    if plan.moves:
        rows = _move(rows, plan, generator, heights=_heights(rows, heights))
    if plan.gamma:
        power = torch.exp2(_between(rows, plan.gamma, generator))
        rows = rows.clamp(min=1e-4) ** power
    if plan.contrast or plan.brightness:
        slope = 1 + _between(rows, plan.contrast, generator)
        rows = (rows - 0.5) * slope + 0.5 + _between(rows, plan.brightness, generator)
    if plan.noise:
        spread = _between(rows, plan.noise, generator).abs()
        rows = rows + spread * torch.randn(rows.shape, generator=generator)
    rows = rows.clamp(0.0, 1.0)
    return rows if heights is None else rows * inside(heights, rows)[:, :, None]


def mix_up(
    rows: Tensor,
    targets: Tensor,
    *,
    alpha: float,
    generator: torch.Generator,
    heights: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Blend each film and its target (N, K) with another of the batch (Zhang 2018).

    A film keeps its height: its partner is drawn out or pressed together onto it, so that the
    same share of both heights meets. (Partners of equal height only would leave most films of a
    mixed batch without one.)

    The share is drawn once per film from Beta(α, α), as X / (X + Y) of two gamma draws would
    give it; torch's gamma draw takes no generator, hence the inverse-power form of Jöhnk 1964.
    """
    if not alpha:
        return rows, targets
    share = _beta(len(rows), alpha, generator)
    share = torch.maximum(share, 1 - share)
    other = torch.randperm(len(rows), generator=generator)
    partners = rows[other]
    if heights is not None:
        partners = fitted(partners, heights[other], heights)
    mixed = share[:, None, None] * rows + (1 - share[:, None, None]) * partners
    return mixed, share[:, None] * targets + (1 - share[:, None]) * targets[other]


def undecided(weight: Tensor | None, classes: int) -> Tensor:
    """The target (K,) under which even odds have the least cross entropy.

    Where classes are weighted (K,) the same share of each would pull towards the heavier one, so
    each share is divided by its weight.
    """
    shares = torch.ones(classes) if weight is None else 1 / weight
    return shares / shares.sum()


def neutral(
    rows: Tensor,
    targets: Tensor,
    *,
    mean: Tensor,
    even: Tensor,
    share: float,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Put the mean film in the place of some films, with the target `even` (K,), see `undecided`.

    The mean film is (M, W), or (N, M, W) with zeros behind where heights differ. It is the
    baseline of Influence: answered one way, half of the films have nothing left to explain. Other
    than `anchor` this leaves the way from film to mean film alone, so that evidence may stay in
    few rows.
    """
    if not share:
        return rows, targets
    chosen = torch.rand(len(rows), generator=generator) < share
    kept = torch.where(chosen[:, None, None], mean, rows)
    return kept, torch.where(chosen[:, None], even, targets)


def anchor(
    rows: Tensor,
    targets: Tensor,
    *,
    mean: Tensor,
    even: Tensor,
    share: float,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Fade some films into the mean film, and their targets (N, K) into `even` (K,).

    The mean film is (M, W), or (N, M, W) with zeros behind where heights differ.

    The mean film is the baseline of Influence. A network that was never asked about it may give
    it any answer (a blurred chest looks ill), and then half of the films have nothing left to
    explain. So it is taught that the mean film is undecided, and so is what lies on the path.
    """
    if not share:
        return rows, targets
    faded = torch.rand(len(rows), generator=generator) < share
    kept = torch.where(faded, torch.rand(len(rows), generator=generator), 1.0)
    blended = mean + kept[:, None, None] * (rows - mean)
    return blended, even + kept[:, None] * (targets - even)


def splice(
    rows: Tensor,
    targets: Tensor,
    *,
    mean: Tensor,
    plan: Augmentation,
    generator: torch.Generator,
    heights: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Replace rows of some films by the mean film's; targets (N, K) move to class 0 or are kept.

    The mean film is (M, W), or (N, M, W) with zeros behind where heights differ.

    The audit replaces rows like this; a network that never saw the seams takes them for a
    finding. Label "absent" is meant for findings that the mean film does not show, class 0 being
    their absence: as in CutMix (Yun 2019) the target follows the share of rows that is left.
    Label "kept" teaches to find what is left in the rows that are left; evidence then stays
    where it is, and a film loses its answer sooner in the order of the map than at random.
    """
    if not plan.splice:
        return rows, targets
    count, height, _ = rows.shape
    chosen = torch.rand(count, generator=generator) < plan.splice
    rate = torch.where(chosen, plan.splice_most * torch.rand(count, generator=generator), 0.0)
    block = int(torch.randint(1, 9, (1,), generator=generator))  # model rows that go together
    blocks = torch.rand(count, -(-height // block), generator=generator) < rate[:, None]
    replaced = blocks.repeat_interleave(block, dim=1)[:, :height]  # (N, M)
    whole = _heights(rows, heights)
    replaced &= inside(whole, rows)
    spliced = torch.where(replaced[:, :, None], mean, rows)
    if plan.splice_label == "kept":
        return spliced, targets
    kept = 1 - replaced.sum(dim=1, keepdim=True) / whole[:, None]
    absent = torch.zeros_like(targets)
    absent[:, 0] = 1
    return spliced, kept * targets + (1 - kept) * absent


def _beta(count: int, alpha: float, generator: torch.Generator) -> Tensor:
    """Draw `count` values of Beta(α, α) by rejection (Jöhnk 1964); for α ≤ 1 most are kept."""
    kept = torch.empty(0)
    while len(kept) < count:
        left, right = torch.rand(2, 4 * count, generator=generator) ** (1 / alpha)
        total = left + right
        accepted = (total <= 1) & (total > 0)
        kept = torch.cat([kept, left[accepted] / total[accepted]])
    return kept[:count]


def _between(rows: Tensor, largest: float, generator: torch.Generator) -> Tensor:
    """Draw one value per film, evenly from −largest to largest: (N, 1, 1)."""
    return (torch.rand(len(rows), 1, 1, generator=generator) * 2 - 1) * largest


def _heights(rows: Tensor, heights: Tensor | None) -> Tensor:
    return torch.full((len(rows),), rows.shape[1]) if heights is None else heights


def _move(
    rows: Tensor, plan: Augmentation, generator: torch.Generator, *, heights: Tensor
) -> Tensor:
    """Rotate, scale, stretch, shift and flip, in one bilinear resampling.

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
        return _between(rows, largest, generator).flatten()

    angle = draw(math.radians(plan.rotate))
    size = 1 + draw(plan.scale)
    aspect = 1 + draw(plan.stretch)
    flipped = torch.rand(len(rows), generator=generator) < plan.flip
    mirror = 1 - 2 * flipped.float()
    across, down = 2 * draw(plan.shift), 2 * draw(plan.shift)
    ratio = (heights.double() / rows.shape[2]).float()
    return torch.stack(
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
