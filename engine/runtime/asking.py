"""Networks that only answer: on the kernel where it fits, else in torch."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeGuard, cast
from weakref import WeakKeyDictionary

import numpy as np

from engine.bundle import GATES, ArchitectureConfig, NetworkConfig
from engine.runtime.kernel.compiler import Target, kernel_of
from engine.runtime.kernel.layers import Recurrence
from engine.runtime.kernel.stem import EXTREME, Choice, Stem
from engine.types import Floats

if TYPE_CHECKING:
    from engine.network import RowNetwork


# ------------------------------------------------------ networks that the kernel can read
# Which networks the graph and the kernel can read: built-in parts, weights exactly as implied.

_READOUTS = {"last", "mean", "attention"}

Shapes = dict[str, tuple[int, ...]]


def shapes_of(config: ArchitectureConfig) -> Shapes | None:
    """Names and shapes of the weights of a network of built-in parts; None of every other."""
    if not isinstance(config, NetworkConfig) or config.cell not in GATES:
        return None
    if config.readout not in _READOUTS or config.cell_options or config.readout_options:
        return None
    if any(layer.kind != "convolution" or layer.options for layer in config.stem):
        return None
    return _shapes(config)


def is_built_in(
    config: ArchitectureConfig, weights: Mapping[str, Floats]
) -> TypeGuard[NetworkConfig]:
    """Whether a network has only built-in parts: known names, float32, exactly these shapes."""
    found = {name: values.shape for name, values in weights.items()}
    single = all(values.dtype.str == "<f4" for values in weights.values())
    return single and found == shapes_of(config)


def config_of(network: "RowNetwork") -> NetworkConfig | None:
    """The configuration of a network that has only built-in parts; None of every other.

    A subclass may answer in a way of its own with the same weights, and is none of them.
    """
    from engine.network import RowClassifier  # noqa: PLC0415 - torch, which a network has loaded

    if type(network) is not RowClassifier:
        return None
    config = network.config
    return config if is_built_in(config, weights_of(network)) else None


def weights_of(network: "RowNetwork") -> dict[str, Floats]:
    """The network's weights as arrays, by their names; not copied if it is on the CPU."""
    return {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}


def _shapes(config: NetworkConfig) -> Shapes:
    width, gates = config.hidden_size * config.directions, GATES[config.cell]
    shapes: Shapes = {"head.weight": (config.classes, width), "head.bias": (config.classes,)}
    if config.readout == "attention":
        shapes |= {"score.weight": (1, width), "score.bias": (1,)}
    before = 1
    for number, layer in enumerate(config.stem):
        kernel = (layer.channels, before, 3, 3)
        shapes[f"stem.{number}.convolution.weight"] = kernel
        for name in ("convolution.bias", "norm.weight", "norm.bias"):
            shapes[f"stem.{number}.{name}"] = (layer.channels,)
        before = layer.channels
    for layer_number in range(config.layers):
        inputs = width if layer_number else config.input_size
        shapes |= _recurrent(f"recurrent.{layer_number}", config, gates, inputs=inputs)
    return shapes


def _recurrent(prefix: str, config: NetworkConfig, gates: int, *, inputs: int) -> Shapes:
    rows = gates * config.hidden_size
    shapes: Shapes = {}
    for end in ("_l0", "_l0_reverse")[: config.directions]:
        shapes[f"{prefix}.weight_ih{end}"] = (rows, inputs)
        shapes[f"{prefix}.weight_hh{end}"] = (rows, config.hidden_size)
        shapes[f"{prefix}.bias_ih{end}"] = shapes[f"{prefix}.bias_hh{end}"] = (rows,)
    return shapes


# ------------------------------------------------------------------ many films on the CPU
# Many films at once, on the CPU without torch: answers only, and what films share read once.

_VALUES = 2**22  # inputs, or states, of films that are read together (16 MiB)


