"""The windows and VOI LUTs that a DICOM header offers (PS3.3 C.11.2)."""

import numpy as np

from engine.imaging.modality import functional_layers, lut_table
from engine.imaging.refused import RefusedError
from engine.imaging.text import clean
from engine.imaging.values import Fields
from engine.types import Voi, VoiFunction, VoiLut, Window

_FUNCTIONS: dict[str, VoiFunction] = {
    "": "LINEAR",
    "LINEAR": "LINEAR",
    "LINEAR_EXACT": "LINEAR_EXACT",
    "SIGMOID": "SIGMOID",
}
_MAX_PRESETS = 64
_LEAST, _MOST = 1e-12, 1e30  # what float32 can compute with


def read_presets(fields: Fields, *, signed: bool, index: int = 0) -> tuple[Voi, ...]:
    """Return windows, then VOI LUTs, in the order of the header; unusable ones are noted.

    Args:
        fields: The data set.
        signed: Whether modality values can be negative.
        index: Frame whose own ones go before the shared ones and those of the top level.
    """
    layers = functional_layers(fields, "FrameVOILUTSequence", index)
    windows: list[Window] = next((found for layer in layers if (found := _windows(layer))), [])
    tables: list[VoiLut] = next(
        (luts for layer in layers if (luts := _tables(layer, signed=signed))), []
    )
    if windows and tables:
        fields.note("voi-lut", "It has a VOI LUT and a window; the window is shown first.")
    return (*windows[:_MAX_PRESETS], *tables)


def _tables(layer: Fields, *, signed: bool) -> list[VoiLut]:
    items = layer.items("VOILUTSequence")[:_MAX_PRESETS]
    tables = (_table(Fields(item, layer.notes), signed=signed) for item in items)
    return [table for table in tables if table is not None]


def _windows(fields: Fields) -> list[Window]:
    centers, widths = fields.numbers("WindowCenter"), fields.numbers("WindowWidth")
    if len(centers) != len(widths):
        fields.note(
            "window",
            "Window Center and Window Width do not pair up; the pairs there were used.",
        )
    explanation = fields.raw("WindowCenterWidthExplanation")
    single = isinstance(explanation, str) or explanation is None
    names = [clean(explanation)] if single else [clean(name) for name in explanation]
    function = _FUNCTIONS.get(fields.text("VOILUTFunction").upper())
    if function is None:
        fields.note("window", "VOI LUT Function is unknown; LINEAR was assumed.")
        function = "LINEAR"
    windows = []
    for i, (center, width) in enumerate(zip(centers, widths, strict=False)):
        least = 1.0 if function == "LINEAR" else _LEAST
        if not least <= width <= _MOST or abs(center) > _MOST:
            fields.note(
                "window",
                "Window Width {width:g} at {center:g} is impossible and was ignored.",
                width=width,
                center=center,
            )
            continue
        windows.append(Window(center, width, names[i] if i < len(names) else "", function))
    return windows


def _table(fields: Fields, *, signed: bool) -> VoiLut | None:
    descriptor = fields.numbers("LUTDescriptor")
    if len(descriptor) != 3:
        raise RefusedError("the descriptor of its VOI LUT is not three numbers", "damaged")
    if not 10 <= descriptor[2] <= 16 and descriptor[2] != 8:  # PS3.3 C.11.2.1.1
        fields.note(
            "voi-lut",
            "A VOI LUT has entries of {descriptor:g} bits.",
            descriptor=descriptor[2],
        )
    try:
        entries, first, bits = lut_table(fields, signed=signed)
    except (ValueError, TypeError, OverflowError):
        fields.note("voi-lut", "A VOI LUT is damaged and was ignored.")
        return None
    table = entries.astype(np.float32) / np.float32((1 << bits) - 1)
    return VoiLut(table, float(first), fields.text("LUTExplanation"))
