"""A report as values: figures, lines, how the training went, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.evaluation.doubt import Column, Doubt
from engine.evaluation.mistakes import Kind, Shown
from engine.evaluation.provenance import Fingerprints, Provenance
from engine.films import SplitPrint
from engine.measure import (
    Answers,
    Confusion,
    Estimate,
    Finding,
    Performance,
    Reliability,
    TaskNuisance,
    ThresholdChoice,
    Trial,
    brier,
    finite,
)
from engine.safeguards import Safeguards
from engine.tasks import TaskCurve
from engine.training import coverage_words, performance_words, pointing_words
from engine.types import FilmTest, Judgement, LungShare, Nuisance, Results
from engine.words import Sentence

# ------------------------------------------------------------------ how the training went
# How the training went, as the bundle tells it.

_MOST = 10_000  # epochs
_KEYS = ("loss", "validation_loss", "accuracy", "learning_rate", "seconds")


@dataclass(frozen=True, slots=True)
class Learnt:
    """One epoch; None where the bundle does not say.

    Attributes:
        loss: Mean training loss; with mix-up or smoothed labels it cannot reach zero.
        validation_loss, accuracy: On the validation films.
        seconds: That the epoch took.
    """

    number: int
    loss: float | None
    validation_loss: float | None
    accuracy: float | None
    learning_rate: float | None
    seconds: float | None


def learning_of(training: Mapping[str, object]) -> tuple[Learnt, ...]:
    """The epochs of a bundle's `training` table; what is no number is left out."""
    history = training.get("history")
    if not isinstance(history, list):
        return ()
    epochs = []
    for line in history[:_MOST]:
        number = finite(line.get("number")) if isinstance(line, Mapping) else None
        if number is not None:
            epochs.append(Learnt(int(number), **{key: finite(line.get(key)) for key in _KEYS}))
    return tuple(sorted(epochs, key=lambda epoch: epoch.number))


# ------------------------------------------------------------------- the report as values
# One evaluation as a value: every number of the page and of the JSON file.

KIND: Final = "rowscope-evaluation"
FORMAT: Final = 3


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
class ReportLine:
    """One figure at a glance.

    Attributes:
        key: Stable.
        title: For people.
        meaning: What it says, in a few words.
    """

    key: str
    title: str
    figure: Estimate
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
class PointingTest:
    """How often the peak of the Influence map lies in the rows of the finding."""

    hits: Estimate


@dataclass(frozen=True, slots=True)
class TaskLine:
    """The figures of one class; None where there is nothing to measure."""

    name: str
    figures: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True)
class FilmLine:
    """The figures of one film by name; NaN where one has nothing to say of it."""

    name: str
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """Figures by class and by film.

    Attributes:
        task: Name of the task.
        heads: What the figures are called.
        lines: Of each class that has figures of its own.
        curve: What is drawn beside them, such as FROC; None draws nothing.
        absent: What could not be measured on any of these films, such as a length in mm where no
            file says a true one.
        film_heads: What the figures of single films are called.
        films: Of each film, the lowest chief figure first; empty where none are of single films.
    """

    task: str
    heads: tuple[str, ...]
    lines: tuple[TaskLine, ...]
    curve: TaskCurve | None = None
    absent: tuple[str, ...] = ()
    film_heads: tuple[str, ...] = ()
    films: tuple[FilmLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an evaluation found; None or empty where there was nothing to measure.

    Attributes:
        date: UTC, ISO 8601, to the second.
        results: As they are printed, and written into a card.
        test: The chief of them as numbers, as a bundle keeps them.
        nuisance: How far answers move when films change in ways that mean nothing.
        variation: What other seeds and folds of the model's recipe came to, in pairs of words.
        task: Figures by class of a task other than classification, which has no finding, choice,
            confusion, reliability, subgroups and mistakes.
        task_nuisance: The same of the figures of a task other than classification.
        lungs: How much of the maps lies within the lungs, where somebody said where they lie.
        train, evaluate: The commands that make the model and this report again.
        limits: Of the model, in its maker's words.
    """

    kind: str
    format: int
    date: str
    model: About
    data: Measured
    provenance: Provenance
    results: Results
    test: FilmTest
    glance: tuple[ReportLine, ...]
    finding: Finding | None
    choice: ThresholdChoice | None
    confusion: Confusion | None
    reliability: Reliability | None
    doubt: Doubt | None
    subgroups: tuple[Column, ...]
    mistakes: tuple[Kind, ...]
    pointing: PointingTest | None
    nuisance: Nuisance | None
    audit: tuple[Judgement, ...]
    audit_source: str
    learning: tuple[Learnt, ...]
    variation: tuple[tuple[str, str], ...]
    fingerprints: Fingerprints
    methods: Methods
    train: str
    evaluate: str
    limits: tuple[str, ...]
    task: TaskTable | None = None
    lungs: LungShare | None = None
    task_nuisance: TaskNuisance | None = None


@dataclass(frozen=True, slots=True)
class Outlined:
    """One film with both outlines.

    Attributes:
        name: In the data set.
        figure: The task's chief figure of this film.
        picture: PNG in a data URI.
    """

    name: str
    figure: float
    picture: str


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A report, and the pictures that only the page shows.

    Attributes:
        shown: The worst errors.
        outlined: Films with what was drawn in them and what is true, of a task that draws.
    """

    report: Report
    shown: tuple[Shown, ...]
    outlined: tuple[Outlined, ...] = ()


# ----------------------------------------------------------------------- results in words
# The results in words, as the terminal prints them and a card keeps them.


def result_words(
    answers: Answers,
    found: Finding | None,
    chosen: ThresholdChoice | None,
    pointing: PointingTest | None,
) -> Results:
    """Pairs (what was measured, value in words), as a training writes them into its bundle."""
    words: Results = ()
    if found is not None and (chosen is None or found.discrimination is not None):
        point, told = found.points[0], found.discrimination
        words += performance_words(
            Performance(
                auc=told.area if told else None,
                accuracy=point.accuracy,
                sensitivity=point.sensitivity if point.sensitivity.count else None,
                specificity=point.specificity if point.specificity.count else None,
                brier=float(brier(answers.present, answers.scores).mean()),
            )
        )
    elif chosen is not None:
        there = [one.name for one in chosen.classes if one.films]
        what = Sentence("result.accuracy")
        if len(there) == 1:
            what = Sentence("result.accuracy-of", name=there[0])
        words += ((what, chosen.accuracy.sentence),)
    if pointing is not None:
        words += pointing_words(pointing.hits)
    return words


def doubt_words(
    doubt: Doubt | None,
    safeguards: Safeguards | None,
    *,
    trials: tuple[Trial, ...],
    answers: Answers,
) -> Results:
    """The same of sets, intervals and refused films; nothing in bundles without safeguards."""
    if doubt is None or safeguards is None:
        return ()
    covered = coverage_words(
        trials, safeguards, classes=answers.classes, positive=answers.positive
    )
    refused = (
        (Sentence(f"result.refused.{one.name}"), one.refused.percent()) for one in doubt.checks
    )
    return (*covered, *refused)
