"""The commands for what the model finds on a film: regions, and several findings."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence

from viewer.commanding.menus import MAPS, READING, Command, retitle
from viewer.kit.language import marked, named, tr
from viewer.read.workspace import READ

if TYPE_CHECKING:
    from viewer.session.several import FindingPlace
    from viewer.window import MainWindow


NUMBERED: Final = 9  # findings that have a key
REGIONS: Final = marked("Shift+O boxes and outlines    . next region")
FINDINGS: Final = marked("1–{count} finding")
REST: Final = marked("← → film    I influence map    Tab Read or Inspect    F1 all keys")


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Showing, filling and going through regions; the cut that makes them."""
    located = window.session.analyses.located

    return (
        Command(
            READING,
            tr("&Boxes and outlines"),
            ("Shift+O",),
            located.toggle,
            "regions",
        ),
        Command(READING, tr("Fill outlines"), (), located.toggle_fill, "regions.fill-toggle"),
        Command(READING, tr("Next region"), (".",), lambda: located.step(1), "region.next"),
        Command(
            READING, tr("Previous region"), (",",), lambda: located.step(-1), "region.previous"
        ),
        Command(
            READING,
            tr("The model's cut of outlines"),
            (),
            lambda: located.move_cut(None),
            "regions.shipped",
        ),
        Command(
            MAPS,
            tr("Influence by row and column"),
            ("Ctrl+Shift+I",),
            partial(toggle_grid, window),
            "map.grid",
        ),
        *(_numbered(window, number) for number in range(1, NUMBERED + 1)),
    )


def toggle_grid(window: "MainWindow") -> None:
    """Lay Influence over rows and columns over the film, or over rows alone."""
    show_grid(window, on=not window.session.choice.crossed)


def show_grid(window: "MainWindow", *, on: bool) -> None:
    """The same, either way; a film without a map gets one."""
    choice = window.session.choice
    window.session.choose_map(replace(choice, question="influence", grid=on))


def _numbered(window: "MainWindow", number: int) -> Command:
    several = window.session.several
    return Command(
        READING,
        tr("Finding {number}", number=number),
        (f"Alt+{number}",),
        partial(several.choose, number),
        f"finding.{number}",
    )


def join_findings(window: "MainWindow") -> None:
    """Name findings in the menu, and lend them the keys of windows while a film has several."""
    session = window.session

    def tell() -> None:
        places = session.several.shown
        retitle(window, finding_words(places))
        lend_digits(window, len(places))
        _hint(window, len(places))

    session.several.changed.connect(tell)
    session.analyses.located.changed.connect(tell)


def finding_words(places: "tuple[FindingPlace, ...]") -> dict[str, str]:
    """What the entries of findings say, by their codes; none where there is no such finding."""
    words = [tr("Explain {name}", name=named(one.answer.label)) for one in places[:NUMBERED]]
    words += [""] * (NUMBERED - len(words))
    return {f"finding.{number}": text for number, text in enumerate(words, 1)}


def lend_digits(window: "MainWindow", count: int) -> None:
    """Let 1 to 9 choose findings while there are several; each has its own key, too.

    A window that the reader gave another key keeps it.
    """
    actions = {str(one.property("code")): one for one in window.findChildren(QAction, "command")}
    for number in range(1, NUMBERED + 1):
        own, other = actions.get(f"finding.{number}"), actions.get(f"window.{number}")
        if own is None or other is None:
            continue
        digit = QKeySequence(str(number))
        given = [key for key in own.shortcuts() if key != digit]
        lent = digit in own.shortcuts()
        if number <= count and not lent and digit in other.shortcuts():
            other.setShortcuts([key for key in other.shortcuts() if key != digit])
            own.setShortcuts([*given, digit])
        elif number > count and lent:
            own.setShortcuts(given)
            other.setShortcuts([digit, *other.shortcuts()])


def _hint(window: "MainWindow", findings: int) -> None:
    """Say in Read which keys matter for what was found."""
    if window.stage.workspace is not READ:
        return
    regions = window.session.analyses.located.shown
    parts = [tr(FINDINGS, count=min(findings, NUMBERED))] if findings else []
    parts += [tr(REGIONS)] if regions else []
    window.show_hints("    ".join([*parts, tr(REST)]) if parts else "")
