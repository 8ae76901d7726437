"""Chest-like radiographs that the project draws itself, with truth known to the row.

A drawing goes: seed → patient → path lengths of air, soft tissue and bone → photons → stored
values. Nothing in it comes from a person's film.
"""

from engine.phantoms.dataset import DatasetPlan, write_dataset, write_grey, write_png
from engine.phantoms.demo import demo_study
from engine.phantoms.dicom import write_phantom
from engine.phantoms.phantom import Phantom, PhantomSpec, draw_phantom

__all__ = [
    "DatasetPlan",
    "Phantom",
    "PhantomSpec",
    "demo_study",
    "draw_phantom",
    "write_dataset",
    "write_grey",
    "write_phantom",
    "write_png",
]
