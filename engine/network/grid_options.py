"""What a grid network is made of: options, which sizes fit together, what they cost. No torch."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Literal

from engine.bundle import GATES, Cost
from engine.errors import BundleError

# --------------------------------------------------------------------------------- options

Vertical = Literal["down", "both"]
Pool = Literal["features", "area", "peak"]

_MOST_CHANNELS, _MOST_UNITS, _MOST_LAYERS, _MOST_MAPS = 512, 512, 8, 1000


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"“{name}” must be from {low:g} to {high:g}")


@dataclass(frozen=True, slots=True)
class GridStem:
    """A layer before the sweeps, as `engine.bundle.StemLayer` without options of its own."""

    channels: int
    row_stride: int = 1
    column_stride: int = 1
    kind: str = "convolution"

    def __post_init__(self) -> None:
        _within("channels", self.channels, 1, _MOST_CHANNELS)
        for name in ("row_stride", "column_stride"):
            _within(name, getattr(self, name), 1, 3 if self.kind == "convolution" else 64)


@dataclass(frozen=True, slots=True)
class GridStage:
    """A stage of the decoder: every cell becomes several, then each looks at those around it.

    Attributes:
        channels: Values per cell that leave it.
        row_factor, column_factor: Rows and columns that a cell becomes.
        skip: Whether it also reads what the stem, or the film itself, has at that resolution.
    """

    channels: int
    row_factor: int = 2
    column_factor: int = 2
    skip: bool = True

    def __post_init__(self) -> None:
        _within("channels", self.channels, 1, _MOST_CHANNELS)
        for name in ("row_factor", "column_factor"):
            _within(name, getattr(self, name), 1, 8)


@dataclass(frozen=True, slots=True)
class GridOptions:
    """What a grid network is made of.

    Attributes:
        hidden_size: U, units of each sweep.
        layers: S.
        cell: Name of a registered cell.
        stem: Layers before the sweeps; they look upwards only.
        patch_rows, patch_columns: Rows and columns of the stem's maps that one cell reads.
        vertical: "down", or "both" directions, so that a cell knows what stands below it.
        dropout: Share of the states dropped after every layer while training.
        pool: How the K film logits come about. "features": the head looks at mean and maximum of
            the cells' states. "area": of the first K maps, the logarithm of each class's mean
            probability, so that softmax of the logits is the expected share of the film. "peak":
            0, and for each of the first K − 1 maps a smooth maximum over its cells.
        maps: Channels of the dense output; 0 has none.
        decoder: Stages from the cells to the dense output; without any it is as coarse as they.
        sharpness: β of the smooth maximum log mean exp(β x) / β.
    """

    hidden_size: int = 32
    layers: int = 2
    cell: str = "gru"
    stem: tuple[GridStem, ...] = ()
    patch_rows: int = 1
    patch_columns: int = 1
    vertical: Vertical = "both"
    dropout: float = 0.0
    pool: Pool = "features"
    maps: int = 0
    decoder: tuple[GridStage, ...] = ()
    sharpness: float = 4.0

    def __post_init__(self) -> None:
        _within("hidden_size", self.hidden_size, 1, _MOST_UNITS)
        _within("layers", self.layers, 1, _MOST_LAYERS)
        _within("patch_rows", self.patch_rows, 1, 64)
        _within("patch_columns", self.patch_columns, 1, 64)
        _within("dropout", self.dropout, 0, 0.95)
        _within("maps", self.maps, 0, _MOST_MAPS)
        _within("sharpness", self.sharpness, 0.01, 1000)
        _within("stem", len(self.stem), 0, 16)
        _within("decoder", len(self.decoder), 0, 8)
        if self.decoder and not self.maps:
            raise ValueError("a decoder needs “maps” of 1 or more")

    @property
    def strides(self) -> tuple[tuple[int, int], ...]:
        """Model rows and columns of one place: of the film itself, then of each stem layer."""
        rows, columns, found = 1, 1, [(1, 1)]
        for layer in self.stem:
            rows, columns = rows * layer.row_stride, columns * layer.column_stride
            found.append((rows, columns))
        return tuple(found)

    @property
    def cell_size(self) -> tuple[int, int]:
        """Model rows and columns that one cell reads."""
        rows, columns = self.strides[-1]
        return rows * self.patch_rows, columns * self.patch_columns

    @property
    def directions(self) -> int:
        """D, of the vertical sweep."""
        return 2 if self.vertical == "both" else 1

    @property
    def factors(self) -> tuple[int, int]:
        """Rows and columns of the dense output that lie within one cell."""
        return (
            prod(stage.row_factor for stage in self.decoder),
            prod(stage.column_factor for stage in self.decoder),
        )

    @property
    def skipped(self) -> tuple[int | None, ...]:
        """Which maps of the stem each stage of the decoder also reads, 0 the film; None none."""
        (height, width), found = self.cell_size, []
        last = {strides: number for number, strides in enumerate(self.strides)}
        for stage in self.decoder:
            height, width = height // stage.row_factor, width // stage.column_factor
            found.append(last.get((height, width)) if stage.skip else None)
        return tuple(found)


# ------------------------------------------------------------------------ what fits together


def check_grid(rows: int, columns: int, *, classes: int, options: GridOptions) -> None:
    """Refuse sizes that do not fit together, or that cost too much.

    Raises:
        BundleError: One sentence with the numbers.
    """
    height, width = options.cell_size
    if columns % width:
        raise BundleError(
            "{columns} model columns cannot be divided into cells of {width}.",
            columns=columns,
            width=width,
        )
    down, across = options.factors
    if height % down or width % across:
        raise BundleError(
            "The decoder makes {down} × {across} places of a cell of {height} × {width} model"
            " pixels; each place must be a whole number of them.",
            down=down,
            across=across,
            height=height,
            width=width,
        )
    least = {"features": 0, "area": classes, "peak": classes - 1}[options.pool]
    if options.maps < least:
        raise BundleError(
            "A grid network with the pool “{pool}” and {classes} classes needs {least} maps or"
            " more, not {maps}.",
            pool=options.pool,
            classes=classes,
            least=least,
            maps=options.maps,
        )
    grid_cost(rows, columns, classes=classes, options=options).check()


# ------------------------------------------------------------------------------------ cost
# Upper bounds, as `engine.bundle.cost` has them for the row classifier.

_STEP = 2**15  # multiplications that starting one time step is worth
_MOST_GATES = 8  # of a cell that is not built in
_PATH_PIXELS, _PATH_NODES = 2**20, 16  # of films between film and baseline that are read at once
_KEPT = 8  # values that a gradient keeps for one of a map, or of a state


def grid_cost(rows: int, columns: int, *, classes: int, options: GridOptions) -> Cost:
    """What a network of these options and K classes costs at most on a grid M × W."""
    layers = tuple(_layers(rows, columns, classes, options))
    parameters = sum(weights for weights, _, _ in layers)
    operations = sum(weights * places for weights, places, _ in layers)
    steps, cells = rows // options.cell_size[0], columns // options.cell_size[1]
    operations += _STEP * options.layers * (2 * cells + options.directions * steps)
    prefixes = (steps + 1) // 2 if options.vertical == "both" else 0
    states = options.layers * options.directions * steps * (cells * options.hidden_size + 1)
    grid, kept = rows * columns, sum(places * values for _, places, values in layers)
    films = min(max(_PATH_PIXELS // grid, 1), _PATH_NODES)
    return Cost(
        parameters=parameters,
        values=parameters + 2 * (grid + states),
        operations=operations,
        prefix_operations=operations * prefixes,
        activations=4 * films * _KEPT * (grid + kept),
    )


def _layers(
    rows: int, columns: int, classes: int, options: GridOptions
) -> Iterator[tuple[int, int, int]]:
    """Weights, places and values per place of every layer."""
    channels = [1]
    for layer, (high, wide) in zip(options.stem, options.strides[1:], strict=True):
        channels.append(layer.channels)
        weights = layer.channels * (9 * channels[-2] + 3)
        yield weights, -(-rows // high) * -(-columns // wide), layer.channels
    units, gates = options.hidden_size, GATES.get(options.cell, _MOST_GATES)
    values = channels[-1] * options.patch_rows * options.patch_columns
    high, wide = options.cell_size
    places = (rows // high) * (columns // wide)
    for _ in range(options.layers):
        yield 2 * gates * units * (values + units + 2), places, (gates + 2) * 2 * units
        values = options.directions * units
        yield gates * values * (3 * units + 2), places, (gates + 2) * values
    for stage, level in zip(options.decoder, options.skipped, strict=True):
        factor = stage.row_factor * stage.column_factor
        yield stage.channels * (values * factor + 1), places, factor * stage.channels
        places *= factor
        taken = stage.channels + (0 if level is None else channels[level])
        yield stage.channels * (9 * taken + 3), places, taken + 2 * stage.channels
        values = stage.channels
    yield options.maps * (values + 1), places, options.maps
    yield classes * (2 * options.directions * units + classes + 1), 1, classes  # of any head
