"""From two bundles and films to a comparison: the same films through both, then every figure."""

import math
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.evaluation.comparison import (
    METHODS,
    VERDICTS,
    Difference,
    PairedTest,
    differences,
)
from engine.evaluation.gathering import SEED, Subject, stamp, subject_of
from engine.evaluation.page import number_words
from engine.evaluation.provenance import Fingerprints, Warned, fingerprints
from engine.evaluation.report import Methods
from engine.measure import (
    EVEN,
    Answers,
    Discrimination,
    ReliabilityStage,
    discrimination,
    reliability,
)
from engine.progress import Progress
from engine.tasks import only_classes
from engine.training import Chosen, choose_films
from engine.types import ModelInfo
from engine.weights import load_bundle

COMPARISON: Final = "rowscope-comparison"
COMPARISON_FORMAT: Final = 1
SIDES = ("A", "B")
_MOST = 200  # films that disagree and are kept

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the two models.

    Attributes:
        side: "A" or "B".
        threshold: Its own; None where its answer is the most probable class.
        left_out: Films of the split that only the other one could read.
        divided: Films that the other's recipe puts into this split, and its own does not.
    """

    side: str
    name: str
    title: str
    version: str
    sha256: str
    architecture: str
    reads: str
    threshold: float | None
    chosen_on: str
    left_out: int
    divided: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A film to which the models answer differently.

    Attributes:
        said: What A and B answer.
        probabilities: Of A and B, for the finding; without one, for the true class.
        right: Whether A, and B, is right.
    """

    name: str
    truth: str
    said: tuple[str, str]
    probabilities: tuple[float, float]
    right: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Films by how far the probabilities are apart, the farthest first.

    Attributes:
        of: Whose probability, in words.
        count: Films to which the models give different answers; the farthest are kept.
        answers: These films.
        probabilities: Films of the same answer with the largest gaps.
    """

    of: str
    count: int
    answers: tuple[Disagreement, ...]
    probabilities: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that comparing two models found.

    Attributes:
        date: UTC, ISO 8601, to the second.
        finding: Name of the finding; empty for a choice among classes.
        warnings: Sentences that stand above all figures.
        notes: What must be known to read the figures.
        summary: The figures in words, what was not told apart first.
        told: Curves of both; None without a finding, or with films of one kind only.
        reliability_of: Whose probability the calibration is of, in words.
        even: Whether both classes weigh the same in calibration.
        stages: Calibration of both as they answer.
        compare: The command that makes this again.
    """

    kind: str
    format: int
    date: str
    models: tuple[Rival, Rival]
    data: str
    split: str
    films: int
    patients: int
    known_patients: bool
    classes: tuple[str, ...]
    per_class: tuple[int, ...]
    finding: str
    warnings: tuple[Warned, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]
    differences: tuple[Difference, ...]
    told: tuple[Discrimination, Discrimination] | None
    reliability_of: str
    even: bool
    stages: tuple[ReliabilityStage, ReliabilityStage]
    disagreements: Disagreements
    methods: Methods
    fingerprints: Fingerprints
    compare: str


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """A model with its answers to the films of both, in the words of A."""

    side: str
    subject: Subject
    answers: Answers
    left_out: int
    divided: int

    @property
    def info(self) -> ModelInfo:
        return self.subject.info


