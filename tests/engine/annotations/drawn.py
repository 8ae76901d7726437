"""Frames that are measured in these tests, and annotations on them."""

from pathlib import Path

import numpy as np

from engine.annotations import Annotation
from engine.types import Frame, FrameHeader, Image, Spacing

CALIBRATED = Spacing(0.2, 0.3, "calibrated")


def frame(values, *, colour=None, valid=None, exact=None, kind="DICOM", **header):
    values = np.asarray(values)
    image = Image(
        path=Path("film.dcm"),
        format=kind,
        encoding="",
        frame_count=1,
        rows=values.shape[0],
        columns=values.shape[1],
        bits_stored=16,
        photometric="MONOCHROME2",
    )
    known = {"value_range": (0, 65535), "rescale": (1.0, 0.0)} | header
    return Frame(
        image,
        0,
        values.astype(np.float32),
        colour,
        valid,
        exact,
        header=FrameHeader(**known),
    )


def noise(rows=40, columns=50, top=4000, seed=3):
    return np.random.default_rng(seed).integers(0, top, (rows, columns))


def drawn(kind, *points, **others):
    return Annotation("a", kind, tuple(points), **others)
