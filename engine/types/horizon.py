"""How far back the end of a film still remembers."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.types.image import Doubles

HorizonOf = Literal["answer", "state"]

_FADED = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Horizon:
    """How much each time step can still move the end, counted back from a film's last one.

    Attributes:
        name: Of the network, for people.
        of: What the end is: the log-odds of the answer, or the last state.
        share: (L,) norm of its gradient with respect to the rows k steps before the last, relative
            to the last step's; share[0] is 1. Above 1, an earlier row moves more.
        rows_per_step: Model rows of one step.
        films: How many films the norms are root mean squares of.
    """

    name: str
    of: HorizonOf
    share: Doubles
    rows_per_step: int
    films: int

    @property
    def rows(self) -> int | None:
        """Model rows back, from which on no share reaches 1 %; None if the first row's does."""
        last = int(np.flatnonzero(self.share >= _FADED).max(initial=0))
        return None if last == len(self.share) - 1 else (last + 1) * self.rows_per_step
