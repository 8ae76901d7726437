"""What every network promises, how it is built, and the trace of one reading."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, NamedTuple, Protocol, Self, TypeVar

import torch
from torch import Tensor, nn

from engine.bundle import (
    ArchitectureConfig,
    NoOptions,
    RegisteredConfig,
    load_part,
    read_options,
)
from engine.errors import BundleError
from engine.types import Floats, Link

# ----------------------------------------------------------------------- trace as tensors
# Everything that one reading leaves behind, as tensors.


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything that one reading leaves behind; zero behind the end of a shorter film.

    Attributes:
        h: (S, D, N, L, H) hidden states; direction 1 is stored at the step that it reads.
        c: The same of the cell states, where the cell has them; otherwise None.
        logits: (N, K).
        by_row: (N, L, K) logits if reading had stopped after each step.
        inputs: Per layer, (N, L, I) what it read; gates and memory derive from these.
        lengths: (N,) time steps of each film, on the CPU; None where all films have L.
        maps: (N, channels, R, Q) as in `Output`; None of a network without.
        columns: Q, columns of cells that every step consists of; H is Q times the units of one.
    """

    h: Tensor
    c: Tensor | None
    logits: Tensor
    by_row: Tensor
    inputs: tuple[Tensor, ...]
    lengths: Tensor | None = None
    maps: Tensor | None = None
    columns: int = 1

    @property
    def cells(self) -> Tensor:
        """The hidden states cell by cell, (S, D, N, L, Q, U)."""
        return self.h.reshape(*self.h.shape[:4], self.columns, -1)


class Output(NamedTuple):
    """What a network gives for N films.

    Attributes:
        logits: (N, K) of the whole film.
        maps: (N, channels, R, Q) that a task asks for beside them, zero behind a film's end; None
            of a network without.
    """

    logits: Tensor
    maps: Tensor | None = None


# ---------------------------------------------------------------- what a network promises
# What every architecture is, whatever it is made of: the face that the rest relies on.


