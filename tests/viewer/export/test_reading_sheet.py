"""A reading that leaves the program says what the panel says, and names nobody unasked."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget

from engine.types import Check, Identity, Interval, TaskAnswer, Threshold, Trust
from engine.words import Sentence
from tests.viewer import film_panes, film_values as made, found_values as found
from viewer.export.exports import Exports, lay_out, write_pdf
from viewer.export.picture import ExportError
from viewer.export.reading_sheet import (
    Sheet,
    paint_pages,
    sheet_page,
    sheet_picture,
    sheet_text,
    sheet_values,
)
from viewer.kit import theme
from viewer.session.check_lines import check_lines
from viewer.session.located import CutPlace, FoundRegion

NAMES = ("Quaddlewit", "QZ77123")
PASSED, FAILED = True, False
NOW = datetime(2026, 11, 29, 14, 35, tzinfo=UTC)


def sheet(**others):
    person = Identity(patient_name="Quaddlewit^Zyxa", patient_id="QZ77123", study_date="20261123")
    image = made.image("Quaddlewit.dcm", identity=person)
    frame = replace(made.frame(image), content="c0ffee")
    model = made.model(threshold=Threshold(0.38, 0.95, 0.83, Sentence("524 films")))
    checks = (
        Check("guard", PASSED, Sentence("It is upright."), 0.4, 0.9),
        Check("levels", FAILED, Sentence("Too few grey values: 9."), 9.0, 64.0),
    )
    trust = Trust(checks, interval=Interval(0.71, 0.79))
    analysis = replace(made.analysis(image, by=model), trust=trust)
    return Sheet(**({"frame": frame, "analysis": analysis, "made": NOW} | others))


def refused():
    analysis = replace(
        sheet().analysis, prediction=None, abstained=Sentence("It lies on its side.")
    )
    return sheet(analysis=replace(analysis, trust=None))


def test_that_the_values_are_those_of_the_analysis():
    values = json.loads(sheet_text(sheet()))
    assert values["probabilities"] == [0.25, 0.75]
    assert values["target"] == "finding"
    assert values["interval"] == [0.71, 0.79]
    assert values["threshold"]["value"] == 0.38
    assert values["threshold"]["by"] == "model"
    assert values["model"]["sha256"] == "0" * 64
    assert values["film"]["content"] == "c0ffee"
    assert values["made"] == "2026-11-29T14:35:00+00:00"
    assert [(check["name"], check["mark"]) for check in values["checks"]] == [
        ("guard", "passed"),
        ("levels", "failed"),
    ]
    assert "Research use only" in values["label"]
    assert values["program"]["version"]


def test_that_a_threshold_of_the_reader_is_told_from_that_of_the_model():
    set_by_hand = sheet(threshold=0.5)
    assert sheet_values(set_by_hand)["threshold"] == {"value": 0.5, "by": "reader"}
    page = sheet_page(set_by_hand).toPlainText()
    assert "0.50, set by the reader" in page
    assert "sensitivity" not in page  # that was measured at another one


def test_that_the_page_says_answer_interval_threshold_checks_model_and_hashes():
    page = sheet_page(sheet()).toPlainText()
    for words in (
        "Finding 0.75",
        "normal 0.25, finding 0.75",
        "0.71–0.79",
        "0.38",
        "sensitivity 0.95, specificity 0.83; 524 films",
        "0" * 64,
        "c0ffee",
        "One 1.0.0",
        "Research use only. Not a diagnosis.",
        "2026-11-29 14:35:00",
    ):
        assert words in page
    for line in check_lines(sheet().analysis):
        assert line.words in page


def test_that_places_leave_as_they_are_drawn_and_no_number_of_the_film_does():
    answer = TaskAnswer("localisation", (found.OUTLINE, found.BOX))
    drawn = (
        FoundRegion(1, found.BOX),
        FoundRegion(2, found.OUTLINE, alone=True, spacing=found.SPACING),
    )
    analysis = replace(sheet().analysis, task_answer=answer)
    one = sheet(analysis=analysis, found=drawn, cut=CutPlace(0.62, 0.5))
    page = sheet_page(one).toPlainText()
    assert "Found: 1 × finding, 1 × lung" in page
    assert "0.91, 20 × 30 px" in page
    assert "0.99, 100 mm²" in page
    assert "0.62, set by the reader" in page
    assert "0.75" not in page
    values = sheet_values(one)
    assert [region["class"] for region in values["regions"]] == ["finding", "lung"]
    assert values["cut"] == {"value": 0.62, "by": "reader"}
    assert "regions" not in sheet_values(sheet())


def test_that_findings_and_values_leave_with_their_names():
    labels, aged = (
        sheet(analysis=replace(sheet().analysis, task_answer=one))
        for one in (found.several(), found.aged())
    )
    assert "effusion 0.22, fracture –" in sheet_page(labels).toPlainText()
    assert "Age 4.2 y" in sheet_page(aged).toPlainText()
    assert sheet_values(aged)["values"][0]["interval"] == [3.1, 5.0]


def test_that_an_abstention_has_its_reason_and_no_number():
    page, values = sheet_page(refused()).toPlainText(), sheet_values(refused())
    assert "Not answered" in page
    assert "It lies on its side." in page
    assert values["status"] == "abstained"
    assert values["probabilities"] is None
    assert values["interval"] is None
    assert "0.75" not in page


@pytest.mark.parametrize("said", [sheet_text, lambda one: sheet_page(one).toPlainText()])
def test_that_nobody_is_named_unless_it_was_asked_for(said):
    assert not any(name in said(sheet()) for name in NAMES)
    assert "QZ77123" in said(sheet(identity=True))


def test_that_a_name_is_plain_text_on_the_page():
    person = Identity(patient_id="<b>bold</b>")
    one = sheet(frame=made.frame(made.image("<i>.dcm", identity=person)), identity=True)
    page = sheet_page(one).toPlainText()
    assert "<b>bold</b>" in page
    assert "<i>.dcm" in page


def dark(image: QImage, top: float, bottom: float) -> int:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    first, last = round(image.height() * top), round(image.height() * bottom)
    lines = [np.frombuffer(image.constScanLine(row), np.uint8) for row in range(first, last)]
    return int((np.array(lines)[:, : image.width()] < 100).sum())


def test_that_the_picture_of_a_page_is_black_on_white_with_the_label_at_its_end(qapp):
    image = sheet_picture(sheet_page(sheet()))
    assert image.width() == 1240
    assert image.pixelColor(2, 2).lightness() == 255
    assert dark(image, 0, 0.5) > 1000
    foot = 1 - 64 * 1240 / 595 / image.height()
    assert dark(image, foot, 1) > 300  # the label
    assert "Research use only" in image.text("Description")


def test_that_a_preview_is_dark_on_white_in_a_dark_window(qapp):
    """A preview plays what was painted again, with the colours of the window to begin with."""
    printer = QPrinter()
    lay_out(printer)
    preview = QPrintPreviewWidget(printer)
    preview.paintRequested.connect(lambda paper: paint_pages(sheet_page(sheet()), paper))
    theme.wear(qapp, theme.DARK)
    preview.resize(1000, 1400)
    preview.updatePreview()
    preview.fitInView()
    image = preview.grab().toImage()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = [np.frombuffer(grey.constScanLine(row), np.uint8) for row in range(grey.height())]
    seen = np.array(lines)[:, : grey.width()]
    rows, columns = ((seen > 250).mean(axis=axis) > 0.3 for axis in (1, 0))
    paper = seen[np.ix_(rows, columns)]
    assert paper.size > 300_000
    assert (paper < 100).sum() > 500  # the text


@pytest.fixture
def exports(qtbot, session, engine):
    """A window's exports, with one pane; its film is read."""
    pane = film_panes.build(qtbot)
    session.frame_read.connect(
        lambda film: pane.show_frame(film.frame, film.pyramid, fresh=True, content=film.key)
    )
    with qtbot.waitSignal(session.analyses.analysed, timeout=60_000):
        session.open((made.Path("a.dcm"),))
    return Exports(session, SimpleNamespace(active=pane, all=(pane,)))


