"""The dock's page of one row: what it shows follows the cursor, the layer and the units."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import engine as package
from engine.inspection import remember
from tests.viewer import film_values as made
from tests.viewer.inspect.taken_python import reproduces
from viewer.inspect.row_page import DockSection, RowPage, StepField, shared
from viewer.session.recollection import Recollection

A = Path("/films/a.dcm")


@pytest.fixture
def page(qtbot, session):
    result = RowPage(session, Recollection(session.inspection, session))
    qtbot.addWidget(result)
    result.resize(1200, 200)
    result.show()
    return result


@pytest.fixture
def opened(session, settle, page):
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    session.move_to_row(35.0)  # step 3 of eight, ten rows each
    return session.inspection.opened


def test_that_an_empty_page_says_no_numbers(page):
    assert page.taken() is None
    assert page.state()["pixels"] == {}
    assert page.state()["strongest"] == []


def test_that_an_empty_page_says_why(page, opened, session):
    full = page.pixels.grab().toImage()
    session.inspection.show(shown=False)
    page.pixels.show_step(None)
    empty = page.pixels.grab().toImage()
    page.pixels.paint_still = lambda _painter: None
    page.pixels.renew()
    assert page.pixels.grab().toImage() != empty != full


def test_that_every_part_shows_the_row_under_the_cursor(page, opened):
    state = page.state()
    carried = made.carried(opened.trace)
    assert state["step"] == 3
    assert state["pixels"]["stored_rows"] == [30.0, 40.0]
    share = carried.memory().share()[3]
    assert state["memory"]["share"] == pytest.approx(share, abs=1e-6)
    for name, found in state["gates"].items():
        unit = int(name.removeprefix("u"))
        assert found["z"] == pytest.approx(opened.trace.gates["z"][-1, 0, 3, unit], abs=1e-4)
    first = state["strongest"][0]
    did = carried.updates()
    assert first["written"] == pytest.approx(did.written[3, first["unit"]], abs=1e-4)


def test_that_another_row_is_followed_by_every_part(page, opened, session):
    before = page.state()
    session.step_row(1)
    after = page.state()
    assert after["step"] == 4
    assert after["pixels"]["stored_rows"] == [40.0, 50.0]
    assert after["memory"]["share"] != before["memory"]["share"]
    assert after["strongest"] != before["strongest"]


def test_that_the_strongest_units_are_those_that_deviate_most(page, opened, session):
    units = [one["unit"] for one in page.state()["strongest"]]
    sizes = [abs(one["deviation"]) for one in page.state()["strongest"]]
    assert sorted(units) == list(range(made.UNITS))
    assert sizes == sorted(sizes, reverse=True)
    assert list(page.gates.shown) == units[: len(page.gates.shown)]
    assert page.state()["chosen"] is False


def test_that_chosen_units_stand_in_place_of_the_strongest(page, opened, session):
    session.choose_map(replace(session.choice, units=(4, 1)))
    state = page.state()
    assert list(state["gates"]) == ["u4", "u1"]
    assert state["chosen"] is True
    memory = made.carried(opened.trace).memory().share((4, 1))[3]
    assert state["memory"]["share"] == pytest.approx(memory, abs=1e-6)


def test_that_another_layer_has_its_own_gates_and_memory(page, opened, session):
    session.choose_map(replace(session.choice, layer=0, units=(2,)))
    z = opened.trace.gates["z"][0, 0, 3, 2]
    assert page.state()["gates"]["u2"]["z"] == pytest.approx(z, abs=1e-4)
    share = made.carried(opened.trace).memory(0).share((2,))[3]
    assert page.state()["memory"]["share"] == pytest.approx(share, abs=1e-6)


def test_that_a_press_on_a_line_chooses_its_unit(page, opened, session):
    page.grab()
    unit = page.strongest.shown()[1]
    QTest.mouseClick(page.strongest, Qt.MouseButton.LeftButton, pos=QPointF(10, 55).toPoint())
    assert session.choice.units == (unit,)
    QTest.mouseClick(page.strongest, Qt.MouseButton.LeftButton, pos=QPointF(10, 55).toPoint())
    assert session.choice.units == ()


def test_that_a_press_in_a_curve_goes_to_its_step(page, opened, session):
    plot = next(iter(page.gates.plots().values()))
    place = QPointF(plot.x(6), plot.area.center().y()).toPoint()
    QTest.mouseClick(page.gates, Qt.MouseButton.LeftButton, pos=place)
    assert session.cursor.step == 6
    place = QPointF(page.memory.plot().x(1), 60).toPoint()
    QTest.mouseClick(page.memory, Qt.MouseButton.LeftButton, pos=place)
    assert session.cursor.step == 1


def test_that_nothing_is_left_of_a_film_that_is_closed(page, opened, session, settle):
    session.inspection.show(shown=False)
    assert page.taken() is None
    assert page.state()["gates"] == {}


def test_that_a_film_that_is_opened_again_is_not_asked_for_again(page, opened, session, engine):
    session.inspection.show(shown=False)
    session.inspection.show(shown=True)
    assert len(engine.remembered) == 1
    assert page.taken() is not None


def picture(widget):
    image = widget.grab().toImage()
    return [image.pixel(x, y) for x in range(image.width()) for y in range(image.height())]


def test_that_a_step_of_the_cursor_draws_no_curve_again(page, opened, session, monkeypatch):
    session.choose_map(replace(session.choice, units=(0, 1)))
    before = picture(page.gates)
    drawn = []
    for pane in (page.gates, page.memory, page.strongest, page.pixels):
        monkeypatch.setattr(pane, "paint_still", lambda _painter: drawn.append(1))
    session.step_row(1)
    assert picture(page.gates) != before
    assert drawn == []


def test_that_a_step_may_be_typed(qtbot, session, opened):
    field = StepField(session)
    qtbot.addWidget(field)
    session.step_row(1)
    assert field.edit.text() == "4"
    field.edit.setText("6")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert session.cursor.step == 6
    field.edit.setText("900")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert session.cursor.step == 7
    assert field.edit.text() == "7"


def test_that_sections_share_the_width_and_the_least_wanted_gives_way(qtbot):
    widgets = [QWidget() for _ in range(3)]
    for widget in widgets:
        qtbot.addWidget(widget)
    sections = [
        DockSection(widget, 100, 300, rank=rank)
        for widget, rank in zip(widgets, (3, 1, 2), strict=True)
    ]
    wide = shared(sections, 720, 10)
    assert [wide[widget][1] for widget in widgets] == [233, 233, 233]
    assert wide[widgets[2]][0] == 486
    vast = shared(sections, 1220, 10)
    assert [vast[widget][1] for widget in widgets] == [400, 400, 400]
    narrow = shared(sections, 290, 10)
    assert list(narrow) == [widgets[0], widgets[2]]


@pytest.fixture(scope="module")
def digits():
    return package.load("digits")


@pytest.fixture
def real(qtbot, session, page, digits, tmp_path, settle):
    """The page over a real trace, as if the film had been opened with it."""
    from PIL import Image as Raster

    path = tmp_path / "film.png"
    values = (np.random.default_rng(1).random((28, 28)) * 255).astype(np.uint8)
    Raster.fromarray(values).save(path)
    return path, remember(digits, path), digits.trace(path)


def test_that_what_is_taken_can_be_made_again_in_python(page, session, real, digits, monkeypatch):
    path, carried, trace = real
    film = made.film(made.image(path, rows=28, columns=28))
    from engine.preparation import frame_of, prepare
    from viewer.session.inspection import Opened

    prepared = replace(prepare(frame_of(path, 0, None), digits.info), others=())
    session.inspection.opened = Opened(film, prepared, trace, digits.info)
    page._recollection.carried = carried
    page._show_all()
    page._step = 12
    page._follow_step()
    monkeypatch.undo()  # the engine itself makes the numbers again
    reproduces(page.taken(), digits, path)
    assert {"seen", "gate_f", "gate_c", "kept", "written", "erased", "memory"} <= set(
        page.taken().arrays
    )
