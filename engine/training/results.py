"""What a network achieves on films, as pairs of words for bundle, card and terminal."""

import numpy as np
from numpy.typing import NDArray

from engine.audit import peaks_inside
from engine.calibration import softmax
from engine.network import RowNetwork
from engine.training.data import Films
from engine.training.explained import film_influences
from engine.training.loop import predict
from engine.training.measure import Figure, Performance, performance, share
from engine.types import InfluenceMethod, Results, RowStatistics, Threshold
from engine.words import Sentence


def measured_words(
    network: RowNetwork,
    films: Films,
    *,
    threshold: Threshold | None,
    positive: int | None,
    classes: tuple[str, ...] = (),
) -> Results:
    """What a model achieves on films, as pairs of words for the bundle.

    A plain choice between named `classes` is also told class by class: one that is rare, or whose
    films come from elsewhere, may hide behind the others.
    """
    logits = predict(network, films.rows, heights=films.heights)
    if positive is None or threshold is None:
        right = logits.argmax(axis=1) == films.labels
        parts = tuple(
            (
                Sentence("result.accuracy-of", name=name),
                share(right[of], films.patients[of]).sentence,
            )
            for name, of in _of_classes(films, classes)
        )
        # Of one class alone, that of all films would pass for that of the model.
        whole = (Sentence("result.accuracy"), share(right, films.patients).sentence)
        return parts if len(parts) == 1 and len(classes) > 1 else (whole, *parts)
    present = films.labels == positive
    scores = softmax(logits)[:, positive]
    measured = performance(present, scores, threshold.value, patients=films.patients)
    return performance_words(measured)


def _of_classes(films: Films, classes: tuple[str, ...]) -> list[tuple[str, NDArray[np.bool_]]]:
    """Each class that has films, and which films (N,) are its own."""
    named = [(name, films.labels == number) for number, name in enumerate(classes)]
    return [(name, of) for name, of in named if of.any()]


def performance_words(measured: Performance) -> Results:
    """Pairs of words for the bundle and the terminal.

    Of films of one kind only there is no area, and accuracy says on which films it was measured.
    """
    auc, sensitivity, specificity = measured.auc, measured.sensitivity, measured.specificity
    only = "" if auc else "-with" if specificity is None else "-without"
    accuracy = measured.accuracy.words() if auc else measured.accuracy.sentence
    shares = (("result.sensitivity", sensitivity), ("result.specificity", specificity))
    return (
        *(((Sentence("result.auc"), auc.sentence),) if auc else ()),
        (Sentence(f"result.accuracy{only}"), accuracy),
        *((Sentence(what), one.words()) for what, one in shares if one is not None),
        (Sentence(f"result.brier{only}"), Sentence("figure.plain", value=measured.brier)),
    )


def pointing_results(
    network: RowNetwork,
    films: Films,
    statistics: RowStatistics,
    *,
    positive: int | None,
    method: InfluenceMethod,
) -> Results:
    """The pointing game in words; nothing where it cannot be played."""
    hits = pointing_hits(network, films, statistics, positive=positive, method=method)
    return () if hits is None else pointing_words(hits)


def pointing_words(hits: Figure) -> Results:
    """A pair of words for the bundle and the terminal."""
    value = Sentence("result.pointing-of", figure=hits.whole_percent(), films=hits.count)
    return ((Sentence("result.pointing"), value),)


def of(name: str, results: Results) -> Results:
    """Results with the films' name before each of them, for example "test AUC"."""
    return tuple((Sentence("result.of", of=name, what=what), value) for what, value in results)


def pointing_hits(
    network: RowNetwork,
    films: Films,
    statistics: RowStatistics,
    *,
    positive: int | None,
    method: InfluenceMethod,
) -> Figure | None:
    """How often the peak of the map lies in the finding's rows; None where no data say where."""
    known = np.flatnonzero(np.isfinite(films.findings[:, 0]))
    if positive is None or not len(known):
        return None
    targets = np.full(len(known), positive)
    chosen = films.take(known)
    mean = statistics.mean_image
    maps = film_influences(network, chosen, baseline=mean, targets=targets, method=method)
    inside = [
        peaks_inside(film[None], *finding[:, None])
        for film, finding in zip(maps, chosen.findings, strict=True)
    ]
    return share(np.concatenate(inside), chosen.patients)