class _Level(NamedTuple):
    """What all films look like at one step: each row stands for films that are alike so far.

    The number of rows is a multiple of what the kernel reads side by side; the last ones repeat
    the first.
    """

    chosen: Choice  # (Q,) which of the step's inputs
    before: Choice  # (Q,) row of the level before; of an upward reading of the one after


class HeldUnits(NamedTuple):
    """Units of one layer and direction whose h is a constant in each of N readings of a film."""

    layer: int
    direction: int
    units: Choice  # (N, U)
    values: Floats  # (N, U)

    def hold(self, states: Floats) -> None:
        """Set them in states (Q, P) of that layer and direction; rows repeat after N."""
        row = np.arange(len(states)) % len(self.units)
        states[np.arange(len(states))[:, None], self.units[row]] = self.values[row]


class CpuNetwork:
    """A built-in network, its weights laid out once; later changes of them are not seen.

    Args:
        config: Of a built-in architecture, see `engine.runtime.asking`.
        weights: By the names of `RowClassifier.state_dict()`.
        target: Another processor than this one, for tests.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """

    shares = True

    def __init__(
        self, config: NetworkConfig, weights: Mapping[str, Floats], *, target: Target | None = None
    ) -> None:
        self.config, self.weights = config, weights
        kernel = kernel_of(config.cell, batch=True, target=target)
        self._films = kernel.films
        self._layers = [
            [
                Recurrence(kernel, weights, layer, upwards=direction == 1)
                for direction in range(config.directions)
            ]
            for layer in range(config.layers)
        ]
        self.stem = Stem(config, weights, target=target)
        self._head, self._bias = weights["head.weight"], weights["head.bias"]
        if config.readout == "attention":
            self._score = weights["score.weight"][0]  # (D·H,); the bias cancels in the softmax

    @cached_property
    def network(self) -> "RowNetwork":
        """As torch has it, for gradients: built when it is first asked for."""
        from engine.network import built  # noqa: PLC0415 - imports torch

        return built(self.config, self.weights)

    def logits(self, rows: Floats) -> Floats:
        """Logits (N, K) of films (N, M, W) of one height.

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        size = max(rows.shape[1] // self.config.rows_per_step * self.config.input_size, 1)
        parts = np.split(rows, _cuts(len(rows), max(_VALUES // size, 1)))
        return np.concatenate([self.read(self.stem(part)) for part in parts])

    def patterns(self, rows: Floats, baseline: Floats) -> Floats:
        """What the first layer reads (L, patterns, I) of a film (M, W) in every pattern."""
        return self.stem.patterns(rows, baseline)

    @EXTREME
    def read(self, steps: Floats, choice: Choice | None = None) -> Floats:
        """Logits (N, K) of films that are put together from steps that are known.

        What films begin with alike is read once, unless the network reads upwards too.

        Args:
            steps: (L, C, I), as `patterns` makes them.
            choice: (N, L), which of the C each film has at each step; None reads them all.
        """
        length, count, _ = steps.shape
        alone = choice is None or self.config.bidirectional
        if choice is None:
            choice = np.repeat(np.arange(count)[:, None], length, axis=1)
        tables = [one.project(steps.reshape(length * count, -1)) for one in self._layers[0]]
        size = length * self._layers[0][0].padded * self.config.directions
        parts = np.split(choice, _cuts(len(choice), max(_VALUES // size, 1)))
        return np.concatenate(
            [self._answers(tables, count, _tree(part, self._films, alone=alone)) for part in parts]
        )

    @EXTREME
    def read_held(self, rows: Floats, held: HeldUnits) -> Floats:
        """Logits (N, K) of one film (M, W), read N times with other units held."""
        steps = self.stem(rows[None])  # (L, 1, I)
        tables = [one.project(steps[:, 0]) for one in self._layers[0]]
        choice = np.zeros((len(held.units), len(steps)), np.int64)
        return self._answers(tables, 1, _tree(choice, self._films, alone=True), held)

    def _answers(
        self,
        tables: list[Floats],
        count: int,
        tree: tuple[list[_Level], Choice],
        held: HeldUnits | None = None,
    ) -> Floats:
        levels, leaf = tree
        states: list[Floats] = []
        for layer, pair in enumerate(self._layers):
            read = []
            for direction, one in enumerate(pair):
                # A level at a time, so that what was made for the last one is still in a cache.
                turn = slice(None, None, -1) if direction else slice(None)
                if layer:
                    sums = (one.project(h) for h in states[turn])
                else:
                    rows = [n * count + level.chosen for n, level in enumerate(levels)]
                    sums = (tables[direction].take(some, axis=1) for some in rows[turn])
                here = held if held is not None and held[:2] == (layer, direction) else None
                read.append(self._layer(one, sums, levels[turn], here)[turn])
            states = read[0] if len(read) == 1 else list(map(_side_by_side, *read))
        logits: Floats = (self._pooled(states, levels) @ self._head.T + self._bias)[leaf]
        return logits

    def _layer(
        self,
        one: Recurrence,
        sums: Iterable[Floats],
        levels: Sequence[_Level],
        held: HeldUnits | None = None,
    ) -> list[Floats]:
        """States (Q, H) of each level, in the order of reading."""
        found: list[Floats] = []
        before: Floats | None = None
        if held is not None:  # from before the first step
            before = one.start(len(levels[0].chosen))
            held.hold(before[0])
        for projected, level in zip(sums, levels, strict=True):
            # Films that are read upwards, too, share nothing: their rows are those of all levels.
            if before is not None and held is None and not self.config.bidirectional:
                before = before.take(level.before, axis=1)
            before = one.step(projected, before)
            if held is not None:
                held.hold(before[0])
            found.append(before[0, :, : self.config.hidden_size])
        return found

    def _pooled(self, states: Sequence[Floats], levels: Sequence[_Level]) -> Floats:
        """What the head looks at, (Q, D·H) of the last level's rows."""
        hidden = self.config.hidden_size
        if self.config.readout == "last":
            down, up = states[-1][:, :hidden], states[0][:, hidden:]
            return np.concatenate((down, up), axis=1) if up.shape[1] else down
        attends = self.config.readout == "attention"
        scores = [h @ self._score if attends else np.zeros(len(h), np.float32) for h in states]
        pooled, most, total = np.zeros_like(states[0]), scores[0], np.zeros_like(scores[0])
        for h, score, level in zip(states, scores, levels, strict=True):
            if level is not levels[0]:
                pooled, most, total = (one[level.before] for one in (pooled, most, total))
            largest = np.maximum(most, score)
            kept, weight = np.exp(most - largest), np.exp(score - largest)
            pooled = pooled * kept[:, None] + h * weight[:, None]
            most, total = largest, total * kept + weight
        mean: Floats = pooled / total[:, None]
        return mean


