"""A grid network that draws outlines beside a U-Net (Ronneberger 2015) of about its parameters.

Both are trained by the same loop: films, order of batches, random changes, loss, epochs and
calibration are the same, and both look at the film through one convolution of stride 2, so that
they answer on the same cells. The ratio is 1 − Dice of ours to 1 − Dice of the U-Net; its goal is
what 0.005 of Dice more would be. `bench_segment.py RECIPE FILMS` does it for a recipe and prints
Dice, parameters and seconds of the processor.
"""

import math
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.bundle import RegisteredConfig, register
from engine.films import (
    Films,
    default_cache,
    divide,
    layout_of,
    read_films,
    read_outputs,
    with_truth,
)
from engine.measure import task_figures
from engine.network import Output, RowNetwork
from engine.phantoms import DatasetPlan, write_dataset
from engine.recipe import OtherNetwork, Recipe, read_recipe
from engine.training import run_epochs

FILMS, EPOCHS, NOT_BELOW = 400, 12, 0.005
RECIPE = Path(__file__).parents[2] / "resources/recipes/phantom-opacity-mask.toml"


@dataclass(frozen=True, slots=True)
class UNetOptions:
    """Channels of the first level; each of the others has twice as many as the one above."""

    channels: int = 12
    levels: int = 3
    maps: int = 2
    pool: str = "area"


@register("architecture", "bench-u-net")
class UNet(RowNetwork):
    """Down by maxima and up again, with what was there on the way down."""

    Options = UNetOptions

    def __init__(self, config: RegisteredConfig, options: UNetOptions) -> None:
        super().__init__()
        self.config = config
        sizes = [options.channels * 2**level for level in range(options.levels + 1)]
        self.first = nn.Conv2d(1, sizes[0], 3, 2, 1)
        self.down = nn.ModuleList(map(_block, (sizes[0], *sizes[:-1]), sizes))
        pairs = list(zip(sizes[1:], sizes[:-1], strict=True))
        self.up = nn.ModuleList(nn.ConvTranspose2d(deep, wide, 2, 2) for deep, wide in pairs)
        self.joined = nn.ModuleList(_block(2 * wide, wide) for _, wide in pairs)
        self.map_head = nn.Conv2d(sizes[0], options.maps, 1)
        self.head = nn.Linear(config.classes, config.classes).requires_grad_(requires_grad=False)

    @classmethod
    def describe(cls, rows, columns, *, classes, options):
        """A network for a grid whose sides can be halved so often."""
        return RegisteredConfig(
            name="bench-u-net",
            rows=rows,
            columns=columns,
            classes=classes,
            layers=1,
            directions=1,
            hidden_size=1,
            summary=f"U-Net of {options.channels}",
            options=asdict(options),
        )

    def output(self, rows: Tensor, lengths: Tensor | None = None) -> Output:
        """Film logits and dense maps."""
        maps, kept = functional.silu(self.first(rows[:, None])), []
        for level, block in enumerate(self.down):
            maps = block(functional.max_pool2d(maps, 2) if level else maps)
            kept.append(maps)
        maps = kept.pop()
        for level in reversed(range(len(self.up))):
            maps = self.joined[level](torch.cat((self.up[level](maps), kept[level]), dim=1))
        found = self.map_head(maps)
        cells = math.log(found.shape[2] * found.shape[3])
        return Output(found.log_softmax(1).flatten(2).logsumexp(2) - cells, found)

    def forward(self, rows: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Film logits."""
        return self.output(rows, lengths).logits


def _block(before: int, after: int) -> nn.Sequential:
    parts = []
    for channels in (before, after):
        parts += [nn.Conv2d(channels, after, 3, padding=1), nn.GroupNorm(4, after), nn.SiLU()]
    return nn.Sequential(*parts)


def run() -> list[tuple[str, float, float]]:
    """On drawn chest films, ten epochs of a few hundred."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        plan = DatasetPlan(
            FILMS, 96, seed=900_000, by_class=True, split=(0.7, 0.15, 0.15), masks=True
        )
        for _ in write_dataset(source, plan):
            pass
        recipe = read_recipe(RECIPE, [f"training.epochs={EPOCHS}"])
        (ours, *_), (theirs, *_) = compared(recipe, source)
    ratio, goal = (1 - ours) / (1 - theirs), 1 + NOT_BELOW / (1 - theirs)
    return [("errors of outlines of phantoms, against a U-Net's", ratio, goal)]


def compared(
    recipe: Recipe, source: Path, cache: Path | None = None
) -> tuple[tuple[float, int, float], tuple[float, int, float]]:
    """Dice on the test films, parameters and seconds, of the recipe's network and of a U-Net."""
    films = read_films(source, layout_of(recipe), cache=cache)
    films = with_truth(divide(films, recipe.data, seed=recipe.division_seed), source, recipe)
    options = {"channels": _alike(recipe)}
    peer = replace(recipe, network=OtherNetwork("bench-u-net", options))
    return _trained(recipe, films), _trained(peer, films)


def _alike(recipe: Recipe) -> int:
    """Channels of the U-Net whose parameters come nearest."""
    wanted = _parameters(recipe)
    sizes = range(4, 64, 4)
    found = [
        _parameters(replace(recipe, network=OtherNetwork("bench-u-net", {"channels": size})))
        for size in sizes
    ]
    return sizes[int(np.argmin(np.abs(np.array(found) - wanted)))]


def _parameters(recipe: Recipe) -> int:
    from engine.network import build_network

    with torch.device("meta"):
        return sum(one.numel() for one in build_network(recipe.config).parameters())


def _trained(recipe: Recipe, films: Films) -> tuple[float, int, float]:
    start = time.process_time()
    network = run_epochs(films, recipe).network
    seconds = time.process_time() - start
    val, test = films.only("val"), films.only("test")
    found = read_outputs(network, val.rows, heights=val.heights)
    recipe.asked.calibrate(network, found, val.truth)
    outputs = read_outputs(network, test.rows, heights=test.heights)
    figures = task_figures(
        recipe.asked, outputs, test.labels, truth=test.truth, patients=test.patients
    )
    print({name: str(one) for name, one in figures.items()})
    return figures["dice"].value, _parameters(recipe), seconds


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name, one in zip(
        ("grid", "U-Net"),
        compared(read_recipe(sys.argv[1], sys.argv[3:]), Path(sys.argv[2]), default_cache()),
        strict=True,
    ):
        print(f"{name}: Dice {one[0]:.4f}, {one[1]:,} parameters, {one[2]:.0f} s")
