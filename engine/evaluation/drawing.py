"""Drawings as SVG for a page: no pyplot, text as text, colours by the page's own names.

matplotlib draws in colours that nobody would choose; each of them is then replaced by a variable
of the page's style sheet, so that a drawing follows the page into the dark and onto paper.
"""

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from engine.training.measure import Figure as Measured

INK: Final = "#010301"
QUIET: Final = "#010302"
LINE: Final = "#010303"
FIRST: Final = "#010304"  # the model's own curve
SECOND: Final = "#010305"
THIRD: Final = "#010306"
PAPER: Final = "#010307"
_HALF = 6.0  # inches
_NAMES = {
    INK: "ink",
    QUIET: "quiet",
    LINE: "line",
    FIRST: "first",
    SECOND: "second",
    THIRD: "third",
    PAPER: "paper",
}
_STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # names of classes and columns come from strangers
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": QUIET,
    "axes.titlecolor": INK,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.labelsize": 9,
    "axes.linewidth": 1.0,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 5,
    "ytick.major.pad": 5,
    "text.color": INK,
    "font.size": 9,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 8.5,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing and the same in words.

    Attributes:
        name: Unique on its page; letters, digits and hyphens.
        title: Short.
        description: What there is to see, for those who do not see it.
        svg: The element, to be put into a page as it stands.
        half: Whether it is drawn for half of a page's width.
    """

    name: str
    title: str
    description: str
    svg: str
    half: bool = False


def draw(
    name: str,
    title: str,
    *,
    description: str,
    size: tuple[float, float],
    paint: Callable[[Figure], None],
) -> Drawing:
    """Let a function paint a figure of a size in inches, and take it as SVG."""
    style: Any = {**_STYLE, "svg.hashsalt": name}  # releases differ in the type of its keys
    with mpl.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph that matplotlib's font lacks, the browser's has
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_visible(False)
        paint(figure)
        for axes in figure.axes:
            axes.patch.set_visible(False)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None})
    svg = _cleaned(stream.getvalue(), name, title, description)
    return Drawing(name, title, description, svg, half=size[0] < _HALF)


def unit_axes(axes: Axes, x: str, y: str) -> None:
    """Both axes from 0 to 1, with a little room so that nothing is cut at the edges."""
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel=x, ylabel=y)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])


def in_words(figure: Measured) -> str:
    """A figure with its interval, in three digits."""
    return figure.words()


def _cleaned(svg: str, name: str, title: str, description: str) -> str:
    """The element alone: without prolog, foreign names, sizes, fonts and ids that clash."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("xlink:href", "href")
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
    svg = re.sub(r' d="([^"]*)"', lambda match: f' d="{_short(match[1])}"', svg)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    svg = re.sub(
        r' id="([^"]*)"', lambda match: f' id="{name}-{match[1]}"' if match[1] in used else "", svg
    )
    svg = re.sub(r"(url\(#|href=\"#)", rf"\1{name}-", svg)
    for colour, variable in _NAMES.items():
        svg = svg.replace(colour, f"var(--{variable})")
    return _opened(svg, name, title, description)


def _opened(svg: str, name: str, title: str, description: str) -> str:
    """The element with a title and a description instead of its size and names of XML."""
    box = re.search(r'viewBox="([^"]*)"', svg)
    start = (
        f'<svg viewBox="{box[1] if box else ""}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )
    return re.sub(r"\n\s*", "\n", start + svg[svg.index(">") + 1 :]).strip()


def _short(path: str) -> str:
    """A path with hundredths of a point, which no screen shows."""
    return re.sub(r"(\.\d\d)\d+", r"\1", path.replace("\n", " ")).strip()
