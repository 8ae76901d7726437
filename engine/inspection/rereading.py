"""What would a model answer for a changed film? Reading it again, and what else that tells.

Nothing here judges a film: a network may be opened on any. Nothing of a changed film is an answer
to the film. All readings are made by the model's own reader, which needs no torch on a CPU.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from engine.errors import InferenceError
from engine.imaging import read_frame, read_image
from engine.inspection.asked import kept_rows
from engine.inspection.edits import Edit, EditLike, FillKind, Surroundings, applied, parsed
from engine.preparation import prepare
from engine.sequence import to_sequence
from engine.suitability import reasons_of
from engine.text import shown
from engine.types import (
    Booleans,
    ColumnInfluence,
    Doubles,
    Floats,
    Frame,
    Influence,
    Link,
    ModelInfo,
    PreparedFilm,
    RowSequence,
    RowTrace,
)

if TYPE_CHECKING:
    from engine.rowmodel import RowModel

    Opened = str | Path | RowModel

Direction = Literal["top-down", "bottom-up", "left-right", "right-left"]

DIRECTIONS: Final[tuple[Direction, ...]] = ("top-down", "bottom-up", "left-right", "right-left")
DRAWS: Final = 20  # of noise


# --------------------------------------------------------------------------- reading again


@dataclass(frozen=True, slots=True, eq=False)
class Reread:
    """A changed film, read; beside each number that of the film as it is.

    Attributes:
        edits: What was changed, in its order.
        rows: (M, W) what the model read.
        changed: (L,) steps of which anything became different.
        target: Index of the class that log-odds are of.
        trace: States, gates and answers at every step of the changed film.
        probabilities, probabilities_as_read: (K,).
        by_row, by_row_as_read: (L, K) probabilities if reading had stopped after each step.
        log_odds, log_odds_as_read: Of the target.
        delta: (L,) log-odds of the answer by row: the changed film's, less those of the film as
            read. The last one is the whole change of the answer.
    """

    edits: tuple[Edit, ...]
    rows: Floats
    changed: Booleans
    target: int
    trace: RowTrace
    probabilities: Doubles
    probabilities_as_read: Doubles
    by_row: Floats
    by_row_as_read: Floats
    log_odds: float
    log_odds_as_read: float
    delta: Floats

    @property
    def change(self) -> float:
        """Of the target's log-odds."""
        return self.log_odds - self.log_odds_as_read


def reread(
    model: "Opened",
    film: PreparedFilm,
    edits: Iterable[EditLike] = (),
    target: int | None = None,
) -> Reread:
    """Read a film as it is and with edits.

    Args:
        model: Opened; or its name or folder, which this process then keeps.
        film: Prepared for it.
        edits: Values, or the words that `parsed` takes, in their order.
        target: Index of a class; None takes the finding, or without one the answer to the film as
            it is.

    Raises:
        InferenceError: An edit that the film cannot have, or an answer that is no number.
        ImageError: Another film that cannot be read.
    """
    rows = _opened(model)
    known = with_films(edits, rows.info)
    sequence = changed_sequence(rows, film, known)
    before, after = (_read(rows, film, one) for one in (film.own.sequence, sequence))
    index = class_of(rows.info, target, before.logits)
    link = rows.bundle.config.link
    odds, odds_before = (_log_odds(one.by_row, index, link) for one in (after, before))
    return Reread(
        edits=known,
        rows=sequence.rows,
        changed=_changed(rows, film.own.sequence.rows, sequence.rows),
        target=index,
        trace=after,
        probabilities=_linked(after.logits, link),
        probabilities_as_read=_linked(before.logits, link),
        by_row=_linked(after.by_row, link).astype(np.float32),
        by_row_as_read=_linked(before.by_row, link).astype(np.float32),
        log_odds=float(_log_odds(after.logits, index, link)),
        log_odds_as_read=float(_log_odds(before.logits, index, link)),
        delta=(odds - odds_before).astype(np.float32),
    )


def _linked(logits: Floats, link: Link) -> Doubles:
    from engine.calibration import linked  # noqa: PLC0415 - the window names this module early

    return linked(logits, link)


def _log_odds(logits: Floats, target: int, link: Link) -> Doubles:
    from engine.calibration import log_odds  # noqa: PLC0415 - likewise

    return log_odds(logits, target, link)


def _opened(model: "Opened") -> "RowModel":
    return kept_rows(model) if isinstance(model, str | Path) else model


def changed_sequence(
    rows: "RowModel", film: PreparedFilm, edits: Iterable[EditLike]
) -> RowSequence:
    """What the model reads of the changed film, at the edges of the film."""
    own = film.own.sequence
    around = Surroundings(
        rows.baseline("mean").at(own.rows),
        rows.info.input.rows_multiple,
        _cell_aspect(film),
    )
    known = with_films(edits, rows.info)
    return replace(own, rows=applied(own.rows, known, around))


