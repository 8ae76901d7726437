"""A small training: 48 films of 8 × 8 whose upper or lower half is bright."""

import numpy as np
import torch

from engine.films import Films
from engine.recipe import Augmentation, Data, Network, Recipe, Schedule
from engine.types import InputFormat, Population

RECIPE = Recipe(
    name="tiny",
    title="Tiny",
    version="1",
    task="Is the lower half bright",
    intended_use="Tests",
    data_source="Nobody",
    classes=("upper", "lower"),
    positive=1,
    input=InputFormat(8, 8, "rank"),
    network=Network("gru", 6, dropout=0.2),
    data=Data("a test", "none"),
    training=Schedule(4, 8, 1e-2, "adamw", decay="cosine", clip=1.0, averaging=0.9),
    augmentation=Augmentation(shift=0.05, noise=0.05, mixup=0.4, anchor=0.2, splice=0.2),
    population=Population(),
)


def draw_films():
    rng = np.random.default_rng(0)
    labels = np.arange(48) % 2
    rows = rng.random((48, 8, 8)) * 0.5
    rows[labels == 0, :4] += 0.5
    rows[labels == 1, 4:] += 0.5
    return Films(
        rows=rows.astype(np.float16),
        labels=labels.astype(np.int64),
        splits=np.array(["train"] * 32 + ["val"] * 16, dtype="<U5"),
        patients=np.array([str(n) for n in range(48)]),
        names=np.array([str(n) for n in range(48)]),
        findings=np.full((48, 2), np.nan),
    )


FILMS = draw_films()


class Heard:
    """A listener that remembers."""

    def __init__(self):
        self.moments, self.epochs = [], []

    def on_step(self, moment):
        self.moments.append(moment)

    def on_epoch(self, epoch):
        self.epochs.append(epoch)


def weights(network):
    return torch.cat([value.flatten() for value in network.state_dict().values()])
