"""A bundle and films → the figures of a report."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from engine.bundle import read_audit, read_description, reads_chests, verdicts
from engine.evaluation.doubt import Doubt, doubt, refusals, set_names, subgroups, trials_of
from engine.evaluation.mistakes import Shown, worst_mistakes
from engine.evaluation.provenance import Provenance, fingerprints, provenance_of
from engine.evaluation.report import (
    FORMAT,
    KIND,
    About,
    Evaluation,
    Measured,
    Methods,
    PointingTest,
    Report,
    ReportLine,
    doubt_words,
    learning_of,
    result_words,
)
from engine.evaluation.task_report import TaskMeasured, measure_task
from engine.films import split_prints
from engine.measure import (
    Answers,
    Doubles,
    Estimate,
    FilmAnswerer,
    Finding,
    Reliability,
    Resampling,
    TaskNuisance,
    ThresholdChoice,
    Truths,
    answers_of,
    brier,
    choice,
    confusion,
    enough_patients,
    finding,
    intervals,
    mean,
    nuisance_of,
    reliability,
    shape_told,
    share_of_lungs,
    task_nuisance_of,
    untold,
)
from engine.progress import Progress, silent
from engine.training import Chosen, choose_films, film_test, nuisance_words, pointing_hits
from engine.types import FilmTest, LungShare, ModelInfo, Nuisance, Results
from engine.weights import Bundle, load_bundle
from engine.words import Sentence

# --------------------------------------------------------------------- figures read first
# The figures that are read first, each with its 95 % interval and what it says.


def glance(
    answers: Answers, found: Finding | None, chosen: ThresholdChoice | None, drawn: Resampling
) -> tuple[ReportLine, ...]:
    """Of a finding or of a choice; of both where a model has both."""
    lines: list[ReportLine] = []
    if found is not None:
        lines += _of_finding(answers, found, drawn)
    if chosen is not None:
        lines += _of_choice(answers, chosen, drawn)
    return tuple(lines)


def _of_finding(answers: Answers, found: Finding, drawn: Resampling) -> list[ReportLine]:
    point, lines = found.points[0], []
    at = f"at the threshold {point.threshold:.3f}"
    if (told := found.discrimination) is not None:
        lines += [
            ReportLine(
                "auc",
                "AUC",
                told.area,
                "how often a film with the finding ranks above one without",
            ),
            ReportLine(
                "average_precision",
                "Average precision",
                told.precision,
                f"area under precision–recall; chance would be {found.prevalence:.3f}",
            ),
        ]
    clear = f"films without it left alone {at}"
    lines += [
        ReportLine(key, title, figure, meaning)
        for key, title, figure, meaning in (
            ("sensitivity", "Sensitivity", point.sensitivity, f"findings found {at}"),
            ("specificity", "Specificity", point.specificity, clear),
        )
        if figure.count
    ]
    if told is not None:
        rate = f"{100 * found.prevalence:.0f} % with the finding"
        meaning = f"positive answers that are true, at {rate}"
        lines += [
            ReportLine("ppv", "Positive predictive value", point.ppv, meaning),
            ReportLine(
                "npv", "Negative predictive value", point.npv, "negative answers that are true"
            ),
        ]
    # Of films of one kind only, accuracy and error would pass for those of the model.
    only = "" if told else f", films {'with' if found.films else 'without'} the finding only"
    figure = _mean(brier(answers.present, answers.scores), drawn)
    lines += [
        ReportLine("accuracy", f"Accuracy{only}", point.accuracy, f"right answers {at}"),
        ReportLine(
            "brier", f"Brier score{only}", figure, "squared error of the probability; 0 is best"
        ),
    ]
    return lines


def _of_choice(answers: Answers, chosen: ThresholdChoice, drawn: Resampling) -> list[ReportLine]:
    there = [one.name for one in chosen.classes if one.films]
    only = f" of “{there[0]}” only" if len(there) == 1 else ""
    missing = [one.name for one in chosen.classes if not one.films]
    without = f"; no films of {', '.join(f'“{name}”' for name in missing)}" if missing else ""
    lines = [
        ReportLine(
            "accuracy",
            f"Accuracy{only}",
            chosen.accuracy,
            f"films whose most probable class is right{without}",
        ),
    ]
    if not only:
        lines += [
            ReportLine(
                "balanced_accuracy",
                "Balanced accuracy",
                chosen.balanced,
                f"mean over the classes of how many films are recognised{without}",
            ),
            ReportLine(
                "macro_auc",
                "Mean AUC",
                chosen.area,
                f"each class against all others, then the mean{without}",
            ),
        ]
    if chosen.second is not None:
        lines.append(
            ReportLine(
                "top_2", "Among the two best", chosen.second, "the right class is first or second"
            )
        )
    truth = answers.labels[:, None] == range(len(answers.classes))
    errors = ((answers.probabilities - truth) ** 2).sum(axis=1)
    figure = _mean(errors, drawn)
    lines.append(
        ReportLine("brier", "Brier score", figure, "squared error over all classes; 0 is best")
    )
    return lines


def _mean(errors: Doubles, drawn: Resampling) -> Estimate:
    """The mean over films (N,), with an interval where there are enough patients."""
    value = float(errors.mean())
    if not enough_patients(drawn.places):
        return untold(value, len(errors))
    low, high = intervals(drawn, {"mean": mean(errors)})["mean"]
    return Estimate(value, float(low), float(high), len(errors))


# --------------------------------------------------------------- measuring a whole report
# From a bundle and films to a report: every measurement once, in the order of the page.

_VARIES = frozenset({
    "result.seeds", "result.over-seeds", "result.over-folds", "result.each-fold",
    "result.loss-over-folds",
})  # fmt: skip
SEED = 0  # of every random number, so that a report can be made again


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A model, the films that it is measured on, and its answers to them.

    Attributes:
        training: What the bundle says of its training.
        chosen: The films.
        provenance: What they are to the model.
        data: Their name.
        source: What they were read from.
        lungs: Who says where their lungs lie, if anybody.
    """

    bundle: Bundle
    training: Mapping[str, Any]
    chosen: Chosen
    answers: Answers
    provenance: Provenance
    data: str
    source: Path | None = None
    lungs: str | Path | None = None

    @property
    def info(self) -> ModelInfo:
        """Of the model."""
        return self.bundle.info

    @property
    def even(self) -> bool:
        """Whether probabilities are meant for films of which half show the finding."""
        if self.bundle.safeguards is not None:
            return self.bundle.safeguards.config.balanced
        return self.chosen.recipe is not None and self.chosen.recipe.measure.calibrate


