import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_NOT_FILMS = frozenset({".csv", ".json", ".md", ".txt", ".html", ".py", ".toml", ".npz"})


def image_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths themselves, and of folders the files below them, in order of name.

    Hidden files, and those whose name says that they hold text or arrays, are passed over in
    folders; a path that is named itself is always taken.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
            yield path
            continue
        below = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
        yield from sorted(
            file
            for file in below
            if not file.name.startswith(".") and file.suffix.lower() not in _NOT_FILMS
        )
