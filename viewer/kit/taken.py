"""What a pane gives away: its numbers, what they are, and how Python makes them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """The numbers of one pane.

    Attributes:
        name: Of a file, for example "gates".
        words: One sentence for a caption: what is shown, with the settings that it depends on.
        arrays: By name, which is a Python variable's.
        python: Lines that make variables of these names, of the values in `arrays` to rounding,
            through the engine's public names. Before them stand `import engine`, `import numpy as
            np`, `model` (an `engine.Model`), `film` (a path) and `frame` (a number).
        of_film: Whether they depend on the film; those of a model alone do not.
    """

    name: str
    words: str
    arrays: Mapping[str, NDArray[Any]]
    python: str
    of_film: bool = True
