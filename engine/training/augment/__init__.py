"""Random changes to batches of model rows: (N, M, W) tensors, values 0…1.

Where a batch holds films of several heights they are padded behind, and `heights` (N,) says how
many rows are film. A change then happens to the film alone: it is moved about its own middle, by
shares of its own height, and padding stays zero. Without `heights` every film fills the batch.
"""

from engine.training.augment.greys import augment
from engine.training.augment.mixing import anchor, mix_up, neutral, splice, undecided
from engine.training.recipe.augmentation import Augmentation

__all__ = ["Augmentation", "anchor", "augment", "mix_up", "neutral", "splice", "undecided"]
