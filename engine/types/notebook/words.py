"""Numbers and texts as people read them, safe in HTML."""

from html import escape
from typing import TYPE_CHECKING

from engine.types.text import shown

if TYPE_CHECKING:
    from engine.types.reading import ModelInfo, Prediction

QUIET = "opacity:.72"
RESEARCH = "Research use only. Not a diagnosis."
_PAGE = (
    "font:13px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums;"
    "max-width:640px;margin:8px 0;text-align:left"
)


def safe(text: str, most: int = 200) -> str:
    """A text from a file, for HTML: visible, not too long, escaped."""
    return escape(shown(" ".join(text.split()), most))


def page(*parts: str) -> str:
    """Parts of HTML below one another, on no ground of their own."""
    return f'<div style="{_PAGE}">{"".join(parts)}</div>'


def line(text: str, style: str = "") -> str:
    """One block of HTML."""
    return f'<div style="{style}">{text}</div>' if style else f"<div>{text}</div>"


def head(text: str) -> str:
    """The largest line."""
    return line(text, "font-size:20px;font-weight:600;line-height:1.4")


def table(rows: tuple[tuple[str, ...], ...], heads: tuple[str, ...] = ()) -> str:
    """A plain table of escaped texts; the first column is on the left, the others on the right."""
    titles = "".join(_cell(text, place, "th") for place, text in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(_cell(text, place) for place, text in enumerate(row))}</tr>" for row in rows
    )
    top = f"<thead><tr>{titles}</tr></thead>" if heads else ""
    return f'<table style="{_TABLE}">{top}<tbody>{body}</tbody></table>'


_TABLE = "border-collapse:collapse;margin:4px 0;font-size:inherit"


def _cell(text: str, place: int, tag: str = "td") -> str:
    side = "right" if place else "left"
    weight = ";font-weight:600" if tag == "th" else ""
    style = f"text-align:{side};padding:1px 24px 1px 0;border:0;background:none{weight}"
    return f'<{tag} style="{style}">{text}</{tag}>'


def details(title: str, body: str) -> str:
    """What is there when asked for."""
    return f'<details><summary style="cursor:pointer;{QUIET}">{title}</summary>{body}</details>'


def probability(value: float) -> str:
    """Two decimals that never claim to be certain."""
    if value > 0.995:
        return ">0.99"
    return "<0.01" if value < 0.005 else f"{value:.2f}"


def signed(value: float, places: int = 2) -> str:
    """With a sign and a true minus; zero has none."""
    text = f"{value:+.{places}f}"
    return text.lstrip("+-") if float(text) == 0 else text.replace("-", "−")


def threshold_words(prediction: "Prediction", model: "ModelInfo") -> str:
    """Where the answer lies, for example "above the threshold 0.49"; empty without one."""
    if model.threshold is None or prediction.target != model.positive:
        return ""
    value, limit = float(prediction.probabilities[prediction.target]), model.threshold.value
    side = "above" if value > limit else "below" if value < limit else "at"
    equal = f"{value:.2f}" == f"{limit:.2f}" and value != limit
    return f"{side} the threshold {limit:.3f}" if equal else f"{side} the threshold {limit:.2f}"
