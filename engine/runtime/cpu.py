"""Reading a film on the CPU without torch, with everything that its reading leaves behind."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from engine.metadata.architecture import NetworkConfig
from engine.runtime.answer import Answer
from engine.runtime.kernel import Target, kernel_of
from engine.runtime.layers import Recurrence, aligned
from engine.runtime.memory import what_remains
from engine.runtime.reading import Reading
from engine.runtime.stem import Stem
from engine.types import Doubles, Floats, RowTrace

_NEAR = 2**21  # bytes of recurrent weights that a processor's second cache may hold


class CpuReader:
    """A built-in network, its weights laid out once; later changes of them are not seen.

    One thread reads a film, and the kernel writes every gate as it goes, so that a trace costs
    what a reading costs. Films may have any height that is a multiple of a time step's rows.

    Args:
        config: Of a built-in architecture, see `engine.runtime.fit`.
        weights: By the names of `RowClassifier.state_dict()`.
        target: Another processor than this one, for tests.
        stem: Of the same weights, if it is laid out already.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """

    def __init__(
        self,
        config: NetworkConfig,
        weights: Mapping[str, Floats],
        *,
        target: Target | None = None,
        stem: Stem | None = None,
    ) -> None:
        self._config = config
        recurrent = weights["recurrent.0.weight_hh_l0"].nbytes
        self._kernel = kernel_of(config.cell, far=recurrent > _NEAR, target=target)
        self._layers = [
            [
                Recurrence(self._kernel, weights, layer, upwards=direction == 1)
                for direction in range(config.directions)
            ]
            for layer in range(config.layers)
        ]
        self._answer = Answer(config.readout, weights, config.hidden_size)
        self._stem = stem or Stem(config, weights, target=target)

    @property
    def name(self) -> str:
        """For people, for example "CPU, 512-bit vectors"."""
        return f"CPU, {self._kernel.target.name}"

    def inside(self, rows: Floats) -> dict[str, Floats]:
        """States and gates of one film (M, W) by name, each (S, D, L, H): h, c of an LSTM, gates.

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        return self._named(self._read(self._steps(rows))[0])

    def read(self, rows: Floats) -> Reading:
        """States, logits and the answer by row of one film (M, W).

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        planes, projected = self._read(self._steps(rows))
        by_row, logits = self._answers(planes, projected)
        return Reading(self._trimmed(planes[0]), logits, by_row)

    def trace(self, rows: Floats, edges: Doubles) -> RowTrace:
        """Everything that the reading of one film leaves behind.

        Args:
            rows: (M, W).
            edges: (L + 1,) stored rows, passed on.

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        planes, projected = self._read(self._steps(rows))
        by_row, logits = self._answers(planes, projected)
        inside = self._named(planes)
        h, c = inside.pop("h"), inside.pop("c", None)
        memory = what_remains(self._config.cell, inside)
        return RowTrace(h, c, inside, memory, by_row=by_row, logits=logits, edges=edges)

    def _steps(self, rows: Floats) -> Floats:
        """What the first layer reads, (L, I)."""
        return self._stem(rows[None])[:, 0]

    def _read(self, steps: Floats) -> tuple[Floats, list[Floats]]:
        """All that is written, (h and the rest, S, D, L, P), and the first projections."""
        projected = [one.project(steps) for one in self._layers[0]]
        planes = self._planes(len(steps))
        self._fill(planes, projected)
        return planes, projected

    def _planes(self, length: int) -> Floats:
        config, cell = self._config, self._kernel.cell
        padded = self._layers[0][0].padded
        return aligned((len(cell.writes), config.layers, config.directions, length, padded))

    def _fill(
        self, planes: Floats, projected: Sequence[Floats], *, but_the_first: bool = False
    ) -> None:
        """Read as many steps as the planes have; the first layer's way down may be known."""
        for layer, pair in enumerate(self._layers):
            if layer:
                states = self._side_by_side(planes, layer - 1)
                projected = [one.project(states) for one in pair]
            for direction, one in enumerate(pair):
                if layer or direction or not but_the_first:
                    one.run(projected[direction], planes[:, layer, direction])

    def _prefixes(self, planes: Floats, projected: Sequence[Floats]) -> Iterator[Floats]:
        """Logits (K,) of each prefix: the way up starts anew, the first way down stays."""
        again = aligned(planes.shape)
        again[:, 0, 0] = planes[:, 0, 0]
        for end in range(1, planes.shape[3] + 1):
            prefix = again[:, :, :, :end]
            self._fill(prefix, projected, but_the_first=True)
            yield self._answer.of_film(self._side_by_side(prefix, -1))

    def _side_by_side(self, planes: Floats, layer: int) -> Floats:
        """States (L, D·H) of a layer, as the next one reads them."""
        h = planes[0, layer, :, :, : self._config.hidden_size]  # (D, L, H)
        return h[0] if len(h) == 1 else np.concatenate(list(h), axis=1)

    def _answers(self, planes: Floats, projected: Sequence[Floats]) -> tuple[Floats, Floats]:
        """By row (L, K), and logits (K,)."""
        states = self._side_by_side(planes, -1)
        if self._config.bidirectional:
            by_row = np.stack(list(self._prefixes(planes, projected)))
        else:
            by_row = self._answer.by_row(states)
        return by_row, self._answer.of_film(states)

    def _named(self, planes: Floats) -> dict[str, Floats]:
        named = zip(self._kernel.cell.writes, planes, strict=True)
        return {name: self._trimmed(plane) for name, plane in named}

    def _trimmed(self, plane: Floats) -> Floats:
        """Without the units that only fill up a block."""
        return np.ascontiguousarray(plane[..., : self._config.hidden_size])
