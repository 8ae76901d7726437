"""What Influence starts from: a film, at the height of the one that is explained.

Influence says what moved the log-odds away from those of a baseline film, so each baseline asks
another question:

- "mean": the even mean of the training films, stored in the bundle: what is unusual here?
- "blank": a film without anything on it, as the model would read one: 0 where values are divided
  by their full range; where a film is scaled by its own ends or ranks, one without contrast has
  neither, and is 0.5 throughout (`engine.sequence.to_sequence`). What is there at all?
- "midway": of two classes, the film on the line through both class means about which the model is
  undecided, nearest to their middle: what tells this film from one that could be either? (A mean
  film may look like one of the classes to a network, since no film is as smooth.)
- "class-mean": the mean of the training films of one class: what tells this film from those?
- "blurred": the film itself without its detail, by a Gaussian of `BLUR` of its height and width:
  which structure said so, whatever the exposure?
- "film": another film, read and checked as any film is, and laid along this one by relative
  position: what is different since?

A baseline should be undecided. From one that the model already answers plainly, little is left to
explain: a film with the same answer gets a map that is nearly empty. So every answer says what
the model makes of its baseline, and `DECIDED` is where it warns. All of it is numpy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import InferenceError
from engine.imaging import read_frame, read_image
from engine.preparation import prepare
from engine.sequence import resampled
from engine.suitability import reasons_of
from engine.text import shown
from engine.types import (
    BaselineAnswer,
    BaselineKind,
    BaselineWarning,
    Doubles,
    Floats,
    InputFormat,
    ModelInfo,
    RowStatistics,
)
from engine.words import Sentence

# σ as a share of the film's height and width. Of 80 digits 5 are then still answered plainly; 14
# with 0.1, 76 with 0.05 (still to be read), 31 with 0.25 (a blot in the middle).
BLUR: Final = 0.15
ANYWHERE: Final[tuple[BaselineKind, ...]] = ("mean", "blank", "blurred")  # of every model
# Midway is looked for from the middle of the class means outwards, in parts of their distance.
_LOOK: Final = 0.125
_LOOKS: Final = 20  # to either side
_HALVINGS: Final = 14  # between two looks
# Odds of three to one, 1.1 log-odds: about what the strongest row of a shipped chest film moves.
# For two classes that is a probability outside 0.25 to 0.75.
DECIDED: Final = 0.75
CODE: Final = "baseline-decided"

_CLASS_MEAN: Final = "class-mean"


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A baseline of one model, for films of any height.

    Attributes:
        kind: Which; see the module.
        words: Within a sentence, for example "the mean film".
        rows: (M, W) of the film that it is; None of one that is made from the film explained.
    """

    kind: BaselineKind
    words: Sentence
    rows: Floats | None = None

    def at(self, rows: Floats) -> Floats:
        """The baseline (M, W) of a film's rows (M, W)."""
        if self.rows is None:
            return blurred(rows)
        return np.ascontiguousarray(resampled(self.rows, len(rows), axis=0))


BaselineLike = Baseline | str | tuple[str, str] | Path


def resolve(
    given: BaselineLike,
    model: ModelInfo,
    statistics: RowStatistics,
    *,
    ask: Callable[[Floats], Doubles] | None = None,
) -> Baseline:
    """The baseline that was asked for.

    Args:
        given: "mean", "midway", "blank", "blurred", "class-mean:CLASS" or ("class-mean", CLASS),
            or the path of a film, of which the first frame is taken. One that is ready comes back
            as it is.
        model: Whose.
        statistics: Of its training films.
        ask: Probabilities (K,) of rows (M, W), for "midway".

    Raises:
        ImageError: A film that cannot be read.
        InferenceError: No such baseline, a class without a mean film, or a film that the model
            does not read.
    """
    if isinstance(given, Baseline):
        return given
    name, of = given if isinstance(given, tuple) else (given, "")
    if isinstance(name, str) and not of and name.startswith(f"{_CLASS_MEAN}:"):
        name, _, of = name.partition(":")
    if (made := _plain(str(name), model, statistics, ask)) is not None:
        return made
    if name == _CLASS_MEAN:
        return _class_mean(of, model, statistics)
    if isinstance(given, str | Path) and (isinstance(given, Path) or Path(given).exists()):
        return _film(Path(given), model)
    raise InferenceError(
        "“{name}” is no baseline; use mean, midway, blank, blurred, class-mean:CLASS or the path"
        " of a film.",
        name=shown(str(name)),
    )


