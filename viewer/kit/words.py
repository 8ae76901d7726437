"""Words and numbers as the window says them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from numpy import format_float_positional

from engine.types import (
    Frame,
    Identity,
    Image,
    Interval,
    ModelInfo,
    Series,
    Spacing,
    Voi,
    Window,
)
from viewer.kit.language import marked, named, told, tr

# ------------------------------------------------------------------- words in the corners
# The words in the corners of a film: pure functions from header and view to lines.

Lines = tuple[str, ...]
_DOT = " · "
_AGE_UNITS = {"d": marked("d"), "w": marked("w"), "m": marked("m"), "y": marked("y")}
# What the engine may say of a spacing, and windows that are not of the header.
_MARKED = marked("calibrated"), marked("at detector"), marked("in patient")
_WINDOWS = {
    "auto": marked("auto"),
    "full range": marked("full range"),
    "by hand": marked("by hand"),
}
# What headers say (PS3.3 C.7.1.1, PS3.16 annex L, PS3.3 C.8.11.5); all else is shown as it is.
_SEXES = {"M": marked("M"), "F": marked("F"), "O": marked("O")}
_VIEWS = {
    "PA": marked("PA"),
    "AP": marked("AP"),
    "LL": marked("LL"),
    "RL": marked("RL"),
    "RLD": marked("RLD"),
    "LLD": marked("LLD"),
    "RLO": marked("RLO"),
    "LLO": marked("LLO"),
}
_PARTS = {
    "abdomen": marked("abdomen"),
    "ankle": marked("ankle"),
    "arm": marked("arm"),
    "brain": marked("brain"),
    "breast": marked("breast"),
    "chest": marked("chest"),
    "cspine": marked("cspine"),
    "elbow": marked("elbow"),
    "extremity": marked("extremity"),
    "foot": marked("foot"),
    "hand": marked("hand"),
    "head": marked("head"),
    "heart": marked("heart"),
    "hip": marked("hip"),
    "knee": marked("knee"),
    "leg": marked("leg"),
    "lspine": marked("lspine"),
    "neck": marked("neck"),
    "pelvis": marked("pelvis"),
    "shoulder": marked("shoulder"),
    "skull": marked("skull"),
    "spine": marked("spine"),
    "thorax": marked("thorax"),
    "tspine": marked("tspine"),
    "wrist": marked("wrist"),
}
_PRESETS = (  # of `resources/windows.toml`; a reader's own names are shown as they are
    marked("Lung"), marked("Bone"), marked("Brain"), marked("Soft tissue"), marked("Abdomen"),
    marked("Mediastinum"), marked("Liver"), marked("Stroke"), marked("Subdural"),
    marked("Temporal bone"), marked("Vessels"),
)  # fmt: skip


def identity_lines(image: Image) -> Lines:
    """Who and what is shown, as far as the file says: patient, film, technique."""
    person = image.identity
    who = [person.patient_id or person.patient_name, age_text(person.age), sex_text(person.sex)]
    kind = " ".join(word for word in (image.modality, shown_text(person)) if word)
    what = [kind or image.format, date_text(person.study_date)]
    lines = (_joined(who), _joined(what), _joined([told(part) for part in image.technique[:3]]))
    return tuple(line for line in lines if line)


def sex_text(sex: str) -> str:
    """Patient's Sex: its letter, or what a language without them calls it."""
    return tr(_SEXES.get(sex, "")) or sex


def shown_text(person: Identity) -> str:
    """Body Part Examined and View Position, as people write them: "chest PA"."""
    part = person.body_part.lower()
    part = tr(_PARTS.get(part, "")) or part
    view = tr(_VIEWS.get(person.view_position, "")) or person.view_position
    return tr("{part} {view}", part=part, view=view) if part and view else part or view


def view_lines(
    voi: Voi,
    scale: float,
    *,
    fitted: bool,
    frame: Frame,
    true_size: bool = False,
    of: tuple[int, int] | None = None,
) -> Lines:
    """How it is shown: window, zoom, frame; a colour image has no window.

    Args:
        voi: Window or VOI LUT.
        scale: Pixels of the screen per stored pixel.
        fitted: Whether the whole film is shown.
        frame: Which one.
        true_size: Whether a centimetre of the film is a centimetre of the screen.
        of: Its place in what is leafed through, from 0, and how many there are; None is that of
            its file.
    """
    zoom = tr("zoom {percent} %, fit") if fitted else tr("zoom {percent} %")
    if true_size:
        zoom = tr("zoom {percent} %, true size")
    zoom = zoom.format(percent=number(scale * 100))
    place, count = of or (frame.index, frame.image.frame_count)
    number_of = tr("frame {number} of {count}", number=place + 1, count=count) if count > 1 else ""
    window = voi_text(voi) if frame.colour is None else tr("colour as stored")
    return (window, _joined([zoom, number_of]))


