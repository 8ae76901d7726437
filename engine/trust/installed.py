"""The bundles that other bundles name, loaded once per process and anew when they change."""

from functools import lru_cache
from pathlib import Path

from engine.bundle import Bundle, load_bundle
from engine.errors import BundleError
from engine.metadata import METADATA, WEIGHTS
from engine.metadata.files import stamp
from engine.metadata.folders import bundle_folders


def load_installed(name: str) -> Bundle:
    """A bundle by its name, on the CPU.

    Only models by name: metadata from elsewhere must not choose a folder.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
    """
    folder = next((folder for folder in bundle_folders() if folder.name == name), None)
    if folder is None:
        raise BundleError("There is no model “{name}”.", "bundle", name=name)
    return _cached(folder, tuple(stamp(folder, file) for file in (METADATA, WEIGHTS)))


@lru_cache(maxsize=8)
def _cached(folder: Path, _stamps: tuple[object, ...]) -> Bundle:
    return load_bundle(folder)
