"""How a place of a template is filled: formats with a name, one and many, lists."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.words.table import TABLE

Translate = Callable[[str], str]


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
    "small": _small,  # of a probability: two digits that say something
})  # fmt: skip
JOINTS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "list": ("joint.list", "joint.list"),
    "semicolons": ("joint.semicolons", "joint.semicolons"),
    "and": ("joint.and", "joint.and"),
    "or": ("joint.or", "joint.or"),
    "comma-and": ("joint.list", "joint.and"),
})  # fmt: skip
"""Of several words in a row: what stands between them, and before the last."""


def filled(value: object, spec: str, translate: Translate | None = None) -> str:
    """One argument as a place of a template asks for it, in the language of the template."""
    if spec in FORMATS:
        return FORMATS[spec](value)
    if spec in JOINTS and isinstance(value, (tuple, list)):
        between, last = (TABLE[code] for code in JOINTS[spec])
        if translate is not None:
            between, last = translate(between), translate(last)
        return last.join(filter(None, (between.join(value[:-1]), *value[-1:])))
    if "|" in spec:
        one, many = spec.split("|")
        return one if value == 1 else many
    return format(value, spec)