def _side_by_side(down: Floats, up: Floats) -> Floats:
    return np.concatenate((down, up), axis=1)


def _cuts(count: int, together: int) -> list[int]:
    return list(range(together, count, together))


def _tree(choice: Choice, together: int, *, alone: bool) -> tuple[list[_Level], Choice]:
    """Levels of what films (N, L) are alike so far, and the row (N,) of each at the last one.

    Args:
        choice: What each film has at each step.
        together: What the number of rows is a multiple of.
        alone: Whether every film has a row of its own.
    """
    row, levels = np.zeros(len(choice), np.int64), []
    for chosen in choice.T:
        if alone:
            first = new = np.arange(len(choice))
        else:
            alike = row * (int(choice.max()) + 1) + chosen
            _, first, new = np.unique(alike, return_index=True, return_inverse=True)
        padded = np.resize(first, len(first) + -len(first) % together)
        levels.append(_Level(chosen[padded], row[padded]))
        row = new
    return levels, row


# --------------------------------------------------------------- choosing kernel or torch
# What is asked for answers to many films: the kernel where it reads a network, else torch.


class Asked(Protocol):
    """A network in evaluation mode, on some device; films and answers are arrays on the CPU."""

    @property
    def config(self) -> ArchitectureConfig:
        """What it is made of."""

    @property
    def network(self) -> "RowNetwork":
        """As torch has it, for gradients: built when it is first asked for."""

    @property
    def shares(self) -> bool:
        """Whether it has `patterns` and `read`."""

    def logits(self, rows: Floats) -> Floats:
        """Logits (N, K) of films (N, M, W) of one height."""

    def patterns(self, rows: Floats, baseline: Floats) -> Any:  # noqa: ANN401 - `read` takes it
        """What the first layer reads at each step of a film (M, W) in every pattern."""

    def read(self, steps: Any, choice: Choice) -> Floats:  # noqa: ANN401 - of `patterns`
        """Logits (P, K) of films that have at step t what pattern choice[p, t] (P, L) has."""