def _plain(
    name: str,
    model: ModelInfo,
    statistics: RowStatistics,
    ask: Callable[[Floats], Doubles] | None,
) -> Baseline | None:
    """A baseline that its name alone makes; None of another name."""
    if name == "mean":
        return Baseline("mean", Sentence("baseline.mean"), statistics.mean_image)
    if name == "midway":
        return Baseline("midway", Sentence("baseline.midway"), _midway(model, statistics, ask))
    if name == "blank":
        return Baseline("blank", Sentence("baseline.blank"), blank(model.input))
    if name == "blurred":
        return Baseline("blurred", Sentence("baseline.blurred"))
    return None


def midway(means: Floats, ask: Callable[[Floats], Doubles]) -> Floats:
    """The film (M, W) on the line through two class means about which a network is undecided.

    Args:
        means: (2, M, W) of the classes.
        ask: Probabilities (2,) of a film (M, W).

    Returns:
        Of several such films the one that is nearest to the middle of the means; where there is
        none within two and a half times their distance, the least decided one.
    """
    middle, apart = means.mean(axis=0), means[1] - means[0]

    def film(place: float) -> Floats:
        return np.asarray(np.clip(middle + place * apart, 0.0, 1.0), np.float32)

    def leaning(place: float) -> float:
        return float(ask(film(place))[1]) - 0.5

    found = {0.0: leaning(0.0)}
    for step in range(1, _LOOKS + 1):
        for side in (-_LOOK, _LOOK):
            near, far = (step - 1) * side, step * side
            found[far] = leaning(far)
            if np.signbit(found[far]) != np.signbit(found[near]):
                return film(_turn(leaning, near, far))
    return film(min(found, key=lambda place: abs(found[place])))


def _turn(leaning: Callable[[float], float], near: float, far: float) -> float:
    """Where a function changes its sign between two places where it differs."""
    before = np.signbit(leaning(near))
    for _ in range(_HALVINGS):
        half = (near + far) / 2
        if np.signbit(leaning(half)) == before:
            near = half
        else:
            far = half
    return (near + far) / 2


def _midway(
    model: ModelInfo, statistics: RowStatistics, ask: Callable[[Floats], Doubles] | None
) -> Floats:
    if not model.midway or statistics.class_means is None or ask is None:
        raise InferenceError(
            "{model} has no film midway between its classes: that needs two of them and their mean"
            " films; choose another baseline.",
            model=model.name,
        )
    return midway(statistics.class_means, ask)


def blank(fmt: InputFormat) -> Floats:
    """The rows (M, W) that a model reads of a film that is black throughout; see the module."""
    value = 0.0 if fmt.intensity == "full-range" else 0.5
    return np.full((fmt.rows, fmt.columns), value, np.float32)


def blurred(rows: Floats, share: float = BLUR) -> Floats:
    """A film (M, W) without its detail: a Gaussian, with the film reflected at its edges.

    Args:
        rows: Values 0…1.
        share: σ over the height, and over the width.
    """
    smooth = rows.astype(np.float64)
    for axis in (0, 1):
        smooth = _along(smooth, axis, sigma=share * rows.shape[axis])
    return np.clip(smooth, 0.0, 1.0).astype(np.float32)


