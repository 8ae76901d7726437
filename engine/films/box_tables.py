"""Boxes of films, read from a table, from masks, or from the truth of phantoms."""

import math
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import DataError, EngineError
from engine.films.films import Films
from engine.films.listing import TABLE, Entry, FilmListing, layout_of
from engine.films.sources import listed
from engine.films.tables import header_of, lines_of, says_nothing
from engine.imaging import Area, film_area, read_frame, read_image
from engine.recipe import Recipe
from engine.tasks import BoxColumns, Boxes, LocalisationOptions
from engine.types import Doubles

# A box is read in stored pixels and kept as shares of the film, because the grid of a network lies
# over the whole film whatever its size. So each film's size is looked up in its file; where a file
# says that some of its pixels are padding, the film is what is left, as for the network.

_TRUTH = BoxColumns(
    path="file",
    label="class",
    left="opacity_first_column",
    top="opacity_first_row",
    right="opacity_last_column",
    bottom="opacity_last_row",
)
_USUAL = {
    "path": ("path", "image", "file", "film", "filename"),
    "label": ("class", "finding", "label", "name"),
    "left": ("left", "x", "xmin", "x_min"),
    "top": ("top", "y", "ymin", "y_min"),
    "right": ("right", "xmax", "x_max"),
    "bottom": ("bottom", "ymax", "y_max"),
    "width": ("width", "w"),
    "height": ("height", "h"),
    "size": ("size_mm",),
}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Marked:
    """One box of a table.

    Attributes:
        label: As it stands there.
        place: Left, top, right, bottom in stored pixels.
        size: In millimetres, or NaN.
    """

    label: str
    place: tuple[float, float, float, float]
    size: float = math.nan


def with_boxes(films: Films, source: Path, recipe: Recipe) -> Films:
    """The films with their boxes; each film's label is the finding of most of its boxes.

    Args:
        films: Read from `source`.
        source: Folder, table or tar file that they came from.
        recipe: Of the task "localisation".

    Raises:
        DataError: There is neither table nor folder, a line of it cannot be understood, or no film
            has a box.
    """
    options: LocalisationOptions = recipe.asked.options
    names = tuple(options.names or recipe.classes[1:])
    with listed(source, layout_of(recipe)) as listing:
        root = _root(source, listing)
        entries = {entry.name: entry for entry in listing.entries}
        if options.masks:
            known = None
            marked = _of_masks(root / options.masks, entries, names, films.names.tolist())
        else:
            known = read_boxes(_table(root, options, source), options.columns)
            marked = {name: known.get(_key(name), []) for name in films.names.tolist()}
        if known is not None and not any(marked.values()):
            raise DataError(
                "{source}: none of the boxes of “{table}” is of a film that was read, such as"
                " {name}; paths count from the table's folder.",
                source=source.name,
                table=options.boxes,
                name=str(films.names[0]),
            )
        truth = _boxes(films.names.tolist(), marked, entries, names=names, title=source.name)
    return replace(films, truth=truth, labels=truth.labels())


def read_boxes(table: Path, columns: BoxColumns) -> dict[str, list[Marked]]:
    """The boxes of a table by the path of their film; a film without any has an empty list.

    Raises:
        DataError: A column is missing, or a place is no number.
    """
    header = header_of(table)
    if table.name == TABLE and columns == BoxColumns():
        columns = _TRUTH
    ends = (
        (columns.width, columns.height)
        if columns.width and columns.height
        else (columns.right, columns.bottom)
    )
    needed = [columns.path, columns.label, columns.left, columns.top, *ends]
    if missing := [one for one in needed if one not in header]:
        raise DataError(
            "{table} has no column “{missing}” but {header}; say which it is in"
            " `objective.options.columns`.",
            table=table.name,
            missing=missing[0],
            header=", ".join(f"“{one}”" for one in header[:12]),
        )
    sized = [columns.size] if columns.size in header else []
    found: dict[str, list[Marked]] = {}
    for number, line in enumerate(lines_of(table, [*needed, *sized]), start=2):
        own = found.setdefault(_key(line[columns.path]), [])
        words = [line[one] for one in needed[2:]]
        if all(map(says_nothing, words)):
            continue
        values = _numbers(words, table, number)
        place = _place(values, columns, inclusive=columns is _TRUTH)
        if place[2] < place[0] or place[3] < place[1]:
            raise DataError(
                "{table}, line {number}: a box ends before it begins.",
                table=table.name,
                number=number,
            )
        size = _numbers([line[one] for one in sized if line[one]], table, number)
        own.append(Marked(line[columns.label], place, size[0] if size else math.nan))
    return found


def boxes_in(table: Path) -> dict[str, list[Marked]]:
    """The same of a table whose columns have usual names, whichever of them they are.

    Raises:
        DataError: As `read_boxes`, or a column that is needed has none of the usual names.
    """
    header = {name.strip().casefold(): name for name in header_of(table)}
    if table.name == TABLE:
        return read_boxes(table, BoxColumns())
    found = {
        key: next((header[name] for name in names if name in header), "")
        for key, names in _USUAL.items()
    }
    for key in ("path", "label", "left", "top"):
        if not found[key]:
            raise DataError(
                "{table} has no column {names}.",
                table=table.name,
                names=" or ".join(f"“{name}”" for name in _USUAL[key]),
            )
    return read_boxes(table, BoxColumns(**found))


