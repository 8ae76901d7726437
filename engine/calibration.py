"""Calibration: temperature, Venn–Abers intervals, conformal sets, the answer by row."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from engine.sequence import resampled
from engine.types import LEVEL, Doubles, Figure, Floats, Interval, Link, PrefixCalibration

# -------------------------------------------------------------------- isotonic regression


def isotonic_fit(values: NDArray[np.floating], weights: NDArray[np.floating]) -> Doubles:
    """The non-decreasing sequence nearest to values (n,) in weighted least squares.

    Pool adjacent violators (Ayer 1955): neighbours in the wrong order share their mean, until
    none is left; each value is pooled once, so that it takes linear time.

    Args:
        values: In the order of their scores; equal scores must already be one value.
        weights: (n,) above zero.
    """
    means: list[float] = []
    masses: list[float] = []
    counts: list[int] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        mean, mass, count = value, weight, 1
        while means and means[-1] >= mean:
            before = masses.pop()
            mean = (means.pop() * before + mean * mass) / (before + mass)
            mass += before
            count += counts.pop()
        means.append(mean)
        masses.append(mass)
        counts.append(count)
    return np.repeat(np.array(means, np.float64), np.array(counts, np.int64))


# -------------------------------------------------------------------- temperature scaling

_HALVINGS = 60
_WIDEST = 5.0  # of |log temperature|


def fit_temperature(logits: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """The T > 0 that minimises the log loss of softmax(logits / T) (Guo 2017, eq. 9).

    The loss is convex in 1 / T, so its gradient has one change of sign, which is bisected between
    T = e⁻⁵ and e⁵. As with Platt (1999), the truth counts 1 − 1 / (n + 2) only: a set without
    any error must not make every answer certain.

    Args:
        logits: (n, K).
        labels: (n,) class indices.
    """
    scores = np.asarray(logits, np.float64)
    scores = scores - scores.max(axis=1, keepdims=True)
    wrong = 1 / (len(labels) + 2)
    of_truth = scores[np.arange(len(labels)), labels]
    of_others = (scores.sum(axis=1) - of_truth) / (scores.shape[1] - 1)
    wanted = (1 - wrong) * of_truth + wrong * of_others
    low, high = -_WIDEST, _WIDEST  # of log(1 / T)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        weights = np.exp(np.exp(middle) * scores)
        expected = (weights * scores).sum(axis=1) / weights.sum(axis=1)
        if float((expected - wanted).mean()) > 0:  # the loss still rises with 1 / T
            high = middle
        else:
            low = middle
    return float(np.exp(-(low + high) / 2))


# ---------------------------------------------------------- scale and offset of log-odds

FLATTEST = 0.05  # standard deviation of the scaled log-odds; the films are all answered alike
_NEWTON_STEPS = 100
_STILL = 1e-10
_CERTAIN = 1e-12  # what a probability has left to 0 and 1


def fit_scale(
    odds: NDArray[np.float64], labels: NDArray[np.int64], *, balanced: bool = True
) -> tuple[float, float]:
    """Scale > 0 and offset of log-odds (N,) with which they fit their truth (N,) best.

    Platt's calibration (1999): the log loss, where n films of a class count as (n + 1) / (n + 2)
    true, so that few films without an error do not make every answer certain. Balanced, both
    classes weigh the same, so that a probability is meant for films of which half show the
    finding.

    The loss is convex; Newton's steps find its minimum. Where that lies at a scale that turns the
    answers round, or leaves next to nothing of them, the scale stays where their standard
    deviation is `FLATTEST`, and the offset is fitted alone. Answers that are all the same keep
    the scale 1.
    """
    present = labels == 1
    counts = np.array([len(labels) - int(present.sum()), int(present.sum())])
    target = np.where(present, (counts[1] + 1) / (counts[1] + 2), 1 / (counts[0] + 2))
    weight = 1 / (2 * counts[present.astype(np.int64)])
    if not balanced:
        weight = np.full(len(labels), 1 / len(labels))
    centre, spread = float(odds.mean()), float(odds.std())
    if spread <= 1e-12 * max(1.0, abs(centre)):
        return 1.0, _regressed(np.zeros((len(odds), 0)), target, weight)[0] - centre
    units = (odds - centre) / spread
    offset, scale = _regressed(units[:, None], target, weight)
    if scale < FLATTEST:
        scale = FLATTEST
        offset = _regressed(np.zeros((len(odds), 0)), target, weight, known=scale * units)[0]
    return scale / spread, offset - scale * centre / spread


def _regressed(
    units: NDArray[np.float64],
    target: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    known: NDArray[np.float64] | float = 0.0,
) -> list[float]:
    """Intercept and slopes of a logistic regression on units (N, J), beside known log-odds."""
    columns = np.column_stack((np.ones(len(target)), units))
    line = np.zeros(columns.shape[1])

    def loss(line: NDArray[np.float64]) -> float:
        z = columns @ line + known
        return float(weight @ (np.logaddexp(0.0, z) - target * z))

    now = loss(line)
    for _ in range(_NEWTON_STEPS):
        p = 1 / (1 + np.exp(-np.clip(columns @ line + known, -700, 700)))
        gradient = columns.T @ (weight * (p - target))
        bent = (columns.T * (weight * p * (1 - p))) @ columns
        move = np.linalg.solve(bent + 1e-12 * np.eye(len(line)), gradient)
        size = 1.0
        while (tried := loss(line - size * move)) > now and size > 1e-6:
            size /= 2
        if tried > now:
            break
        line, before, now = line - size * move, now, tried
        if before - now < _STILL:
            break
    return [float(one) for one in line]


# ------------------------------------------------------------------- Venn–Abers intervals
# Inductive Venn–Abers prediction (Vovk and Petej 2014): a probability with its interval.
#
# The film is added to the calibration films once as if it did not show the class and once as if
# it did; an isotonic regression of each gives p0 and p1. One of them is calibrated without any
# assumption but that the films are exchangeable. Films of another hospital are not.
#
# Balanced, each class weighs the same in all, as for films of which half show the class (label
# shift, Podkopaev and Ramdas 2021); two-class networks are calibrated for that, too.


def probability_interval(
    scores: NDArray[np.floating],
    present: NDArray[np.bool_],
    score: float,
    *,
    balanced: bool = False,
) -> Interval:
    """The interval p0 … p1 of the probability of a film with this score.

    Args:
        scores: (n,) of the calibration films, in any order, for example log-odds.
        present: (n,) whether they show the class.
        score: Of the film.
        balanced: Whether both classes weigh the same; without films of one it cannot matter.
    """
    place = _places(np.append(np.asarray(scores, np.float64), score))
    weights = class_weights(present) if balanced else np.ones(2)
    mine, masses = place[-1], weights[present.astype(np.int64)]
    total = np.bincount(place[:-1], weights=masses, minlength=place.max() + 1)
    hits = np.bincount(place[:-1], weights=masses * present, minlength=len(total))
    ends = []
    for assumed in (0, 1):
        added = np.zeros(len(total))
        added[mine] = weights[assumed]
        mass = total + added
        ends.append(isotonic_fit((hits + assumed * added) / mass, mass)[mine])
    return Interval(float(ends[0]), float(ends[1]))


def class_weights(present: NDArray[np.bool_]) -> Doubles:
    """Weights (2,) of a film without and with the class, so that both kinds weigh the same."""
    share = float(np.mean(present))
    if not 0 < share < 1:
        return np.ones(2)
    return np.array([0.5 / (1 - share), 0.5 / share])


def merged(interval: Interval) -> float:
    """One probability of an interval, p1 / (1 − p0 + p1): minimax for the log loss (eq. 10)."""
    return interval.high / (1 - interval.low + interval.high)


def _places(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The place of each score among the different scores in order.

    (np.unique would load numpy.ma, 0.1 s, at first use.)
    """
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    new = np.append(True, ordered[1:] > ordered[:-1])
    place = np.empty(len(scores), np.int64)
    place[order] = np.cumsum(new) - 1
    return place


