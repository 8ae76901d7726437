"""What the Influence map of a new model is worth, as pairs of words for its card."""

import numpy as np

from engine.attribution import decided_class, decided_words
from engine.calibration import softmax
from engine.network import RowNetwork
from engine.training.data import Films
from engine.training.explained import film_essentials, most_probable
from engine.training.loop import predict
from engine.training.recipe import Recipe
from engine.training.results import Results
from engine.types import RowStatistics


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
        ("deletion", f"{measured.deletion.value:.2f}, random {measured.random.value:.2f}"),
        ("random weights", f"rank correlation {measured.untrained.value:.2f}".replace("-", "−")),
        ("films of these tests", _films_words(measured.deletion.films, len(films), where)),
        *start,
    )


def mean_film_results(network: RowNetwork, statistics: RowStatistics, recipe: Recipe) -> Results:
    """Where Influence starts, and a line of its own where that leaves little to explain."""
    baseline = statistics.mean_image[None].astype(np.float16)
    probabilities = softmax(predict(network, baseline))[0]
    told = int(probabilities.argmax()) if recipe.positive is None else recipe.positive
    answer = f"{probabilities[told]:.2f} for “{recipe.classes[told]}”"
    found: Results = (("answer to the mean film", answer),)
    decided = decided_class(probabilities)
    if decided is None:
        return found
    name, probability = recipe.classes[decided], float(probabilities[decided])
    words = decided_words("the mean film", name, probability)
    return (*found, ("baseline", f"{words}: its maps show only what differs from it"))


def _films_words(told: int, count: int, where: str) -> str:
    """Films with nothing to explain are left out."""
    if told == count:
        return f"{count:,} {where} films"
    return f"{told:,} of {count:,} {where} films; the others' answer is that of the mean film"