def answered(
    baseline: Baseline,
    probabilities: Doubles,
    classes: tuple[str, ...],
    *,
    ask: Callable[[Baseline], Doubles],
    others: tuple[Baseline, ...] = (),
) -> BaselineAnswer:
    """What a model says of a baseline, with a warning where it is decided.

    Args:
        baseline: The one that an Influence starts from.
        probabilities: (K,) of the baseline.
        classes: K names.
        ask: Probabilities (K,) of another baseline for the same film; only asked after a warning.
        others: Those that could be taken instead, the first undecided one is named.
    """
    decided = decided_class(probabilities)
    if decided is None:
        return BaselineAnswer(baseline.kind, baseline.words, probabilities)
    told = decided_words(baseline.words, classes[decided], float(probabilities[decided]))
    rest = [other for other in others if other.kind != baseline.kind]
    instead = next((one for one in rest if decided_class(ask(one)) is None), None)
    what = Sentence("{told}: the map shows only what differs from it", told=told)
    if instead is not None:
        words = Sentence("{what}; {instead} is undecided.", what=what, instead=instead.words)
    elif rest:
        names = tuple(one.words for one in rest)
        words = Sentence(
            "{what}; {names:comma-and} {count:is|are} decided too.",
            what=what,
            names=names,
            count=len(names),
        )
    else:
        words = Sentence("{what}.", what=what)
    warning = BaselineWarning(CODE, words, instead.kind if instead is not None else None)
    return BaselineAnswer(baseline.kind, baseline.words, probabilities, decided, warning)


def decided_class(probabilities: Doubles) -> int | None:
    """The class that a baseline is plainly answered as; None where it is undecided."""
    best = int(np.argmax(probabilities))
    return best if probabilities[best] > DECIDED else None


def decided_words(film: Sentence, name: str, probability: float) -> Sentence:
    """For example "The mean film is itself answered “high” 0.97"."""
    code = "baseline.decided" if probability < 0.995 else "baseline.certain"
    return Sentence(code, film=film, name=shown(name), probability=probability)


def _class_mean(of: str, model: ModelInfo, statistics: RowStatistics) -> Baseline:
    if of not in model.classes:
        known = ", ".join(model.classes[:12]) + (" …" if len(model.classes) > 12 else "")
        raise InferenceError(
            "“{of}” is no class of {model}, so it has no mean film; its classes are {known}.",
            of=shown(of),
            model=model.name,
            known=known,
        )
    if statistics.class_means is None:
        raise InferenceError(
            "The model {model} keeps no class means; train it anew, or choose another baseline.",
            model=model.name,
        )
    rows = statistics.class_means[model.classes.index(of)]
    return Baseline(_CLASS_MEAN, Sentence("baseline.class-mean", of=shown(of)), rows)


def _film(path: Path, model: ModelInfo) -> Baseline:
    own = prepare(read_frame(read_image(path), 0), model).own
    reasons, name = reasons_of(own.checks), shown(path.name)
    if reasons:
        raise InferenceError(
            "{name} cannot be the baseline. {sentence}",
            "abstained",
            name=name,
            sentence=reasons[0].sentence,
        )
    return Baseline("film", Sentence("baseline.film", name=name), own.sequence.rows)


def _along(values: NDArray[np.float64], axis: int, *, sigma: float) -> NDArray[np.float64]:
    """A Gaussian along one axis. A film and its mirror image, again and again, have no edge."""
    length = values.shape[axis]
    endless = np.concatenate((values, np.flip(values, axis)), axis=axis)
    waves = np.fft.rfftfreq(2 * length)
    shape = [1] * values.ndim
    shape[axis] = len(waves)
    kept = np.exp(-2.0 * (np.pi * sigma * waves) ** 2).reshape(shape)
    smooth = np.fft.irfft(np.fft.rfft(endless, axis=axis) * kept, 2 * length, axis=axis)
    return np.asarray(np.take(smooth, np.arange(length), axis=axis))
