"""Hanging rules: which films are laid out how when they are opened, from a file for people.

A file of the reader's own goes before the program's. One that cannot be used is said in one
sentence, and the program's rules are used.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from engine.resources import resource_path
from viewer.kit.language import tr
from viewer.session.comparing import Exam, alike, prior_of
from viewer.session.linking import LINKS, Linked

FILE: Final = "hanging.toml"
_SIDES: Final = re.compile(r"([1-3])x([1-3])")
_NUMBERED: Final = re.compile(r"(prior|series) ([1-9])")


class HangingError(Exception):
    """A file of rules that cannot be used: one sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One hanging rule; see resources/hanging.toml.

    Attributes:
        name: As scripts call it.
        rows, columns: Of the layout.
        panes: What is shown in each, row by row.
        modality, body_part: Any of them; empty where it does not matter.
        description: Text, or a pattern between two slashes; empty where it does not matter.
        stacks, priors: At least so many.
        links: What is linked.
        window: Centre and width, or the name of a window; None leaves it.
    """

    name: str
    rows: int
    columns: int
    panes: tuple[str, ...] = ("current",)
    modality: frozenset[str] = frozenset()
    body_part: frozenset[str] = frozenset()
    description: str = ""
    stacks: int = 1
    priors: int = 0
    links: frozenset[Linked] = frozenset()
    window: tuple[float, float] | str | None = None

    def fits(self, now: Exam, exams: Sequence[Exam]) -> bool:
        """Whether the rule is for a film, among all that are there."""
        return (
            (not self.modality or now.modality.upper() in self.modality)
            and (not self.body_part or now.identity.body_part.upper() in self.body_part)
            and (not self.description or described(now, self.description))
            and len(_of_study(now, exams)) >= self.stacks
            and len(priors_of(now, exams)) >= self.priors
        )

    def hung(self, now: Exam, exams: Sequence[Exam]) -> tuple[Exam | None, ...]:
        """Which exam stands in which pane; None leaves a pane empty."""
        wanted = (*self.panes, *[""] * (self.rows * self.columns - len(self.panes)))
        return tuple(_chosen(words, now, exams) for words in wanted)


def described(exam: Exam, wanted: str) -> bool:
    """Whether the description of an exam's series or study holds a text, or fits a pattern."""
    text = f"{exam.description}\n{exam.identity.study_description}"
    if len(wanted) > 2 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.IGNORECASE) is not None
    return wanted.casefold() in text.casefold()


def priors_of(now: Exam, exams: Sequence[Exam]) -> tuple[Exam, ...]:
    """Earlier exams of the patient that show the same, one of each day, the latest first."""
    found: list[Exam] = []
    here: Exam | None = now
    while here is not None:
        here = prior_of(here, (one for one in exams if alike(now, one)))
        if here is not None:
            found.append(here)
    return tuple(found)


def _of_study(now: Exam, exams: Iterable[Exam]) -> tuple[Exam, ...]:
    if not now.study:
        return (now,)
    return tuple(one for one in exams if one.study == now.study)


def _chosen(words: str, now: Exam, exams: Sequence[Exam]) -> Exam | None:
    if words == "current":
        return now
    numbered = _NUMBERED.fullmatch(words if words != "prior" else "prior 1")
    if not words or numbered is None:
        return next(
            (one for one in _of_study(now, exams) if words and described(one, words)), None
        )
    there = priors_of(now, exams) if numbered[1] == "prior" else _of_study(now, exams)
    place = int(numbered[2]) - 1
    return there[place] if place < len(there) else None


def rule_for(rules: Iterable[Rule], now: Exam, exams: Sequence[Exam]) -> Rule | None:
    """The first rule that is for a film."""
    return next((rule for rule in rules if rule.fits(now, exams)), None)


