"""What a network is made of: its blocks in the order of data, with shapes, counts and weights.

Read from a bundle's metadata and weights alone: no network is built, and torch is needed only
where a package brings parts of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Literal

from engine.bundle import ArchitectureConfig, NetworkConfig, StemLayer, read_description
from engine.types import Floats
from engine.weights import read_weights
from engine.words import Sentence, plain

# ----------------------------------------------------------------------------- as values

BlockKind = Literal[
    "rows", "stem", "steps", "recurrent", "readout", "head", "calibration", "other"
]
GATE_ORDER: Mapping[str, tuple[str, ...]] = {  # the blocks of a cell's matrices, as torch has them
    "rnn": ("h",),
    "rnn-relu": ("h",),
    "gru": ("r", "z", "n"),
    "lstm": ("i", "f", "g", "o"),
}
_EQUATIONS: Mapping[str, tuple[str, ...]] = {
    "rnn": ("h_t = tanh(W x_t + b + U h_t−1 + b′)",),
    "rnn-relu": ("h_t = max(0, W x_t + b + U h_t−1 + b′)",),
    "gru": (
        "r_t = σ(W_r x_t + b_r + U_r h_t−1 + b′_r)",
        "z_t = σ(W_z x_t + b_z + U_z h_t−1 + b′_z)",
        "n_t = tanh(W_n x_t + b_n + r_t ⊙ (U_n h_t−1 + b′_n))",
        "h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_t−1",
    ),
    "lstm": (
        "i_t, f_t, o_t = σ(W x_t + b + U h_t−1 + b′), each with its own W, b, U, b′",
        "g_t = tanh(W_g x_t + b_g + U_g h_t−1 + b′_g)",
        "c_t = f_t ⊙ c_t−1 + i_t ⊙ g_t",
        "h_t = o_t ⊙ tanh(c_t)",
    ),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of what flows between two blocks.

    Attributes:
        letter: As in `engine.types`; empty for maps of a stem, which have no letter there.
        size: For a film of the reference height.
    """

    letter: str
    size: int

    def __str__(self) -> str:
        return f"{self.letter} {self.size:,}".strip()