# ---------------------------------------------------------------------- calibration films


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationFilms:
    """Answers to films that the network was not trained on, and their truth.

    Attributes:
        scores: (n, K) logits.
        labels: (n,) class indices.
    """

    scores: Floats
    labels: NDArray[np.int64]


def softmax(logits: NDArray[np.floating]) -> Doubles:
    """Probabilities (…, K) of logits (…, K)."""
    shifted = np.asarray(logits, np.float64)
    exponents = np.exp(shifted - shifted.max(axis=-1, keepdims=True))
    probabilities: Doubles = exponents / exponents.sum(axis=-1, keepdims=True)
    return probabilities


def linked(logits: NDArray[np.floating], link: Link) -> Doubles:
    """Probabilities (…, K) of logits (…, K) that are linked so: of one class, or of each."""
    if link == "softmax":
        return softmax(logits)
    return np.asarray(0.5 * (1 + np.tanh(np.asarray(logits, np.float64) / 2)))


def log_odds(logits: NDArray[np.floating], target: int, link: Link = "softmax") -> Doubles:
    """Log-odds (…,) of one class against all others, of logits (…, K).

    Of findings that may be there together, each with a sigmoid, the logit is the log-odds.
    """
    scores = np.asarray(logits, np.float64)
    if link == "sigmoid":
        return np.asarray(scores[..., target])
    others = np.delete(scores, target, axis=-1)
    most = others.max(axis=-1, keepdims=True)
    against = most[..., 0] + np.log(np.exp(others - most).sum(axis=-1))
    odds: Doubles = scores[..., target] - against
    return odds


