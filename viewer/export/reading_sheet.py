"""A reading as values for programs and as a page for people; no patient unless asked for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextDocument,
)

from engine import __version__
from engine.types import Analysis, Frame, region_values, task_values
from viewer.export.picture import LABEL
from viewer.kit import theme
from viewer.kit.language import listed, marked, named, told, tr
from viewer.kit.words import identity_lines, interval_text
from viewer.session.check_lines import check_lines
from viewer.session.located import CutPlace, FoundRegion
from viewer.session.readings import answer_pairs, found_text, outcome, reasons

MARKS: Final = {
    "passed": marked("passed"),
    "doubtful": marked("doubtful"),
    "failed": marked("failed"),
    "not asked": marked("not asked"),
}
_PICTURE = QUrl("picture:film")
PAGE: Final = 794.0  # width of A4 in pixels of the screen, 96 to an inch
_FOOT = 24  # points at the end of a page for the label


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What is known of a film and its answer at one moment.

    Attributes:
        made: When.
        threshold: The one that the reader has set; None for the model's own.
        identity: Whether patient and study are to be named.
        picture: Of the film as it was displayed; None for none.
        found: Places of the model as they are drawn, by the reader's cut where he has set one.
        cut: Where there is one.
    """

    frame: Frame
    analysis: Analysis
    made: datetime
    threshold: float | None = None
    identity: bool = False
    picture: QImage | None = None
    found: tuple[FoundRegion, ...] = ()
    cut: CutPlace | None = None

    @property
    def places(self) -> bool:
        """Whether the model answers with places on the film alone."""
        answer = self.analysis.task_answer
        return answer is not None and answer.located


# ------------------------------------------------------------------------- for programs


def sheet_values(sheet: Sheet) -> dict[str, Any]:
    """The reading as plain values: answer, interval, threshold, checks, model and hashes."""
    analysis, frame = sheet.analysis, sheet.frame
    model, prediction, trust = analysis.model, analysis.prediction, analysis.trust
    answered = prediction is not None and analysis.abstained is None
    interval = trust.interval if trust is not None and answered else None
    values: dict[str, Any] = {
        "label": LABEL,
        "program": {"name": "Rowscope", "version": __version__},
        "made": sheet.made.isoformat(timespec="seconds"),
        "film": {
            "content": frame.content,
            "frame": frame.index + 1,
            "rows": frame.image.rows,
            "columns": frame.image.columns,
            "modality": frame.image.modality,
        },
        "model": {
            "name": model.name,
            "title": model.title,
            "version": model.version,
            "sha256": model.sha256,
        },
        "device": analysis.device,
        "seconds": round(analysis.seconds, 4),
        "status": "ok" if answered else "abstained",
        "reasons": [] if answered else list(_why(analysis)),
        "classes": list(model.classes),
        "probabilities": prediction.probabilities.tolist() if answered and prediction else None,
        "target": prediction.classes[prediction.target] if answered and prediction else None,
        **(_task_values(sheet) if answered else {}),
        "interval": [interval.low, interval.high] if interval is not None else None,
        "threshold": _threshold_values(sheet),
        "checks": [
            {
                "name": check.name,
                "mark": check.mark,
                "words": str(check.words),
                "value": check.value,
                "limit": check.limit,
            }
            for check in (trust.checks if trust is not None else ())
        ],
    }
    if sheet.identity:
        person = frame.image.identity
        values["patient"] = {"name": person.patient_name, "id": person.patient_id}
        values["study"] = {"date": person.study_date, "description": person.study_description}
        values["film"]["file"] = frame.image.path.name
    return values


def _task_values(sheet: Sheet) -> dict[str, Any]:
    values = task_values(sheet.analysis.task_answer)
    if sheet.places:
        values["regions"] = [region_values(one.region) for one in sheet.found]
    if sheet.cut is not None:
        values["cut"] = {
            "value": sheet.cut.value,
            "by": "reader" if sheet.cut.own else "model",
        }
    return values


def _why(analysis: Analysis) -> Iterator[str]:
    trust = analysis.trust
    if trust is not None and trust.reasons:
        yield from (reason.code for reason in trust.reasons)
    elif analysis.abstained:
        yield str(analysis.abstained)


