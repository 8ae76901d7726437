"""`export`: a model as an ONNX file for other programs, and how much it lost on the way."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from engine.cli.console import fail, printable, sentences
from engine.metadata import NetworkConfig
from engine.types import Doubles, Floats, Frame, FrameHeader, Image, InputFormat, ModelInfo

if TYPE_CHECKING:
    import onnx

    from engine.bundle import Bundle
    from engine.runtime.compare import Comparison

_DRAWN = 32  # phantoms that stand in for films


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(export)


def export(
    model: Annotated[str, typer.Argument(help="Name or folder of a model.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, .onnx.")],
    int8: Annotated[
        bool, typer.Option("--int8", help="Store recurrent weights in eight bits.")
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(help="Folder, tar or npz file of films to compare on; else phantoms."),
    ] = None,
) -> None:
    """Write a model as an ONNX file, and compare it with the network that it was made of.

    The file reads rows (N,M,W) and lengths (N,), and gives logits, probabilities, by_row and h
    for every film. Its metadata_props say what it is. Research use only.
    """
    with sentences():
        from engine.bundle import load_bundle  # noqa: PLC0415 - imports torch
        from engine.runtime.export import arithmetic  # noqa: PLC0415 - imports onnx
        from engine.runtime.fit import config_of  # noqa: PLC0415 - the same

        bundle = load_bundle(model)
        config = config_of(bundle.network)
        if config is None:
            raise fail(f"“{model}” has parts of another package; only built-in ones are exported.")
        models = {"float32": _exported(bundle, config, int8=False)}
        if int8:
            models["int8"] = _exported(bundle, config, int8=True)
        rows, labels = _films(bundle, data)
        output.write_bytes(models["int8" if int8 else "float32"].SerializeToString())
    compared = _compared(bundle, models, rows, labels=labels)
    on = f"films of {data.name}" if data else "phantoms: only the differences count"
    _print(compared, printable(f"{output.name} on {len(rows)} {on}"))
    if int8:
        typer.echo(arithmetic(config))


def _exported(bundle: "Bundle", config: NetworkConfig, *, int8: bool) -> "onnx.ModelProto":
    from engine.metadata import read_description  # noqa: PLC0415 - only this command needs it
    from engine.runtime.export import export_model  # noqa: PLC0415 - imports onnx
    from engine.runtime.fit import weights_of  # noqa: PLC0415 - the same

    description, _ = read_description(bundle.info.path)
    recipe = dict(description.training.get("recipe", {}))
    licence = str(dict(recipe.get("data", {})).get("licence", ""))
    weights = weights_of(bundle.network)
    return export_model(
        bundle.info,
        config,
        weights,
        data_licence=licence,
        int8=int8,
        prefixes=bundle.by_row,
        calibration=dict(description.training.get("calibration", {})),
    )


def _films(bundle: "Bundle", data: Path | None) -> tuple[list[Floats], NDArray[np.int64] | None]:
    """Model rows (M, W), and labels (N,) where they are known."""
    if data is None:
        return [_drawn(bundle.info.input, seed) for seed in range(_DRAWN)], None
    from engine.training.evaluate import films_for  # noqa: PLC0415 - imports scikit-learn

    films = films_for(bundle.info, data, split="test", report=typer.echo)
    ends = zip(films.rows, films.heights, strict=True)
    return [rows[:height].astype(np.float32) for rows, height in ends], films.labels


def _drawn(fmt: InputFormat, seed: int) -> Floats:
    """A phantom as a model reads it."""
    from engine.phantoms import PhantomSpec, draw_phantom  # noqa: PLC0415 - only without films
    from engine.sequence import to_sequence  # noqa: PLC0415 - the same

    size = max(2 * fmt.rows, 2 * fmt.columns, 64)
    values = draw_phantom(PhantomSpec(seed, size, size, opacity=seed % 2 == 1)).values
    image = Image(
        path=Path("phantom"),
        format="drawn",
        encoding="array",
        frame_count=1,
        rows=size,
        columns=size,
        bits_stored=12,
        photometric="MONOCHROME2",
    )
    frame = Frame(image, 0, values.astype(np.float32), header=FrameHeader((0.0, 4095.0)))
    return to_sequence(frame, fmt).rows


def _compared(
    bundle: "Bundle",
    models: "dict[str, onnx.ModelProto]",
    rows: list[Floats],
    *,
    labels: NDArray[np.int64] | None,
) -> "list[Comparison]":
    from engine.runtime.compare import compare  # noqa: PLC0415 - imports onnxruntime
    from engine.runtime.torch_reader import TorchReader  # noqa: PLC0415 - imports torch

    info = bundle.info

    def decide(probabilities: Doubles) -> NDArray[np.int64]:
        return _decided(info, probabilities)

    if labels is not None and info.positive is not None and info.threshold is not None:
        labels = (labels == info.positive).astype(np.int64)
    found = compare(TorchReader(bundle.network), models, rows, decide=decide, labels=labels)
    sizes = (info.path / "model.safetensors").stat().st_size
    return [replace(found[0], size=sizes), *found[1:]]


def _decided(info: ModelInfo, probabilities: Doubles) -> NDArray[np.int64]:
    """Whether the finding is there, by the model's threshold, or the most probable class."""
    if info.positive is None or info.threshold is None:
        best: NDArray[np.int64] = probabilities.argmax(axis=1)
        return best
    return (probabilities[:, info.positive] >= info.threshold.value).astype(np.int64)


def _print(compared: "list[Comparison]", title: str) -> None:
    head: tuple[str, ...] = (
        "read by",
        "file",
        "time / torch",
        "time / float32",
        "largest Δp",
        "changed",
    )
    labelled = compared[0].accuracy is not None
    head += ("accuracy",) if labelled else ()
    table = Table(*head, title=title, title_justify="left", box=None)
    for one in compared:
        size = "" if one.size is None else f"{one.size / 1000:,.0f} kB"
        cells = [one.name, size, f"{one.to_first:.2f}", f"{one.to_second:.2f}"]
        cells += [f"{one.difference:.1e}", f"{one.changed:.2%}"]
        table.add_row(*cells, *([f"{one.accuracy:.4f}"] if one.accuracy is not None else []))
    Console().print(table)
