"""What is known of films beside their class: found by name, and kept beside the rows."""

from pathlib import Path

from engine.errors import DataError
from engine.films.films import Films
from engine.recipe import Recipe


def with_truth(films: Films, source: Path, recipe: Recipe) -> Films:
    """The films with what the task of a recipe needs to know of them; of classes nothing more.

    Args:
        films: Read from `source`, divided or not.
        source: Folder, table or tar file that they came from.
        recipe: Its task says what is needed, its data where that lies.

    Raises:
        DataError: The truth is missing or cannot be read; names the file.
    """
    needs = recipe.asked.needs
    if needs == "label":
        return films
    raise DataError(
        "The task “{task}” needs {needs}, which cannot be read from {source}.",
        task=recipe.objective.task,
        needs=needs,
        source=source.name,
    )