_Stamp = tuple[tuple[int, tuple[int, float]], ...]
_KNOWN: "WeakKeyDictionary[RowNetwork, tuple[_Stamp, Asked]]" = WeakKeyDictionary()


def asked(config: ArchitectureConfig, weights: Mapping[str, Floats], device: str = "cpu") -> Asked:
    """A network that reads by the kernel where it can, which needs no torch; else by torch.

    Args:
        config: Of any architecture.
        weights: By the names of its state; later changes of them are not seen.
        device: Where it reads, in torch's words; the kernel reads on the CPU.
    """
    if device == "cpu" and is_built_in(config, weights):
        with suppress(RuntimeError):  # LLVM does not know this processor
            return CpuNetwork(config, weights)
    from engine.network import built  # noqa: PLC0415 - imports torch
    from engine.runtime.torch_reader import TorchNetwork  # noqa: PLC0415 - the same

    return TorchNetwork(built(config, weights).to(device))


def asked_of(network: "Asked | RowNetwork") -> Asked:
    """A torch network in any mode as something that is asked; what is that comes back as it is.

    Its weights are laid out anew when they have changed.
    """
    return _asked_of(network) if is_module(network) else cast("Asked", network)


def is_module(network: "Asked | RowNetwork") -> TypeGuard["RowNetwork"]:
    """Whether it is torch's, told without torch."""
    return hasattr(network, "state_dict")


def _asked_of(network: "RowNetwork") -> Asked:
    from engine.runtime.torch_reader import TorchNetwork  # noqa: PLC0415 - imports torch

    like, config = next(network.parameters()), config_of(network)
    if config is None or like.device.type != "cpu":
        return TorchNetwork(network)
    weights = weights_of(network)
    changes = (value._version for value in network.state_dict().values())  # noqa: SLF001 - torch's
    with np.errstate(over="ignore", invalid="ignore"):  # extreme weights, too, have a stamp
        sums = tuple((value.ctypes.data, float(value.sum())) for value in weights.values())
    stamp = tuple(zip(changes, sums, strict=True))  # a changed order keeps the sum
    known = _KNOWN.get(network)
    if known is None or known[0] != stamp:
        found: Asked
        try:
            found = CpuNetwork(config, weights)
        except RuntimeError:  # LLVM does not know this processor
            found = TorchNetwork(network)
        known = _KNOWN[network] = stamp, found
    return known[1]


def expected_weights(config: ArchitectureConfig) -> Mapping[str, tuple[int, ...]]:
    """Names and shapes of a network's weights; only unknown parts need torch to tell.

    Raises:
        BundleError: A part that is not installed, or wrong options.
    """
    if (shapes := shapes_of(config)) is not None:
        return shapes
    import torch  # noqa: PLC0415 - for other people's parts only

    from engine.network import build_network  # noqa: PLC0415 - imports torch

    with torch.device("meta"):
        state = build_network(config).state_dict()
    return {name: tuple(value.shape) for name, value in state.items()}
