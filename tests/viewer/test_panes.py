"""The window with several panes: two workspaces, links, priors, rules, and what follows."""

from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.uid import generate_uid
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from tests.viewer.film_values import heard
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

NOW, LAST, OLD, STRANGER, NOBODY = "now", "last", "old", "stranger", "nobody"
FILMS = {
    NOW: ("P1", "20261123", "DX"),
    LAST: ("P1", "20251008", "CR"),
    OLD: ("P1", "20240317", "CR"),
    STRANGER: ("P2", "20260101", "DX"),
    NOBODY: ("", "20260102", "DX"),
}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Three films of one patient, one of another, and one of nobody knows whom."""
    folder = tmp_path_factory.mktemp("films")
    for seed, (name, (patient, day, modality)) in enumerate(FILMS.items()):
        path = folder / f"{name}.dcm"
        write_phantom(draw_phantom(PhantomSpec(seed=seed, rows=192, columns=192)), path)
        data = pydicom.dcmread(path)
        data.PatientID, data.StudyDate, data.Modality = patient, day, modality
        data.BodyPartExamined = "CHEST"
        data.StudyInstanceUID, data.SeriesInstanceUID = generate_uid(), generate_uid()
        data.save_as(path)
    return {name: folder / f"{name}.dcm" for name in FILMS}


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(Settings, "own_folder", tmp_path)
    session = Session(())
    window = MainWindow(session, Settings(Memory()))
    session.setParent(window)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    window.board.hangs = False
    yield window
    window.close()


@pytest.fixture
def give(window, qtbot):
    """Give commands, each when the one before has had its effect."""

    def do(text):
        for step in parse(text):
            step.verb.run(window, step.arguments)
            qtbot.waitUntil(lambda: quiet(window), timeout=60_000)

    return do


def quiet(window):
    return not (window.session.busy or window.session.loading or window.board.busy)


@pytest.fixture
def opened(window, films, qtbot):
    def do(*names):
        window.session.open(tuple(films[name] for name in names))
        stacks = window.session.stacks
        qtbot.waitUntil(
            lambda: quiet(window) and all(stacks.of(films[name]) for name in names),
            timeout=60_000,
        )
        return window

    return do


def shown(window):
    return [
        Path(pane["path"]).stem if pane["path"] else None for pane in state_of(window)["panes"]
    ]


def titles(window):
    grid = window.panes.grid
    return [grid._titles[pane].title for pane in grid.panes]


# ------------------------------------------------------------------------- workspaces
def test_that_read_is_the_start_with_one_strip_and_the_bare_film(window):
    assert state_of(window)["workspace"] == "read"
    assert [strip.isVisible() for strip in window.strips] == [True, False, False]
    assert not window.strips.line.isVisible()


def test_that_inspect_shows_all_strips_and_the_row(window, give):
    give("workspace inspect")
    assert [strip.isVisible() for strip in window.strips] == [True, True, True]
    assert window.strips.line.isVisible()
    give("workspace read")
    assert [strip.isVisible() for strip in window.strips] == [True, False, False]


def test_that_the_keys_of_maps_are_said_beneath(window, give):
    assert "I influence map" in hints(window)
    give("workspace inspect")
    assert "I influence S state" in hints(window)


def hints(window):
    """What stands beneath the films, with one blank between words."""
    plain = QTextDocumentFragment.fromHtml(window._hints.text()).toPlainText()
    return " ".join(plain.split())


@pytest.mark.parametrize(
    ("width", "workspace", "sizes"),
    [
        (1680, "read", (264, 328)),
        (1280, "read", (224, 264)),
        (1680, "inspect", (152, 264)),
        (1280, "inspect", (136, 232)),
    ],
)
def test_that_the_panels_have_the_widths_of_the_workspace(window, give, width, workspace, sizes):
    window.resize(width, 800)
    give(f"workspace {workspace}")
    assert (window.inspect.left.width(), window.inspect.side.width()) == sizes


def test_that_each_workspace_keeps_its_map(opened, give):
    window = opened(NOW)
    assert window.session.choice.question == "none"
    give("workspace inspect")
    assert window.session.choice.question == "state"
    give("map influence; workspace read")
    assert window.session.choice.question == "none"
    give("workspace inspect")
    assert window.session.choice.question == "influence"


def test_that_tab_switches_over_a_film_and_goes_on_elsewhere(window):
    window.activateWindow()
    window.film.setFocus()
    QTest.keyClick(window.film, Qt.Key.Key_Tab)
    assert window.stage.workspace.name == "inspect"
    window.choose_workspace("read")
    button = window.menu_corner._workspaces["read"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert window.stage.workspace.name == "read"
    assert not button.hasFocus()


# ------------------------------------------------------------------------------ panes
def test_that_series_are_shown_in_panes_and_stay_there(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2")
    first, second = window.panes.all
    assert (shown(window), window.film) == ([NOW, LAST], second)
    give("layout 2x2; layout 1x2")
    assert (shown(window), window.panes.all) == ([NOW, LAST], (first, second))


def test_that_panels_and_menus_follow_the_active_pane(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; window 100 200; zoom 3")
    assert window.windowTitle().startswith("last")
    marked = heard(window.session.film_selected)
    give("pane 1")
    assert marked[-1][0].stem == NOW  # by the worklist
    assert window.windowTitle().startswith("now")
    assert window.toolbar._vois.currentIndex() >= 0  # one of the film's own, not by hand
    assert window.toolbar._zooms.currentText() == "Fit"
    give("pane.next")
    assert window.windowTitle().startswith("last")
    assert window.toolbar._vois.currentIndex() == -1
    assert window.toolbar._zooms.currentIndex() == -1


def test_that_an_empty_pane_says_nothing_of_the_film_beside_it(opened, give):
    window = opened(NOW)
    give("layout 1x2; pane 2")
    assert window.windowTitle() == "Rowscope"
    assert shown(window) == [NOW, None]


def test_that_keys_and_commands_act_on_the_active_pane(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; pane 1; zoom 3; invert")
    one, other = state_of(window)["panes"]
    assert (one["zoom"], window.panes.all[0].item.swapped) == (3.0, True)
    assert other["zoom"] != 3.0
    assert not window.panes.all[1].item.swapped


def test_that_a_click_makes_a_pane_the_active_one(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2")
    QTest.mouseClick(window.panes.all[0].view.viewport(), Qt.MouseButton.LeftButton)
    assert window.session.panes.layout.active == 0


def test_that_a_pane_is_shown_alone_and_back(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; pane.only")
    assert [film.isVisible() for film in window.panes.all] == [False, True]
    give("pane.only")
    assert [film.isVisible() for film in window.panes.all] == [True, True]


@pytest.mark.parametrize("workspace", ["read", "inspect"])
@pytest.mark.parametrize("pane", [1, 2, 3, 4])
def test_that_rows_of_the_strips_lie_as_high_as_those_of_the_active_film(
    opened, give, workspace, pane
):
    window = opened(NOW, LAST, OLD, STRANGER)
    give(f"workspace {workspace}; layout 2x2; show 2 2; show 3 3; show 4 4; pane {pane}")
    give("map influence")
    film, strip = window.film, window.strips.influence
    for row in (0.0, 100.0, 190.0):
        here = film.view.mapTo(window, film.placement.pixel(0.0, row).toPoint()).y()
        there = strip.view.mapTo(window, strip.view.rect().topLeft()).y() + strip.y_of(row)
        assert abs(here - there) <= 1.0


# ------------------------------------------------------------------------------ links
def test_that_linked_panes_are_windowed_and_zoomed_together(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; pane 1; zoom 1; pane 2; zoom 2; link zoom; link window")
    give("pane 1; zoom 3; window 100 200")
    one, other = state_of(window)["panes"]
    assert (one["zoom"], other["zoom"]) == pytest.approx((3.0, 6.0))  # by the same factor
    assert other["window"] == [100.0, 200.0]


def test_that_one_undo_takes_back_what_linked_panes_did(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; zoom 2; pane 1; zoom 1; link all; zoom 3; undo")
    assert [pane["zoom"] for pane in state_of(window)["panes"]] == pytest.approx([1.0, 2.0])


def test_that_panes_that_are_not_linked_any_more_stay(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; zoom 2; pane 1; zoom 1; link all; link none; zoom 3")
    assert [pane["zoom"] for pane in state_of(window)["panes"]] == pytest.approx([3.0, 2.0])


def test_that_a_fitted_film_fits_its_partner(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; zoom 2; pane 1; zoom 1; link all; fit")
    assert [film.drawings.fitted for film in window.panes.all] == [True, True]


def test_that_reference_points_bring_films_into_register(opened, give):
    window = opened(NOW, LAST)
    give("layout 1x2; show 2 2; pane 1; zoom 1; link all")
    first, second = window.session.panes.all
    for pointer, points in (
        (first, ((50.0, 60.0), (90.0, 60.0))),
        (second, ((40.0, 80.0), (60.0, 80.0))),  # half as large
    ):
        for point in points:
            window.session.annotations.add(pointer.pane, pointer.film, "point", (point,))
    here, there = (film.placement for film in window.panes.all)
    assert there.scale == pytest.approx(2 * here.scale)
    assert (there.x - 40.0, there.y - 80.0) == pytest.approx(
        ((here.x - 50.0) / 2, (here.y - 60.0) / 2)
    )
    give("zoom 3")
    assert window.panes.all[1].placement.scale == pytest.approx(6.0)


AXIAL, CORONAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]


@pytest.fixture(scope="module")
def stacks(tmp_path_factory):
    """Sections every 2 and every 3 mm, sections across them, and some of another reference."""
    folder = tmp_path_factory.mktemp("stacks")
    made = pydicom.dcmread(get_testdata_file("CT_small.dcm", download=False))
    made.Rows = made.Columns = 32
    made.PixelSpacing, made.StudyInstanceUID = [1, 1], generate_uid()
    one, other = generate_uid(), generate_uid()
    for series, (reference, step, way) in enumerate(
        ((one, 2, AXIAL), (one, 3, AXIAL), (one, 4, CORONAL), (other, 2, AXIAL))
    ):
        made.SeriesInstanceUID, made.FrameOfReferenceUID = generate_uid(), reference
        made.ImageOrientationPatient = way
        for place in range(8):
            across = step * place
            made.ImagePositionPatient = [0, 0, across] if way == AXIAL else [0, across, 28]
            made.PixelData = bytes(2048)[:-2] + bytes((series, place))
            made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
            made.InstanceNumber = place + 1
            made.save_as(folder / f"{series}-{place}.dcm")
    return folder


@pytest.fixture
def sections(window, stacks, qtbot):
    window.session.open((stacks,))
    qtbot.waitUntil(lambda: quiet(window) and len(window.board.keys) == 4, timeout=60_000)
    return window


def frames(window):
    return [pane["frame"] for pane in state_of(window)["panes"]]


def leafed(window, qtbot, expected):
    qtbot.waitUntil(lambda: quiet(window) and frames(window) == expected, timeout=60_000)
    return True


def test_that_linked_stacks_are_scrolled_by_position(sections, give, qtbot):
    give("layout 1x2; show 2 2; pane 1; link scroll; frame 7")  # at 12 mm
    assert leafed(sections, qtbot, [7, 5])
    give("pane 2; frame 2")  # at 3 mm: as near to 2 as to 4
    assert frames(sections)[1] == 2
    assert leafed(sections, qtbot, [2, 2]) or leafed(sections, qtbot, [3, 2])


def test_that_each_pane_writes_which_frame_of_its_series_it_shows(sections, give, qtbot):
    give("layout 1x2; show 2 2; pane 1; link scroll; frame 7")
    assert leafed(sections, qtbot, [7, 5])
    written = [pane.lettering.place for pane in sections.panes.all]
    counts = [pane["frames"] for pane in state_of(sections)["panes"]]
    assert written == [(6, counts[0]), (4, counts[1])]


def test_that_a_series_with_a_gap_says_so_on_the_film_and_in_the_panel(window, stacks, qtbot):
    files = sorted(stacks.glob("0-*.dcm"))
    window.session.open((*files[:4], *files[5:]))
    qtbot.waitUntil(lambda: quiet(window) and frames(window) == [1])
    qtbot.waitUntil(lambda: window.film.lettering.uneven)
    said = [one.text() for one in window.reading.findChildren(QLabel)]
    assert "The gaps between the images differ: some may be missing." in said
    window.session.open((files[4],))  # it was in another folder
    qtbot.waitUntil(lambda: quiet(window) and not window.film.lettering.uneven)


def test_that_panes_that_are_gone_are_asked_nothing_any_more(sections, give, qtbot):
    give("layout 2x2; show 2 2; show 3 3; frame 4; layout 1x1")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    give("layout 1x2; show 2 2; cine.play; cine.stop; theme light; theme dark; layout 1x1")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    give("cine.play; cine.stop; layout 2x2")  # an error in a slot fails the test
    assert quiet(sections) or qtbot.waitUntil(lambda: quiet(sections)) is None


@pytest.mark.parametrize("other", [3, 4])
def test_that_other_stacks_are_scrolled_by_as_many_frames(sections, give, qtbot, other):
    give(f"layout 1x2; show {other} 2; frame 4; pane 1; link scroll; frame 3")
    assert leafed(sections, qtbot, [3, 6])
    give("frame 8")  # the other one stays at its end
    assert leafed(sections, qtbot, [8, 8])


def test_that_lines_are_shown_only_where_films_cut_each_other(sections, give):
    give("layout 2x2; show 2 2; show 3 3; show 4 4; pane 1; frame 5")  # at 8 mm
    lines = [pane["lines"] for pane in state_of(sections)["panes"]]
    assert [len(found) for found in lines] == [1, 1, 2, 0]
    rows = sorted(line[0][1] for line in lines[2])
    assert rows == pytest.approx([20.5, 28.5])  # 28 mm above its first row less 8 and 0 mm
    give("reference-lines")
    assert not any(pane["lines"] for pane in state_of(sections)["panes"])


# ---------------------------------------------------------------------------- compare
def test_that_the_last_prior_of_the_patient_is_shown_beside_the_film(opened, give):
    window = opened(NOW, STRANGER, OLD, LAST)
    give("compare")
    assert shown(window) == [NOW, LAST]
    state = state_of(window)
    assert (state["layout"], state["active"]) == ([1, 2], 1)
    assert state["links"] == ["pan", "scroll", "window", "zoom"]
    now, last = titles(window)
    assert (now.name, now.warning) == ("Current 2026-11-23", "")
    assert (last.name, last.what) == ("Prior 2025-10-08", "CR chest PA · 411 days before")


def test_that_left_and_right_change_places(opened, give):
    window = opened(NOW, LAST)
    give("compare; swap")
    assert shown(window) == [LAST, NOW]
    assert [title.name[:5] for title in titles(window)] == ["Prior", "Curre"]
    assert state_of(window)["active"] == 2  # the same film
    give("zoom 3; swap; undo")
    assert [film.drawings.fitted for film in window.panes.all] == [True, True]


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ((STRANGER, NOW), "No earlier film"),
        ((NOBODY, NOW), "no patient ID"),
        ((OLD,), "No earlier"),
    ],
)
def test_that_it_is_said_why_there_is_no_prior(opened, give, names, why):
    window = opened(*names)
    with pytest.raises(ScriptError, match=why):
        give("compare")
    assert shown(window) == [names[0]]


def test_that_two_patients_side_by_side_are_marked(opened, give):
    window = opened(NOW, STRANGER, NOBODY)
    give("layout 1x2; show 2 2")
    assert [title.warning for title in titles(window)] == [
        "Different patients: P1",
        "Different patients: P2",
    ]
    give("show 3 2")
    assert [title.warning for title in titles(window)] == [
        "Same patient? P1",
        "Same patient? The file has no patient ID",
    ]


def test_that_the_timeline_has_the_patients_studies_and_opens_them(opened, give, qtbot):
    window = opened(NOW, STRANGER, OLD, LAST)
    timeline = window.timeline
    assert [visit.days for visit in timeline.visits] == [None, 570, 411]
    timeline.open_requested.emit(timeline.visits[0].keys[0])
    qtbot.waitUntil(lambda: quiet(window) and shown(window) == [OLD], timeout=60_000)
    give("show 2 1")
    assert not timeline.isVisible()  # one study needs no line


# ---------------------------------------------------------------------- hanging rules
def test_that_films_hang_by_the_first_rule_that_fits(window, films, qtbot):
    window.board.hangs = True
    window.session.open(tuple(films[name] for name in (NOW, LAST)))
    qtbot.waitUntil(lambda: quiet(window) and shown(window) == [NOW, LAST], timeout=60_000)
    assert state_of(window)["links"] == ["pan", "window", "zoom"]


def test_that_a_layout_by_hand_stays(window, films, qtbot, give):
    window.board.hangs = True
    give("layout 2x1")
    window.session.open(tuple(films[name] for name in (NOW, LAST)))
    qtbot.waitUntil(lambda: len(window.board.exams) == 2 and quiet(window), timeout=60_000)
    assert state_of(window)["layout"] == [2, 1]


def test_that_a_rule_is_given_by_its_name(opened, give):
    opened(NOW, LAST)
    give("hang radiograph-with-prior")
    with pytest.raises(ScriptError, match="a hanging rule is radiograph-with-prior"):
        give("hang upside-down")


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("layout 4x1", "a layout is"),
        ("layout two", "a layout is"),
        ("pane 2", "there (are|is) 1 pane"),
        ("pane 0", "there (are|is) 1 pane"),
        ("show 9 1", "there are 0 series"),
        ("swap", "only one pane"),
        ("link arms", "a link is scroll, window, zoom, pan, all or none"),
        ("workspace desk", "a workspace is read or inspect"),
    ],
)
def test_that_what_cannot_be_done_gets_one_sentence(give, command, why):
    with pytest.raises(ScriptError, match=why):
        give(command)
