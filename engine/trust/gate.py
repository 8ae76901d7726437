"""Another model says first what a film shows, for example whether it is a chest film at all."""

from functools import lru_cache
from pathlib import Path

import torch

from engine.bundle import Bundle, load_bundle
from engine.errors import BundleError
from engine.metadata import METADATA, WEIGHTS, Gate
from engine.metadata.files import stamp
from engine.metadata.folders import bundle_folders
from engine.sequence import to_sequence
from engine.types import Check, Floats, Frame, InputFormat, RowSequence

NAME = "body part"


def gate_check(
    gate: Gate | None, fmt: InputFormat, sequence: RowSequence, *, frame: Frame | None = None
) -> Check:
    """Ask the gate; what it cannot be asked is "not checked", with the reason.

    Args:
        gate: None where the bundle names none.
        fmt: What the model behind the gate reads.
        sequence: Rows of the film in that format.
        frame: The film; needed if the gate reads another grid or other intensities.
    """
    if gate is None:
        return Check(NAME, passed=None, words="This bundle asks no other model what a film shows.")
    try:
        bundle = _load(gate.model)
    except BundleError:
        return _unchecked(f"the model “{gate.model}”, which would tell, cannot be loaded")
    if not set(gate.accepts) <= set(bundle.info.classes):
        return _unchecked(f"the model “{gate.model}” knows other classes than this one expects")
    rows = _rows(bundle.info.input, fmt, sequence, frame)
    if rows is None:
        return _unchecked(f"the model “{gate.model}” reads another grid")
    return _ask(gate, bundle, rows)


def _ask(gate: Gate, bundle: Bundle, rows: Floats) -> Check:
    with torch.no_grad():
        answer = bundle.network(torch.from_numpy(rows).unsqueeze(0))[0].double().softmax(dim=0)
    classes = bundle.info.classes
    accepted = sum(float(answer[classes.index(name)]) for name in gate.accepts)
    seen = classes[int(answer.argmax())]
    passed = accepted >= gate.least
    words = f"It looks like: {seen}."
    if not passed:
        reads = " or ".join(gate.accepts)
        words = f"This looks like another kind of image ({seen}); the model reads only: {reads}."
        if seen in gate.accepts:
            words = f"It is not clear that this is what the model reads: {reads}."
    return Check(NAME, passed, words, value=accepted, limit=gate.least)


def _unchecked(why: str) -> Check:
    return Check(NAME, passed=None, words=f"What the film shows was not checked: {why}.")


def _rows(
    wanted: InputFormat, fmt: InputFormat, sequence: RowSequence, frame: Frame | None
) -> Floats | None:
    """Rows for the gate: those of the model if both read the same, else from the film."""
    grids = [(one.rows, one.columns, one.intensity, one.aspect) for one in (wanted, fmt)]
    if wanted.aspect == "keep" and wanted.rows_multiple != fmt.rows_multiple:
        return None if frame is None else to_sequence(frame, wanted).rows
    if grids[0] == grids[1]:
        return sequence.rows
    return None if frame is None else to_sequence(frame, wanted).rows


def _load(name: str) -> Bundle:
    """The gate's bundle, loaded once per process and anew when its files change.

    Only models by name: metadata from elsewhere must not choose a folder.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    folder = next((folder for folder in bundle_folders() if folder.name == name), None)
    if folder is None:
        raise BundleError(f"There is no model “{name}”.", "bundle")
    return _cached(folder, tuple(stamp(folder, file) for file in (METADATA, WEIGHTS)))


@lru_cache(maxsize=4)
def _cached(folder: Path, _stamps: tuple[object, ...]) -> Bundle:
    return load_bundle(folder)
