"""Model rows of many films that stay on disk until somebody asks for them."""

from collections.abc import Iterator
from types import EllipsisType
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Basic = int | np.integer | slice | EllipsisType


class Rows:
    """(N, M, W) model rows as an array that is read when it is indexed.

    The films lie one behind the other in one array of rows, without padding; usually that is a
    file that is mapped into memory. `rows[indices]`, `rows[3]`, `rows[:, :40]` and the like give
    ordinary arrays of their own, with zeros behind the ends of lower films; `take` gives a view
    that reads nothing. `numpy.asarray(rows)` reads everything.

    Attributes:
        shape: (N, M, W), M the highest film's.
        dtype: float16.
    """

    def __init__(
        self,
        values: NDArray[np.float16],
        starts: NDArray[np.int64],
        *,
        heights: NDArray[np.int64],
        highest: int,
    ) -> None:
        """Describe films in `values` (T, W).

        Args:
            values: All rows of all films, perhaps of others too.
            starts: (N,) where each film begins.
            heights: (N,) its rows.
            highest: M.
        """
        self._values, self._starts, self._heights = values, starts, heights
        self.shape = (len(starts), highest, values.shape[1])
        self.dtype = values.dtype
        self._cube = self._as_cube()

    @classmethod
    def of(cls, films: NDArray[np.float16], heights: NDArray[np.int64]) -> "Rows":
        """A view of films (N, M, W), padded behind, of the given heights (N,)."""
        count, highest, columns = films.shape
        starts = np.arange(count, dtype=np.int64) * highest
        values = films.reshape(count * highest, columns)
        return cls(values, starts, heights=heights, highest=highest)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> "Rows":
        """The films of some indices, in their order; nothing is read."""
        return Rows(
            self._values,
            self._starts[chosen],
            heights=self._heights[chosen],
            highest=self.shape[1],
        )

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[NDArray[np.float16]]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, key: Any) -> NDArray[np.float16]:  # noqa: ANN401 - as numpy's
        first, *rest = key if isinstance(key, tuple) else (key,)
        if isinstance(first, EllipsisType):
            first, rest = slice(None), [first, *rest]
        if not all(isinstance(one, _Basic) for one in rest):
            raise IndexError("Choose films by indices first, and rows or columns of those then.")
        numbers = np.arange(len(self))[first]
        if self._cube is not None:
            places = self._starts[numbers] // self.shape[1]
            return np.array(self._cube[(places, *rest)])
        films = self._padded(np.atleast_1d(numbers))
        inside = films[0] if numbers.ndim == 0 else films
        axes = () if numbers.ndim == 0 else (slice(None),)
        return np.asarray(inside[(*axes, *rest)])

    def __array__(
        self,
        dtype: np.dtype[Any] | None = None,
        copy: bool | None = None,  # noqa: FBT001 - numpy's protocol
    ) -> NDArray[Any]:
        if copy is False:
            raise ValueError("Rows lie on disk: an array of them is a copy.")
        return self[:].astype(dtype or self.dtype, copy=False)

    def _as_cube(self) -> NDArray[np.float16] | None:
        """The films as (n, M, W) without copying, where all of them have M rows."""
        highest = self.shape[1]
        even = not len(self._values) % highest and not (self._starts % highest).any()
        if not even or (self._heights != highest).any():
            return None
        return self._values.reshape(-1, highest, self.shape[2])

    def _padded(self, numbers: NDArray[np.intp]) -> NDArray[np.float16]:
        films = np.zeros((len(numbers), *self.shape[1:]), self.dtype)
        for place, number in enumerate(numbers):
            start, height = self._starts[number], self._heights[number]
            films[place, :height] = self._values[start : start + height]
        return films


ModelRows = NDArray[np.float16] | Rows


def taken(rows: ModelRows, chosen: NDArray[np.int64], *, heights: NDArray[np.int64]) -> Rows:
    """Some of the films (N, M, W) of given heights (N,), without copying them."""
    return (rows if isinstance(rows, Rows) else Rows.of(rows, heights)).take(chosen)
