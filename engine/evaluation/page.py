"""A report as one page of HTML that holds all it needs: no script, no link, nothing to fetch."""

import math
import re

from engine.evaluation.report import Evaluation
from engine.measure import TOO_FEW, Estimate
from engine.resources import resource_path
from engine.text import is_visible
from engine.types import Figure
from engine.words import Sentence

_NOTHING = "–"
_PER_CENT = re.compile(r"(?<=\d) %(?!})")


def page_of(evaluation: Evaluation) -> str:
    """The page of a report; see `rendered`."""
    from engine.evaluation.drawings import drawings  # noqa: PLC0415 - imports matplotlib

    report = evaluation.report
    return rendered(
        "page.html",
        report=report,
        shown=evaluation.shown,
        outlined=evaluation.outlined,
        drawings=drawings(report),
    )


def rendered(template: str, **values: object) -> str:
    """A template of `resources/report` with its values.

    Text from bundles and file names is escaped, and characters that cannot be seen are replaced.
    """
    import jinja2  # noqa: PLC0415 - 70 ms, and a report may be numbers only

    folder = resource_path("report")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.filters.update(
        figure=figure_words,
        number=number_words,
        percent=percent_words,
        share=share_words,
        count=count_words,
        place=place_words,
        ends=ends_words,
        said=said_words,
    )
    style = (folder / "page.css").read_text(encoding="utf-8")
    page = environment.get_template(template).render(style=style, **values)
    return _PER_CENT.sub("\u00a0%", page)  # no line may end between a number and its sign


def figure_words(figure: Estimate | Figure | None, digits: int = 3) -> str:
    """A figure with its interval, for example "0.968 (0.955–0.980)"."""
    if figure is None or math.isnan(figure.value):
        return _NOTHING
    return f"{number_words(figure.value, digits)} ({ends_words(figure, digits)})"


def ends_words(figure: Estimate | Figure, digits: int = 3) -> str:
    """The interval alone, for example "0.955–0.980"; nothing where nothing was measured."""
    if math.isnan(figure.value):
        return ""
    if not figure.told:
        return TOO_FEW
    return f"{number_words(figure.low, digits)}–{number_words(figure.high, digits)}"


def share_words(figure: Estimate | Figure | None, digits: int = 1) -> str:
    """A share with its interval in per cent, for example "95.2 % (93.1–96.7)"."""
    if figure is None or math.isnan(figure.value):
        return _NOTHING
    if not figure.told:
        return f"{100 * figure.value:.{digits}f} % ({TOO_FEW})"
    low, high = 100 * figure.low, 100 * figure.high
    return f"{100 * figure.value:.{digits}f} % ({low:.{digits}f}–{high:.{digits}f})"


def number_words(value: float | None, digits: int = 3, *, sign: bool = False) -> str:
    """A number with a true minus, or a dash for none; with a plus if `sign` is asked for."""
    if value is None or math.isnan(value):
        return _NOTHING
    return f"{value:{'+' if sign else ''}z.{digits}f}".replace("-", "−")


def percent_words(value: float | None, digits: int = 1) -> str:
    """A share as per cent, or a dash for none."""
    if value is None or math.isnan(value):
        return _NOTHING
    return f"{100 * value:.{digits}f} %"


def count_words(value: int, one: str = "", many: str = "") -> str:
    """A count with its thousands told apart, and the noun that goes with it."""
    noun = (one if value == 1 else many or f"{one}s") if one else ""
    return f"{value:,} {noun}".rstrip()


def said_words(code: str) -> str:
    """A sentence of the engine by its code."""
    return str(Sentence(code))


def place_words(value: float | None) -> str:
    """A share as a length for a style sheet; nothing is at its start."""
    known = value is not None and math.isfinite(value)
    return f"{100 * min(max(value or 0.0, 0.0), 1.0):.2f}%" if known else "0%"


def _visible(value: object) -> object:
    """What stands in the page for a value: no control or bidi characters in any text."""
    if not isinstance(value, str) or is_visible(value, breaks=True):
        return value
    kind = type(value)  # text that is marked as safe must stay so, or be escaped twice
    return kind("".join(one if is_visible(one, breaks=True) else "�" for one in value))