def odds_of(probability: float) -> float:
    """The log-odds of a probability; of one that rounding made certain, of its last neighbour."""
    kept = min(max(float(probability), _CERTAIN), 1 - _CERTAIN)
    return float(np.log(kept) - np.log1p(-kept))


# -------------------------------------------------------------------- operating points


@dataclass(frozen=True, slots=True, eq=False)
class OperatingCurve:
    """What a threshold would have done on the calibration films.

    Attributes:
        probabilities: (n,) of the finding, as the model answers it.
        present: (n,) whether the film shows it.
    """

    probabilities: Doubles
    present: NDArray[np.bool_]

    def at(self, threshold: float) -> tuple[Figure | None, Figure | None]:
        """Sensitivity and specificity of "at least this probability", with Wilson's intervals.

        One of them is None where no calibration film is with, or without, the finding.
        """
        found = self.probabilities >= threshold
        return _share(found[self.present]), _share(~found[~self.present])


def operating_curve(films: CalibrationFilms, finding: int) -> OperatingCurve:
    """The curve of a class of the calibration films."""
    return OperatingCurve(softmax(films.scores)[:, finding], films.labels == finding)


def _share(hits: NDArray[np.bool_]) -> Figure | None:
    """A share with Wilson's score interval (1927), as a bundle's own threshold has."""
    count = len(hits)
    if not count:
        return None
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    value = float(np.count_nonzero(hits)) / count
    centre = (value + z**2 / (2 * count)) / (1 + z**2 / count)
    spread = value * (1 - value) / count + z**2 / (4 * count**2)
    half = z * float(np.sqrt(spread)) / (1 + z**2 / count)
    return Figure(value, max(0.0, centre - half), min(1.0, centre + half), count)


# -------------------------------------------------------------- conformal prediction sets
# Split-conformal prediction sets, each class by itself: which classes cannot be excluded.
#
# Vovk 2012 (conditional validity), Angelopoulos and Bates 2021. The score of a film for a class
# is its probability. For films exchangeable with the calibration films of the same class, the
# true class is in the set with at least the aimed probability, class by class.


def p_values(films: CalibrationFilms, logits: NDArray[np.floating]) -> Doubles:
    """For each class (K,) how usual so low a probability is among its calibration films.

    (1 + films of class k with at most this probability of k) / (1 + films of class k), so a
    class without calibration films is never excluded.

    Args:
        films: n films with K scores.
        logits: (K,) of the film.
    """
    known, given = softmax(films.scores), softmax(logits)
    values = np.ones(len(given))
    for k in range(len(given)):
        same = known[films.labels == k, k]
        values[k] = (1 + np.count_nonzero(same <= given[k])) / (1 + len(same))
    return values


def conformal_set(
    films: CalibrationFilms, logits: NDArray[np.floating], *, level: float
) -> tuple[int, ...]:
    """The classes whose p-value is above 1 − level; empty if the film is like none of them."""
    kept = np.flatnonzero(p_values(films, logits) > 1 - level)
    return tuple(int(k) for k in kept)