@dataclass(frozen=True, slots=True)
class WeightTensor:
    """One array of weights by its name in the network: biases and scales as well as matrices."""

    name: str
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a network.

    Attributes:
        code: Its name for programs, for example "recurrent.0.up"; each once.
        title: Its name for people.
        said: What it does, in one or two sentences.
        inputs, output: Axes of what goes in and comes out, for one film of the reference height.
        tensors: Its weights, in the order in which the bundle has them.
        products: Multiplications and additions of its matrices and convolutions for one film;
            None where its maker alone knows. What gates do element by element is not counted.
        equations: Of a recurrent layer of a built-in cell, in torch's notation.
        layer, direction: Of a recurrent layer, from 0; −1 of all others, and of both directions.
    """

    code: str
    kind: BlockKind
    title: Sentence
    said: Sentence
    inputs: tuple[Axis, ...]
    output: tuple[Axis, ...]
    tensors: tuple[WeightTensor, ...] = ()
    products: int | None = 0
    equations: tuple[str, ...] = ()
    layer: int = -1
    direction: int = -1

    @property
    def parameters(self) -> int:
        """Numbers that training has set."""
        return sum(one.count for one in self.tensors)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A network as a list of blocks, in the order in which data pass through them.

    Directions of one recurrent layer stand behind each other and read the same input.

    Attributes:
        model: Name of the bundle.
        sha256: Hash of its weights file.
        summary: For people, for example "GRU 1 × 128, mean".
        cell: Name of the cell; empty of a whole architecture that a package brings.
        classes: K names.
    """

    model: str
    sha256: str
    summary: str
    cell: str
    classes: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def parameters(self) -> int:
        """Numbers that training has set, of all blocks."""
        return sum(one.parameters for one in self.blocks)

    @property
    def products(self) -> int | None:
        """Multiplications and additions for one film, see `Block`; None where one is unknown."""
        each = [one.products for one in self.blocks]
        return None if None in each else sum(filter(None, each))

    def block(self, code: str) -> Block:
        """The block of a code.

        Raises:
            KeyError: There is none.
        """
        found = next((one for one in self.blocks if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found


# ------------------------------------------------------------------------- from a bundle


def read_anatomy(model: str | Path) -> Anatomy:
    """The blocks of a bundle's network, with shapes, weights and counts.

    Args:
        model: A model's name, or the folder of a bundle.

    Raises:
        BundleError: The bundle cannot be read or trusted; names the file.
    """
    info, config, weights = read_weights(model)
    description, _ = read_description(info.path)
    calibrated = description.by_row is not None
    blocks = tuple(
        _classifier(config, weights)
        if isinstance(config, NetworkConfig)
        else _whole(config, weights)
    )
    return Anatomy(
        model=info.name,
        sha256=info.sha256,
        summary=config.summary,
        cell=config.cell if isinstance(config, NetworkConfig) else "",
        classes=info.classes,
        blocks=(*blocks, _calibration(config, by_row=calibrated)),
    )


def _classifier(config: NetworkConfig, weights: Mapping[str, Floats]) -> Iterator[Block]:
    """Rows, stem, steps, recurrent layers, read-out and head of the row classifier."""
    grid = (Axis("M", config.rows), Axis("W", config.columns))
    yield _rows(grid)
    maps: tuple[Axis, ...] = grid
    for number, stem_layer in enumerate(config.stem):
        yield (block := _stem(number, stem_layer, maps, weights))
        maps = block.output
    steps = (Axis("L", config.steps), Axis("I", config.input_size))
    yield Block("steps", "steps", Sentence("Steps"), _stepped(config), maps, steps)
    states = steps
    for layer in range(config.layers):
        yield from _recurrent(config, layer, states, weights)
        states = (Axis("L", config.steps), _width(config))
    pooled = (_width(config),)
    yield _readout(config, states, pooled, weights)
    yield _head(config, pooled, weights)


def _rows(grid: tuple[Axis, Axis]) -> Block:
    said = Sentence("The film, resampled to the model's rows and columns: grey values 0 to 1.")
    return Block("rows", "rows", Sentence("Model rows"), said, grid, grid)


def _stem(
    number: int, layer: StemLayer, maps: tuple[Axis, ...], weights: Mapping[str, Floats]
) -> Block:
    rows = -(-maps[-2].size // layer.row_stride)
    columns = -(-maps[-1].size // layer.column_stride)
    tensors = _of(weights, f"stem.{number}.")
    built_in = layer.kind == "convolution"
    kernel = next((one.count for one in tensors if len(one.shape) == 4), 0)
    said = Sentence(
        "A convolution of 3 × 3 over this row and the two above it, normalised within each row,"
        " then SiLU. {rows} model rows become one, and {columns} columns.",
        rows=layer.row_stride,
        columns=layer.column_stride,
    )
    return Block(
        code=f"stem.{number}",
        kind="stem",
        title=Sentence("Stem {number}", number=number + 1),
        said=said if built_in else _brought(layer.kind),
        inputs=maps,
        output=(Axis("", layer.channels), Axis("M", rows), Axis("W", columns)),
        tensors=tensors,
        products=kernel * rows * columns if built_in else None,
    )


def _stepped(config: NetworkConfig) -> Sentence:
    return Sentence(
        "One time step reads {rows:,} model {rows:row|rows}, {values:,} values side by side.",
        rows=config.rows_per_step,
        values=config.input_size,
    )


def _recurrent(
    config: NetworkConfig, layer: int, inputs: tuple[Axis, ...], weights: Mapping[str, Floats]
) -> Iterator[Block]:
    """A block for each direction; one for both where a package's cell names its weights."""
    tensors = _of(weights, f"recurrent.{layer}.")
    if config.cell not in GATE_ORDER or config.cell_options:
        yield Block(
            code=f"recurrent.{layer}",
            kind="recurrent",
            title=_titled(config, layer),
            said=_brought(config.cell),
            inputs=inputs,
            output=(Axis("L", config.steps), _width(config)),
            tensors=tensors,
            products=None,
            layer=layer,
        )
        return
    for direction in range(config.directions):
        own = tuple(one for one in tensors if one.name.endswith("_reverse") == bool(direction))
        matrices = sum(one.count for one in own if len(one.shape) == 2)
        way = Sentence("from the bottom up") if direction else Sentence("from the top down")
        ending = (".up" if direction else ".down") if config.directions == 2 else ""
        yield Block(
            code=f"recurrent.{layer}{ending}",
            kind="recurrent",
            title=_titled(config, layer),
            said=Sentence(
                "Reads step after step, {way}, and keeps {hidden:,} units between two steps.",
                way=way,
                hidden=config.hidden_size,
            ),
            inputs=inputs,
            output=(Axis("L", config.steps), Axis("H", config.hidden_size)),
            tensors=own,
            products=config.steps * matrices,
            equations=_EQUATIONS[config.cell],
            layer=layer,
            direction=direction,
        )


def _titled(config: NetworkConfig, layer: int) -> Sentence:
    return Sentence("{cell} {number}", cell=config.cell.upper(), number=layer + 1)


_POOLS = {
    "last": Sentence("The state after the last step of each direction."),
    "mean": Sentence("The mean of all states: every row is equally near to the answer."),
    "attention": Sentence("A weighted mean of all states, with weights that were learnt."),
}


def _readout(
    config: NetworkConfig,
    states: tuple[Axis, ...],
    pooled: tuple[Axis, ...],
    weights: Mapping[str, Floats],
) -> Block:
    attends = config.readout == "attention"
    built_in = config.readout in _POOLS and not config.readout_options
    return Block(
        code="readout",
        kind="readout",
        title=Sentence("Read-out"),
        said=_POOLS[config.readout] if built_in else _brought(config.readout),
        inputs=states,
        output=pooled,
        tensors=_of(weights, "score."),
        products=2 * prod(one.size for one in states) * attends if built_in else None,
    )


def _head(
    config: ArchitectureConfig, pooled: tuple[Axis, ...], weights: Mapping[str, Floats]
) -> Block:
    tensors = _of(weights, "head.")
    said = Sentence("A weight of every unit onto every class, and their sum: one logit a class.")
    return Block(
        code="head",
        kind="head",
        title=Sentence("Head"),
        said=said,
        inputs=pooled,
        output=(Axis("K", config.classes),),
        tensors=tensors,
        products=sum(one.count for one in tensors if len(one.shape) == 2),
    )


def _calibration(config: ArchitectureConfig, *, by_row: bool) -> Block:
    """What stands behind the network: it has no parameter of its own."""
    said = (
        Sentence(
            "Softmax makes probabilities of the logits. Scale and offset of the calibration are"
            " already in the head; the answer by row has a scale and an offset of its own after"
            " every step."
        )
        if by_row
        else Sentence(
            "Softmax makes probabilities of the logits. A scale and an offset, where the model was"
            " calibrated, are already in the head."
        )
    )
    classes = (Axis("K", config.classes),)
    return Block("calibration", "calibration", Sentence("Answer"), said, classes, classes)


def _whole(config: ArchitectureConfig, weights: Mapping[str, Floats]) -> Iterator[Block]:
    """What can be said of an architecture that a package brings: its weights by their names."""
    grid = (Axis("M", config.rows), Axis("W", config.columns))
    yield _rows(grid)
    states = (Axis("L", config.steps), _width(config))
    for name in dict.fromkeys(name.partition(".")[0] for name in weights):
        if name != "head":
            yield Block(
                code=name,
                kind="other",
                title=plain(name),
                said=_brought(config.name),
                inputs=(),
                output=(),
                tensors=_of(weights, name, f"{name}."),
                products=None,
            )
    yield _head(config, states[1:], weights)


def _width(config: ArchitectureConfig) -> Axis:
    letter = "D · H" if config.directions == 2 else "H"
    return Axis(letter, config.directions * config.hidden_size)


def _brought(name: str) -> Sentence:
    return Sentence("“{name}”, which a package brings; only its maker can say more.", name=name)


def _of(weights: Mapping[str, Floats], *beginnings: str) -> tuple[WeightTensor, ...]:
    """The weights of one block: of this very name, or with a beginning that ends in a dot."""
    return tuple(
        WeightTensor(name, values.shape)
        for name, values in weights.items()
        if any(name == one or (one[-1] == "." and name.startswith(one)) for one in beginnings)
    )
