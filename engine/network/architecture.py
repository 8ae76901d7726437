"""What every architecture is, whatever it is made of: the face that the rest relies on."""

from typing import Any, ClassVar, Self

from torch import Tensor, nn

from engine.errors import BundleError
from engine.metadata.options import NoOptions, read_options
from engine.metadata.registered import ArchitectureConfig, RegisteredConfig
from engine.network.trace import Trace


class RowNetwork(nn.Module):
    """A network that reads model rows step by step and answers for K classes.

    Bundles, maps, audits, training and the viewer use what stands here and nothing else. A whole
    architecture of its own is one subclass with a name (see `engine.metadata.parts`): it says
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
            raise BundleError(
                "“{config}” needs a configuration of its own.", "bundle", config=config.name
            )
        options = read_options(cls.Options, config.options, f"The options of “{config.name}”")
        sizes = cls.describe(
            config.rows, config.columns, classes=config.classes, options=options
        ).to_dict()
        for key, value in config.to_dict().items():
            if key != "options" and sizes[key] != value:
                raise BundleError(
                    "“{config}” with these options has “{key}” {sizes}, not {value}.",
                    "bundle",
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
