"""Which installed model fits a film that the chosen one does not read."""

from collections.abc import Iterable, Mapping

from engine.errors import BundleError
from engine.preparation import installed_models
from engine.suitability import reasons_of
from engine.trust.gate import Seen, look
from engine.trust.installed import load_installed
from engine.trust.judge import picture_checks
from engine.types import Abstention, FilmRows, ModelInfo, Suggestion


def suggest(chosen: ModelInfo, others: Iterable[FilmRows]) -> Suggestion | None:
    """What to do with a film from which a model abstains; None where nothing is known.

    A model is recommended only where none of its own checks speaks against the film and at least
    one of them looked at the picture: so it will answer. That no model reads a film is said only
    where one that tells kinds of image is sure which kind it is.

    Args:
        chosen: The model that abstains.
        others: The film's rows for the installed models.
    """
    rows = {one.model: one for one in others}
    installed = [one for one in installed_models() if one.name != chosen.name]
    tellers = {one.gate.model for one in (*installed, chosen) if one.gate is not None}
    seen = _seen(tellers, rows)
    against: dict[str, tuple[Abstention, ...]] = {}
    for model in sorted(installed, key=lambda one: one.gate is None):
        found = None if model.name in tellers else _reasons(model, rows)
        if found == ():
            return _fits(model, seen)
        if found:
            against[model.name] = found
    if seen is None or (chosen.gate is not None and seen in chosen.gate.accepts):
        return None
    kind = f"This looks like {_article(seen)} {seen}"
    readers = [one for one in installed if one.gate is not None and seen in one.gate.accepts]
    for reader in readers:
        why = against.get(reader.name)
        if why:
            words = f"{kind}; {_named(reader)} reads such images, but not this one: "
            return Suggestion(words + why[0].sentence)
    return None if readers else Suggestion(f"{kind}; no installed model reads it.")


def _seen(tellers: Iterable[str], rows: Mapping[str, FilmRows]) -> str | None:
    """The kind of image, where a model that tells them is sure of it and may be asked."""
    for name in sorted(tellers):
        found = _look(name, rows)
        if found is not None and found.is_sure:
            return found.name
    return None


def _look(name: str, rows: Mapping[str, FilmRows]) -> Seen | None:
    if name not in rows:
        return None
    try:
        bundle = load_installed(name)
    except BundleError:
        return None
    film = rows[name]
    if reasons_of((*film.checks, *picture_checks(bundle, film.sequence, rows=rows))):
        return None  # it has doubts of its own
    return look(bundle, film.sequence)


def _reasons(model: ModelInfo, rows: Mapping[str, FilmRows]) -> tuple[Abstention, ...] | None:
    """What speaks against another model's reading a film; None where it cannot tell."""
    film = rows.get(model.name)
    if film is None:
        return None
    try:
        bundle = load_installed(model.name)
    except BundleError:
        return None
    picture = picture_checks(bundle, film.sequence, rows=rows)
    if all(check.passed is None for check in picture):
        return None
    return reasons_of((*film.checks, *picture))


def _fits(model: ModelInfo, seen: str | None) -> Suggestion:
    if model.gate is not None and seen in model.gate.accepts:
        words = f"This looks like {_article(seen)} {seen}: {_named(model)} reads such images."
    else:
        words = f"{_named(model)} reads images like this one."
    return Suggestion(words, model.name)


def _named(model: ModelInfo) -> str:
    return f"“{model.title}” ({model.name})"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in set("aeiou") else "a"