@dataclass(frozen=True, slots=True, eq=False)
class _Trusted:
    refused: dict[str, Truths]  # (N,) of each check
    doubt: Doubt | None = None
    reliability: Reliability | None = None
    words: Results = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    finding: Finding | None
    choice: ThresholdChoice | None
    trusted: _Trusted
    shown: tuple[Shown, ...]
    pointing: PointingTest | None
    nuisance: Nuisance | None
    drawn: Resampling
    task: TaskMeasured | None = None
    lungs: LungShare | None = None
    task_nuisance: TaskNuisance | None = None


def measure(
    model: str | Path,
    source: Path,
    *,
    split: str,
    now: datetime,
    cache: Path | None = None,
    shapes: Path | None = None,
    lungs: str | Path | None = None,
    report: Progress = silent,
) -> Evaluation:
    """Measure a model on films: the report, and the films that its page shows.

    Args:
        model: Name or folder.
        source: Folder, tar or npz; see `read_films`.
        split: See `choose_films`.
        now: The time that the report shall bear, with its zone.
        cache: See `read_films`.
        shapes: See `choose_films`.
        lungs: See `engine.measure.LungReader`; None leaves the lungs out.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or none of the split.
    """
    bundle = load_bundle(model)
    chosen = choose_films(
        bundle.info, source, split=split, cache=cache, shapes=shapes, report=report
    )
    given = subject_of(bundle, chosen, split=split, source=source.name, report=report)
    given = replace(given, source=source, lungs=lungs)
    data = Measured(
        name=source.name,
        films=len(given.answers),
        patients=len(np.unique(given.answers.patients)),
        per_class=given.answers.per_class if given.info.objective.plain else (),
        skipped=tuple(map(str, chosen.divided.skipped)),
        splits=split_prints(chosen.every, classes=len(given.answers.classes)),
    )
    figures = _measure(given, report)
    drawn = figures.task.outlined if figures.task else ()
    return Evaluation(_report(given, data, figures, now=now), figures.shown, drawn)


def subject_of(
    bundle: Bundle,
    chosen: Chosen,
    *,
    split: str,
    source: str,
    report: Progress,
    called: str = "the model",
) -> Subject:
    """Let a model read films, and find out what they are to it."""
    training = read_description(bundle.info.path)[0].training
    report(f"reading {len(chosen.films):,} films with {called}")
    answers = answers_of(bundle, chosen.films)
    report("comparing the films with those of the training")
    provenance = provenance_of(
        chosen, answers, bundle.safeguards, split=split, source=source, training=training
    )
    return Subject(bundle, training, chosen, answers, provenance, source)