def compare(
    first: str | Path,
    second: str | Path,
    source: Path,
    *,
    split: str,
    now: datetime,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> Comparison:
    """Measure two models on the same films, each through its own grid, and compare them.

    Args:
        first: Name or folder of A.
        second: The same of B.
        source: Folder, tar or npz; see `read_films`.
        split: As each model's own recipe makes it; films that only one recipe puts there are
            left out. See `choose_films`.
        now: The time that the comparison shall bear, with its zone.
        cache: See `read_films`.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Classes or findings that do not fit, films whose truth the models read
            differently, or no film that both could read.
    """
    bundles = load_bundle(first), load_bundle(second)
    for bundle in bundles:
        only_classes(bundle.info, "work.compare")
    order = class_order(bundles[0].info, bundles[1].info)
    positive = common_finding(bundles[0].info, bundles[1].info)
    chosen = [
        _choose(bundle.info, source, side, split=split, cache=cache, report=report)
        for side, bundle in zip(SIDES, bundles, strict=True)
    ]
    places = matching(chosen[0], chosen[1])
    if not len(places[0]):
        raise DataError(
            "{source}: no film of the split “{split}” was read by both models; try --split all.",
            source=source.name, split=split,
        )  # fmt: skip
    sides = []
    for number, (side, bundle, one, where) in enumerate(
        zip(SIDES, bundles, chosen, places, strict=True)
    ):
        subject = subject_of(
            bundle,
            _only(one, where, split=split),
            split=split,
            source=source.name,
            report=report,
            called=f"model {side}",
        )
        own = order if number else tuple(range(len(order)))
        answers = _named(subject.answers, bundles[0].info.classes, own, positive)
        sides.append(_Side(side, subject, answers, *_left_out(one, chosen[1 - number])))
    a, b = sides
    _same_truth(a.answers, b.answers, source)
    patients = joined_patients(a.answers.patients, b.answers.patients)
    a = replace(a, answers=replace(a.answers, patients=patients))
    b = replace(b, answers=replace(b.answers, patients=patients))
    return _compared(a, b, source, split=split, now=now, report=report)


def class_order(a: ModelInfo, b: ModelInfo) -> tuple[int, ...]:
    """Where each of A's classes stands among B's.

    Raises:
        DataError: They have other classes.
    """
    if sorted(a.classes) != sorted(b.classes):
        raise DataError(
            "A ({a}) chooses among {classes}, B ({b}) among {classes_2}: only models of the same"
            " classes can be compared.",
            a=a.name, classes=_listed(a.classes), b=b.name, classes_2=_listed(b.classes),
        )  # fmt: skip
    return tuple(b.classes.index(name) for name in a.classes)


def common_finding(a: ModelInfo, b: ModelInfo) -> int | None:
    """Index of the finding among A's classes; None where neither has one.

    Raises:
        DataError: They have different findings.
    """
    names = [None if one.positive is None else one.classes[one.positive] for one in (a, b)]
    if None not in names and names[0] != names[1]:
        raise DataError(
            "The finding of A ({a}) is “{names}”, that of B ({b}) is “{names_2}”:"
            " only models of the same finding can be compared.",
            a=a.name, names=names[0], b=b.name, names_2=names[1],
        )  # fmt: skip
    known = next((name for name in names if name is not None), None)
    return None if known is None else a.classes.index(known)


def matching(a: Chosen, b: Chosen) -> tuple[Places, Places]:
    """Indices of the films that both have, by their names in the data, in A's order."""
    own, other = _keys(a.films.names), _keys(b.films.names)
    where = {key: place for place, key in enumerate(other)}
    pairs = [(place, where[key]) for place, key in enumerate(own) if key in where]
    return (
        np.array([one for one, _ in pairs], dtype=np.int64),
        np.array([two for _, two in pairs], dtype=np.int64),
    )


def joined_patients(a: NDArray[np.str_], b: NDArray[np.str_]) -> NDArray[np.str_]:
    """Patients (N,) where two recipes name them: whom either takes for one patient is one."""
    codes = [np.unique(names, return_inverse=True)[1] for names in (a, b)]
    groups = np.arange(len(a))
    while True:
        before = groups
        for code in codes:
            least = np.full(int(code.max(initial=0)) + 1, len(a))
            np.minimum.at(least, code, groups)
            groups = least[code]
        if (groups == before).all():
            return np.asarray(a[groups])


# ------------------------------------------------------------ films that both models read


def _choose(
    info: ModelInfo,
    source: Path,
    side: str,
    *,
    split: str,
    cache: Path | None,
    report: Progress,
) -> Chosen:
    try:
        return choose_films(info, source, split=split, cache=cache, report=report)
    except DataError as error:
        words = {"side": side, "info": info.name, "error": error}
        raise DataError("Model {side} ({info}): {error}", **words) from error


def _keys(names: NDArray[np.str_]) -> list[tuple[str, int]]:
    """Names; where a table names a file more than once, with its number among these."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names.tolist():
        keys.append((name, seen[name]))
        seen[name] += 1
    return keys


def _left_out(own: Chosen, other: Chosen) -> tuple[int, int]:
    """Films of the other's split that this model did not read, or has in another split."""
    mine, read = set(_keys(own.films.names)), set(_keys(own.divided.names))
    missing = [key for key in _keys(other.films.names) if key not in mine]
    elsewhere = sum(key in read for key in missing)
    return len(missing) - elsewhere, elsewhere


def _only(chosen: Chosen, where: Places, *, split: str) -> Chosen:
    """The chosen films without those that only one model has."""
    own = chosen.own.take(where)
    every = split == "all" or chosen.whole  # all of the data are measured
    return replace(chosen, own=own, every=own if every else chosen.every)


def _named(
    answers: Answers, classes: tuple[str, ...], order: tuple[int, ...], positive: int | None
) -> Answers:
    """Answers in the order of A's classes; a model without a finding answers at one half."""
    places = np.argsort(order)  # of B's class k among A's
    columns = list(order)
    return replace(
        answers,
        logits=answers.logits[:, columns],
        probabilities=answers.probabilities[:, columns],
        labels=places[answers.labels],
        classes=classes,
        positive=positive,
        threshold=answers.threshold if answers.positive is not None else EVEN,
    )


def _same_truth(a: Answers, b: Answers, source: Path) -> None:
    wrong = np.flatnonzero(a.labels != b.labels)
    if len(wrong):
        film = wrong[0]
        raise DataError(
            "{source}: to A the film {names} is “{classes}”, to B “{classes_2}” ({count:,} such"
            " films); use data whose classes both recipes name alike.",
            source=source.name, names=a.names[film], classes=a.classes[a.labels[film]],
            classes_2=b.classes[b.labels[film]], count=len(wrong),
        )  # fmt: skip


# ------------------------------------------------------------------ the comparison


def _compared(
    a: _Side, b: _Side, source: Path, *, split: str, now: datetime, report: Progress
) -> Comparison:
    answers, even = a.answers, a.subject.even and b.subject.even
    known = a.subject.provenance.known_patients or b.subject.provenance.known_patients
    report("drawing patients for intervals")
    drawn = answers.resampling(SEED)
    found = differences(answers, b.answers, balanced=even, drawn=drawn)
    told = None
    if answers.positive is not None and len(answers.classes) == 2:
        present = answers.present
        curves = [discrimination(present, one.scores, drawn) for one in (answers, b.answers)]
        if curves[0] is not None and curves[1] is not None:
            told = (curves[0], curves[1])
    stages = [
        reliability(one.answers, calibration={}, calibrated=False, even=even, trials=(), seed=SEED)
        for one in (a, b)
    ]
    finding = "" if answers.positive is None else answers.classes[answers.positive]
    return Comparison(
        kind=COMPARISON,
        format=COMPARISON_FORMAT,
        date=stamp(now),
        models=(_rival(a), _rival(b)),
        data=source.name,
        split=split,
        films=len(answers),
        patients=len(np.unique(answers.patients)),
        known_patients=known,
        classes=answers.classes,
        per_class=answers.per_class,
        finding=finding if len(answers.classes) == 2 else "",
        warnings=(*_warnings(a), *_warnings(b)),
        notes=tuple(_notes(a, b, known=known, tests=len(found))),
        summary=summary_words(found),
        differences=found,
        told=told,
        reliability_of=stages[0].of,
        even=stages[0].even,
        stages=(_staged(stages[0].stages[-1], a), _staged(stages[1].stages[-1], b)),
        disagreements=disagreements(answers, b.answers),
        methods=Methods(drawn.draws, SEED, "patients" if known else "films"),
        fingerprints=fingerprints(a.subject.training, weights=a.info.sha256),
        compare=shlex.join(
            [
                *("rowscope-engine", "evaluate", b.info.name, source.name),
                *("--against", a.info.name, "--split", split),
            ]
        ),
    )


def _warnings(side: _Side) -> Iterator[Warned]:
    """All that makes the films no test of this model."""
    for one in side.subject.provenance.warnings:
        sentence = f"Model {side.side}: {one.sentence}"
        yield Warned(f"{side.side.lower()}-{one.key}", sentence, one.grave)


def _notes(a: _Side, b: _Side, *, known: bool, tests: int) -> list[str]:
    notes = []
    if a.info.sha256 == b.info.sha256:
        notes.append("Both models have the same weights.")
    for one, other in ((a, b), (b, a)):
        if one.left_out:
            it = "it" if one.left_out == 1 else "them"
            notes.append(
                f"{_films(one.left_out)} left out of both: model {other.side} could read {it},"
                f" model {one.side} could not."
            )
        if one.divided:
            it = "it" if one.divided == 1 else "them"
            notes.append(
                f"{_films(one.divided)} left out of both: the recipe of model {other.side} has"
                f" {it} in this split, that of model {one.side} in another."
            )
    if a.subject.even != b.subject.even:
        meant, plain = (a, b) if a.subject.even else (b, a)
        notes.append(
            f"The probabilities of model {meant.side} are meant for films of which half show the"
            f" finding, those of model {plain.side} for films as they are: calibration is measured"
            f" on films as they are, which is not fair to model {meant.side}."
        )
    if len(np.unique(a.answers.patients)) < len(a.answers):
        notes.append(
            "Some patients have several films: differences go by draws of patients; McNemar's p,"
            " which counts films, is too small."
        )
    if not known:
        notes.append(
            "No recipe names the patients, so each film counts as one; if some films belong"
            " together, intervals are too narrow and p is too small."
        )
    notes.append(
        f"{tests} figures are compared: by chance alone one of twenty differs. Decide beforehand"
        " which one counts."
    )
    return notes


def summary_words(found: tuple[Difference, ...]) -> tuple[str, ...]:
    """The verdicts in words: what cannot be told and was not told apart comes first."""
    order = {"few": 0, "same": 1, "differ": 2, "a": 3, "b": 4}
    groups: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: order[one.verdict]):
        groups.setdefault(VERDICTS[one.verdict], []).append(one.title)
    return tuple(f"{verdict}: {', '.join(titles)}" for verdict, titles in groups.items())