_ODD_SERIES = {
    "no-position": marked("The files do not say where the images lie in the patient."),
    "positions-coincide": marked("Several images lie at one place, and nothing tells them apart."),
    "uneven": marked("The gaps between the images differ: some may be missing."),
    "no-number": marked("Numbers are missing or occur twice: the images stand by file name."),
    "duplicate": marked("Some images were found more than once; each is shown once."),
    "uid-twice": marked("Images that differ have one UID: they are told apart by content."),
    "patients-differ": marked("This study holds files of several patients; they stand apart."),
}


def odd_series(series: Series | None) -> Lines:
    """What is odd about the order of a series of DICOM files, one sentence each."""
    if series is None or not series.modality or series.order == "frame":
        return ()
    codes = dict.fromkeys(note.code for note in series.notes)
    return tuple(tr(_ODD_SERIES[code]) for code in codes if code in _ODD_SERIES)


def pixel_lines(image: Image, spacing: Spacing | None, step_rows: str) -> Lines:
    """What the pixels are: spacing and its kind, compression, how many notes, rows per step."""
    if spacing is None:
        size = tr("no pixel spacing")
    elif abs(spacing.row_mm - spacing.column_mm) < 5e-4:
        size = f"{spacing.row_mm:.3f} mm {tr(spacing.kind)}"
    else:
        size = f"{spacing.row_mm:.3f} × {spacing.column_mm:.3f} mm {tr(spacing.kind)}"
    noted = len(image.notes)
    notes = tr("%n notes on this file", "", n=noted) if noted else ""
    return tuple(line for line in (size, told(image.lossy), notes, step_rows) if line)


def probe_text(frame: Frame, row: int, column: int) -> str:
    """The stored value at a place, exactly, with its unit; of padding, that it is no image."""
    if frame.colour is not None:
        red, green, blue = (int(part) for part in frame.colour[row, column])
        return tr(
            "column {column}, row {row}: red {red}, green {green}, blue {blue}",
            column=column,
            row=row,
            red=red,
            green=green,
            blue=blue,
        )
    exact = frame.values if frame.exact is None else frame.exact
    value = float(exact[row, column])
    padding = frame.valid is not None and not frame.valid[row, column]
    digits = 6 if frame.exact is None else 15
    text = f"{value:.0f}" if value.is_integer() else f"{value:.{digits}g}"
    unit = f" {frame.header.unit}" if frame.header.unit else ""
    text = text.replace("-", "−")
    value_text = tr("padding ({value})", value=text) if padding else f"{text}{unit}"
    return tr("column {column}, row {row}: {value}", column=column, row=row, value=value_text)


def broken(lines: Lines, room: float, measure: Callable[[str], float]) -> Lines:
    """Lines that are wider than the room, broken at their dots, then at spaces; no word is lost.

    Args:
        lines: Parts are joined by " · ".
        room: In the unit of `measure`.
        measure: Width of a text.
    """
    result: list[str] = []
    for line in lines:
        for part in _filled(line.split(_DOT), _DOT, room, measure):
            result.extend(_filled(part.split(" "), " ", room, measure))
    return tuple(result)


def _filled(
    parts: list[str], joint: str, room: float, measure: Callable[[str], float]
) -> list[str]:
    """As few lines as the room allows; a part that is too wide has a line of its own."""
    result = parts[:1]
    for part in parts[1:]:
        longer = f"{result[-1]}{joint}{part}"
        if measure(longer) <= room:
            result[-1] = longer
        else:
            result.append(part)
    return result


def voi_text(voi: Voi) -> str:
    """A window as width and centre with its explanation; a table by its name."""
    if not isinstance(voi, Window):
        table = tr("VOI LUT")
        name = explained(voi) if voi.explanation else ""
        return tr("{window} ({name})", window=table, name=name) if name else table
    name = explained(voi) if voi.explanation else ""
    width, center = number(voi.width), number(voi.center)
    words = tr("W {width}  C {center}", width=width, center=center)
    return tr("{window} ({name})", window=words, name=name) if name else words


def explained(voi: Voi) -> str:
    """The name of a window: of the header, which is data, or one of the program's own."""
    kind = voi.kind if isinstance(voi, Window) else "header"
    if kind in _WINDOWS:
        return tr(_WINDOWS[kind])
    return tr(voi.explanation) if voi.explanation in _PRESETS else voi.explanation


