"""What a task other than classification is measured by: its own figures, whole and by class."""

from dataclasses import dataclass

from engine.evaluation.mistakes import outlined
from engine.evaluation.report import Outlined, ReportLine, TaskLine, TaskTable
from engine.films import Films, read_outputs
from engine.measure import Answers, Estimate, task_estimates, told_figure
from engine.tasks import FilmOutputs, Task, TaskCurve, task_of
from engine.types import Figure, Results
from engine.weights import Bundle


@dataclass(frozen=True, slots=True, eq=False)
class TaskMeasured:
    """What was measured of N films.

    Attributes:
        task: Of the model.
        outputs: Of the network.
        found: Estimates by code, the chief one first.
        curve: What the task draws of them.
        outlined: Some of the films with what was drawn in them, the worst first.
    """

    task: Task
    outputs: FilmOutputs
    found: dict[str, Estimate]
    curve: TaskCurve | None = None
    outlined: tuple[Outlined, ...] = ()

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
        return tuple(
            (self.task.figure_words(name), one.sentence) for name, one in self.found.items()
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
        )


def measure_task(bundle: Bundle, films: Films, answers: Answers, *, seed: int) -> TaskMeasured:
    """Let a network read films again, with its maps, and measure what its task says."""
    info = bundle.info
    task = task_of(info.objective, info.classes, info.positive)
    outputs = read_outputs(bundle.network, films.rows, heights=films.heights)
    found = task_estimates(
        task, outputs, films.labels, truth=films.truth, patients=answers.patients, seed=seed
    )
    beside = tuple(
        Outlined(
            str(films.names[one.film]),
            one.figure,
            outlined(films.rows[one.film], one.given, one.wanted),
        )
        for one in task.beside(outputs, films.truth)
    )
    return TaskMeasured(task, outputs, found, task.curve(outputs, films.truth), beside)
