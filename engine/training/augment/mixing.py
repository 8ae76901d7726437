"""Changes that blend films with each other or with the mean film, and their targets with them."""

import torch
from torch import Tensor

from engine.training.augment.draws import all_heights
from engine.training.batches import fitted, inside
from engine.training.recipe.augmentation import Augmentation


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
    whole = all_heights(rows, heights)
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
