"""What the Influence map of a new model is worth, as pairs of words for its card."""

import numpy as np

from engine.attribution import decided_class, decided_words
from engine.calibration import softmax
from engine.network import RowNetwork
from engine.training.data import Films
from engine.training.explained import film_essentials, most_probable
from engine.training.loop import predict
from engine.training.recipe import Recipe
from engine.types import Results, RowStatistics
from engine.words import Sentence


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
    probabilities = softmax(predict(network, baseline))[0]
    told = int(probabilities.argmax()) if recipe.positive is None else recipe.positive
    answer = Sentence("result.answer", value=probabilities[told], name=recipe.classes[told])
    found: Results = ((Sentence("result.mean-film"), answer),)
    decided = decided_class(probabilities)
    if decided is None:
        return found
    name, probability = recipe.classes[decided], float(probabilities[decided])
    words = decided_words(Sentence("baseline.mean"), name, probability)
    return (*found, (Sentence("result.baseline"), Sentence("result.decided", words=words)))


def _films_words(told: int, count: int, where: str) -> Sentence:
    """Films with nothing to explain are left out."""
    if told == count:
        return Sentence("result.films-of", films=count, where=where)
    return Sentence("result.some-films-of", told=told, films=count, where=where)