def _measure(given: Subject, report: Progress) -> _Figures:
    answers, info = given.answers, given.info
    report("drawing patients for intervals")
    drawn = answers.resampling(SEED)
    if not info.objective.plain:
        task = measure_task(given.bundle, given.chosen.films, answers, seed=SEED)
        pointing = _pointing(given, report)
        share, changed = _lungs(given, report), _task_nuisance(given, task, report)
        return _Figures(
            None, None, _Trusted({}), (), pointing, None, drawn, task, share, task_nuisance=changed
        )
    found = finding(answers, drawn, info.threshold)
    plain = len(answers.classes) > 2 or found is None
    chosen = choice(answers, drawn) if plain else None
    trusted = _trusted(given, report)
    report("looking for the worst errors, and what moved the answer")
    shown = _mistakes(given, trusted.refused)
    pointing, moved = _pointing(given, report), _nuisance(given, report)
    share = _lungs(given, report)
    return _Figures(found, chosen, trusted, shown, pointing, moved, drawn, lungs=share)


def _pointing(given: Subject, report: Progress) -> PointingTest | None:
    report("asking where the maps peak")
    hits = pointing_hits(
        given.bundle.network,
        given.chosen.films,
        given.bundle.statistics,
        positive=given.info.positive,
        method=given.info.influence,
    )
    return None if hits is None else PointingTest(hits)


def _task_nuisance(
    given: Subject, measured: TaskMeasured, report: Progress
) -> TaskNuisance | None:
    layout, films = given.chosen.layout, given.chosen.films
    return task_nuisance_of(
        given.bundle.network,
        measured.task,
        given.info.input,
        films,
        where=Sentence("source.films", films=len(films), data=given.data),
        source=None if given.source is None or layout is None else (given.source, layout),
        seed=SEED,
        report=report,
    )


def _lungs(given: Subject, report: Progress) -> LungShare | None:
    layout = given.chosen.layout
    if given.lungs is None or given.source is None or layout is None:
        return None
    return share_of_lungs(
        given.info.path,
        given.chosen.films,
        (given.source, layout),
        given.lungs,
        seed=SEED,
        report=report,
    )


def _moved_words(figures: _Figures) -> Results:
    """What the worst change that means nothing does to the chief figure of a task."""
    found = figures.task_nuisance
    if found is None or figures.task is None or not found.changes:
        return ()
    worst = found.changes[0]
    told = Sentence(
        "result.figure-moved",
        change=Sentence(f"nuisance.{worst.name}"),
        figure=figures.task.task.figure_words(found.chief),
        moved=worst.moved.value,
    )
    return ((Sentence("result.nuisance"), told),)


def _lung_words(info: ModelInfo, found: LungShare | None) -> Results:
    """The share beside chance; of a chest model also that it was not measured."""
    what = Sentence("result.lungs")
    if found is None:
        return ((what, Sentence("figure.none")),) if reads_chests(info) else ()
    told = Sentence(
        "audit.lungs",
        within=found.within.sentence,
        film=found.film.value,
        edges=found.edges.value,
        lungs=found.lungs,
    )
    return ((what, told),)


def _nuisance(given: Subject, report: Progress) -> Nuisance | None:
    """Of the films as they are stored; the answers as they were read are there already."""
    info, answers, layout = given.info, given.answers, given.chosen.layout
    films = given.chosen.films
    return nuisance_of(
        FilmAnswerer(given.bundle.network, info.input, info.positive, answers.threshold),
        films,
        where=Sentence("source.films", films=len(films), data=given.data),
        source=None if given.source is None or layout is None else (given.source, layout),
        shape=shape_told(answers.scores, films, info.positive, threshold=answers.threshold),
        seed=SEED,
        report=report,
    )


