"""What a training measured, for bundle and card."""

import numpy as np
from numpy.typing import NDArray

from engine.bundle import percent_of
from engine.calibration import linked, softmax
from engine.explain import (
    Essentials,
    decided_class,
    decided_words,
    essentials,
    influences,
    peaks_inside,
)
from engine.films import Films, alike, predict
from engine.measure import Estimate, Performance, performance, share
from engine.network import RowNetwork
from engine.recipe import Recipe
from engine.sequence import resampled
from engine.types import AtThreshold, InfluenceMethod, Nuisance, Results, RowStatistics, Threshold
from engine.words import Sentence

# ---------------------------------------------------------------- influence at any height
# Influence on films of any height, and its audit: one height at a time.

Maps = list[NDArray[np.float64]]


def film_influences(
    network: RowNetwork,
    films: Films,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
    method: InfluenceMethod = "integrated-gradients",
) -> Maps:
    """Influence (L,) of every step of each film, as the viewer shows it; each with its own L.

    Args:
        network: In evaluation mode.
        films: N of them.
        baseline: (M, W) the mean film; it is laid along each film.
        targets: (N,) the class that is explained.
        method: How the map is measured.
    """
    maps: Maps = [np.empty(0)] * len(films)
    for chosen in alike(films.heights, len(films)):
        height = films.heights[chosen[0]]
        found = influences(
            network,
            films.rows[chosen, :height],
            baseline=resampled(baseline, height, axis=0),
            targets=targets[chosen],
            method=method,
        )
        for film, values in zip(chosen, found, strict=True):
            maps[film] = values
    return maps


def film_essentials(
    network: RowNetwork,
    films: Films,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
    method: InfluenceMethod = "integrated-gradients",
) -> Essentials | None:
    """`engine.explain.curves` of the films of the commonest height; None as there."""
    heights = np.bincount(films.heights)
    chosen = np.flatnonzero(films.heights == heights.argmax())
    height = int(heights.argmax())
    return essentials(
        network,
        films.rows[chosen, :height],
        baseline=resampled(baseline, height, axis=0),
        targets=targets[chosen],
        method=method,
    )


def explained_classes(
    network: RowNetwork, films: Films, positive: int | None
) -> NDArray[np.int64]:
    """(N,) the class that the viewer explains: the finding, else the most probable one."""
    if positive is not None:
        return np.full(len(films), positive)
    return most_probable(network, films)


def most_probable(network: RowNetwork, films: Films) -> NDArray[np.int64]:
    """(N,) the class that a network thinks likeliest."""
    logits = predict(network, films.rows, heights=films.heights)
    return np.asarray(logits.argmax(axis=1), dtype=np.int64)


# -------------------------------------------------------------------- results of the maps
# What the Influence map of a new model is worth, as pairs of words for its card.


def map_results(
    network: RowNetwork,
    films: Films,
    recipe: Recipe,
    *,
    statistics: RowStatistics,
    where: str,
) -> Results:
    """Deletion and random weights on some films, and the answer to the mean film.

    Args:
        network: In evaluation mode.
        films: As many of them are taken as the recipe says.
        recipe: How Influence is measured.
        statistics: With the mean film.
        where: What the films are called, such as "validation".
    """
    rng = np.random.default_rng(recipe.training.seed)
    films = films.take(rng.permutation(len(films))[: recipe.measure.deletion_films])
    targets = most_probable(network, films)
    measured = film_essentials(
        network,
        films,
        baseline=statistics.mean_image,
        targets=targets,
        method=recipe.measure.influence,
    )
    start = mean_film_results(network, statistics, recipe)
    if measured is None:
        return start
    return (
        (
            Sentence("result.deletion"),
            Sentence(
                "result.deletions", value=measured.deletion.value, random=measured.random.value
            ),
        ),
        (
            Sentence("result.weights"),
            Sentence("result.correlation", value=measured.untrained.value),
        ),
        (
            Sentence("result.audited"),
            _films_words(measured.deletion.films, len(films), where),
        ),
        *start,
    )


def mean_film_results(network: RowNetwork, statistics: RowStatistics, recipe: Recipe) -> Results:
    """Where Influence starts, and a line of its own where that leaves little to explain."""
    baseline = statistics.mean_image[None].astype(np.float16)
    probabilities = linked(predict(network, baseline), network.config.link)[0]
    told = int(probabilities.argmax()) if recipe.positive is None else recipe.positive
    answer = Sentence("result.answer", value=probabilities[told], name=recipe.classes[told])
    found: Results = ((Sentence("result.mean-film"), answer),)
    decided = decided_class(probabilities)
    if decided is None or recipe.asked.maps:  # the film logits of what draws decide nothing
        return found
    name, probability = recipe.classes[decided], float(probabilities[decided])
    words = decided_words(Sentence("baseline.mean"), name, probability)
    return (*found, (Sentence("result.baseline"), Sentence("result.decided", words=words)))


def _films_words(told: int, count: int, where: str) -> Sentence:
    """Films with nothing to explain are left out."""
    if told == count:
        return Sentence("result.films-of", films=count, where=where)
    return Sentence("result.some-films-of", told=told, films=count, where=where)


# ----------------------------------------------------------------- results of the answers
# What a network achieves on films, as pairs of words for bundle, card and terminal.


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


def pointing_words(hits: Estimate) -> Results:
    """A pair of words for the bundle and the terminal."""
    value = Sentence("result.pointing-of", figure=hits.whole_percent(), films=hits.count)
    return ((Sentence("result.pointing"), value),)


def nuisance_words(found: Nuisance | None) -> Results:
    """What the worst change that means nothing does to the answers, and what shape tells."""
    if found is None:
        return ()
    moved, crossed = found.worst_moved, found.worst_crossed
    change = Sentence(f"nuisance.{moved.name}")
    other = Sentence(f"nuisance.{crossed.name}")
    words: Results = (
        (
            Sentence("result.nuisance"),
            Sentence("result.moved", change=change, moved=moved.moved.value),
        ),
        (
            Sentence("result.nuisance-crossed"),
            Sentence("audit.change", change=other, measured=percent_of(crossed.crossed)),
        ),
    )
    for figure in AtThreshold.__slots__:
        if (worst := found.worst_shift(figure)) is not None:
            change, measured = Sentence(f"nuisance.{worst[0]}"), worst[1].sentence
            told = Sentence("audit.change", change=change, measured=measured)
            words = (*words, (Sentence(f"result.worst-{figure}"), told))
    if (shape := found.shape) is None:
        return words
    alone, matched = shape.alone.sentence, shape.matched.sentence
    return (
        *words,
        (Sentence("result.shape-alone"), alone),
        (Sentence("result.shape-matched"), matched),
    )


def results_of(name: str, results: Results) -> Results:
    """Results with the films' name before each of them, for example "test AUC"."""
    return tuple((Sentence("result.of", of=name, what=what), value) for what, value in results)


def pointing_hits(
    network: RowNetwork,
    films: Films,
    statistics: RowStatistics,
    *,
    positive: int | None,
    method: InfluenceMethod,
) -> Estimate | None:
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