def _place(
    values: list[float], columns: BoxColumns, *, inclusive: bool
) -> tuple[float, float, float, float]:
    left, top, third, fourth = values
    if columns.width and columns.height:
        return left, top, left + third, top + fourth
    return left, top, third + inclusive, fourth + inclusive


def _numbers(words: Sequence[str], table: Path, line: int) -> list[float]:
    try:
        values = [float(word) for word in words]
    except ValueError:
        values = [math.nan]
    if not all(map(math.isfinite, values)):
        raise DataError(
            "{table}, line {line}: a place of a box is no number.", table=table.name, line=line
        )
    return values


def _key(name: str) -> str:
    return posixpath.normpath(name.strip().replace("\\", "/"))


def _root(source: Path, listing: FilmListing) -> Path:
    """The folder that names of films count from; an archive is unpacked meanwhile."""
    first = next(iter(listing.entries), None)
    if first is None or not first.path.as_posix().endswith(first.name):
        raise DataError(
            "{source}: boxes are read for films that are files of their own.", source=source.name
        )
    return Path(first.path.as_posix().removesuffix(first.name))


def _table(root: Path, options: LocalisationOptions, source: Path) -> Path:
    for name in (options.boxes, TABLE):
        if (root / name).is_file():
            return root / name
    raise DataError(
        "{source} has no table of boxes “{name}”; name it in `objective.options.boxes`, or a"
        " folder of masks in `objective.options.masks`.",
        source=source.name,
        name=options.boxes,
    )


def _boxes(
    films: Sequence[str],
    marked: Mapping[str, Sequence[Marked]],
    entries: Mapping[str, Entry],
    *,
    names: tuple[str, ...],
    title: str,
) -> Boxes:
    """All boxes of the films as shares; words that are no finding are left out."""
    owners, findings, places, sizes = [], [], [], []
    by_name = {name.casefold(): number for number, name in enumerate(names, 1)}
    for number, name in enumerate(films):
        own = [(one, by_name.get(one.label.casefold(), by_name.get("*"))) for one in marked[name]]
        if not any(finding for _, finding in own):
            continue
        area = _area(entries[name])
        for one, finding in own:
            if finding is None:
                continue
            owners.append(number)
            findings.append(finding)
            places.append(_share(one, area, name))
            sizes.append(one.size)
    if not owners:
        words = sorted({one.label for boxes in marked.values() for one in boxes})[:_SHOWN]
        raise DataError(
            "{title}: no box is of {names}; the table says {words}.",
            title=title,
            names=" or ".join(f"“{one}”" for one in names),
            words=", ".join(f"“{one}”" for one in words) or "nothing",
        )
    return Boxes(
        len(films),
        np.array(owners, np.int64),
        np.array(findings, np.int64),
        np.array(places, np.float64),
        np.array(sizes, np.float64),
    )


def _area(entry: Entry) -> Area:
    """The part of a stored frame that is film; only a file with padding need be decoded."""
    try:
        image = read_image(entry.path)
        if image.modality:  # only DICOM says what is padding
            return film_area(read_frame(image, entry.frame))
    except EngineError as error:
        raise DataError("{name}: {error}", name=entry.name, error=str(error)) from error
    return Area(0, 0, image.rows, image.columns)


def _share(one: Marked, area: Area, name: str) -> Doubles:
    across, down = area.right - area.left, area.bottom - area.top
    place = np.array(one.place) - [area.left, area.top, area.left, area.top]
    share = place / [across, down, across, down]
    if (share[:2] >= 1).any() or (share[2:] < 0).any():
        raise DataError(
            "{name} is {across} × {down} pixels large, and a box of it lies at {place}.",
            name=name,
            across=across,
            down=down,
            place=", ".join(f"{value:g}" for value in one.place),
        )
    return np.clip(share, 0.0, 1.0)


# -------------------------------------------------------------------------------- masks


def _of_masks(
    folder: Path, entries: Mapping[str, Entry], names: tuple[str, ...], films: Sequence[str]
) -> dict[str, list[Marked]]:
    """A box around each part of a film's mask that hangs together."""
    if not folder.is_dir():
        raise DataError("There is no folder “{name}” of masks beside the films.", name=folder.name)
    return {name: list(_parts(folder, entries[name], names)) for name in films}


def _parts(folder: Path, entry: Entry, names: tuple[str, ...]) -> Iterator[Marked]:
    from scipy.ndimage import find_objects, label  # noqa: PLC0415 - only where there are masks

    path = (folder / entry.name).with_suffix(".png")
    if not path.is_file():
        return  # nothing was found in this film
    try:
        values = read_frame(read_image(path)).values
    except EngineError as error:
        raise DataError("{name}: {error}", name=path.name, error=str(error)) from error
    for number, name in enumerate(names, 1):
        inside = values > 0 if len(names) == 1 else values == number
        for rows, columns in find_objects(label(inside, np.ones((3, 3)))[0]):
            yield Marked(name, (columns.start, rows.start, columns.stop, rows.stop))
