"""Where a scale ends and its marks stand: round numbers."""

import math

_ENDS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS = (1.0, 2.0, 5.0, 10.0)


def rounded_up(limit: float) -> float:
    """The next round number at or above a limit; 1 where there is none."""
    if not math.isfinite(limit) or limit <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(limit))
    return next(end * scale for end in _ENDS if end * scale >= limit * (1 - 1e-6))


def marks(end: float, most: int) -> tuple[float, ...]:
    """At most `most` + 1 round numbers from 0 to `end`, evenly spaced."""
    scale = 10.0 ** math.floor(math.log10(end / most))
    step = next(step * scale for step in _STEPS if step * scale * most >= end * (1 - 1e-9))
    return tuple(step * number for number in range(int(end / step + 1e-9) + 1))
