"""How the answers of a head to prefixes of films become true, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrefixCalibration:
    """Scale and offset of the logits after each step of a film of the typical height.

    Attributes:
        scale: L numbers from 0; the last one is 1.
        offset: L times K numbers; those of the last step are 0.
        source: The films that it was fitted on, in words.
    """

    scale: tuple[float, ...]
    offset: tuple[tuple[float, ...], ...]
    source: str