def test_that_a_reading_is_written_as_its_name_ends(exports, tmp_path):
    for name, begins in (("a.pdf", b"%PDF"), ("a.png", b"\x89PNG"), ("a.json", b"{")):
        exports.reading(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)
    values = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert values["probabilities"] == [0.25, 0.75]
    assert not QImage(str(tmp_path / "a.png")).isNull()


def test_that_a_page_of_paper_is_a4_and_names_nobody_in_its_description(tmp_path):
    write_pdf(sheet(), tmp_path / "a.pdf")
    written = (tmp_path / "a.pdf").read_bytes()
    assert b"/MediaBox [0 0 595" in written
    for name in NAMES:
        for encoding in ("ascii", "utf-16-be"):
            assert name.encode(encoding) not in written


def test_that_a_reading_that_must_stay_hidden_does_not_leave(session, exports, tmp_path):
    hidden = Exports(session, exports._panes, answer=lambda: None)
    with pytest.raises(ExportError, match="no reading"):
        hidden.reading(tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.txt", "none/a.pdf", "none/a.json"])
def test_that_a_reading_that_cannot_be_written_is_said(exports, tmp_path, name):
    with pytest.raises(ExportError):
        exports.reading(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_that_what_was_saved_is_said_with_its_place(session, exports, tmp_path):
    told = made.heard(session.message)
    exports.values(tmp_path / "a.png")
    assert "a.png" in told[-1][0].text


def test_that_the_picture_on_the_clipboard_is_the_pane(qapp, exports):
    exports.copy()
    image = qapp.clipboard().image()
    assert image.width() == exports._panes.active.body.width()