def disagreements(a: Answers, b: Answers) -> Disagreements:
    """Films of different answers, then those of the same answer, by the gap of probabilities."""
    if a.positive is not None and len(a.classes) == 2:
        said, of = (a.scores, b.scores), f"of “{a.classes[a.positive]}”"
    else:
        every = np.arange(len(a))
        said, of = (
            (a.probabilities[every, a.labels], b.probabilities[every, a.labels]),
            ("of the true class"),
        )
    answers = a.said, b.said
    farthest = np.argsort(-np.abs(said[1] - said[0]), kind="stable")
    differ = farthest[answers[0][farthest] != answers[1][farthest]]
    same = farthest[answers[0][farthest] == answers[1][farthest]]

    def told(film: int) -> Disagreement:
        words = [a.classes[int(one[film])] for one in answers]
        return Disagreement(
            name=str(a.names[film]),
            truth=a.classes[int(a.labels[film])],
            said=(words[0], words[1]),
            probabilities=(float(said[0][film]), float(said[1][film])),
            right=(
                bool(answers[0][film] == a.labels[film]),
                bool(answers[1][film] == a.labels[film]),
            ),
        )

    return Disagreements(
        of=of,
        count=len(differ),
        answers=tuple(told(int(film)) for film in differ[:_MOST]),
        probabilities=tuple(told(int(film)) for film in same[:_MOST]),
    )


