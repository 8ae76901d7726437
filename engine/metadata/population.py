"""Whose films a model is for, as a table of metadata.json and of a recipe; read strictly."""

from typing import Any

from engine.metadata.fields import Fields
from engine.types import Population
from engine.words import Sentence

_OLDEST = 150
_LISTS = ("sexes", "views", "body_parts", "lateralities")
_CODES = {"sexes": ("F", "M", "O"), "lateralities": ("L", "R", "U", "B")}


def read_population(fields: Fields) -> Population | None:
    """The table “population”; None where it is absent or null.

    A table without keys is an answer, too: nothing is held against a film.

    Raises:
        BundleError: A key that is unknown, or of the wrong type or range.
    """
    table = fields.optional("population")
    if table is None:
        return None
    ages = None
    if table.has("ages"):
        ages = _ages(table)
    lists = {name: _texts(table, name) for name in _LISTS if table.has(name)}
    table.finish()
    return Population(ages, **lists)


def population_to_dict(population: Population) -> dict[str, Any]:
    """What is said, as plain values for JSON; `read_population` reads them back."""
    ages = {} if population.ages is None else {"ages": list(population.ages)}
    return ages | {
        name: list(getattr(population, name)) for name in _LISTS if getattr(population, name)
    }


def population_words(population: Population | None) -> Sentence:
    """One line for people: what is held against a film."""
    if population is None:
        return Sentence("population.unsaid")
    parts = []
    if population.ages:
        least, most = population.ages
        parts.append(Sentence("population.ages", least=least, most=most))
    for code, values in (
        ("population.parts", population.body_parts),
        ("population.views", population.views),
        ("population.sexes", population.sexes),
        ("population.sides", population.lateralities),
    ):
        if values:
            parts.append(Sentence(code, values=values))
    if not parts:
        return Sentence("population.anybody")
    return Sentence("population.all", parts=tuple(parts))


def _ages(table: Fields) -> tuple[float, float]:
    expected = Sentence(
        "two numbers from 0 to {oldest}, the least and the greatest age in years", oldest=_OLDEST
    )
    given = table.items("ages")
    if len(given) != 2 or any(isinstance(one, bool) for one in given):
        table.wrong("ages", expected)
    if not all(isinstance(one, int | float) and 0 <= one <= _OLDEST for one in given):
        table.wrong("ages", expected)
    least, most = given
    return (float(least), float(most)) if least <= most else table.wrong("ages", expected)


def _texts(table: Fields, name: str) -> tuple[str, ...]:
    values = table.texts(name, most=40)
    allowed = _CODES.get(name)
    if allowed and not set(values) <= set(allowed):
        table.wrong(name, "a list of {allowed:list}", allowed=allowed)
    return values
