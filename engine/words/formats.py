"""How a place of a template is filled: formats with a name, one and many, lists."""

from collections.abc import Callable, Mapping
from types import MappingProxyType


def _score(value: float) -> str:
    return f"{value:z.2f}".replace("-", "−")


def _correlation(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _small(probability: float) -> str:
    return f"{probability:.2f}" if probability >= 0.1 else f"{probability:.2g}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


FORMATS: Mapping[str, Callable[..., str]] = MappingProxyType({
    "score": _score,  # two digits behind the point, with a minus sign
    "correlation": _correlation,  # the same, and −0.00 is no 0.00
    "percent": _percent,  # of a share 0…1, without its sign
    "capital": lambda text: text[:1].upper() + text[1:],
    "share": lambda share: f"{100 * share:.1f}",
    "list": ", ".join,
    "semicolons": "; ".join,
    "small": _small,  # of a probability: two digits that say something
    "and": " and ".join,
    "or": " or ".join,
    "comma-and": lambda words: " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))),
})  # fmt: skip


def filled(value: object, spec: str) -> str:
    """One argument as a place of a template asks for it."""
    if spec in FORMATS:
        return FORMATS[spec](value)
    if "|" in spec:
        one, many = spec.split("|")
        return one if value == 1 else many
    return format(value, spec)
