"""Random exposure of films: (N, M, W) tensors, as `engine.training.augment` takes them.

For models that read intensities from a film's least to its greatest value ("min-max"): there one
bright marker, or one dark border, decides how much of 0…1 is left for everything else.
"""

import torch
from torch import Tensor

from engine.training.batches import inside

_BELOW = 0.3  # share of the films in which something darker than the film takes a part, too


def headroom(
    rows: Tensor,
    *,
    largest: float,
    generator: torch.Generator,
    heights: Tensor | None = None,
) -> Tensor:
    """Press the values of each film (N, M, W) together, as something brighter or darker would.

    What is lost is `largest` times the square of an even draw, so that most films lose little. In
    most films it is lost above (markers, metal), in the others a part of it also below.

    Args:
        rows: Films, padded behind; padding stays zero.
        largest: Largest share of 0…1 that a film loses; 0 changes nothing.
        generator: Of all draws.
        heights: (N,) model rows of each film; None if nothing is padded.
    """
    if not largest:
        return rows
    square, below, share = torch.rand(3, len(rows), 1, 1, generator=generator)
    lost = largest * square**2
    floor = torch.where(below < _BELOW, share * lost, 0.0)
    pressed: Tensor = rows * (1 - lost) + floor
    return pressed if heights is None else pressed * inside(heights, rows)[:, :, None]


def spare(
    plain: Tensor,
    changed: Tensor,
    *,
    share: float,
    generator: torch.Generator,
    never: Tensor | None = None,
) -> Tensor:
    """Give some films back the greys that they had.

    A network that meets every film under changed greys forgets what fine differences of grey
    tell; one that meets none does not know a film under another window. So both are shown.
    Where two classes come from two collections, though, a film as it was betrays its collection:
    such classes are never spared.

    Args:
        plain: (N, M, W) films before their greys were changed.
        changed: The same films after it.
        share: Share of the films that are taken from `plain`; 0 takes none.
        generator: Of all draws.
        never: (N,) films that are not spared, whatever is drawn.
    """
    if not share:
        return changed
    spared = torch.rand(len(plain), 1, 1, generator=generator) < share
    if never is not None:
        spared &= ~never[:, None, None]
    return torch.where(spared, plain, changed)
