"""Finding states: a million rows searched against exact search, 100,000 films opened.

Films are drawn, smooth and each its own; `digits` reads them. The large index is the same one
three times over, with paths, lists and all.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import engine
from engine.index import ABOUT, LISTS, exact, index_films, measure_search, open_index

FILMS, SIDE, TIMES = 36_000, 28, 3
PATIENCE = 0.1  # seconds for a search
MISSED = 0.05  # of what exact search finds
OPENING = 2.0  # seconds
QUERIES = 40
PER_FILM = {"answer", "target", "frame", "picture_sizes"}
PER_ROW = {"states", "by_row", "edges"}
OPEN = """
import sys, time
from engine.index import open_index
begun = time.perf_counter()
index = open_index(sys.argv[1])
film = index.film(len(index) - 1), index.thumbnail(len(index) // 2)
unit, cloud = index.unit(-1, 0, 0), index.cloud
print(time.perf_counter() - begun)
"""


def run():
    """Searching, what it misses, and opening."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.savez(folder / "films.npz", images=drawn(FILMS), labels=np.arange(FILMS) % 10)
        begun = time.perf_counter()
        index_films("digits", folder / "films.npz", folder / "index")
        made = time.perf_counter() - begun
        index = open_index(folder / "index")
        proofs = {steps: measure_search(index, steps, queries=QUERIES) for steps in (1, 8, 20)}
        alone = exact_seconds(index)
        large = repeated(index, folder / "large", TIMES)
        opening = opened_in(large)
        three = measure_search(open_index(large), 8, queries=4)
    slowest = max(proof.milliseconds for proof in proofs.values()) / 1000
    recall = min(proof.recall for proof in proofs.values())
    print(f"  {index.about.films:,} films, {index.about.rows:,} rows, made in {made:.0f} s")
    for steps, proof in proofs.items():
        took = f"{proof.milliseconds:.1f} ms ({proof.processor:.1f} ms of a processor)"
        print(f"  {steps:2} rows: {took}, recall@12 {proof.recall:.3f}")
    print(f"  exact search for 8 rows: {1000 * alone:.0f} ms")
    print(f"  {len(index) * TIMES:,} films opened in {1000 * opening:.0f} ms,")
    print(
        f"  8 rows found among their {index.about.rows * TIMES:,} in {three.milliseconds:.1f} ms"
    )
    return [
        (f"finding states among {index.about.rows:,} rows / 100 ms", slowest / PATIENCE, 1.0),
        ("the same / exact search", proofs[8].milliseconds / 1000 / alone, 0.2),
        ("what it misses of the 12 nearest films / 5 %", (1 - recall) / MISSED, 1.0),
        (f"opening an index of {len(index) * TIMES:,} films / 2 s", opening / OPENING, 1.0),
    ]


def drawn(count):
    """Films (count, 28, 28) of some blurred spots each."""
    rng = np.random.default_rng(0)
    at = np.arange(SIDE, dtype=np.float32)
    films = np.zeros((count, SIDE, SIDE), np.float32)
    for _ in range(4):
        middle = rng.uniform(4, SIDE - 4, (2, count, 1)).astype(np.float32)
        width = rng.uniform(1.5, 4, (2, count, 1)).astype(np.float32)
        rows, columns = np.exp(-(((at - middle) / width) ** 2))
        films += rows[:, :, None] * columns[:, None, :]
    return np.clip(films * 255, 0, 255).astype(np.uint8)


def exact_seconds(index):
    """Median time of looking at every row for 8."""
    seconds = []
    for film in range(5):
        stretch = index.table.states[film * SIDE + 9 : film * SIDE + 17].astype(np.float32)
        begun = time.perf_counter()
        exact(index.table, stretch, 12, leave_out=film)
        seconds.append(time.perf_counter() - begun)
    return float(np.median(seconds))


def repeated(index, folder, times):
    """An index with every film several times."""
    folder.mkdir()
    rows, films = index.about.rows, index.about.films
    for path in index.folder.glob("*.npy"):
        kept = np.load(path, mmap_mode="r")
        if path.stem in PER_FILM | PER_ROW | {"words", "pictures"}:
            kept = np.concatenate([kept] * times)
        elif path.stem in {"word_ends", "picture_ends"}:
            kept = np.concatenate([kept + turn * kept[-1] for turn in range(times)])
        elif path.stem == "first":
            kept = np.append(
                np.concatenate([kept[:-1] + turn * rows for turn in range(times)]), rows * times
            )
        elif path.stem == "list_sizes":
            kept = kept * times
        np.save(folder / path.name, kept)
    write_lists_again(index, folder / LISTS, times)
    about = json.loads((index.folder / ABOUT).read_text())
    (folder / ABOUT).write_text(json.dumps(about | {"films": films * times, "rows": rows * times}))
    return folder


def write_lists_again(index, path, times):
    """Each list several times over: its codes, then the rows that they are of."""
    whole = np.memmap(index.folder / LISTS, np.uint8, "r")
    width, rows, begin = index.about.width, index.about.rows, 0
    with path.open("wb") as file:
        for size in np.load(index.folder / "list_sizes.npy"):
            end = begin + size * width
            file.write(whole[begin:end].tobytes() * times)
            numbers = whole[end : end + size * 8].view("<i8")
            for turn in range(times):
                file.write((numbers + turn * rows).tobytes())
            begin = end + size * 8


def opened_in(folder):
    """Seconds, in a process of its own, until films, units and the cloud can be shown."""
    environment = os.environ | {"PYTHONPATH": str(Path(engine.__file__).parents[1])}
    found = subprocess.run(
        [sys.executable, "-c", OPEN, str(folder)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(found.stdout)
