"""The worklist in order: who stands where, what is found, and that long lists cost little."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTreeView

from engine.types import Identity
from tests.viewer import film_values as made
from viewer.kit import theme
from viewer.read import entries as module
from viewer.read.entries import Listed, Wish, WorklistEntry, arranged, patients_of, told_apart
from viewer.read.worklist import RowMenu, Worklist
from viewer.read.worklist_delegate import beside_number
from viewer.read.worklist_head import WorklistHead
from viewer.read.worklist_model import NODE_ROLE, STACK_MIME, WorklistModel, spoken, tip
from viewer.session.choices import Outcome


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


def entry(name, outcome=None, arrived=0, frames=1, **identity) -> WorklistEntry:
    path = Path(f"/films/{name}.dcm")
    person = Identity(**identity)
    where = tuple((path, place) for place in range(frames))
    listed = Listed(str(path), where, person, study=identity.get("study_date", ""))
    outcome = outcome or Outcome()
    image = replace(made.image(path), modality="CR", identity=person)
    return WorklistEntry(listed, arrived, image=image, outcome=outcome)


def answered(score, threshold=0.4) -> Outcome:
    return Outcome(f"{score:.2f}", score=score, threshold=threshold)


ABSTAINED = Outcome(why="This is a CT image.", severity="warning")
HIDDEN = Outcome(hidden=True)


def names(entries, **wishes) -> list[str]:
    return [
        one.entries[0].path.stem for _, those in arranged(entries, Wish(**wishes)) for one in those
    ]


# ------------------------------------------------------------------------------ order


def test_that_who_needs_a_person_stands_first_then_answers_by_score_then_the_unread():
    films = [
        entry("unread"), entry("low", answered(0.1)), entry("abstained", ABSTAINED),
        entry("high", answered(0.9)),
    ]  # fmt: skip
    assert names(films) == ["abstained", "high", "low", "unread"]


def test_that_films_that_wait_for_a_call_stand_as_they_came_and_not_by_score():
    films = [
        entry(name, Outcome(number=f"{score}", score=score, hidden=True), arrived)
        for arrived, (name, score) in enumerate((("a", 0.1), ("b", 0.9), ("c", 0.5)))
    ]
    (group,) = arranged(films, Wish(grouped=True))
    assert group[0] == "call"
    assert [one.entries[0].path.stem for one in group[1]] == ["a", "b", "c"]


def test_that_groups_stand_in_their_order_in_the_mode_of_own_calls():
    films = [entry("judged", answered(0.9)), entry("waits", HIDDEN), entry("doubt", ABSTAINED)]
    assert [code for code, _ in arranged(films, Wish(grouped=True))] == [
        "person", "call", "answered",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("name", ["film2", "film10", "film30"]),
        ("date", ["film10", "film30", "film2"]),
        ("opened", ["film30", "film2", "film10"]),
        ("score", ["film2", "film10", "film30"]),
    ],
)
def test_that_the_list_is_sorted_as_wished(by, order):
    films = [
        entry("film30", answered(0.1), 1, study_date="20250101"),
        entry("film2", answered(0.9), 2),
        entry("film10", answered(0.5), 3, study_date="20260101"),
    ]
    assert names(films, sort=by) == order


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lee", ["a"]), ("DOE", ["b"]), ("2026-11", ["a"]), ("cr chest", ["a"]), ("hip", ["b"]),
        ("b.dcm", ["b"]), ("lee hip", []), ("", ["a", "b"]),
    ],
)  # fmt: skip
def test_that_films_are_found_by_patient_date_kind_description_and_file(text, found):
    films = [
        entry("a", patient_name="Lee^Ann", study_date="20261123", body_part="CHEST"),
        entry("b", arrived=1, patient_name="Doe^Jo", patient_id="7", study_description="Hip left"),
    ]
    assert names(films, find=text) == found


def test_that_filters_keep_what_they_say():
    films = [
        entry("abstained", ABSTAINED), entry("low", answered(0.3)), entry("high", answered(0.9)),
        replace(entry("seen", answered(0.2)), seen=True),
    ]  # fmt: skip
    assert names(films, filter="abstained") == ["abstained"]
    assert names(films, filter="above") == ["high"]
    assert names(films, filter="above", own=0.25) == ["high", "low"]
    assert "seen" not in names(films, filter="unread")


def test_that_a_hidden_answer_is_not_found_by_the_filter_of_answers():
    assert names([entry("a", replace(answered(0.9), hidden=True))], filter="above") == []


def test_that_films_of_one_person_are_one_row_and_of_nobody_each_their_own():
    films = [
        entry("a", patient_id="7"), entry("b", patient_id="7"), entry("c"), entry("d"),
    ]  # fmt: skip
    assert [len(one.entries) for one in patients_of(films)] == [2, 1, 1]


def test_that_the_newest_study_of_a_person_stands_first():
    films = [
        entry("old", patient_id="7", study_date="20240101"),
        entry("new", patient_id="7", study_date="20260101"),
    ]
    (person,) = patients_of(films)
    assert [study[0].path.stem for study in person.studies] == ["new", "old"]


def test_that_a_person_stands_by_the_highest_score_of_the_films():
    films = [
        entry("a", answered(0.2), patient_id="7"), entry("b", answered(0.8), patient_id="7"),
        entry("c", answered(0.5), 1),
    ]  # fmt: skip
    assert names(films) == ["a", "c"]


def test_that_files_of_one_name_in_two_folders_are_told_apart():
    one = WorklistEntry(Listed("1", ((Path("/monday/a.png"), 0),)))
    two = WorklistEntry(Listed("2", ((Path("/tuesday/a.png"), 0),)))
    assert told_apart((one, two)) == {"1": "monday", "2": "tuesday"}
    assert replace(one, tail="monday").name == "a · monday"


def test_that_the_readers_threshold_counts_only_where_the_model_has_one():
    assert entry("a", answered(0.5)).above(0.6) is False
    assert entry("a", answered(0.5)).above(None) is True
    assert entry("a", answered(0.5, threshold=None)).above(0.1) is False


# -------------------------------------------------------------------------------- tree


def keys(model, parent=None) -> list[str]:
    parent = parent or QModelIndex()
    return [model.node(model.index(n, 0, parent)).kind for n in range(model.rowCount(parent))]


@pytest.fixture
def model(qtbot):
    return WorklistModel()


def listed_in(model, stacks) -> None:
    model.store.list_stacks(stacks)
    model.arrange()


def listed(name, study="", number=None, frames=1, who="7") -> Listed:
    path = Path(f"/films/{name}")
    person = Identity(patient_id=who, study_date=study)
    where = tuple((path / f"{place}.dcm", 0) for place in range(frames))
    return Listed(name, where, person, study=study, series=name, number=number, modality="MR")


def test_that_a_person_of_one_series_is_one_row(model):
    listed_in(model, [listed("a", "20260101")])
    assert keys(model) == ["patient"]
    assert not model.hasChildren(model.index(0))


def test_that_studies_series_and_images_lie_beneath_a_person_of_several(model):
    listed_in(
        model, [listed("a", "20260101", 2, 3), listed("b", "20260101", 1), listed("c", "2025")]
    )
    top = model.index(0)
    assert keys(model, top) == ["study", "study"]
    study = model.index(0, 0, top)
    assert [model.node(model.index(n, 0, study)).key for n in range(2)] == ["b", "a"]
    series = model.index(1, 0, study)
    assert model.rowCount(series) == 0  # images are listed when they are asked for
    assert model.canFetchMore(series)
    model.fetchMore(series)
    assert keys(model, series) == ["image"] * 3
    assert model.parent(model.index(2, 0, series)) == series


def test_that_what_is_known_of_a_stack_stays_when_the_stacks_change(model):
    listed_in(model, [listed("a")])
    model.store.change("a", outcome=answered(0.7), seen=True)
    listed_in(model, [listed("a", frames=5), listed("b")])
    first = next(one for one in model.store.entries if one.listed.key == "a")
    assert (first.seen, len(first.listed.frames)) == (True, 5)
    assert first.outcome == Outcome()  # the number of one film is not that of five


def test_that_a_row_that_is_dragged_carries_the_key_of_its_stack(model):
    listed_in(model, [listed("a"), listed("b", who="8")])
    data = model.mimeData([model.index(1)])
    assert bytes(data.data(STACK_MIME)).decode() == "b"
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_that_removed_stacks_give_their_files_back(model):
    listed_in(model, [listed("a", frames=2), listed("b", who="8")])
    assert len(model.store.remove(["a"])) == 2
    assert [one.listed.key for one in model.store.entries] == ["b"]


def test_that_a_stale_index_is_no_row(model):
    listed_in(model, [listed("a")])
    before = model.index(0)
    listed_in(model, [])
    assert model.data(before, NODE_ROLE) is None


def test_that_a_hidden_answer_is_in_no_word_of_its_row(model):
    listed_in(model, [listed("a")])
    secret = Outcome("0.91", "pneumonia", "said why", "info", 0.91, 0.4, hidden=True)
    model.store.change("a", outcome=secret)
    model.arrange()
    node = model.node(model.index(0))
    words = " ".join(
        (spoken(node, None), tip(node, None), node.entry.number, str(node.entry.line))
    )
    assert "0.91" not in words
    assert "pneumonia" not in words.replace(node.entry.path.name, "")


def test_that_a_screen_reader_hears_name_answer_and_side(model):
    listed_in(model, [listed("a")])
    model.store.change("a", outcome=answered(0.91))
    model.arrange()
    assert "7, MR, 0.91, above the threshold" in spoken(model.node(model.index(0)), None)
    assert "below the threshold" in spoken(model.node(model.index(0)), 0.95)


@pytest.fixture
def pane(qtbot):
    widget = Worklist()
    qtbot.addWidget(widget)
    widget.setFixedWidth(264)
    widget.resize(264, 700)
    widget.show()
    return widget


def test_that_a_person_who_was_opened_stays_open_when_answers_come(pane, qtbot):
    pane.list_stacks([listed("a", "20260101"), listed("b", "20250101"), listed("c", who="8")])
    view = pane.findChild(QTreeView)
    place = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    top = view.model().index(0, 0)
    assert view.isExpanded(top)
    assert view.isExpanded(view.model().index(0, 0, top))  # the studies are what was asked for
    pane.show_result("nobody's", answered(0.5))
    pane.sort("name")
    assert view.isExpanded(view.model().index(0, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    pane.sort("score")
    assert not view.isExpanded(view.model().index(0, 0))


def test_that_the_film_on_show_is_marked_within_its_person(pane):
    pane.list_stacks([listed("a", "20260101"), listed("b", "20250101")])
    pane.select(Path("/films/b/0.dcm"))
    view = pane.findChild(QTreeView)
    (index,) = view.selectionModel().selectedIndexes()
    assert view.model().node(index).key == "b"
    assert view.isExpanded(index.parent())


def test_that_keys_of_the_list_show_and_remove(pane, qtbot):
    pane.list_stacks([listed("a"), listed("b", who="8")])
    view = pane.findChild(QTreeView)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.film_requested) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [Path("/films/b/0.dcm")]
    with qtbot.waitSignal(pane.removal_requested) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert caught.args == [(Path("/films/b/0.dcm"),)]


def test_that_an_image_of_a_series_is_asked_for_by_its_place(pane, qtbot):
    pane.list_stacks([listed("a", frames=3)])
    view = pane.findChild(QTreeView)
    view.expand(view.model().index(0, 0))
    with qtbot.waitSignal(pane.image_requested) as caught:
        view.activated.emit(view.model().index(2, 0, view.model().index(0, 0)))
    assert caught.args == ["a", 2]


def test_that_the_head_says_how_many_people_and_how_many_of_them_are_listed(pane):
    pane.list_stacks([listed("a", "20260101"), listed("b", "20250101"), listed("c", who="8")])
    assert pane._count.text() == "2 patients · 3 series"
    pane.find_words("2025")
    assert pane._count.text() == "1 of 3"


def test_that_progress_is_told_only_when_it_takes_longer(pane, qtbot):
    pane.add_all((Path("/films/a.png"), Path("/films/b.png")))
    assert pane._head._progress.isHidden()
    qtbot.waitUntil(lambda: not pane._head._progress.isHidden())
    with qtbot.waitSignal(pane.stop_requested):
        pane._head.stop.click()
    with qtbot.waitSignal(pane.go_on_requested):
        pane._head.stop.click()
    for name in "ab":
        pane.hold(Path(f"/films/{name}.png"), name)
        pane.show_result(name, answered(0.5))
    qtbot.waitUntil(pane._head._progress.isHidden)


# ------------------------------------------------------------------------- a long list

MANY = 5000


def test_that_five_thousand_answers_cost_few_orders(qtbot, monkeypatch, model):
    """Linear work for the answers, and an order at most each quarter of a second."""
    orders = []
    real = module.arranged

    def counted(entries, wish):
        orders.append(1)
        return real(entries, wish)

    monkeypatch.setattr("viewer.read.worklist_model.arranged", counted)
    paths = tuple(Path(f"/films/{number}.png") for number in range(MANY))
    model.store.add(paths)
    model.arrange()
    assert len(orders) == 1
    for number, path in enumerate(paths):
        model.store.hold(path, f"content {number}")
        model.store.know(f"content {number}", outcome=answered(number / MANY))
    assert len(orders) == 1  # nothing was put in order between two answers
    assert model.work == MANY
    model.arrange()
    assert model.work == 2 * MANY
    assert model.node(model.index(0)).entry.path == paths[-1]


def test_that_only_the_rows_in_sight_are_painted_of_a_long_list(qtbot, monkeypatch):
    pane = Worklist()
    qtbot.addWidget(pane)
    pane.setFixedWidth(264)
    pane.resize(264, 700)
    pane.show()
    pane.add_all(tuple(Path(f"/films/{number}.png") for number in range(MANY)))
    drawn = []
    view = pane.findChild(QTreeView)
    monkeypatch.setattr(view.itemDelegate(), "paint", lambda _p, _o, at: drawn.append(at.row()))
    pane.grab()
    assert 0 < len(set(drawn)) < 30


@pytest.mark.parametrize(("name", "beside"), [("PHANTOM-7", True), ("PHANTOM-000007", False)])
def test_that_a_name_that_does_not_fit_beside_its_number_has_a_line_of_its_own(qapp, name, beside):
    theme.apply(qapp)
    assert beside_number(name, ">0.99", 120) == beside
    metrics = QFontMetrics(theme.font(weight=QFont.Weight.DemiBold))
    assert metrics.horizontalAdvance(name) <= 120


# ------------------------------------------------------------------------ images of series


def series(*said, asked=True, **others) -> WorklistEntry:
    """A stack of as many frames as something is said of."""
    return replace(entry("ct", frames=len(said), **others), images=said, asked=asked)


READ = (answered(0.2), ABSTAINED, answered(0.9), Outcome(), answered(0.5))


def rows(model, key, **wishes):
    """The images beneath a stack that is opened, from the top."""
    model.choose(**wishes)
    index = model.index_of(key)
    model.fetchMore(index)
    return [model.node(model.index(row, 0, index)) for row in range(model.rowCount(index))]


def test_that_a_series_has_no_number_of_its_own():
    one = series(*READ)
    assert (one.number, one.word) == ("", "")
    assert (
        one.summary(None) == "2 above the threshold of 4 read · 1 abstained: This is a CT image."
    )
    assert one.summary(0.6).startswith("1 above the threshold of 4 read")
    assert one.awaited == 1


def test_that_without_any_answer_a_series_says_how_many_abstained_and_why_the_frequent_first():
    other = Outcome(why="It is turned.", severity="warning")
    one = series(other, ABSTAINED, ABSTAINED)
    assert one.summary(None) == "3 abstained: This is a CT image., It is turned."
    assert (one.group, one.short) == ("person", one.summary(None))


def test_that_frames_that_cannot_be_read_are_counted_apart():
    failed = Outcome(why="It is cut off.", severity="error")
    assert series(failed, ABSTAINED).short.startswith("1 abstained, 1 not read: ")


def test_that_an_answer_to_one_frame_is_not_shown_as_that_of_the_series(model):
    listed_in(model, [listed("a", frames=3)])
    model.store.hold(model.store.entries[0].path, "face")
    model.store.know("face", outcome=answered(0.9))
    assert (model.store.entries[0].outcome, model.store.entries[0].number) == (Outcome(), "")


def test_that_images_stand_by_score_as_films_do_and_in_place_where_that_is_wished(model):
    listed_in(model, [listed("a", frames=5)])
    model.store.change("a", images=READ, asked=True)
    assert [node.place for node in rows(model, "a", sort="score")] == [1, 2, 4, 0, 3]
    assert [node.place for node in rows(model, "a", sort="opened")] == [0, 1, 2, 3, 4]


def test_that_images_are_filtered_as_films_are(model):
    listed_in(model, [listed("a", frames=5), listed("b", who="8", frames=2)])
    model.store.change("a", images=READ, asked=True)
    assert [node.place for node in rows(model, "a", filter="above", sort="opened")] == [2, 4]
    assert [one.listed.key for one in model.shown] == ["a"]
    assert [node.place for node in rows(model, "a", filter="abstained")] == [1]


def test_that_an_image_says_its_own_answer_side_and_reason(model):
    listed_in(model, [listed("a", frames=5)])
    model.store.change("a", images=READ, asked=True)
    said = [spoken(node, None) for node in rows(model, "a", sort="opened")]
    assert said[0] == "Image 1, 0.20, below the threshold"
    assert said[1] == "Image 2, Abstained –, This is a CT image."
    assert said[2] == "Image 3, 0.90, above the threshold"
    assert said[3] == "Image 4, not read yet"


def test_that_an_answer_changes_the_row_of_its_image_at_once(model):
    listed_in(model, [listed("a", frames=5)])
    model.store.change("a", images=(Outcome(),) * 5, asked=True)
    nodes, changed = rows(model, "a", sort="opened"), []
    model.dataChanged.connect(lambda first, _last: changed.append(model.node(first)))
    model.store.change("a", images=READ, asked=True)
    assert [node.place for node in changed if node.kind == "image"] == [0, 1, 2, 4]
    assert nodes[2].film.number == "0.90"


def test_that_hidden_answers_are_not_counted_and_give_no_order(model):
    secret = Outcome("0.91", score=0.91, threshold=0.4, hidden=True)
    listed_in(model, [listed("a", frames=3)])
    model.store.change("a", images=(answered(0.1), secret, secret), asked=True)
    one = model.store.entries[0]
    assert (one.group, one.summary(None)) == ("call", "0 above the threshold of 1 read")
    nodes = rows(model, "a", sort="score")
    assert [node.place for node in nodes] == [1, 2, 0]
    assert all("0.91" not in spoken(node, None) + tip(node, None) for node in nodes)
    assert rows(model, "a", filter="above") == []


def test_that_of_a_long_series_the_order_waits_while_answers_come(model):
    listed_in(model, [listed("a", frames=300)])
    rows(model, "a", sort="score")
    made_before, said = model.work, [Outcome()] * 300
    for place in range(300):
        said[place] = answered(0.5)
        model.store.change("a", images=tuple(said), asked=True)
    assert model.work == made_before


def test_that_the_list_says_how_far_a_series_is_and_stops_it(qtbot):
    pane = Worklist()
    qtbot.addWidget(pane)
    pane.setFixedWidth(264)
    pane.show()
    pane.list_stacks([listed("a", frames=5)])
    pane.show_images("a", READ, asked=True)
    head = pane.findChild(WorklistHead)
    qtbot.waitUntil(head.stop.isVisible)
    assert head.words.text() == "reading 4 of 5"
    with qtbot.waitSignal(pane.stop_requested):
        head.stop.click()
    assert head.stop.text() == "Read the rest"
    pane.show_images("a", READ, asked=False)
    assert not head.stop.isVisible()


def test_that_the_menu_of_a_series_reads_it_or_stops(qtbot, model):
    listed_in(model, [listed("a", frames=5)])
    asked = []
    for begun in (False, True):
        model.store.change("a", images=READ, asked=begun)
        menu = RowMenu(model.node(model.index_of("a")), None)
        qtbot.addWidget(menu)
        menu.read.connect(lambda *given: asked.append(given))
        next(one for one in menu.actions() if "this series" in one.text()).trigger()
    assert asked == [("a", True), ("a", False)]