def with_films(edits: Iterable[EditLike], model: ModelInfo) -> tuple[Edit, ...]:
    """Edits with the rows of other films in them, read and prepared for a model.

    Raises:
        ImageError: A film that cannot be read.
        InferenceError: Words that are no edit; a film that the model does not read.
    """
    return tuple(
        replace(edit, other=_rows_of(edit.path, model))
        if edit.path is not None and edit.other is None
        else edit
        for edit in map(parsed, edits)
    )


def class_of(model: ModelInfo, target: int | str | None, logits: Floats) -> int:
    """The class that is asked for: the finding's or the answer's without a wish.

    Raises:
        InferenceError: The model has no such class.
    """
    if target is None:
        return int(np.argmax(logits)) if model.positive is None else model.positive
    if isinstance(target, str) and target in model.classes:
        return model.classes.index(target)
    if isinstance(target, str) or not 0 <= target < len(model.classes):
        raise InferenceError(
            "“{target}” is no class of {info}; its classes are {known}.",
            target=shown(str(target)),
            info=model.name,
            known=", ".join(model.classes[:12]),
        )
    return target


def _rows_of(path: Path, model: ModelInfo) -> Floats:
    own = prepare(read_frame(read_image(path), 0), model).own
    reasons, name = reasons_of(own.checks), shown(path.name)
    if reasons:
        raise InferenceError(
            "{name} has no rows to lend. {sentence}",
            "abstained",
            name=name,
            sentence=reasons[0].sentence,
        )
    return own.sequence.rows


def _read(rows: "RowModel", film: PreparedFilm, sequence: RowSequence) -> RowTrace:
    trace = rows.trace(sequence)
    rows.refuse_nonsense(film.image, trace.h, trace.by_row, trace.logits)
    return trace


def _changed(rows: "RowModel", before: Floats, after: Floats) -> Booleans:
    differs = (before != after).any(axis=1)
    return np.asarray(differs.reshape(-1, rows.info.input.rows_multiple).any(axis=1))


def _cell_aspect(film: PreparedFilm) -> float:
    """Width over height of a cell of the grid on the film; padding beside it counts as film."""
    count, width = film.own.sequence.rows.shape
    edges = film.own.sequence.edges
    pixel = film.header.pixel_aspect if film.header else 1.0
    across = film.image.columns * pixel / width
    return float(across / ((edges[-1] - edges[0]) / count))


# ------------------------------------------------------------------- influence and columns


def influence_again(
    model: "Opened",
    film: PreparedFilm,
    edits: Iterable[EditLike] = (),
    target: int | None = None,
    seed: int = 0,
) -> Influence:
    """Influence of the rows of a changed film, by the model's own method, from its mean film.

    Of two films, with the same target and seed, the difference says what the change did to the
    influence of every row; it sums to the change of the log-odds, but for both residuals.
    """
    rows = _opened(model)
    sequence = changed_sequence(rows, film, edits)
    index = class_of(rows.info, target, rows.trace(film.own.sequence).logits)
    found = rows.influence(sequence, index, seed=seed)
    rows.refuse_nonsense(film.image, found.values, np.array((found.log_odds, found.residual)))
    return found


def columns_again(
    model: "Opened",
    film: PreparedFilm,
    first: int,
    last: int,
    target: int | None = None,
    seed: int = 0,
) -> ColumnInfluence:
    """Which columns of a band, both ends included, moved the answer to the film as it is.

    As `engine.Model.columns`, but with edges that count model columns.

    Raises:
        InferenceError: The film has no such band.
    """
    from engine.explain import column_influence  # noqa: PLC0415 - the kernel, when asked

    rows = _opened(model)
    sequence = film.own.sequence
    steps = len(sequence.rows) // rows.info.input.rows_multiple
    if not 0 <= first <= last < steps:
        raise InferenceError(
            "Rows {first} to {last} are no band of the film; it has rows 0 to {end}.",
            first=first,
            last=last,
            end=steps - 1,
        )
    index = class_of(rows.info, target, rows.trace(sequence).logits)
    found = rows.explain(
        sequence,
        lambda asked, given, start: column_influence(
            asked,
            given,
            baseline=start,
            target=index,
            first=first,
            last=last + 1,
            method=rows.info.influence,
            seed=seed,
        ),
    )
    rows.refuse_nonsense(film.image, found.values)
    return found


# ----------------------------------------------------------------- does the filling matter?


@dataclass(frozen=True, slots=True)
class Filling:
    """The answer to a film with one band filled in one way.

    Attributes:
        kind: See `Edit`.
        path: The other film, of the kind "film".
        probability: Of the target; of noise the mean over the draws.
        low, high: Of noise, over the draws; otherwise the probability.
        change: Of the log-odds of the target against the film as read; of noise the mean.
    """

    kind: FillKind
    path: Path | None
    probability: float
    low: float
    high: float
    change: float


