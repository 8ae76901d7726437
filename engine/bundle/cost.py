"""What a network costs, known from its configuration before it takes any memory or time.

A bundle from a stranger may ask for anything; what no computer of ours would finish is refused
with one sentence. The numbers are upper bounds of what `engine.network` and `engine.explain`
do for one film, in multiplications and bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import BundleError

if TYPE_CHECKING:
    from engine.bundle.config import NetworkConfig

GATES = {"rnn": 1, "rnn-relu": 1, "gru": 3, "lstm": 4}  # matrices of a cell
_MOST_GATES = 8  # of a cell that is not named above
_STEP = 2**15  # multiplications that starting one time step is worth
_PREFIX_VALUES = 2**24  # input values per batch of prefixes, as in engine.network
_PATH_PIXELS, _PATH_NODES = 2**20, 256  # per batch of the path, as in engine.explain
_KEPT_BY_STEM = 4  # maps per convolution that a gradient keeps
_BACKWARDS = 2  # what is kept, and its gradients
_MOST_PARAMETERS = 2**26
_MOST_OPERATIONS = 2**32
_MOST_PREFIX_OPERATIONS = 2**40
_MOST_BYTES = 2**32


@dataclass(frozen=True, slots=True)
class Cost:
    """Upper bounds.

    Attributes:
        parameters: Of the network.
        values: Numbers in the weights file: parameters, statistics and self-test.
        operations: Multiplications of reading one film once.
        prefix_operations: Multiplications of the answer by row where every prefix is read anew.
        activations: Bytes that one film takes while its states, answer and Influence are found.
    """

    parameters: int
    values: int
    operations: int
    prefix_operations: int
    activations: int

    def check(self) -> None:
        """Refuse what is too much.

        Raises:
            BundleError: One sentence with the number and the limit.
        """
        for number, most, words in (
            (self.parameters, _MOST_PARAMETERS, "has {} million parameters"),
            (self.operations, _MOST_OPERATIONS, "multiplies {} million times for one film"),
            (
                self.prefix_operations,
                _MOST_PREFIX_OPERATIONS,
                "multiplies {} million times for its answer by row",
            ),
            (self.activations, _MOST_BYTES, "takes {} million bytes for one film"),
        ):
            if number > most:
                raise BundleError(
                    "The network is too large: it {number}; at most {most} million are allowed.",
                    number=words.format(_millions(number)),
                    most=_millions(most),
                )


def cost_of(config: "NetworkConfig") -> Cost:
    """What a network of this configuration costs at most."""
    length, width = config.steps, config.hidden_size * config.directions
    states = config.layers * length * width
    gates = GATES.get(config.cell, _MOST_GATES)
    recurrent = sum(_layer_sizes(config, gates))
    stem = tuple(_stem_sizes(config))
    head = config.classes * (width + 1) + width + 1
    attention = length * length * width if config.readout == "attention" else 0
    parameters = sum(weights for weights, _ in stem) + recurrent + head
    grid = config.rows * config.columns
    steps = length * config.layers * config.directions
    start = _STEP * steps
    return Cost(
        parameters=parameters,
        values=parameters + 2 * (grid + states + steps) + config.classes,
        operations=sum(weights * places for weights, places in stem)
        + length * (recurrent + head)
        + attention
        + start,
        prefix_operations=_prefix_operations(config, recurrent + head, start),
        activations=4 * (_path_values(config, gates) + _prefix_values(config, gates)),
    )


def _stem_sizes(config: "NetworkConfig") -> Iterator[tuple[int, int]]:
    """Weights of each convolution, and places of the map that it makes."""
    rows, columns, channels = config.rows, config.columns, 1
    for layer in config.stem:
        rows, columns = -(-rows // layer.row_stride), -(-columns // layer.column_stride)
        yield layer.channels * (9 * channels + 3), rows * columns
        channels = layer.channels


def _layer_sizes(config: "NetworkConfig", gates: int) -> Iterator[int]:
    """Weights of each recurrent layer, both directions."""
    size, width = config.hidden_size, config.input_size
    for _ in range(config.layers):
        yield config.directions * gates * size * (width + size + 2)
        width = size * config.directions


def _prefix_operations(config: "NetworkConfig", step: int, start: int) -> int:
    """Every prefix of 1 to L steps is read anew, in batches, if there are two directions."""
    if not config.bidirectional:
        return 0
    length = config.steps
    batches = -(-length // _prefixes(config))
    return step * length * (length + 1) // 2 + batches * start


def _prefixes(config: "NetworkConfig") -> int:
    together = max(_PREFIX_VALUES // max(config.steps * config.input_size, 1), 1)
    return min(together, config.steps)


def _prefix_values(config: "NetworkConfig", gates: int) -> int:
    """Films and states of a batch of prefixes; packed: input, gates and states of one layer."""
    if not config.bidirectional:
        return 0
    width, films, length = config.hidden_size * config.directions, _prefixes(config), config.steps
    packed = films * (2 * length - films + 1) // 2  # the longest prefixes
    padded = films * length * (config.input_size + width)
    return padded + packed * (config.input_size + (gates + 2) * width)


def _path_values(config: "NetworkConfig", gates: int) -> int:
    """What a gradient keeps of the films of one batch between film and baseline."""
    grid, length = config.rows * config.columns, config.steps
    maps = sum(
        layer.channels * places
        for layer, (_, places) in zip(config.stem, _stem_sizes(config), strict=True)
    )
    states = config.layers * length * config.hidden_size * config.directions * (gates + 3)
    scores = length * length if config.readout == "attention" else 0
    film = grid + _KEPT_BY_STEM * maps + length * config.input_size + states + scores
    return _BACKWARDS * film * min(max(_PATH_PIXELS // max(grid, 1), 1), _PATH_NODES)


def _millions(number: int) -> str:
    return f"{number / 1e6:,.0f}"