FEW = f"({VERDICTS['few']})"


def table_words(comparison: Comparison) -> tuple[tuple[str, str, str, str, str], ...]:
    """Lines of a table: figure, A, B, B − A with its interval, p; a line for each test.

    Where there are two tests, the less flattering one stands first.
    """
    lines = []
    for one in comparison.differences:
        alone = one.title, number_words(one.a.value), number_words(one.b.value)
        for number, test in enumerate(one.tests):
            words = alone if number == 0 else ("", "", "")
            if one.verdict == "few" and test.method != "mcnemar":
                lines.append((*words, f"{number_words(one.value, sign=True)} {FEW}", "–"))
                continue
            p = f"{p_words(test.p)} {METHODS[test.method]}"
            lines.append((*words, interval_words(one.value, test), p))
    return tuple(lines)


def interval_words(value: float, test: PairedTest) -> str:
    """A difference with its interval, for example "+0.012 (−0.004…+0.028)"."""
    ends = (number_words(test.low, sign=True), number_words(test.high, sign=True))
    return f"{number_words(value, sign=True)} ({ends[0]}…{ends[1]})"


def p_words(p: float) -> str:
    """A p value in three digits."""
    if math.isnan(p):
        return "–"
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _staged(stage: ReliabilityStage, side: _Side) -> ReliabilityStage:
    return replace(stage, key=side.side.lower(), title=f"{side.side}: {side.info.name}")


def _rival(side: _Side) -> Rival:
    info = side.info
    two = side.answers.positive is not None and len(info.classes) == 2
    stored = info.threshold.chosen_on if info.threshold else "0.5, since the model stores none"
    keeps = ", keeping the aspect" if info.input.aspect == "keep" else ""
    return Rival(
        side=side.side,
        name=info.name,
        title=info.title,
        version=info.version,
        sha256=info.sha256,
        architecture=info.architecture,
        reads=f"{info.input.rows} × {info.input.columns}, {info.input.intensity}{keeps}",
        threshold=side.answers.threshold if two else None,
        chosen_on=stored if two else "",
        left_out=side.left_out,
        divided=side.divided,
    )


def _films(count: int) -> str:
    return "1 film is" if count == 1 else f"{count:,} films are"


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6} more"
