"""Numbers as people read them: true minus, nothing certain, places in words."""

from engine import Interval
from viewer.kit.language import tr


def signed(value: float, *, digits: int = 2) -> str:
    """A number with its sign, a true minus, and no negative zero."""
    text = f"{value:+.{digits}f}"
    if float(text) == 0:
        text = f"{0:.{digits}f}"
    return text.replace("-", "−")


def ordinal(percentile: float) -> str:
    """A percentile as a place, for example "41st"; never the 0th or the 100th."""
    place = min(max(round(percentile), 1), 99)
    tail = "th" if place in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{tail}"


def percentile_text(percentile: float) -> str:
    """The same as people say it; a language without ordinals has the place as {number}."""
    number = min(max(round(percentile), 1), 99)
    return tr("{place} percentile", place=ordinal(percentile), number=number)


def interval_text(interval: Interval) -> str:
    """An interval of probabilities, whose ends may be 0 and 1; one number where it is as short."""
    low, high = f"{interval.low:.2f}", f"{interval.high:.2f}"
    return probability_text(interval.low) if low == high else f"{low}–{high}"


def probability_text(probability: float) -> str:
    """A probability with two decimals that never claims to be certain."""
    if probability > 0.995:
        return ">0.99"
    if probability < 0.005:
        return "<0.01"
    return f"{probability:.2f}"
