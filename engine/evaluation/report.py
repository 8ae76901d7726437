"""One evaluation as a value: every number of the page and of the JSON file."""

from dataclasses import dataclass
from typing import Final

from engine.evaluation.choices import Choice, Confusion
from engine.evaluation.doubt import Doubt
from engine.evaluation.finding import Finding
from engine.evaluation.fingerprints import Fingerprints
from engine.evaluation.learning import Learnt
from engine.evaluation.mistakes import Kind, Shown
from engine.evaluation.reliability import Reliability
from engine.evaluation.standing import Standing
from engine.evaluation.subgroups import Column
from engine.training.fingerprints import SplitPrint
from engine.training.measure import Figure
from engine.types import FilmTest, Judgement, Results

KIND: Final = "rowscope-evaluation"
FORMAT: Final = 2


@dataclass(frozen=True, slots=True)
class About:
    """The model that was measured, in its maker's words."""

    name: str
    title: str
    version: str
    sha256: str
    task: str
    intended_use: str
    data_source: str
    classes: tuple[str, ...]
    positive: int | None
    architecture: str
    influence: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Measured:
    """The films that it was measured on.

    Attributes:
        name: Of the data.
        films, patients: How many; where no patients are known, each film counts as one.
        per_class: Films of each class.
        skipped: Files of the data that could not be read or used, with the reason.
        splits: Of all the data, with their fingerprints.
    """

    name: str
    films: int
    patients: int
    per_class: tuple[int, ...]
    skipped: tuple[str, ...]
    splits: tuple[SplitPrint, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure at a glance.

    Attributes:
        key: Stable.
        title: For people.
        meaning: What it says, in a few words.
    """

    key: str
    title: str
    figure: Figure
    meaning: str


@dataclass(frozen=True, slots=True)
class Methods:
    """How intervals were found.

    Attributes:
        draws: Of the bootstrap.
        seed: Of every random number.
        unit: What was resampled, "patients" or "films".
    """

    draws: int
    seed: int
    unit: str


@dataclass(frozen=True, slots=True)
class Pointing:
    """How often the peak of the Influence map lies in the rows of the finding."""

    hits: Figure


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an evaluation found; None or empty where there was nothing to measure.

    Attributes:
        date: UTC, ISO 8601, to the second.
        results: As they are printed, and written into a card.
        test: The chief of them as numbers, as a bundle keeps them.
        variation: What other seeds and folds of the model's recipe came to, in pairs of words.
        train, evaluate: The commands that make the model and this report again.
        limits: Of the model, in its maker's words.
    """

    kind: str
    format: int
    date: str
    model: About
    data: Measured
    standing: Standing
    results: Results
    test: FilmTest
    glance: tuple[Line, ...]
    finding: Finding | None
    choice: Choice | None
    confusion: Confusion
    reliability: Reliability
    doubt: Doubt | None
    subgroups: tuple[Column, ...]
    mistakes: tuple[Kind, ...]
    pointing: Pointing | None
    audit: tuple[Judgement, ...]
    audit_source: str
    learning: tuple[Learnt, ...]
    variation: tuple[tuple[str, str], ...]
    fingerprints: Fingerprints
    methods: Methods
    train: str
    evaluate: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A report, and the pictures of its worst errors, which only the page shows."""

    report: Report
    shown: tuple[Shown, ...]
