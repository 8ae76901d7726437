"""Two models on one film: what each says, side by side, and whether they agree, in words."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.types import Analysis, ModelInfo
from viewer.kit import theme
from viewer.kit.language import named, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, explain, label, row_in
from viewer.kit.words import probability_text
from viewer.read.blocks import wrapped
from viewer.read.found_block import tells_task
from viewer.session.readings import found_text, outcome, reasons


class SecondModel(QWidget):
    """A box to choose a second model, and both answers once it has read.

    Signals:
        chosen(object): ModelInfo that is to read, too; None for none.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setMinimumContentsLength(8)  # a long name is cut rather than the whole panel
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._models: tuple[ModelInfo, ...] = ()
        self._answers = QWidget()
        self._column = column_in(self._answers, 5, (0, 4, 0, 0))
        column = column_in(self, 0)
        column.addWidget(self.box)
        column.addWidget(self._answers)
        self._answers.hide()
        self.box.activated.connect(self._on_activated)
        live(self, SecondModel._word)

    def show_models(self, models: tuple[ModelInfo, ...], chosen: Path | None) -> None:
        """Offer these models; none of them reads unless one is chosen."""
        self._models = models
        self.box.setAccessibleName(tr("Second model"))
        self.box.clear()
        self.box.addItem(tr("No second model"))
        for place, model in enumerate(models, 1):
            self.box.addItem(_title(model))
            if model.path == chosen:
                self.box.setCurrentIndex(place)

    def _word(self) -> None:
        self.box.setAccessibleName(tr("Second model"))
        for place in range(self.box.count()):
            words = _title(self._models[place - 1]) if place else tr("No second model")
            self.box.setItemText(place, words)

    def show_waiting(self) -> None:
        """The second model reads."""
        self._replace([wrapped(tr("Reading with the second model …"), "quiet")])

    def show_nothing(self) -> None:
        """There is no second answer."""
        self._replace([])

    def show_answers(self, first: Analysis, second: Analysis) -> None:
        """Both answers side by side, and whether they agree."""
        beside = QWidget()
        row = row_in(beside, theme.MARGIN)
        for one in (first, second):
            row.addWidget(_column_of(one), 1)
        self._replace([beside, wrapped(agreement(first, second), "value")])

    def _replace(self, rows: list[QWidget]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for widget in rows:
            self._column.addWidget(widget)
        self._answers.setVisible(bool(rows))

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self._models[place - 1] if place > 0 else None)


def agreement(first: Analysis, second: Analysis) -> str:
    """Whether two models say the same of a film, in a sentence.

    Only answers to the same question can agree: findings of one name, or classes of one list.
    """
    answers = [_finding(one) for one in (first, second)]
    said = [one for one in answers if one is not None]
    if len(said) < 2:
        return tr("Only one of them answers.") if said else tr("Neither model answers.")
    asked, other = ((one.model.objective.task, one.model.classes) for one in (first, second))
    if asked != other:
        return tr("They answer different questions.")
    if tells_task(first.task_answer):
        return tr("The first: {first}; the second: {second}.", first=said[0], second=said[1])
    if said[0] == said[1]:
        return tr("They agree: {answer}.", answer=named(said[0]))
    return tr("They differ: {first} and {second}.", first=named(said[0]), second=named(said[1]))


def _title(model: ModelInfo) -> str:
    return f"{named(model.title)} {model.version}"


def _finding(analysis: Analysis) -> str | None:
    """The class that a model answers, a finding's by its threshold; the words of another task."""
    prediction, model, answer = analysis.prediction, analysis.model, analysis.task_answer
    if prediction is None or analysis.abstained is not None:
        return None
    if answer is not None and answer.located:
        return found_text(answer.regions)
    if tells_task(answer):
        told = outcome(analysis)
        return f"{named(told.name)} {told.number}".strip()
    values = prediction.probabilities
    if model.threshold is not None and prediction.target == model.positive:
        found = values[prediction.target] >= model.threshold.value
        others = [k for k in range(len(values)) if k != prediction.target]
        best = max(others, key=lambda k: float(values[k]))
        return prediction.classes[prediction.target if found else best]
    return prediction.classes[int(values.argmax())]


def _column_of(analysis: Analysis) -> QWidget:
    box = QWidget()
    column = column_in(box, 2)
    model = analysis.model
    column.addWidget(wrapped(_title(model), "quiet", 96))
    answer = _finding(analysis)
    if answer is None:
        column.addWidget(label(tr("No answer"), "row"))
        explain(box, *reasons(analysis))
    elif tells_task(analysis.task_answer):
        best = outcome(analysis)
        column.addWidget(label(best.number, "row"))
        if best.name:
            column.addWidget(wrapped(named(best.name), "quiet", 96))
    elif analysis.prediction is not None:
        target = analysis.prediction.target
        value = float(analysis.prediction.probabilities[target])
        column.addWidget(label(probability_text(value), "row"))
        column.addWidget(wrapped(named(analysis.prediction.classes[target]), "quiet", 96))
        if model.threshold is not None and target == model.positive:
            limit = model.threshold.value
            side = tr("above its threshold") if value >= limit else tr("below its threshold")
            column.addWidget(wrapped(f"{side} ({limit:.2f})", "quiet", 96))
    column.addStretch(1)
    return box
