"""Which installed model fits a film that the chosen one does not read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import torch

from engine.bundle import Bundle
from engine.calibration import conformal_set
from engine.errors import BundleError
from engine.preparation import installed_models
from engine.suitability import reasons_of
from engine.trust.gate import NAME, look
from engine.trust.installed import load_installed
from engine.trust.judge import picture_checks
from engine.trust.own import on_typical_grid, turned_film
from engine.types import Check, FilmRows, ModelInfo, RowSequence, Suggestion, Trust
from engine.words import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """How another installed model takes a film.

    Attributes:
        checks: Everything that it asks.
        fits: Whether it would answer, and may be recommended.
        turned: Whether it is certain that the film is one of its own, but turned or inverted.
    """

    model: ModelInfo
    checks: tuple[Check, ...]
    fits: bool
    turned: bool

    @property
    def reason(self) -> str:
        """Why it would not answer."""
        return next((one.sentence for one in reasons_of(self.checks)), "")


def suggest(chosen: Bundle, film: RowSequence, others: Iterable[FilmRows]) -> Suggestion | None:
    """What to do with a film from which a model abstains; None where nothing is known.

    That no model reads a film is said only where one that tells kinds of image is sure which kind
    it is, and no model's guard sees a film of its own kind that is turned.

    Args:
        chosen: The model that abstains.
        film: The rows that it was given.
        others: The film's rows for the installed models.
    """
    rows, info = {one.model: one for one in others}, chosen.info
    installed = [one for one in installed_models() if one.name != info.name]
    tellers = {one.gate.model for one in (*installed, info) if one.gate is not None}
    tried = [
        found
        for one in sorted(installed, key=lambda one: one.gate is None)
        if one.name not in tellers and (found := _try(one, rows)) is not None
    ]
    seen = _seen(tellers, rows)
    for one in tried:
        if one.fits:
            return _recommended(one.model, seen)
    if turned_film(chosen.safeguards, on_typical_grid(film, chosen.config.rows)):
        return None
    for one in tried:
        if one.turned:
            words = Sentence("suggest.turned", model=_named(one.model), reason=one.reason)
            return Suggestion(words)
    return None if seen is None else _unread(info, seen, tried, installed)


def without_strangers(chosen: Bundle, trust: Trust, others: Iterable[FilmRows]) -> Trust:
    """Let a model with neither gate nor guard abstain where none of its answers fits the film.

    Its forecaster alone lets plain pictures of any kind pass. Two things must come together, since
    each alone is wrong too often: no class is left in the prediction set, and a model that tells
    kinds of image is sure which kind this is. Of 400 training films of MedNIST and of digits:
    without this 35 of 40 breast MRIs, 22 of 40 hands and 39 of 40 heads got a digit, with it 3, 0
    and 4; of 100 digits as large pictures at most three lose theirs, of 28 × 28 pixels none.

    Args:
        chosen: The model that would answer.
        trust: With its prediction set.
        others: The film's rows for the installed models.
    """
    safeguards, names = chosen.safeguards, {check.name for check in trust.checks}
    alone = safeguards is not None and safeguards.config.gate is None and safeguards.guard is None
    if not alone or not trust.level or trust.conformal or NAME not in names:
        return trust
    tellers = {one.gate.model for one in installed_models() if one.gate is not None}
    seen = _seen(tellers - {chosen.info.name}, {one.model: one for one in others})
    if seen is None:
        return trust
    words = Sentence("gate.stranger", kind=_looks_like(seen))
    found = Check(NAME, passed=False, words=words)
    checks = tuple(found if check.name == NAME else check for check in trust.checks)
    return replace(trust, checks=checks, reasons=reasons_of(checks))


def _try(model: ModelInfo, rows: Mapping[str, FilmRows]) -> _Tried | None:
    """Let another model look; None where it cannot tell."""
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
    checks = (*film.checks, *picture)
    fits = not reasons_of(checks) and (
        model.gate is not None or _is_at_home(bundle, film, picture)
    )
    turned = turned_film(bundle.safeguards, on_typical_grid(film.sequence, bundle.config.rows))
    return _Tried(model, checks, fits, turned)


def _is_at_home(bundle: Bundle, film: FilmRows, picture: Iterable[Check]) -> bool:
    """Whether a model that asks no other would answer without any doubt.

    A forecaster alone lets plain pictures of any kind pass. So nothing may be doubtful, and the
    answer must be one that films of some class get: of 168 hands and slices of head, breast and
    chest one passed so for a digit, of 120 digits 114.
    """
    if bundle.safeguards is None or any(check.doubtful for check in picture):
        return False
    with torch.no_grad():
        logits = bundle.network(torch.from_numpy(film.sequence.rows).unsqueeze(0))[0].numpy()
    level = bundle.safeguards.config.level
    return bool(conformal_set(bundle.safeguards.calibration, logits, level=level))


def _seen(tellers: Iterable[str], rows: Mapping[str, FilmRows]) -> str | None:
    """The kind of image, where a model that tells kinds is sure of it."""
    for name in sorted(tellers):
        film = rows.get(name)
        if film is None or reasons_of(film.checks):
            continue
        try:
            found = look(load_installed(name), film.sequence)
        except BundleError:
            continue
        if found.is_sure:
            return found.name
    return None


def _recommended(model: ModelInfo, seen: str | None) -> Suggestion:
    if model.gate is not None and seen in model.gate.accepts:
        words = Sentence("suggest.such", kind=_looks_like(seen), model=_named(model))
    else:
        words = Sentence("suggest.alike", model=_named(model))
    return Suggestion(words, model.name)


def _unread(
    chosen: ModelInfo, seen: str, tried: Iterable[_Tried], installed: Iterable[ModelInfo]
) -> Suggestion | None:
    """No model would answer: whether one reads such images at all, and why not this one."""
    if chosen.gate is not None and seen in chosen.gate.accepts:
        return None
    if not any(one.gate is not None and seen in one.gate.accepts for one in installed):
        return Suggestion(Sentence("suggest.none", kind=_looks_like(seen)))
    for one in tried:
        if one.model.gate is not None and seen in one.model.gate.accepts:
            kind, model = _looks_like(seen), _named(one.model)
            return Suggestion(Sentence("suggest.not", kind=kind, model=model, reason=one.reason))
    return None


def _looks_like(seen: str | None) -> Sentence:
    name = seen or ""
    vowel = name[:1].lower() in set("aeiou")
    return Sentence("suggest.an" if vowel else "suggest.a", seen=name)


def _named(model: ModelInfo) -> Sentence:
    return Sentence("suggest.model", title=model.title, name=model.name)
