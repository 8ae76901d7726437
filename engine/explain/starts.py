"""Whether a map holds from another start: from midway, where the mean film is itself decided.

Counted from a film that is itself ill, only what is very ill is left to explain, and that may lie
in few rows: such a map is found good too easily. So where a model is decided about its mean film,
the map is tested from the film midway between the classes, too, if the model is undecided of that.
"""

import numpy as np

from engine.calibration import softmax
from engine.explain.auditing import AuditedModel, Report, Sample
from engine.explain.baselines import decided_class, midway
from engine.explain.curves import (
    answers,
    curve,
    deletion_areas,
    edge_strengths,
    explained,
    first_largest,
    influences,
    logits_of,
    random_places,
)
from engine.types import Curve, Doubles, Floats, InfluenceMethod


def midway_deletion(
    subject: AuditedModel,
    sample: Sample,
    *,
    method: InfluenceMethod,
    seed: int = 0,
    report: Report = lambda _: None,
) -> Curve | None:
    """Deletion by a map that starts from midway, its rows put in place of those that are deleted.

    Args:
        subject: A model of two classes, whose statistics have the mean film of each.
        sample: The films, as for `audit`.
        method: How Influence is measured.
        seed: Of random orders and draws.
        report: Told in words what is being done.

    Returns:
        None where the mean film is undecided, as then it was the start already; where no film
        between the classes is undecided; and where no film differs enough from it to be explained.
    """
    means, network = subject.statistics.class_means, subject.network
    if means is None or len(means) != 2:
        return None

    def ask(film: Floats) -> Doubles:
        return softmax(logits_of(network, film[None])[0])

    if decided_class(ask(subject.statistics.mean_image)) is None:
        return None
    start = midway(means, ask)
    if decided_class(ask(start)) is not None:
        return None
    targets = answers(network, sample.rows)
    chosen = explained(network, sample.rows, baseline=start, targets=targets)
    if not len(chosen):
        return None
    report(f"{len(chosen)} films: {method} from midway between the classes")
    rows, targets = sample.rows[chosen], targets[chosen]
    maps = influences(network, rows, baseline=start, targets=targets, method=method, seed=seed)
    steps, rng = maps.shape[1], np.random.default_rng(seed)
    orders = np.stack((first_largest(maps), first_largest(edge_strengths(rows, steps))), axis=1)
    random = random_places(len(rows), steps, rng)
    areas = deletion_areas(
        network,
        rows,
        baseline=start,
        targets=targets,
        orders=np.concatenate((orders, random), axis=1),
    )
    return curve(areas[:, 0], areas[:, 2:].mean(axis=1), areas[:, 1], rng, lower_is_better=True)
