"""The worst errors: films of which the model was surest and wrong, with what moved it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.bundle import Bundle
from engine.evaluation.answers import Answers
from engine.evaluation.pictures import Picture, picture_of
from engine.training.data import Films
from engine.training.explained import film_influences

_EACH = 8  # films of each kind
_PLAIN = 12  # where there is one kind only


@dataclass(frozen=True, slots=True)
class Mistake:
    """A film that was answered wrongly.

    Attributes:
        name: In the data set.
        truth, answer: Classes.
        probabilities: Of all classes, in their order.
        explained: The class whose Influence is shown.
        candidates: Classes that the 95 % set holds; None in bundles without calibration films.
        refused: Names of the checks that refuse the film.
    """

    name: str
    truth: str
    answer: str
    probabilities: tuple[float, ...]
    explained: str
    candidates: tuple[str, ...] | None
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Errors of one kind, the surest first.

    Attributes:
        title: In words.
        count: How many there are of this kind; the worst are shown.
    """

    title: str
    count: int
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A kind of error with pictures of its films, in the same order."""

    kind: Kind
    pictures: tuple[Picture, ...]


Said = Callable[[int], tuple[tuple[str, ...] | None, tuple[str, ...]]]


def worst_mistakes(
    bundle: Bundle, films: Films, answers: Answers, *, said: Said
) -> tuple[Shown, ...]:
    """The worst errors of each kind.

    Args:
        bundle: The model.
        films: N of them.
        answers: To these films.
        said: Of the index of a film, its set and the checks that refuse it.
    """
    return tuple(
        _shown(bundle, films, answers, title=title, wrong=wrong, most=most, said=said)
        for title, wrong, most in _kinds(answers)
    )


def _kinds(answers: Answers) -> Iterator[tuple[str, NDArray[np.intp], int]]:
    """Titles, and the films of each kind with the surest first."""
    if answers.positive is None or len(answers.classes) > 2:
        said = answers.said
        wrong = np.flatnonzero(said != answers.labels)
        sure = answers.probabilities[wrong, said[wrong]]
        yield "Wrong answers", wrong[np.argsort(-sure, kind="stable")], _PLAIN
        return
    name, scores = answers.classes[answers.positive], answers.scores
    found = scores >= answers.threshold
    missed = np.flatnonzero(~found & answers.present)
    yield f"Missed: “{name}” not found", missed[np.argsort(scores[missed], kind="stable")], _EACH
    alarms = np.flatnonzero(found & ~answers.present)
    yield (
        f"False alarms: “{name}” where there is none",
        alarms[np.argsort(-scores[alarms], kind="stable")],
        _EACH,
    )


def _shown(
    bundle: Bundle,
    films: Films,
    answers: Answers,
    *,
    title: str,
    wrong: NDArray[np.intp],
    most: int,
    said: Said,
) -> Shown:
    worst = wrong[:most]
    if not len(worst):
        return Shown(Kind(title, 0, ()), ())
    chosen = films.take(worst)
    targets = _targets(answers, worst)
    maps = film_influences(
        bundle.network,
        chosen,
        baseline=bundle.statistics.mean_image,
        targets=targets,
        method=bundle.info.influence,
    )
    mistakes = tuple(
        _mistake(answers, int(film), int(target), said)
        for film, target in zip(worst, targets, strict=True)
    )
    pictures = tuple(
        picture_of(
            np.asarray(chosen.rows[place])[: chosen.heights[place]],
            influence,
            limit=bundle.statistics.influence_limit,
        )
        for place, influence in enumerate(maps)
    )
    return Shown(Kind(title, len(wrong), mistakes), pictures)


def _targets(answers: Answers, films: NDArray[np.intp]) -> NDArray[np.int64]:
    """(n,) the class that the viewer explains: the finding, else the answer."""
    if answers.positive is not None:
        return np.full(len(films), answers.positive)
    return answers.said[films]


def _mistake(answers: Answers, film: int, target: int, said: Said) -> Mistake:
    candidates, refused = said(film)
    return Mistake(
        name=str(answers.names[film]),
        truth=answers.classes[int(answers.labels[film])],
        answer=answers.classes[int(answers.said[film])],
        probabilities=tuple(answers.probabilities[film].tolist()),
        explained=answers.classes[target],
        candidates=candidates,
        refused=refused,
    )