def number(value: float) -> str:
    """Three figures are enough, without an exponent."""
    if abs(value) >= 100:
        text = f"{value:.0f}"
    else:
        text = format_float_positional(value, precision=3, fractional=False, trim="-")
    return text.replace("-", "−")


def age_text(age: str) -> str:
    """DICOM's Age String ("004Y", PS3.5 6.2) in words: "4 y"."""
    count, unit = age[:-1], age[-1:].lower()
    return (
        f"{int(count)} {tr(_AGE_UNITS[unit])}" if count.isdecimal() and unit in _AGE_UNITS else age
    )


def date_text(date: str) -> str:
    """DICOM's Date ("20261123", PS3.5 6.2) as 2026-11-23."""
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isdigit() else date


def _joined(parts: list[str] | Lines) -> str:
    return _DOT.join(part for part in parts if part)


# ----------------------------------------------------------------------- numbers in words
# Numbers as people read them: true minus, nothing certain, places in words.


def signed(value: float, *, digits: int = 2) -> str:
    """A number with its sign, a true minus, and no negative zero."""
    text = f"{value:+.{digits}f}"
    if float(text) == 0:
        text = f"{0:.{digits}f}"
    return text.replace("-", "−")


def ordinal(percentile: float) -> str:
    """A percentile as a place, for example "41st"; never the 0th or the 100th."""
    place = min(max(round(percentile), 1), 99)
    tail = "th" if place in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{tail}"


def percentile_text(percentile: float) -> str:
    """The same as people say it; a language without ordinals has the place as {number}."""
    number = min(max(round(percentile), 1), 99)
    return tr("{place} percentile", place=ordinal(percentile), number=number)


def interval_text(interval: Interval) -> str:
    """An interval of probabilities, whose ends may be 0 and 1; one number where it is as short."""
    low, high = f"{interval.low:.2f}", f"{interval.high:.2f}"
    return probability_text(interval.low) if low == high else f"{low}–{high}"


def probability_text(probability: float) -> str:
    """A probability with two decimals that never claims to be certain."""
    if probability > 0.995:
        return ">0.99"
    if probability < 0.005:
        return "<0.01"
    return f"{probability:.2f}"


def answer_text(probability: float, *, of_film: bool) -> str:
    """A number of a class: its probability, or of what answers for no whole film its log-odds."""
    if of_film:
        return probability_text(probability)
    from engine.calibration import odds_of  # noqa: PLC0415 - not before a film was changed

    return signed(odds_of(probability))


def change_text(probability: float, change: float, *, of_film: bool) -> str:
    """A change of a probability, which is there afterwards; or that of its log-odds."""
    if of_film:
        return signed(change)
    from engine.calibration import odds_of  # noqa: PLC0415 - the same

    return signed(odds_of(probability) - odds_of(probability - change))


# ------------------------------------------------------------------------ names of models
# How models are named in lists: two that look alike by title can always be told apart.

LONGEST = 90  # letters of an entry; the tip has all of it
LONGEST_FOLDER = 28
UNSEEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of a list.

    Attributes:
        path: Its folder, which says which model is meant.
        text: For the list.
        tip: Lines with everything, for who rests on it.
    """

    path: Path
    text: str
    tip: tuple[str, ...]


def model_entries(ours: tuple[ModelInfo, ...], own: tuple[ModelInfo, ...]) -> list[ModelEntry]:
    """The program's models by title, version and architecture; the reader's by folder first."""
    tails = folder_tails(tuple(model.path for model in own))
    entries = [ModelEntry(one.path, _cut(_words(one)), (named(one.intended_use),)) for one in ours]
    for model, tail in zip(own, tails, strict=True):
        text = _cut(f"{_middle(tail)} · {_words(model)}")
        tip = (_words(model), visible(str(model.path)), named(model.intended_use))
        entries.append(ModelEntry(model.path, text, tip))
    return entries


def folder_tails(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """The shortest ends of the paths that tell them apart: "my-model", or "second/my-model"."""

    def tail(path: Path) -> str:
        for length in range(1, len(path.parts)):
            parts = path.parts[-length:]
            if all(other.parts[-length:] != parts for other in paths if other != path):
                return visible("/".join(parts))
        return visible(str(path))

    return tuple(tail(path) for path in paths)


def visible(text: str) -> str:
    """Text of a path, in which nothing turns the direction of writing or hides."""
    return "".join(letter if letter.isprintable() else UNSEEN for letter in text)


def _words(model: ModelInfo) -> str:
    return f"{named(model.title)} {model.version} · {named(model.architecture)}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _middle(text: str) -> str:
    """Both ends of a long text: names of folders often differ at their end."""
    if len(text) <= LONGEST_FOLDER:
        return text
    half = (LONGEST_FOLDER - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
