"""The admission check: what a film shows, by a model of kinds; guard and surprise."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.bundle import METADATA, WEIGHTS, bundle_folders, stamp
from engine.calibration import linked, softmax
from engine.errors import BundleError
from engine.forecast import place_surprise
from engine.safeguards import Safeguards
from engine.sequence import resampled
from engine.types import Admission, Check, RowSequence, Surprise
from engine.weights import Bundle, load_bundle
from engine.words import Sentence

# ------------------------------------------------------------------- names of wrong films
# What a guard's classes mean to people; a bundle names the classes, we the sentences.

NO_SUCH_FILM = "no such film"

_CODES = {
    "upside down": "upside-down",
    "mirrored": "mirrored",
    "inverted": "inverted",
    "left side down": "left-side-down",
    "right side down": "right-side-down",
    NO_SUCH_FILM: "no-such-film",
    "drawn": "drawn",
}


def wrong_film(kind: str) -> Sentence:
    """The sentence of a kind of wrong film; a general one for a kind that we do not know."""
    if kind in _CODES:
        return Sentence(f"guard.{_CODES[kind]}")
    return Sentence("guard.wrong", kind=kind)


def wrong_kind(kind: str) -> str:
    """The name of a kind of wrong film; that of the bundle for a kind that we do not know."""
    return Sentence(f"wrong.{_CODES[kind]}") if kind in _CODES else kind


# --------------------------------------------------------------------- guard and surprise
# What a bundle's own guard and forecaster say of a film's rows.

# From where a check that passes is no tick any more: by definition one validation film in twenty
# for surprise; for the guard a declared share of its limit (see *Decisions*).
_UNUSUAL = 95.0  # percentile among validation films
_NEARLY = 0.5  # of the guard's threshold
_CERTAIN = 0.9  # probability from which the guard knows in which way a film is wrong


def film_surprise(safeguards: Safeguards, sequence: RowSequence) -> Surprise | None:
    """How unexpected a film's rows are; None where the bundle expects no rows.

    Args:
        safeguards: Of the model.
        sequence: rows (M, W) on the model's typical grid.
    """
    if safeguards.forecaster is None or safeguards.tables is None:
        return None
    per_row = safeguards.forecaster.surprise(sequence.rows)  # (M,)
    return place_surprise(safeguards.tables, per_row, sequence.edges)


def on_typical_grid(sequence: RowSequence, rows: int) -> RowSequence:
    """A film of any height laid on `rows` model rows; of that height it comes back as it is."""
    if len(sequence.rows) == rows:
        return sequence
    edges = np.linspace(sequence.edges[0], sequence.edges[-1], rows + 1)
    return RowSequence(resampled(sequence.rows, rows, axis=0), edges)


def surprise_check(safeguards: Safeguards, found: Surprise | None) -> Check:
    """Hold a film's surprise, as `film_surprise` measures it, against the bundle's limit."""
    if found is None or safeguards.config.forecast is None:
        return Check("surprise", passed=None, words=Sentence("surprise.none"))
    limit = safeguards.config.forecast.limit
    passed = found.value <= limit
    doubtful = passed and found.percentile >= _UNUSUAL
    code = "surprise.usual"
    if not passed:
        code = "surprise.strange"
    elif doubtful:
        code = "surprise.unusual"
    words = Sentence(code, percentile=found.percentile, value=found.value, limit=limit)
    return Check("surprise", passed, words, value=found.value, limit=limit, doubtful=doubtful)


def guard_check(
    safeguards: Safeguards, sequence: RowSequence, *, other_kind: bool = False
) -> Check:
    """Ask the guard.

    Args:
        safeguards: Of the model.
        sequence: rows (M, W) on the model's typical grid.
        other_kind: Whether it is known already that the film is of another kind: then it is not
            called turned.
    """
    config, probabilities = safeguards.config.guard, _probabilities(safeguards, sequence)
    if config is None or probabilities is None:
        return Check("guard", passed=None, words=Sentence("guard.none"))
    wrong, limit = float(probabilities[1:].sum()), config.threshold
    kind = config.classes[1 + int(probabilities[1:].argmax())]
    passed = wrong <= limit
    doubtful = passed and wrong > _NEARLY * limit
    words = Sentence("guard.fits", wrong=wrong)
    if not passed:
        words = wrong_film(NO_SUCH_FILM if other_kind else kind)
    elif doubtful:
        words = Sentence("guard.doubtful", kind=wrong_kind(kind), wrong=wrong, limit=limit)
    return Check("guard", passed, words, value=wrong, limit=limit, doubtful=doubtful)


def turned_film(safeguards: Safeguards | None, sequence: RowSequence) -> bool:
    """Whether the guard is certain that it is a film of the model's kind, but turned or the like.

    Args:
        safeguards: Without a guard nothing is certain.
        sequence: rows (M, W) on the model's typical grid.
    """
    if safeguards is None or safeguards.config.guard is None:
        return False
    probabilities = _probabilities(safeguards, sequence)
    if probabilities is None:
        return False
    most, classes = int(probabilities.argmax()), safeguards.config.guard.classes
    certain = most > 0 and classes[most] != NO_SUCH_FILM
    return bool(certain and probabilities[most] >= _CERTAIN)


def _probabilities(safeguards: Safeguards, sequence: RowSequence) -> NDArray[np.float64] | None:
    """(G,) of the guard's classes; None without a guard."""
    if safeguards.guard is None:
        return None
    return softmax(safeguards.guard.logits(sequence.rows[None])[0])


