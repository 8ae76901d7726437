"""What all tests share. Files are written by fixtures; none is stored in the repository."""

import gc
import os
from collections.abc import Generator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest

from viewer.kit.garbage import collect_due


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end: no search for garbage goes through it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Garbage is searched for between the tests, and never on a thread that a test began."""
    collect_due()


DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session", autouse=True)
def _cache_of_films(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands keep the films that they read in a folder of the tests, not in the user's."""
    os.environ["ROWSCOPE_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["ROWSCOPE_CONFIG"] = str(tmp_path_factory.mktemp("config"))


@pytest.fixture(scope="session", autouse=True)
def _records_of_readers(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests measure and call is kept in a folder of theirs, not in the user's."""
    os.environ["ROWSCOPE_DATA"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real films beside the project; the test is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip("no real films beside the project")
    return DATA