class RowNetwork(nn.Module):
    """A network that reads model rows step by step and answers for K classes.

    Bundles, maps, audits, training and the viewer use what stands here and nothing else. A whole
    architecture of its own is one subclass with a name (see `engine.bundle.parts`): it says
    `describe`, is made with `(config, options)` and implements `forward`, `steps` and `trace`.

    It must keep two promises. Padding: rows behind a film's end never enter its answer, and what
    the trace holds there is zero. Prefixes: `trace(rows).by_row[:, t]` is the answer to the film
    that ends after step t. Both hold by themselves if nothing looks below the row that is read.

    Attributes:
        Options: The frozen dataclass that its options are read into.
        config: Sizes and names; L of a film of another height is its rows / rows_per_step.
        head: The last layer, linear, whose K outputs are the logits; calibration changes it.
    """

    Options: ClassVar[type[Any]] = NoOptions
    config: ArchitectureConfig
    head: nn.Linear

    @classmethod
    def describe(cls, rows: int, columns: int, *, classes: int, options: Any) -> RegisteredConfig:  # noqa: ANN401 - its own Options
        """Every size of the network for a grid M × W, K classes and options of its class."""
        raise NotImplementedError

    @classmethod
    def build(cls, config: ArchitectureConfig) -> Self:
        """The network of a configuration.

        Raises:
            BundleError: Wrong options, or sizes that do not follow from them.
        """
        if not isinstance(config, RegisteredConfig):
            raise BundleError("“{config}” needs a configuration of its own.", config=config.name)
        options = read_options(cls.Options, config.options, f"The options of “{config.name}”")
        sizes = cls.describe(
            config.rows, config.columns, classes=config.classes, options=options
        ).to_dict()
        for key, value in config.to_dict().items():
            if key not in {"options", "link"} and sizes[key] != value:
                raise BundleError(
                    "“{config}” with these options has “{key}” {sizes}, not {value}.",
                    config=config.name,
                    key=key,
                    sizes=sizes[key],
                    value=value,
                )
        return cls(config, options)

    def forward(self, rows: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits (N, K) of model rows.

        Args:
            rows: (N, M, W); M need not be the configuration's, a film may be lower or higher.
            lengths: (N,) int64 on the CPU, model rows of each film, multiples of
                `config.rows_per_step`. Rows behind a film's end never enter its answer. None if
                all have M.

        Raises:
            ValueError: M or a length is no such multiple, or a length does not lie within 1…M.
        """
        raise NotImplementedError

    def output(self, rows: Tensor, lengths: Tensor | None = None) -> Output:
        """Logits as `forward` gives them, and the maps of a network that has some."""
        return Output(self(rows, lengths) if lengths is not None else self(rows))

    def steps(self, rows: Tensor) -> Tensor:
        """What the recurrence reads, (N, L, I), of model rows (N, M, W)."""
        raise NotImplementedError

    def trace(self, rows: Tensor, lengths: Tensor | None = None) -> Trace:
        """Read as `forward` does, and keep every state."""
        raise NotImplementedError

    def gates(self, trace: Trace) -> dict[str, Tensor]:  # noqa: ARG002
        """Gate activations by name, each (S, D, N, L, H), zero behind a film's end."""
        return {}

    def memory(self, trace: Trace) -> Tensor | None:  # noqa: ARG002
        """What is left of each step in the state that the last layer ends with: (D, N, L, H).

        The terms sum over L to that state exactly (h, or c where there is one); None if there is
        no such sum.
        """
        return None


# ---------------------------------------------------------- from configuration to network
# From a configuration to a network: the one place where names become classes.

_Network = TypeVar("_Network", bound=nn.Module)


def build_network(config: ArchitectureConfig) -> RowNetwork:
    """A network of any registered architecture, with new weights from torch's random state.

    Raises:
        BundleError: A part that is not installed or cannot be loaded, or wrong options.
    """
    return load_part("architecture", config.name, RowNetwork).build(config)


def built(config: ArchitectureConfig, weights: Mapping[str, Floats]) -> RowNetwork:
    """A network with these weights, in evaluation mode and without gradients in them."""
    with torch.device("meta"):  # draws no random numbers and fills no memory
        network = build_network(config)
    return filled(network, weights)


def filled(network: _Network, weights: Mapping[str, Floats]) -> _Network:
    """A module from the meta device with these weights, which it may share."""
    tensors = {name: torch.from_numpy(values) for name, values in weights.items()}
    network.load_state_dict(tensors, assign=True)
    return network.eval().requires_grad_(requires_grad=False)


class AskedOf(Protocol):
    """What a task asks of a network; see `engine.tasks.Task`."""

    @property
    def maps(self) -> int: ...  # noqa: D102
    @property
    def link(self) -> Link: ...  # noqa: D102
    @property
    def pool(self) -> str: ...  # noqa: D102


def describe_network(
    name: str,
    rows: int,
    *,
    columns: int,
    classes: int,
    options: Mapping[str, Any],
    task: AskedOf | None = None,
) -> RegisteredConfig:
    """The configuration of a registered architecture for a grid M × W and K classes.

    Args:
        name: Of the architecture.
        rows: M.
        columns: W.
        classes: K.
        options: Plain values; what a task asks for (`maps` and `pool`) is added to them.
        task: What is asked of it; None is one class of several.

    Raises:
        BundleError: As `build_network`, or maps are asked for and the network has none.
    """
    network = load_part("architecture", name, RowNetwork)
    given = dict(options)
    if task is not None and task.maps:
        if "maps" not in {one.name for one in fields(network.Options)}:
            raise BundleError(
                "The network “{name}” gives no maps, which the task needs.", name=name
            )
        given |= {"maps": task.maps, "pool": task.pool}
    known = read_options(network.Options, given, f"The options of “{name}”")
    config = network.describe(rows, columns, classes=classes, options=known)
    return config if task is None else replace(config, link=task.link)


# -------------------------------------------------------------------- log-odds of a class
# The answer that maps and horizons explain: the log-odds of one class against all others.


def log_odds(logits: Tensor, targets: Tensor, link: Link = "softmax") -> Tensor:
    """Log p/(1 − p) (N,) of class targets[n] (N,), of logits (N, K)."""
    chosen = logits.gather(1, targets.unsqueeze(1)).squeeze(1)
    if link == "sigmoid":
        return chosen
    others = logits.scatter(1, targets.unsqueeze(1), -torch.inf)
    return chosen - others.logsumexp(dim=1)


# --------------------------------------------------------------------- heights in a batch
# Films of different heights in one batch: padded behind, each read to its own end.


def steps_per_film(lengths: Tensor | None, rows: Tensor, rows_per_step: int) -> Tensor | None:
    """Time steps (N,) of each film, of its model rows; None where nothing is padded.

    Args:
        lengths: (N,) int64 on the CPU, model rows of each film; None if all have M.
        rows: (N, M, W).
        rows_per_step: Model rows that one time step reads.

    Raises:
        ValueError: M, or a length, is no multiple of `rows_per_step`, or a length does not lie
            within 1…M.
    """
    count, height = rows.shape[:2]
    if height % rows_per_step or not height:
        raise ValueError(f"{height} model rows cannot be read {rows_per_step} at a time")
    if lengths is None:
        return None
    if lengths.shape != (count,) or lengths.dtype != torch.int64 or lengths.device.type != "cpu":
        raise ValueError(f"lengths must be {count} whole numbers (int64) on the CPU")
    if bool(((lengths < 1) | (lengths > height) | (lengths % rows_per_step != 0)).any()):
        raise ValueError(
            f"lengths must be multiples of {rows_per_step} from {rows_per_step} to {height}"
        )
    return lengths // rows_per_step


def behind_end(lengths: Tensor, like: Tensor) -> Tensor:
    """Which steps lie behind their film's end: (N, L, 1) truths, on the device of (N, L, …)."""
    steps = torch.arange(like.shape[1], device=like.device)
    behind = steps >= lengths.to(like.device).unsqueeze(1)  # (N, L)
    return behind.unsqueeze(2)


def zero_behind(values: Tensor, lengths: Tensor | None) -> Tensor:
    """Values (N, L, …) with zeros behind each film's end."""
    return values if lengths is None else values.masked_fill(behind_end(lengths, values), 0.0)
