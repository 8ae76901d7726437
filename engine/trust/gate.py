"""Another model says first what a film shows, for example whether it is a chest film at all."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.bundle import Bundle
from engine.errors import BundleError
from engine.trust.installed import load_installed
from engine.trust.own import film_surprise, guard_check, on_typical_grid, surprise_check
from engine.types import Check, Gate, RowSequence
from engine.words import Sentence

NAME = "body part"

# Probability from which a class is named to people. What is no film at all may reach it, too; so a
# gate with a guard or a forecaster of its own must have no doubts either.
SURE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
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


def gate_check(gate: Gate | None, sequence: RowSequence | None, *, turned: bool = False) -> Check:
    """Ask the gate; a film of which it could not be asked gets no answer.

    Args:
        gate: None where the bundle names none; that is no demand, and no pass.
        sequence: Rows of the film for the gate's own grid; None where there are none.
        turned: Whether the model's guard is certain that the film is one of its own, but turned
            or inverted. Such films look like anything to a gate: of 160 chest films that were
            turned, mirrored or inverted it took 23 for another kind, and was sure of it.
    """
    if gate is None:
        return Check(NAME, passed=None, words=Sentence("gate.none"))
    try:
        bundle = load_installed(gate.model)
    except BundleError:
        return _unasked(Sentence("gate.missing", model=gate.model))
    if not set(gate.accepts) <= set(bundle.info.classes):
        return _unasked(Sentence("gate.other-classes", model=gate.model))
    if sequence is None:
        return _unasked(Sentence("gate.small", model=gate.model))
    return _held_against(gate, look(bundle, sequence), turned=turned)


def look(bundle: Bundle, sequence: RowSequence) -> Seen:
    """What a model says of rows of its own grid."""
    with torch.no_grad():
        logits = bundle.network(torch.from_numpy(sequence.rows).unsqueeze(0))[0]  # (K,)
    probabilities = logits.double().softmax(dim=0).numpy()
    return Seen(bundle.info.classes, probabilities, doubted=_doubts(bundle, sequence))


def _doubts(bundle: Bundle, sequence: RowSequence) -> bool:
    safeguards = bundle.safeguards
    if safeguards is None:
        return False
    typical = on_typical_grid(sequence, bundle.config.rows)
    found = film_surprise(safeguards, typical)
    checks = guard_check(safeguards, typical), surprise_check(safeguards, found)
    return any(check.passed is False for check in checks)


def _held_against(gate: Gate, seen: Seen, *, turned: bool) -> Check:
    accepted = seen.share(gate.accepts)
    passed, doubtful = accepted >= gate.least, False
    if passed and accepted >= (1 + gate.least) / 2:
        code = "gate.fits"
    elif passed:
        code, doubtful = "gate.doubtful", True
    elif seen.name in gate.accepts or turned or not seen.is_sure:
        code, doubtful = "gate.unclear", True
    else:
        code = "gate.other"
    words = Sentence(code, seen=seen.name, accepted=gate.accepts, share=accepted, least=gate.least)
    return Check(NAME, passed, words, value=accepted, limit=gate.least, doubtful=doubtful)


def _unasked(why: Sentence) -> Check:
    words = Sentence("gate.unasked", why=why)
    return Check(NAME, passed=False, words=words, doubtful=True)