# -------------------------------------------------------------------------- answer by row
# What an answer that stopped early is worth: the head's answers to prefixes of films, made true.
#
# A head learns from whole films. Asked after a few rows it still speaks as if it had seen all of
# them, and says the same to every film. So its logits z_t after step t become s_t z_t + b_t,
# which are true of validation films that stop there: s_t ≥ 0 is how much the rows so far are
# worth, b_t what is known without them. Where nothing can be told yet s_t is near 0 and b_t says
# the share of the classes. After the last step s = 1 and b = 0: the curve ends at the answer.
#
# All steps are fitted at once (Platt 1999; for more classes Guo 2017 with an offset per class):
# the mean log loss of all prefixes, and a penalty for neighbouring steps that differ, which
# counts as much as some patients do. The sum is convex; Newton steps, projected onto s ≥ 0
# (Bertsekas 1982), find its only minimum.

_STIFFNESS = 10.0  # patients that say as much as neighbouring steps that differ by 1.4
_STEPS = 60
_DIGITS = 6  # that are kept
_ENOUGH = 1e-10  # of the loss, between two steps


def prefix_logits(
    by_row: NDArray[np.floating], calibration: PrefixCalibration | None
) -> NDArray[np.float64]:
    """Logits (…, L, K) that mean what they say, of the head's after each step (…, L, K).

    Those after the last step stay as they are, bit for bit.

    Args:
        by_row: Of films of L steps.
        calibration: Of the model; laid along films of another length by relative position. None
            leaves the logits as they are.
    """
    given = np.asarray(by_row, np.float64)
    if calibration is None:
        return given
    scale, offset = along(calibration, given.shape[-2])
    return np.asarray(scale[:, None] * given + offset)


def along(calibration: PrefixCalibration, steps: int) -> tuple[Doubles, Doubles]:
    """Scale (L,) and offset (L, K) along a film of so many steps; of its last one 1 and 0."""
    scale = resampled(np.array(calibration.scale, np.float64), steps, axis=0)
    offset = resampled(np.array(calibration.offset, np.float64), steps, axis=0)
    scale, offset = scale.copy(), offset.copy()
    scale[-1], offset[-1] = 1.0, 0.0
    return scale, offset


def fit_prefixes(
    by_row: NDArray[np.floating],
    labels: NDArray[np.int64],
    *,
    balanced: bool,
    source: str,
    patients: NDArray[np.str_] | None = None,
) -> PrefixCalibration:
    """Fit scale and offset of every step.

    Args:
        by_row: (N, L, K) logits of the head after each step, of films that were not trained on.
        labels: (N,) their truth.
        balanced: Whether all classes weigh the same, as in the calibration of the model.
        source: The films in words.
        patients: (N,) whose film it is: the fewer people, the stiffer along the film. None: each
            film has its own.
    """
    logits = np.asarray(by_row, np.float64)
    count, steps, classes = logits.shape
    films = np.bincount(labels, minlength=classes)
    weights = 1 / np.maximum(films, 1)[labels] if balanced else np.ones(count)
    people = count if patients is None else len(set(patients.tolist()))
    stiffness = _STIFFNESS / people
    problem = _Problem(logits, labels, weights / weights.sum(), stiffness=stiffness)
    # (L − 1, K): scale, offsets of the classes but the last
    values = problem.solve() if steps > 1 else np.empty((0, classes))
    scale = np.append(values[:, 0], 1.0)
    offset = np.zeros((steps, classes))
    offset[:-1, :-1] = values[:, 1:]
    offset -= offset.mean(axis=1, keepdims=True)
    return PrefixCalibration(
        scale=tuple(np.round(scale, _DIGITS).tolist()),
        offset=tuple(tuple(line) for line in np.round(offset, _DIGITS).tolist()),
        source=source,
    )


