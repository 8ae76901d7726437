"""What a task other than classification is measured by: its own figures, whole and by class."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.evaluation.mistakes import outlined
from engine.evaluation.report import FilmLine, Outlined, ReportLine, TaskLine, TaskTable
from engine.films import Films, read_outputs
from engine.measure import Answers, Estimate, task_estimates, told_figure
from engine.tasks import Average, FilmOutputs, Statistic, Task, TaskCurve, task_of
from engine.types import Doubles, Figure, Results
from engine.weights import Bundle
from engine.words import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class TaskMeasured:
    """What was measured of N films.

    Attributes:
        task: Of the model.
        outputs: Of the network.
        found: Estimates by code, the chief one first.
        curve: What the task draws of them.
        outlined: Some of the films with what was drawn in them, the worst first.
        names: (N,) of the films.
        each: (N,) by code what single films come to, NaN where one has nothing to say of them.
    """

    task: Task
    outputs: FilmOutputs
    found: dict[str, Estimate]
    curve: TaskCurve | None = None
    outlined: tuple[Outlined, ...] = ()
    names: tuple[str, ...] = ()
    each: Mapping[str, Doubles] = field(default_factory=dict)

    @property
    def absent(self) -> tuple[str, ...]:
        """Codes that the task knows and that these films could not be asked for."""
        found = {name.partition(":")[0] for name in self.found}
        return tuple(code for code in self.task.titles if code not in found)

    @property
    def glance(self) -> tuple[ReportLine, ...]:
        """The figures over all classes."""
        return tuple(
            ReportLine(
                name,
                str(self.task.figure_words(name)),
                one,
                "larger is better" if self.task.rises(name) else "smaller is better",
            )
            for name, one in self.found.items()
            if ":" not in name
        )

    @property
    def results(self) -> Results:
        """All of it in words."""
        none = Sentence("figure.none")
        return (
            *((self.task.figure_words(name), one.sentence) for name, one in self.found.items()),
            *((self.task.figure_words(name), none) for name in self.absent),
        )

    @property
    def figures(self) -> dict[str, Figure]:
        """All of it as a bundle keeps it."""
        return {name: told_figure(one) for name, one in self.found.items()}

    def table(self, name: str) -> TaskTable:
        """The figures by class; `name` is that of the task."""
        codes = list(dict.fromkeys(one.partition(":")[0] for one in self.found if ":" in one))
        named = dict.fromkeys(one.partition(":")[2] for one in self.found if ":" in one)
        return TaskTable(
            name,
            tuple(str(self.task.figure_words(code)) for code in codes),
            tuple(
                TaskLine(of, tuple(self.found.get(f"{code}:{of}") for code in codes))
                for of in named
            ),
            self.curve,
            absent=tuple(str(self.task.figure_words(code)) for code in self.absent),
            film_heads=tuple(str(self.task.figure_words(code)) for code in self.each),
            films=self._films,
        )

    @property
    def _films(self) -> tuple[FilmLine, ...]:
        if not self.each:
            return ()
        table = np.stack(list(self.each.values()), axis=1)  # (N, figures)
        first = table[:, 0] if self.task.rises(next(iter(self.each))) else -table[:, 0]
        return tuple(
            FilmLine(self.names[film], tuple(table[film].tolist()))
            for film in np.argsort(first, kind="stable")
        )


def measure_task(bundle: Bundle, films: Films, answers: Answers, *, seed: int) -> TaskMeasured:
    """Let a network read films again, with its maps, and measure what its task says."""
    info = bundle.info
    task = task_of(info.objective, info.classes, info.positive)
    outputs = read_outputs(bundle.network, films.rows, heights=films.heights)
    measured = task.statistics(outputs, films.labels, films.truth)
    found = task_estimates(measured, films.labels, patients=answers.patients, seed=seed)
    beside = tuple(
        Outlined(
            str(films.names[one.film]),
            one.figure,
            outlined(films.rows[one.film], one.given, one.wanted),
        )
        for one in task.beside(outputs, films.truth)
    )
    return TaskMeasured(
        task,
        outputs,
        found,
        task.curve(outputs, films.truth),
        beside,
        names=tuple(map(str, films.names)),
        each=_each(measured),
    )


def _each(measured: Mapping[str, Statistic]) -> dict[str, Doubles]:
    """The means over films as what each film adds to them; those of no film are left out."""
    every = {
        code: np.where(one.among, one.values, np.nan)
        for code, one in measured.items()
        if isinstance(one, Average)
    }
    return {code: values for code, values in every.items() if np.isfinite(values).any()}
