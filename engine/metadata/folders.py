"""Where bundles lie, and which of them a name means."""

import os
from pathlib import Path

from engine.errors import BundleError
from engine.metadata.files import METADATA, WEIGHTS, exists
from engine.metadata.text import is_visible, shown
from engine.resources import resource_path

VARIABLE = "ROWSCOPE_MODELS"


def bundle_folders(folder: Path | None = None) -> tuple[Path, ...]:
    """Folders that hold a metadata.json, in order of name, one for each name.

    A name belongs to the first place that has it: the models that come with the program, then
    the folder that the environment variable ROWSCOPE_MODELS names. So no bundle from elsewhere
    takes the place of one of the program's, not even of a damaged one.

    Args:
        folder: Look here only.
    """
    found: dict[str, Path] = {}
    for root in (folder,) if folder else _roots():
        for path in _entries(root):
            if is_visible(path.name) and exists(path, METADATA):
                found.setdefault(path.name, path)
    return tuple(found[name] for name in sorted(found))


def find_bundle(model: str | Path) -> Path:
    """The absolute folder of a model given by name or by path.

    A text that is a mere name is looked for among the models first (see `bundle_folders`), and
    as a folder after that.

    Raises:
        BundleError: There is none, or its name holds characters that cannot be seen.
    """
    folders = [Path(model)]
    if isinstance(model, str) and Path(model).name == model and model not in {"", ".."}:
        folders = [root / model for root in _roots()] + folders
    for folder in folders:
        if exists(folder, METADATA):
            return _absolute(folder)
    raise BundleError(_absence(model), "bundle")


def is_bundle(folder: Path) -> bool:
    """Whether a folder has the two files of a bundle; whether they can be used is not asked."""
    return exists(folder, METADATA) and exists(folder, WEIGHTS)


def _roots() -> tuple[Path, ...]:
    extra = os.environ.get(VARIABLE)
    return (resource_path("models"), *((Path(extra),) if extra else ()))


def _entries(root: Path) -> list[Path]:
    try:
        return sorted(root.iterdir())
    except (OSError, ValueError):  # not there, no folder, or not allowed to look
        return []


def _absence(model: str | Path) -> str:
    try:
        is_folder = str(model) not in {"", ".."} and Path(model).is_dir()
    except (OSError, ValueError):  # a name that no folder could have
        is_folder = False
    if is_folder:
        name = shown(Path(model).name or str(model))
        return (
            f"There is no model in the folder “{name}”: it has no {METADATA}. Choose a folder that"
            " a training wrote."
        )
    known = ", ".join(path.name for path in bundle_folders()) or "none"
    return f"There is no model “{shown(str(model))}”; known models: {known}."


def _absolute(folder: Path) -> Path:
    """The name stays that under which it was found, also where it is a link."""
    try:
        plain = folder.name not in {"", ".."}
        found = folder.parent.resolve() / folder.name if plain else folder.resolve()
    except (OSError, RuntimeError) as error:  # a loop of links
        raise BundleError(
            "{folder} cannot be read.", "bundle", folder=shown(str(folder))
        ) from error
    if not is_visible(found.name):
        raise BundleError(
            "The folder “{found}” has characters in its name that cannot be seen; rename it.",
            "bundle",
            found=shown(found.name),
        )
    return found