# ------------------------------------------------------------------ other bundles by name
# The bundles that other bundles name, loaded once per process and anew when they change.


def load_installed(name: str) -> Bundle:
    """A bundle by its name, on the CPU.

    Only models by name: metadata from elsewhere must not choose a folder.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    folder = next((folder for folder in bundle_folders() if folder.name == name), None)
    if folder is None:
        raise BundleError("There is no model “{name}”.", name=name)
    return _cached(folder, tuple(stamp(folder, file) for file in (METADATA, WEIGHTS)))


@lru_cache(maxsize=8)
def _cached(folder: Path, _stamps: tuple[object, ...]) -> Bundle:
    return load_bundle(folder)


# ------------------------------------------------------------------------ admission check
# Another model says first what a film shows, for example whether it is a chest film at all.

NAME = "body part"

# Probability from which a class is named to people. What is no film at all may reach it, too; so a
# admission check with a guard or a forecaster of its own must have no doubts either.
SURE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class KindSeen:
    """What a model that tells kinds of image says of a film.

    Attributes:
        classes: K names.
        probabilities: (K,).
        doubted: Whether its own guard or forecaster does not know such a film.
    """

    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]
    doubted: bool = False

    @property
    def name(self) -> str:
        """The most probable class."""
        return self.classes[int(self.probabilities.argmax())]

    @property
    def is_sure(self) -> bool:
        """Whether the class may be named to people."""
        return not self.doubted and float(self.probabilities.max()) >= SURE

    def share(self, names: tuple[str, ...]) -> float:
        """Probability of some classes together."""
        return sum(float(self.probabilities[self.classes.index(name)]) for name in names)


def admission_check(
    admission: Admission | None, sequence: RowSequence | None, *, turned: bool = False
) -> Check:
    """Ask the admission check; a film of which it could not be asked gets no answer.

    Args:
        admission: None where the bundle names none; that is no demand, and no pass.
        sequence: Rows of the film for the admission check's own grid; None where there are none.
        turned: Whether the model's guard is certain that the film is one of its own, but turned
            or inverted. Such films look like anything to an admission check: of 160 chest films
            that were turned, mirrored or inverted it took 23 for another kind, and was sure of it.
    """
    if admission is None:
        return Check(NAME, passed=None, words=Sentence("admission.none"))
    try:
        bundle = load_installed(admission.model)
    except BundleError:
        return _unasked(Sentence("admission.missing", model=admission.model))
    if not set(admission.accepts) <= set(bundle.info.classes):
        return _unasked(Sentence("admission.other-classes", model=admission.model))
    if sequence is None:
        return _unasked(Sentence("admission.small", model=admission.model))
    return _held_against(admission, look(bundle, sequence), turned=turned)


def look(bundle: Bundle, sequence: RowSequence) -> KindSeen:
    """What a model says of rows of its own grid."""
    logits = bundle.asked.logits(sequence.rows[None])[0]
    probabilities = linked(logits, bundle.config.link)  # (K,)
    return KindSeen(bundle.info.classes, probabilities, doubted=_doubts(bundle, sequence))


def _doubts(bundle: Bundle, sequence: RowSequence) -> bool:
    safeguards = bundle.safeguards
    if safeguards is None:
        return False
    typical = on_typical_grid(sequence, bundle.config.rows)
    found = film_surprise(safeguards, typical)
    checks = guard_check(safeguards, typical), surprise_check(safeguards, found)
    return any(check.passed is False for check in checks)


def _held_against(admission: Admission, seen: KindSeen, *, turned: bool) -> Check:
    accepted = seen.share(admission.accepts)
    passed, doubtful = accepted >= admission.least, False
    if passed and accepted >= (1 + admission.least) / 2:
        code = "admission.fits"
    elif passed:
        code, doubtful = "admission.doubtful", True
    elif seen.name in admission.accepts or turned or not seen.is_sure:
        code, doubtful = "admission.unclear", True
    else:
        code = "admission.other"
    accepts, least = admission.accepts, admission.least
    words = Sentence(code, seen=seen.name, accepted=accepts, share=accepted, least=least)
    return Check(NAME, passed, words, value=accepted, limit=least, doubtful=doubtful)


def _unasked(why: Sentence) -> Check:
    words = Sentence("admission.unasked", why=why)
    return Check(NAME, passed=False, words=words, doubtful=True)
