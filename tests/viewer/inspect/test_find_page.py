"""The page Find and its neighbours: films aligned on a stretch, a notice without an index."""

from pathlib import Path

import numpy as np
import pytest

from tests.viewer import index_values
from tests.viewer.film_values import heard
from viewer.inspect.find_page import FindPage
from viewer.inspect.plane_pane import Legend, classes_of, colours_of
from viewer.inspect.similar import SimilarPane, StretchButton, band_of, words_of
from viewer.kit import hues, theme
from viewer.session import row_plane, searching as module
from viewer.session.index_work import Working

A = Path("/films/a.dcm")
AROUND_TWO = np.array([(1.5, 5.0), (3.5, 5.0), (3.5, 25.0), (1.5, 25.0)])


@pytest.fixture
def index(monkeypatch, engine):
    return index_values.StandIn().put(monkeypatch, module, row_plane)


@pytest.fixture
def page(index, session, settle, qtbot):
    result = FindPage(session)
    qtbot.addWidget(result)
    result.resize(1400, 184)
    result.show()
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    return result


def shown(page):
    return [button for button in page.strips.buttons if not button.isHidden()]


# ------------------------------------------------------------------------ one film of many
@pytest.fixture
def button(qtbot):
    result = StretchButton("beneath")
    qtbot.addWidget(result)
    result.resize(96, 150)
    result.show_found(index_values.stretch(0, 2, 3), "normal")
    return result


def test_that_a_stretch_is_a_share_of_the_film():
    edges = np.array([10.0, 20.0, 40.0, 80.0])
    assert band_of(edges, 100.0, (1, 2)) == (0.2, 0.8)
    assert band_of(edges, 100.0, (1, 9)) == (0.2, 0.8)


def test_that_steps_are_said_as_people_would():
    assert (words_of((4, 4)), words_of((4, 7))) == ("step 4", "steps 4–7")


def test_that_stretches_of_different_places_lie_at_one_height(button, qtbot):
    other = StretchButton("beneath")
    qtbot.addWidget(other)
    other.resize(96, 150)
    other.show_found(index_values.stretch(1, 6, 7), "finding")
    assert other.anchor() != pytest.approx(button.anchor())
    other.align(button.anchor())
    assert other.anchor() == pytest.approx(button.anchor())
    np.testing.assert_allclose(other.band_area(), button.band_area())


def test_that_no_room_stays_empty_where_nothing_is_aligned(button):
    button.show_found(index_values.stretch(0, 0, 0), "normal")
    area, film = button.picture_area(), button.film_area()
    assert film.top() == area.top()
    assert film.bottom() >= area.bottom()


def test_that_the_band_is_drawn_in_the_accent(button):
    image = button.grab().toImage()
    for y in button.band_area():
        assert image.pixelColor(40, int(y)).name() == theme.ON_FILM.accent.lower()


def test_that_a_screen_reader_hears_film_rows_and_distance(button):
    assert button.accessibleName() == "normal, 0.50, b, steps 2–3"


# ------------------------------------------------------------------------------- the page
def test_that_the_films_that_were_found_stand_beside_the_open_one(page, session):
    assert [button.title for button in shown(page)] == list(index_values.LABELS)
    assert [button.value for button in shown(page)] == ["0.50", "1.50", "2.50"]
    assert page.strips.own.title == "This film"
    step = session.cursor.step
    assert page.strips.title.text() == f"Same state as at step {step}"


def test_that_all_stretches_lie_at_the_height_of_the_open_film(page, session, settle):
    settle(session.searching.brush, 2, 3)
    own = page.strips.own
    for button in shown(page):
        assert button.anchor() == pytest.approx(own.anchor())


def test_that_a_narrow_page_leafs_through_the_films(page):
    page.resize(620, 184)
    strips = page.strips
    seen = [button.name for button in shown(page)]
    assert len(seen) < 3
    assert strips.count.text() == f"1–{len(seen)} of 3"
    strips.on.click()
    assert [button.name for button in shown(page)] != seen
    assert strips.back.isEnabled()


def test_that_a_press_opens_a_film(page, session, settle):
    settle(shown(page)[1].click)
    assert session.film.frame.image.path == index_values.PATHS[1]
    assert session.cursor.step == 2


def test_that_a_lasso_takes_the_place_of_what_was_found(page, session, settle):
    settle(page.plane.view.lassoed.emit, AROUND_TWO)
    assert page.strips.title.text() == "2 films in the lasso"
    assert [button.found.film for button in shown(page)] == [5, 6]
    assert {button.value for button in shown(page)} == {""}
    page.strips.all.click()
    assert [button.found.film for button in shown(page)] == [4, 5, 6]


def test_that_a_press_on_the_path_moves_the_cursor(page, session, settle):
    settle(page.plane.view.row_requested.emit, 7)
    assert session.cursor.step == 7


def test_that_a_point_is_named_by_film_step_and_label(page):
    assert page.plane.view.name_of(8 + 3) == "c, step 3, finding"


def test_that_a_hidden_label_is_named_nowhere(page, session, settle):
    content = f"{index_values.PATHS[1]} 0"
    settle(session.open, (index_values.PATHS[1],))
    settle(session.select, A)
    session.searching._session.analyses.calls.hides = lambda film: film == content
    assert page.plane.view.name_of(8 + 3) == "c, step 3, hidden until your call"
    assert page.state()["matches"][1]["label"] == "hidden until your call"