def _threshold_values(sheet: Sheet) -> dict[str, Any] | None:
    own = sheet.analysis.model.threshold
    if own is None and sheet.threshold is None:
        return None
    if own is not None and sheet.threshold in {None, own.value}:
        return {
            "value": own.value,
            "by": "model",
            "sensitivity": own.sensitivity,
            "specificity": own.specificity,
            "chosen_on": str(own.chosen_on),
        }
    return {"value": sheet.threshold, "by": "reader"}


def sheet_text(sheet: Sheet) -> str:
    """The same as JSON."""
    return json.dumps(sheet_values(sheet), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


# --------------------------------------------------------------------------- for people


def sheet_page(sheet: Sheet) -> QTextDocument:
    """The reading as a page, black on white; every text of a file is plain text in it."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = QFont(theme.font())
    font.setPointSizeF(8.5)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(
        "h1 { font-size: 16pt; font-weight: 600; margin-bottom: 2pt; }"
        " h2 { font-size: 10pt; font-weight: 600; margin-bottom: 2pt; }"
    )
    if sheet.picture is not None:
        document.addResource(QTextDocument.ResourceType.ImageResource, _PICTURE, sheet.picture)
    document.setHtml("".join(_blocks(sheet)))
    return document


def picture_page(picture: QImage) -> QTextDocument:
    """A picture as a page, as wide or as high as the paper allows."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.addResource(QTextDocument.ResourceType.ImageResource, _PICTURE, picture)
    wide, high = picture.width(), picture.height()
    scale = min(670 / wide, 930 / high)
    size = f'width="{round(wide * scale)}" height="{round(high * scale)}"'
    document.setHtml(f'<img src="{_PICTURE.toString()}" {size}>')
    return document


def _blocks(sheet: Sheet) -> Iterator[str]:
    model = sheet.analysis.model
    yield f"<h1>{escape(_headline(sheet))}</h1>"
    yield f"<p><b>{escape(tr(LABEL))}</b></p>"
    if sheet.picture is not None:
        wide, high = sheet.picture.width(), sheet.picture.height()
        scale = min(440 / wide, 400 / high)
        size = f'width="{round(wide * scale)}" height="{round(high * scale)}"'
        yield f'<p><img src="{_PICTURE.toString()}" {size}></p>'
    yield _table(_answer_rows(sheet))
    yield _heading(tr("Is this image for this model?"))
    yield _table(
        (tr(MARKS[line.mark]), f"{line.words} {line.value}".strip())
        for line in check_lines(sheet.analysis)
    )
    yield _heading(tr("Model"))
    yield _table(
        (
            (tr("Name"), f"{named(model.title)} {model.version}"),
            (tr("Kind"), named(model.architecture)),
            (tr("Weights"), f"sha256 {model.sha256}"),
        )
    )
    yield _heading(tr("Film and program"))
    yield _table(_film_rows(sheet))


def _headline(sheet: Sheet) -> str:
    prediction = sheet.analysis.prediction
    if prediction is None or sheet.analysis.abstained is not None:
        return tr("Not answered")
    if sheet.places:
        return tr("Found: {places}", places=found_text(one.region for one in sheet.found))
    best = outcome(sheet.analysis)
    name = named(best.name or prediction.classes[prediction.target])
    return f"{name[:1].upper()}{name[1:]} {best.number}"


def _answer_rows(sheet: Sheet) -> Iterator[tuple[str, str]]:
    analysis = sheet.analysis
    prediction, trust, own = analysis.prediction, analysis.trust, analysis.model.threshold
    if prediction is None or analysis.abstained is not None:
        yield from ((tr("Why"), reason) for reason in reasons(analysis))
        return
    if sheet.places:
        yield from _place_rows(sheet)
        return
    valued = analysis.task_answer is not None and analysis.task_answer.values
    yield (
        tr("Measured") if valued else tr("Probabilities"),
        listed([f"{name} {value}" for name, value in answer_pairs(analysis)]),
    )
    if trust is not None and trust.interval is not None:
        yield tr("Interval"), interval_text(trust.interval)
    if sheet.threshold is not None and (own is None or sheet.threshold != own.value):
        yield tr("Threshold"), tr("{value:.2f}, set by the reader", value=sheet.threshold)
    elif own is not None:
        yield tr("Threshold"), f"{own.value:.2f}"
        yield (
            tr("At this threshold"),
            tr(
                "sensitivity {sensitivity:.2f}, specificity {specificity:.2f}; {films}",
                sensitivity=own.sensitivity,
                specificity=own.specificity,
                films=told(own.chosen_on),
            ),
        )


def _place_rows(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for one in sheet.found:
        yield one.object, listed([one.probability, *one.facts])
    if (cut := sheet.cut) is not None:
        by_reader = tr("{value:.2f}, set by the reader", value=cut.value)
        words = by_reader if cut.own else f"{cut.value:.2f}"
        yield tr("Least probability of a pixel within an outline"), words


def _film_rows(sheet: Sheet) -> Iterator[tuple[str, str]]:
    frame, analysis = sheet.frame, sheet.analysis
    if sheet.identity:
        yield tr("Patient and study"), " · ".join(identity_lines(frame.image))
        yield tr("File"), frame.image.path.name
    size = tr("{rows} rows, {columns} columns", rows=frame.image.rows, columns=frame.image.columns)
    number = tr("frame {number} of {count}", number=frame.index + 1, count=frame.image.frame_count)
    yield tr("Film"), listed((size, number))
    yield tr("Content"), frame.content or "–"
    yield (
        tr("Read", "by the model: how fast and on what"),
        tr("in {seconds:.2f} s on {device}").format(
            seconds=analysis.seconds, device=analysis.device
        ),
    )
    yield tr("Written"), f"{sheet.made:%Y-%m-%d %H:%M:%S}, Rowscope {__version__}"


def _heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def _table(rows: Any) -> str:  # noqa: ANN401 - any pairs of texts
    cells = "".join(
        f'<tr><td width="120">{escape(name)}</td><td>{escape(value)}</td></tr>'
        for name, value in rows
    )
    return f'<table width="100%">{cells}</table>'


# --------------------------------------------------------------------------------- paper


def paint_pages(document: QTextDocument, device: QPagedPaintDevice) -> int:
    """Paint a document onto paper, the research-use label at the foot of every page.

    Args:
        document: Is laid out anew for the paper.
        device: The paper.

    Returns:
        How many pages there are.
    """
    painter = QPainter(device)
    unit = device.logicalDpiY() / 72
    layout = device.pageLayout().paintRectPoints()
    size = QSizeF(layout.width(), layout.height() - _FOOT)
    document.documentLayout().setPaintDevice(device)
    document.setPageSize(size * unit)
    pages = document.pageCount()
    for page in range(pages):
        if page:
            device.newPage()
        _paint_page(painter, document, page, size * unit)
        _paint_foot(painter, size * unit, _FOOT * unit, f"{page + 1} / {pages}")
    painter.end()
    return pages


def sheet_picture(document: QTextDocument, width: int = 1240) -> QImage:
    """A document as one picture, black on white, as high as it needs to be."""
    scale, margin = width / PAGE, 56.0
    document.setTextWidth(PAGE - 2 * margin)
    height = document.size().height() + 2 * margin + _FOOT
    image = QImage(width, round(height * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(margin, margin)
    _draw(painter, document, QRectF())
    _paint_foot(painter, document.size(), _FOOT, "")
    painter.end()
    image.setText("Description", tr(LABEL))
    return image


def _paint_page(painter: QPainter, document: QTextDocument, page: int, size: QSizeF) -> None:
    part = QRectF(0, page * size.height(), size.width(), size.height())
    painter.save()
    painter.translate(0, -part.top())
    painter.setClipRect(part)
    _draw(painter, document, part)
    painter.restore()


def _ink() -> QColor:
    """Of paper; not black, which a preview would leave to the colours of the window."""
    return theme.colour(theme.LIGHT.text)


def _draw(painter: QPainter, document: QTextDocument, part: QRectF) -> None:
    """Dark, whatever the theme of the window is."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, _ink())
    if not part.isEmpty():
        context.clip = part
    document.documentLayout().draw(painter, context)


def _paint_foot(painter: QPainter, size: QSizeF, height: float, number: str) -> None:
    foot = QRectF(0, size.height(), size.width(), height)
    font = theme.font(weight=QFont.Weight.DemiBold)
    font.setPixelSize(max(round(height * 0.42), 1))
    painter.save()
    painter.setFont(font)
    painter.setPen(_ink())
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | bottom, tr(LABEL))
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | bottom, number)
    painter.restore()