def _report(given: Subject, data: Measured, figures: _Figures, *, now: datetime) -> Report:
    answers, trusted, recipe = given.answers, figures.trusted, given.chosen.recipe
    found, chosen = figures.finding, figures.choice
    task = figures.task
    words = result_words(answers, found, chosen, figures.pointing)
    words = words if task is None else (*task.results, *words)
    measured = read_audit(given.info.path)
    unit = "patients" if given.provenance.known_patients else "films"
    return Report(
        kind=KIND,
        format=FORMAT,
        date=stamp(now),
        model=_about(given),
        data=data,
        provenance=given.provenance,
        results=(
            *words,
            *trusted.words,
            *nuisance_words(figures.nuisance),
            *_moved_words(figures),
            *_lung_words(given.info, figures.lungs),
            *_skipped(data.skipped),
        ),
        test=_test(given, now, task),
        glance=task.glance if task else glance(answers, found, chosen, figures.drawn),
        finding=found,
        choice=chosen,
        confusion=None if task else confusion(answers),
        reliability=trusted.reliability,
        doubt=trusted.doubt,
        subgroups=() if task else subgroups(answers, given.chosen.films.groups),
        mistakes=tuple(one.kind for one in figures.shown),
        pointing=figures.pointing,
        nuisance=figures.nuisance,
        audit=verdicts(measured, chest=reads_chests(given.info)) if measured else (),
        audit_source=measured.source if measured else "",
        learning=learning_of(given.training),
        variation=tuple(pair for pair in given.info.results if pair[0].code in _VARIES),
        fingerprints=fingerprints(given.training, weights=given.info.sha256),
        methods=Methods(figures.drawn.draws, SEED, unit),
        train=_text(given.training.get("command")),
        evaluate=_command(given),
        limits=recipe.limits if recipe else (),
        task=task.table(given.info.objective.task) if task else None,
        lungs=figures.lungs,
        task_nuisance=figures.task_nuisance,
    )


def _test(given: Subject, now: datetime, task: TaskMeasured | None) -> FilmTest:
    """What the bundle keeps of this evaluation if it is a test, see `write_results`."""
    answers, provenance, info = given.answers, given.provenance, given.info
    split = "all" if provenance.whole else provenance.split
    if task is not None:
        people = len(np.unique(answers.patients)) if provenance.known_patients else None
        return FilmTest(
            name=given.data,
            source=Sentence("source.split", data=given.data, split=split),
            films=len(answers),
            patients=people,
            positive=None,
            date=now.astimezone(UTC).date().isoformat(),
            figures=task.figures,
        )
    return film_test(
        answers.logits,
        answers.labels,
        answers.patients,
        name=given.data,
        source=Sentence("source.split", data=given.data, split=split),
        date=now.astimezone(UTC).date().isoformat(),
        known_patients=provenance.known_patients,
        positive=info.positive,
        threshold=info.threshold.value if info.threshold else None,
        balanced=given.even,
        seed=SEED,
    )


def _trusted(given: Subject, report: Progress) -> _Trusted:
    """Which checks refuse which film, what sets and checks are worth, and calibration."""
    answers, safeguards, own = (
        given.answers,
        given.bundle.safeguards,
        given.provenance.on_calibration,
    )
    trials = trials_of(answers, safeguards, own=own, seed=SEED)
    refused: dict[str, Truths] = {}
    believed = None
    if safeguards is not None:
        report("asking what may be believed")
        refused = refusals(safeguards, given.chosen.films, given.info.input.rows)
        believed = doubt(answers, trials, refused, level=safeguards.config.level, own=own)
    said = given.training.get("calibration")
    recipe = given.chosen.recipe
    calibrated = recipe is not None and recipe.measure.calibrate
    reliable = reliability(
        answers,
        calibration=said if isinstance(said, Mapping) else {},
        calibrated=calibrated,
        even=given.even,
        trials=trials,
        seed=SEED,
    )
    words = doubt_words(believed, safeguards, trials=trials, answers=answers)
    return _Trusted(refused, believed, reliable, words)


def _skipped(reasons: tuple[str, ...]) -> Results:
    count = Sentence("count", count=len(reasons))
    return ((Sentence("result.skipped"), count),) if reasons else ()


def _mistakes(given: Subject, refused: dict[str, Truths]) -> tuple[Shown, ...]:
    safeguards = given.bundle.safeguards

    def said(film: int) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        names = tuple(name for name, hits in refused.items() if name != "any" and hits[film])
        if safeguards is None:
            return None, names
        return set_names(safeguards, given.answers, film), names

    return worst_mistakes(given.bundle, given.chosen.films, given.answers, said=said)


def _about(given: Subject) -> About:
    info, plan = given.info, given.chosen.plan
    return About(
        name=info.name,
        title=info.title,
        version=info.version,
        sha256=info.sha256,
        task=info.task,
        intended_use=info.intended_use,
        data_source=info.data_source,
        classes=info.classes,
        positive=info.positive,
        architecture=info.architecture,
        influence=info.influence,
        source=plan.source,
        licence=plan.licence,
    )


def _command(given: Subject) -> str:
    """The command that makes this report again, with names instead of this machine's folders."""
    words = ["rowscope-engine", "evaluate", given.info.name, given.data]
    return shlex.join([*words, "--split", given.provenance.split])


def stamp(now: datetime) -> str:
    """UTC, ISO 8601, to the second."""
    return now.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
