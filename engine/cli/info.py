"""`info`: what the program knows of a file without a model."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import engine
from engine.cli.options import AsJson, printable
from engine.errors import EngineError
from engine.types import Frame, FrameHeader, Image, Voi, VoiLut

Result = dict[str, Any]

_KNOWN = (
    "format", "encoding", "decoder", "frames", "rows", "columns", "bits_stored", "photometric",
    "modality", "patient_name", "mean", "pixel_aspect", "spacing", "orientation", "windows",
    "value_range", "content",
)  # fmt: skip


def info(
    paths: Annotated[list[Path], typer.Argument(help="Images, or folders of images.")],
    *,
    as_json: AsJson = False,
    frames: Annotated[
        bool, typer.Option("--frames", help="With geometry of every frame.")
    ] = False,
) -> None:
    """Say what files hold, and what is odd about them; exit status 1 if one cannot be read.

    Paths in the order given, folders in reading order. The mean is that of frame 1 in modality
    values (of colour its luminance), without padding.
    """
    engine.imaging.prepare_reading()  # while folders are listed
    listing = engine.imaging.list_images(paths)
    results = [_told(path, with_frames=frames) for path in listing.files]
    if as_json:
        whole = {"results": results, "passed_over": listing.passed_over}
        typer.echo(json.dumps(whole, indent=2, allow_nan=False))
    else:
        _print(results)
        if listing.words:
            typer.echo(listing.words, err=True)
    if any(result["status"] == "refused" for result in results):
        raise typer.Exit(1)


def _told(path: Path, *, with_frames: bool) -> Result:
    try:
        frame = engine.imaging.read_frame(engine.imaging.read_image(path))
        found = _shown(path, frame)
        if with_frames:
            found["per_frame"] = _per_frame(frame.image)
    except EngineError as error:
        return _refused(path, error.sentence)
    except Exception as error:  # noqa: BLE001 - one file must not cost the others their lines
        kind = type(error).__name__
        return _refused(path, f"{path.name} cannot be read: unexpected {kind}.")
    return found


def _refused(path: Path, reason: str) -> Result:
    start = {"path": str(path), "status": "refused", "reason": reason}
    return start | dict.fromkeys(_KNOWN) | {"notes": []}


def _shown(path: Path, frame: Frame) -> Result:
    image = frame.image
    return {
        "path": str(path),
        "status": "shown",
        "reason": None,
        "format": image.format,
        "encoding": image.encoding,
        "decoder": image.decoder,
        "frames": image.frame_count,
        "rows": image.rows,
        "columns": image.columns,
        "bits_stored": image.bits_stored,
        "photometric": image.photometric,
        "modality": image.modality,
        "patient_name": image.identity.patient_name,
        "mean": _mean(frame),
        "pixel_aspect": frame.header.pixel_aspect,
        **_geometry(frame.header),
        "value_range": list(frame.header.value_range),
        "content": frame.content,
        "notes": [{"code": note.code, "words": note.words} for note in image.notes],
    }


def _mean(frame: Frame) -> float | None:
    values = frame.values if frame.exact is None else frame.exact
    inside = values if frame.valid is None else values[frame.valid]
    return float(inside.mean(dtype="float64")) if inside.size else None


def _geometry(header: FrameHeader) -> Result:
    spacing, letters = header.spacing, header.orientation
    return {
        "spacing": spacing
        and {"row_mm": spacing.row_mm, "column_mm": spacing.column_mm, "kind": spacing.kind},
        "orientation": letters
        and {
            "left": letters.left,
            "right": letters.right,
            "top": letters.top,
            "bottom": letters.bottom,
        },
        "windows": [_window(voi) for voi in header.voi],
    }


def _window(voi: Voi) -> Result:
    if isinstance(voi, VoiLut):
        return {"lut": voi.explanation, "entries": len(voi.table)}
    return {
        "center": voi.center,
        "width": voi.width,
        "explanation": voi.explanation,
        "function": voi.function,
    }


def _per_frame(image: Image) -> list[Result]:
    described = (engine.imaging.describe_frame(image, index) for index in range(image.frame_count))
    return [{**_geometry(one), "rescale": _rescale(one)} for one in described]


def _rescale(header: FrameHeader) -> Result | None:
    if header.rescale is None:
        return None
    slope, intercept = header.rescale
    return {"slope": slope, "intercept": intercept}


def _print(results: list[Result]) -> None:
    table = Table("file", "what", "size", "spacing", "notes", box=None)
    for result in results:
        cells = _cells(result)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Console().print(table)


def _cells(result: Result) -> tuple[str, ...]:
    name = Path(result["path"]).name
    if result["status"] == "refused":
        return name, "refused", "", "", result["reason"]
    frames = f" × {result['frames']} frames" if result["frames"] > 1 else ""
    size = f"{result['columns']} × {result['rows']}{frames}, {result['bits_stored']} bits"
    spacing = result["spacing"]
    words = "unknown"
    if spacing:
        words = f"{spacing['row_mm']:.3f} × {spacing['column_mm']:.3f} mm {spacing['kind']}"
    notes = " ".join(note["words"] for note in result["notes"])
    return name, f"{result['format']}, {result['encoding']}", size, words, notes
