"""Phantoms for tests, each drawn once: a film takes a quarter of a second, a large one a whole."""

from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import pytest

from engine.phantoms import demo_study, draw_phantom, files


@cache
def drawn(spec):
    """The film of a `PhantomSpec`; its values are read only."""
    phantom = draw_phantom(spec)
    phantom.values.flags.writeable = False
    return phantom


def demo_drawn(folder):
    """Paths of the demo study, of films that are drawn once for all who ask in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "draw_phantom", drawn)
        return demo_study(folder)


@contextmanager
def small_demo(size=160):
    """The demo study in small meanwhile: its films are drawn in a moment."""
    films = tuple(
        replace(film, spec=replace(film.spec, rows=size, columns=size)) for film in files._FILMS
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_FILMS", films)
        yield