class _Problem:
    """Loss, gradient and curvature in values (L − 1, K) of every step but the last."""

    def __init__(
        self, logits: Doubles, labels: NDArray[np.int64], weights: Doubles, *, stiffness: float
    ) -> None:
        classes = logits.shape[2]
        self._z = logits[:, :-1]  # (N, L − 1, K)
        self._weights, self._stiffness = weights, stiffness
        self._truth = np.eye(classes)[labels][:, None]  # (N, 1, K)
        self._end = np.eye(classes)[0]  # scale 1, offsets 0

    def solve(self) -> Doubles:
        values = np.tile(self._end, (self._z.shape[1], 1))
        loss = self._loss(values)
        for _ in range(_STEPS):
            gradient, curvature = self._gradients(values)
            stuck = (values[:, 0] <= 0) & (gradient[:, 0] > 0)
            move = self._newton(gradient, curvature, stuck)
            size, before = 1.0, loss
            while size > 1e-6:
                tried = values - size * move
                tried[:, 0] = np.maximum(tried[:, 0], 0.0)
                loss = self._loss(tried)
                if loss < before:
                    values = tried
                    break
                size /= 2
            if before - loss < _ENOUGH:
                break
        return values

    def _answers(self, values: Doubles) -> Doubles:
        offset = np.append(values[:, 1:], np.zeros((len(values), 1)), axis=1)
        return values[:, :1] * self._z + offset  # (N, L − 1, K)

    def _loss(self, values: Doubles) -> float:
        z = self._answers(values)
        most = z.max(axis=2, keepdims=True)
        total = most[..., 0] + np.log(np.exp(z - most).sum(axis=2))
        lost = (total - (z * self._truth).sum(axis=2)).sum(axis=1)
        differences = np.diff(np.vstack((values, self._end)), axis=0)
        return float(self._weights @ lost + self._stiffness / 2 * (differences**2).sum())

    def _gradients(self, values: Doubles) -> tuple[Doubles, Doubles]:
        """(L − 1, K) and (L − 1, K, K), the latter of the log loss alone."""
        p = softmax(self._answers(values))
        z, w = self._z, self._weights[:, None]
        off = p - self._truth  # (N, L − 1, K)
        gradient = np.empty_like(values)
        gradient[:, 0] = (w * (off * z).sum(axis=2)).sum(axis=0)
        gradient[:, 1:] = (w[..., None] * off).sum(axis=0)[:, :-1]
        mean = (p * z).sum(axis=2)  # (N, L − 1)
        curvature = np.empty((*values.shape, values.shape[1]))
        curvature[:, 0, 0] = (w * ((p * z * z).sum(axis=2) - mean**2)).sum(axis=0)
        cross = (w[..., None] * p * (z - mean[..., None])).sum(axis=0)[:, :-1]
        curvature[:, 0, 1:] = curvature[:, 1:, 0] = cross
        inner = -np.einsum("n,nlj,nlk->ljk", self._weights, p, p, optimize=True)
        places = np.arange(p.shape[2])
        inner[:, places, places] += (w[..., None] * p).sum(axis=0)
        curvature[:, 1:, 1:] = inner[:, :-1, :-1]
        differences = np.diff(np.vstack((values, self._end)), axis=0)
        gradient -= self._stiffness * differences
        gradient[1:] += self._stiffness * differences[:-1]
        return gradient, curvature

    def _newton(self, gradient: Doubles, curvature: Doubles, stuck: NDArray[np.bool_]) -> Doubles:
        """The Newton step (L − 1, K) by block elimination, without the scales that are stuck."""
        count, size = gradient.shape
        free = np.ones((count, size))
        free[stuck, 0] = 0.0
        own = curvature.copy()
        places = np.arange(size)
        own[:, places, places] += 2 * self._stiffness
        own[0, places, places] -= self._stiffness
        own = own * free[:, :, None] * free[:, None, :]
        own[:, places, places] += 1.0 - free
        right = gradient * free
        beside = -self._stiffness * free[:-1] * free[1:]  # diagonals of the blocks between steps
        for t in range(1, count):
            known = np.column_stack((np.diag(beside[t - 1]), right[t - 1]))
            part = np.linalg.solve(own[t - 1], known)
            own[t] -= beside[t - 1][:, None] * part[:, :-1]
            right[t] -= beside[t - 1] * part[:, -1]
        move = np.empty_like(gradient)
        move[-1] = np.linalg.solve(own[-1], right[-1])
        for t in range(count - 2, -1, -1):
            move[t] = np.linalg.solve(own[t], right[t] - beside[t] * move[t + 1])
        return move
