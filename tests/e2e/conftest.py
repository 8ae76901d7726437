"""The real window, the real engine, files written for each test."""

from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QSettings, QTimer

from engine import list_models
from engine.phantoms import PhantomSpec, write_phantom
from tests.drawn import drawn
from tests.lent import lending
from viewer.kit import theme
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.window import MainWindow

PATIENCE = 120_000  # for hanging, not for speed


@pytest.fixture(scope="session", autouse=True)
def _lent_processes():
    with lending():
        yield


@pytest.fixture(autouse=True)
def _windows_go(qapp):
    """What a test made and closed is deleted with it; else it is dressed with every new window."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qapp, qtbot, tmp_path):
    window = opened(qapp, tmp_path)
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    yield window
    window.close()


def opened(qapp, folder, *, size=(1280, 800)):
    """The real window, with settings of its own in a folder."""
    theme.apply(qapp)
    session = Session(shipped())
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow(session, settings)
    session.setParent(window)
    window.resize(*size)
    window.show()
    return window


@cache
def shipped():
    """The models of the program, that of the phantoms first."""
    return tuple(sorted(list_models(), key=lambda model: model.name != "phantom-opacity"))


def settle(session, action, *arguments):
    """Do something and wait until everything is read; for fixtures of modules."""
    loop, patience = QEventLoop(), QTimer(singleShot=True)
    session.settled.connect(loop.quit)
    patience.timeout.connect(lambda: loop.exit(1))
    patience.start(PATIENCE)
    action(*arguments)
    assert loop.exec() == 0
    session.settled.disconnect(loop.quit)


@pytest.fixture
def film(tmp_path):
    """A small phantom with an opacity, as DICOM."""
    return written(tmp_path / "opacity.dcm", seed=5, opacity=True)


@pytest.fixture
def second_film(tmp_path):
    return written(tmp_path / "second.dcm", seed=6, opacity=False)


def written(path, seed, *, opacity, size=192):
    spec = PhantomSpec(seed=seed, rows=size, columns=size, opacity=opacity)
    write_phantom(drawn(spec), path)
    return path


@pytest.fixture
def read(qtbot):
    """Open files in a window and wait until everything is read."""

    def read_in(window, *paths):
        with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
            window.session.open(tuple(paths))

    return read_in


@pytest.fixture
def large_film(tmp_path):
    """2048 × 2500 pixels of 12 bits, written without compression."""
    path = tmp_path / "large.dcm"
    rng = np.random.default_rng(1)
    phantom = drawn(PhantomSpec(seed=3, rows=512, columns=420, opacity=True))
    values = np.kron(phantom.values, np.ones((5, 5), np.uint16))[:2500, :2048]
    noisy = np.clip(values + rng.integers(0, 30, values.shape), 0, 4095).astype(np.uint16)
    write_phantom(phantom_with(phantom, noisy), path)
    return path


def phantom_with(phantom, values):
    from dataclasses import replace

    return replace(
        phantom,
        values=values,
        spec=replace(phantom.spec, rows=values.shape[0], columns=values.shape[1]),
    )
