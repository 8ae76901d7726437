"""Installs the package in `plugin/` into a folder, as pip would, but without pip."""

import shutil
import tomllib
from pathlib import Path

GROUP = "rowscope.architectures"
SOURCE = Path(__file__).with_name("plugin")


def install(folder: Path, source: Path = SOURCE) -> Path:
    """The real one: its code and the entry points of its pyproject."""
    project = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]
    module = project["name"].replace("-", "_")
    shutil.copytree(source / module, folder / module)
    return write(folder, project["name"], project["entry-points"][GROUP])


def write(folder: Path, name: str, points: dict[str, str]) -> Path:
    """The entry points of any package, as a wheel's metadata."""
    info = folder / f"{name.replace('-', '_')}-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n")
    lines = "".join(f"{key} = {value}\n" for key, value in points.items())
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}")
    return folder