def fillings(
    model: "Opened",
    film: PreparedFilm,
    first: int,
    last: int,
    target: int | None = None,
    *edits: Edit,
) -> tuple[Filling, ...]:
    """Fill one band by the mean film, blurred, noise, its neighbours, and other films' rows.

    An answer that hangs on what was put in says little about what was taken away.

    Args:
        model: As for `reread`.
        film: Prepared for it.
        first: The band's first step.
        last: Its last one.
        target: As for `reread`.
        edits: Further fillings of the band, for example rows of other films.

    Raises:
        InferenceError: The film has no such band, or another film cannot be taken.
    """
    rows = _opened(model)
    before = _read(rows, film, film.own.sequence).logits
    index = class_of(rows.info, target, before)
    kinds: tuple[FillKind, ...] = ("mean", "blurred", "neighbour")
    whole = not first and last + 1 == len(film.own.sequence.rows) // rows.info.input.rows_multiple
    asked: list[tuple[Edit, ...]]
    asked = [(Edit(kind, first, last),) for kind in kinds[: 2 if whole else 3]]
    asked.insert(2, tuple(Edit("noise", first, last, (float(seed),)) for seed in range(DRAWS)))
    asked += [(edit,) for edit in with_films(edits, rows.info)]
    return tuple(_filling(rows, film, same, index, before) for same in asked)


def _filling(
    rows: "RowModel", film: PreparedFilm, same: Sequence[Edit], target: int, before: Floats
) -> Filling:
    logits = np.stack(
        [_read(rows, film, changed_sequence(rows, film, [edit])).logits for edit in same]
    )
    link = rows.bundle.config.link
    answers = _linked(logits, link)[:, target]
    change = _log_odds(logits, target, link) - _log_odds(before, target, link)
    return Filling(
        same[0].kind,  # type: ignore[arg-type]  # of a band
        same[0].path,
        float(answers.mean()),
        float(answers.min()),
        float(answers.max()),
        float(change.mean()),
    )


# ----------------------------------------------------------------------- reading directions


@dataclass(frozen=True, slots=True, eq=False)
class DirectionAnswer:
    """A film read in one direction.

    Attributes:
        direction: See `turned`.
        probabilities: (K,).
        by_row: (L, K) probabilities of the head after each step of that reading, as it is: what
            calibrates the answer by row was measured from the top down only, so it has no part in
            any of the four.
    """

    direction: Direction
    probabilities: Doubles
    by_row: Floats


def turned(frame: Frame, direction: Direction) -> Frame:
    """The frame of which a reading from the top down is one of this frame in a direction.

    "bottom-up" turns it upside down, columns stay. "left-right" makes its columns rows, the left
    one first, each from its top to its bottom; "right-left" likewise, the right one first. It is
    then laid on the model's grid as any film is, so a grid that is not square, or a film that is
    not, is stretched another way.
    """
    if direction == "top-down":
        return frame
    if direction == "bottom-up":
        return _with_pixels(frame, lambda pixels: pixels[::-1])
    header, image = frame.header, frame.image
    spacing, aspect = header.spacing, header.nominal_aspect
    crossed = replace(
        frame,
        image=replace(image, rows=image.columns, columns=image.rows),
        header=replace(
            header,
            spacing=replace(spacing, row_mm=spacing.column_mm, column_mm=spacing.row_mm)
            if spacing
            else None,
            nominal_aspect=1 / aspect,
        ),
    )
    if direction == "left-right":
        return _with_pixels(crossed, lambda pixels: pixels.swapaxes(0, 1))
    return _with_pixels(crossed, lambda pixels: pixels[:, ::-1].swapaxes(0, 1))


def _with_pixels(frame: Frame, how: Any) -> Frame:  # noqa: ANN401 - any array to one like it
    def moved(pixels: Any) -> Any:  # noqa: ANN401
        return None if pixels is None else np.ascontiguousarray(how(pixels))

    return replace(
        frame,
        values=moved(frame.values),
        colour=moved(frame.colour),
        valid=moved(frame.valid),
        exact=moved(frame.exact),
        content="",
        overlays=(),
        shutter=None,
    )


def direction_rows(frame: Frame, model: ModelInfo) -> tuple[RowSequence, ...]:
    """What a model reads of a frame in each of `DIRECTIONS`."""
    return tuple(to_sequence(turned(frame, one), model.input) for one in DIRECTIONS)


def read_directions(
    model: "Opened", film: PreparedFilm, sequences: Sequence[RowSequence]
) -> tuple[DirectionAnswer, ...]:
    """The answers to a film in each of `DIRECTIONS`.

    A network that was trained from the top down has never seen the other three: what they answer
    says how much the order of the rows matters to it, and nothing about the film.

    Args:
        model: As for `reread`.
        film: Whose frame it is.
        sequences: As `direction_rows` makes them.
    """
    rows = _opened(model)
    return tuple(
        _in_direction(rows, film, direction, one)
        for direction, one in zip(DIRECTIONS, sequences, strict=True)
    )


def _in_direction(
    rows: "RowModel", film: PreparedFilm, direction: Direction, sequence: RowSequence
) -> DirectionAnswer:
    reading = rows.reading(sequence)
    rows.refuse_nonsense(film.image, reading.logits, reading.by_row)
    link = rows.bundle.config.link
    by_row = _linked(reading.by_row, link).astype(np.float32)
    return DirectionAnswer(direction, _linked(reading.logits, link), by_row)