# ------------------------------------------------------------------------- files of rules
def load_rules(own: Path) -> tuple[tuple[Rule, ...], str]:
    """The rules of the reader's own file, or else of the program.

    Args:
        own: The folder in which the reader's file may lie.

    Returns:
        The rules, and one sentence where the reader's file cannot be used.
    """
    path, sentence = own / FILE, ""
    try:
        if path.is_file():
            return read_rules(path), ""
    except HangingError as error:
        sentence = str(error)
    return read_rules(resource_path(FILE)), sentence


def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of one file.

    Raises:
        HangingError: It cannot be read, or one of its rules says something that no rule can.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HangingError(_sentence(path, str(error))) from error
    rules = table.get("rule")
    if set(table) - {"rule"} or not isinstance(rules, list):
        raise HangingError(_sentence(path, tr("it has other parts than rules")))
    return tuple(_rule(path, number, rule) for number, rule in enumerate(rules, 1))


def _sentence(path: Path, why: str) -> str:
    return tr(
        "The hanging rules in {path} cannot be used: {why}. The program's own are used.",
        path=path,
        why=why.rstrip("."),
    )


def _rule(path: Path, number: int, table: object) -> Rule:
    name = table.get("name") if isinstance(table, dict) else None
    try:
        return _made(table if isinstance(table, dict) else {})
    except (ValueError, re.error) as error:
        words = tr("rule {name}: {why}", name=name or number, why=error)
        raise HangingError(_sentence(path, words)) from error


def _made(table: Mapping[str, Any]) -> Rule:
    unknown = [key for key in table if key not in _READERS]
    if unknown:
        raise ValueError(tr("“{key}” is no part of a rule", key=unknown[0]))
    found = {key: read(table.get(key)) for key, read in _READERS.items()}
    rows, columns = found.pop("layout")
    rule = Rule(
        rows=rows,
        columns=columns,
        **{key.replace("-", "_").replace("link", "links"): found[key] for key in found},
    )
    if len(rule.panes) > rows * columns:
        raise ValueError(tr("it names more panes than its layout has"))
    return rule


def _name(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[\w.-]+", value):
        raise ValueError(tr("a name is letters, digits and dashes"))
    return value


def _layout(value: object) -> tuple[int, int]:
    found = _SIDES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(tr("a layout is rows x columns, from 1x1 to 3x3"))
    return int(found[1]), int(found[2])


def _texts(value: object) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value if value is not None else []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(tr("text was expected instead of {value}", value=value))
    for text in texts:
        _pattern(text)
    return tuple(texts)


def _pattern(text: object) -> str:
    if text is None:
        return ""
    if not isinstance(text, str):
        raise ValueError(tr("text was expected instead of {value}", value=text))  # noqa: TRY004 - as all others
    if len(text) > 2 and text.startswith("/") and text.endswith("/"):
        re.compile(text[1:-1])
    return text


def _capitals(value: object) -> frozenset[str]:
    return frozenset(text.upper() for text in _texts(value))


def _links(value: object) -> frozenset[Linked]:
    known: dict[str, Linked] = {name: name for name in LINKS}
    texts = _texts(value)
    if any(text not in known for text in texts):
        raise ValueError(tr("a link is {names}", names=", ".join(LINKS)))
    return frozenset(known[text] for text in texts)


def _window(value: object) -> tuple[float, float] | str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2:
        numbers = [float(one) for one in value if isinstance(one, int | float)]
        if len(numbers) == 2 and numbers[1] > 0:
            return numbers[0], numbers[1]
    raise ValueError(tr("a window is [centre, width] or a name"))


def _count(least: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if value is None:
            return least
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        raise ValueError(tr("{value} is no count", value=value))

    return read


_READERS: Final[dict[str, Callable[[object], Any]]] = {
    "name": _name,
    "layout": _layout,
    "panes": lambda value: _texts(value) or ("current",),
    "modality": _capitals,
    "body-part": _capitals,
    "description": _pattern,
    "stacks": _count(1),
    "priors": _count(0),
    "link": _links,
    "window": _window,
}