def test_that_nothing_of_the_plane_is_seen_before_the_own_call(page, session, settle):
    settle(lambda: session.analyses.calls.choose(first=True))
    assert not page.plane.isVisible()
    assert page.notice.why.text() == "Appears after your own call"


def test_that_a_film_that_waits_has_no_colour_of_a_class(page, session):
    cloud, content = index_values.cloud(), f"{index_values.PATHS[1]} 0"
    session.films.holding = lambda film: index_values.PATHS[1:2] if film == content else ()
    session.analyses.calls.first = True
    labels = session.searching.labels(cloud)
    assert labels == ("normal", "", "normal")
    colours = colours_of(cloud, "class", labels)
    np.testing.assert_array_equal(colours[8], hues.without_class()[0])


def test_that_the_numbers_on_screen_are_in_the_state(page, session, settle):
    settle(session.searching.brush, 2, 3)
    state = page.state()
    assert state["index"] == {
        "folder": "/indexes/one",
        "model": "one",
        "films": 3,
        "rows": 24,
    }
    assert (state["stretch"], state["brushed"]) == ([2, 3], True)
    assert state["matches"][0] == {
        "film": "b.dcm",
        "path": "/films/b.dcm",
        "first": 2,
        "last": 3,
        "label": "normal",
        "distance": 0.5,
    }
    assert (state["projection"], state["colour"], state["share"]) == ("pca", "row", [0.3, 0.2])
    assert len(state["path"]) == 8


# --------------------------------------------------------------------------- without an index
@pytest.fixture
def without(index, session, settle, qtbot):
    index.index = None
    result = FindPage(session)
    qtbot.addWidget(result)
    result.resize(1000, 184)
    result.show()
    session.inspection.show(shown=True)
    settle(session.open, (Path("/films/ill/a.dcm"), Path("/films/well/b.dcm")))
    return result


def test_that_a_page_without_an_index_says_what_one_is(without):
    notice = without.notice
    assert notice.isVisible()
    assert "holds the state of the network" in notice.what.text()
    assert notice.why.text() == "There is no index for one yet."
    assert notice.labels.text() == "2 films; labels: their folders ill, well"
    assert notice.index.isEnabled()
    assert notice.cancel.isHidden()


def test_that_one_film_is_too_few_for_an_index(index, session, settle, qtbot):
    index.index = None
    page = FindPage(session)
    qtbot.addWidget(page)
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    messages = heard(session.message)
    assert not page.notice.index.isEnabled()
    assert not session.searching.index_list()
    assert "two films in the list" in messages[0][0].text


def test_that_work_is_seen_and_can_be_cancelled(without, session):
    work = session.searching.indexing
    work.now = Working("list", 40)
    work.working.emit(work.now)
    notice = without.notice
    assert notice.why.text() == "Indexing the films of the list… 40 %"
    assert notice.index.isHidden()
    assert not notice.cancel.isHidden()
    assert without.state()["working"] == ["list", 40]
    work.now = None


def test_that_an_index_takes_the_place_of_the_notice(without, index, session, settle):
    index.index = index_values.summary()
    settle(session.searching.open_index, Path("/indexes/one"))
    assert not without.notice.isVisible()
    assert len(shown(without)) == 3


# ------------------------------------------------------------------------------- colours
def test_that_rows_are_told_by_lightness():
    colours = colours_of(index_values.cloud(), "row", index_values.LABELS).astype(int)
    light = colours[:8] @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(light) > 0).all()
    np.testing.assert_array_equal(colours[:8], colours[8:16])


def test_that_films_of_a_class_share_a_colour():
    cloud = index_values.cloud()
    colours = colours_of(cloud, "class", cloud.labels)
    assert classes_of(cloud) == ("finding", "normal")
    np.testing.assert_array_equal(colours[0], colours[16])
    assert (colours[0] != colours[8]).any()


def test_that_each_film_has_a_colour():
    colours = colours_of(index_values.cloud(), "film", index_values.LABELS)
    assert len({tuple(one) for one in colours.tolist()}) == 3


@pytest.mark.parametrize("name", ["dark", "light"])
def test_that_points_stand_out_from_their_ground(name, monkeypatch):
    monkeypatch.setattr(theme._dress, "theme", theme.THEMES[name])
    ground = theme.colour(theme.WINDOW)
    for shades in (hues.of_classes(10), hues.of_films(np.arange(20)), hues.along(np.ones(1))):
        for one in shades:
            assert contrast(hues.shade(one), ground) >= 3.0


def contrast(one, other):
    """Of two colours, after WCAG 2."""

    def luminance(shade):
        parts = np.array([shade.redF(), shade.greenF(), shade.blueF()])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_that_a_legend_without_room_can_be_read_in_its_tip(qtbot):
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(60, 16)
    legend.show_legend("class", index_values.cloud(), 3)
    assert legend.toolTip() == "finding, normal, 3 films; line: this film"


# ---------------------------------------------------------------------------- beside the row
def test_that_the_row_shows_the_nearest_films(index, session, settle, qtbot):
    pane = SimilarPane(session)
    qtbot.addWidget(pane)
    pane.resize(280, 170)
    pane.show()
    assert pane._words.text() == "Appears when a model has read the film"
    session.inspection.show(shown=True)
    settle(session.open, (A,))
    assert [one["film"] for one in pane.state()["matches"]] == ["b.dcm", "c.dcm", "d.dcm"]
    assert [button.isHidden() for button in pane.buttons] == [False, False, False, True]
    pane.resize(280, 76)
    assert [button.isHidden() for button in pane.buttons] == [False, True, True, True]
