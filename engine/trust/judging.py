"""Judging one answer by all checks, and suggesting a model that fits better."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.calibration import conformal_set, log_odds, probability_interval
from engine.errors import BundleError
from engine.preparation import installed_models
from engine.safeguards import Safeguards
from engine.suitability import is_another_kind, reasons_of
from engine.trust.admission import (
    NAME,
    admission_check,
    film_surprise,
    guard_check,
    load_installed,
    look,
    on_typical_grid,
    surprise_check,
    turned_film,
)
from engine.types import (
    Check,
    FilmRows,
    Interval,
    ModelInfo,
    RowSequence,
    Suggestion,
    Surprise,
    Trust,
)
from engine.weights import Bundle
from engine.words import Sentence

# --------------------------------------------------------------------- judging one answer


def judge(
    bundle: Bundle,
    sequence: RowSequence,
    logits: NDArray[np.floating] | None,
    *,
    checks: Iterable[Check] = (),
    others: Iterable[FilmRows] = (),
) -> Trust:
    """Ask everything that the bundle has, and never take an unasked question for a yes.

    The order is that of the checks given, then the admission check, the guard and surprise;
    none is left out because another failed.

    Args:
        bundle: Without safeguards the given checks are all there is.
        sequence: rows (M, W) that the network read, with edges (M + 1,). Guard and forecaster
            read a film of another height laid on the model's typical grid.
        logits: (K,) its answer; None where it was not asked because checks failed before.
        checks: Of header and pixels, see `engine.suitability.film_checks`.
        others: The film's rows for other models, the admission check among them.
    """
    safeguards = bundle.safeguards
    given = tuple(checks)
    if safeguards is None:
        return Trust(given, reasons_of(given))
    other_kind = is_another_kind(given)
    wanted = safeguards.config.admission
    # No further than to the admission check: rows for the rest may yet have to be laid out.
    film = next((one for one in others if one.model == wanted.model), None) if wanted else None
    rows = {film.model: film} if film else {}
    found = film_surprise(safeguards, on_typical_grid(sequence, bundle.config.rows))
    seen = picture_checks(bundle, sequence, rows=rows, other_kind=other_kind, found=found)
    made = (*given, *seen)
    trust = Trust(checks=made, reasons=reasons_of(made), surprise=found)
    if logits is None or not bundle.info.objective.plain:
        return trust  # interval and set are of a class of the whole film
    target = _target(bundle, logits)
    return replace(
        trust,
        interval=_interval(safeguards, logits, target),
        conformal=conformal_set(safeguards.calibration, logits, level=safeguards.config.level),
        level=safeguards.config.level,
    )


def picture_checks(
    bundle: Bundle,
    sequence: RowSequence,
    *,
    rows: Mapping[str, FilmRows],
    other_kind: bool = False,
    found: Surprise | None = None,
) -> tuple[Check, ...]:
    """What admission check, guard and surprise say of what a film shows; none without safeguards.

    Args:
        bundle: Of the model.
        sequence: rows (M, W) for it.
        rows: The same film for other models, by their names.
        other_kind: Whether it is known already that the film is of another kind; then no guard
            says that it is turned.
        found: Its surprise, if it is measured already.
    """
    safeguards = bundle.safeguards
    if safeguards is None:
        return ()
    wanted, typical = safeguards.config.admission, on_typical_grid(sequence, bundle.config.rows)
    film = rows.get(wanted.model) if wanted else None
    turned = not other_kind and turned_film(safeguards, typical)
    admission = admission_check(wanted, film.sequence if film else None, turned=turned)
    other_kind = other_kind or is_another_kind((admission,))
    return (
        admission,
        guard_check(safeguards, typical, other_kind=other_kind),
        surprise_check(safeguards, found or film_surprise(safeguards, typical)),
    )


def _target(bundle: Bundle, logits: NDArray[np.floating]) -> int:
    """The class whose probability is shown, as in `Prediction.target`."""
    positive = bundle.info.positive
    return int(np.argmax(logits)) if positive is None else positive


def _interval(safeguards: Safeguards, logits: NDArray[np.floating], target: int) -> Interval:
    films = safeguards.calibration
    scores = log_odds(films.scores, target)  # (n,)
    score = float(log_odds(logits, target))
    present = films.labels == target
    return probability_interval(scores, present, score, balanced=safeguards.config.balanced)


# --------------------------------------------------------------- suggesting another model
# Which installed model fits a film that the chosen one does not read.


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
    tellers = {one.admission.model for one in (*installed, info) if one.admission is not None}
    tried = [
        found
        for one in sorted(installed, key=lambda one: one.admission is None)
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
    """Let a model without admission check and guard abstain where no answer of it fits the film.

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
    alone = (
        safeguards is not None and safeguards.config.admission is None and safeguards.guard is None
    )
    if not alone or not trust.level or trust.conformal or NAME not in names:
        return trust
    tellers = {one.admission.model for one in installed_models() if one.admission is not None}
    seen = _seen(tellers - {chosen.info.name}, {one.model: one for one in others})
    if seen is None:
        return trust
    words = Sentence("admission.stranger", kind=_looks_like(seen))
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
        model.admission is not None or _is_at_home(bundle, film, picture)
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
    if not bundle.info.objective.plain:
        return True
    logits = bundle.asked.logits(film.sequence.rows[None])[0]
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
    if model.admission is not None and seen in model.admission.accepts:
        words = Sentence("suggest.such", kind=_looks_like(seen), model=_named(model))
    else:
        words = Sentence("suggest.alike", model=_named(model))
    return Suggestion(words, model.name)


def _unread(
    chosen: ModelInfo, seen: str, tried: Iterable[_Tried], installed: Iterable[ModelInfo]
) -> Suggestion | None:
    """No model would answer: whether one reads such images at all, and why not this one."""
    if chosen.admission is not None and seen in chosen.admission.accepts:
        return None
    if not any(one.admission is not None and seen in one.admission.accepts for one in installed):
        return Suggestion(Sentence("suggest.none", kind=_looks_like(seen)))
    for one in tried:
        if one.model.admission is not None and seen in one.model.admission.accepts:
            kind, model = _looks_like(seen), _named(one.model)
            return Suggestion(Sentence("suggest.not", kind=kind, model=model, reason=one.reason))
    return None


def _looks_like(seen: str | None) -> Sentence:
    name = seen or ""
    vowel = name[:1].lower() in set("aeiou")
    return Sentence("suggest.an" if vowel else "suggest.a", seen=name)


def _named(model: ModelInfo) -> Sentence:
    return Sentence("suggest.model", title=model.title, name=model.name)
