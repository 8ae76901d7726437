"""Training films: read once through the viewer's own code, kept on disk as model rows.

`sources` finds out what is given (folders, tables, tar, npz) and lists it, `gathering` reads what
is listed, `cache` keeps it, `division` makes splits and folds, `leakage` compares them.
"""

from engine.training.data.arrays import model_rows_of
from engine.training.data.cache import default_cache
from engine.training.data.division import divide, folds
from engine.training.data.films import SPLITS, Films, Progress, Split
from engine.training.data.layout import Layout, layout_of, patient_of
from engine.training.data.leakage import Leak, check_leakage, find_leaks
from engine.training.data.rows import ModelRows, Rows
from engine.training.data.sources import read_films
from engine.training.data.store import on_disk

__all__ = [
    "SPLITS",
    "Films",
    "Layout",
    "Leak",
    "ModelRows",
    "Progress",
    "Rows",
    "Split",
    "check_leakage",
    "default_cache",
    "divide",
    "find_leaks",
    "folds",
    "layout_of",
    "model_rows_of",
    "on_disk",
    "patient_of",
    "read_films",
]
