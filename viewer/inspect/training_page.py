"""How the training of a model went: loss, accuracy and rate, epoch by epoch."""

from typing import Any

import numpy as np
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.inspection import LearningCurves
from viewer.kit import theme
from viewer.kit.chart import Chart, ChartPlot, Numbers, PlotAxis, PlotPoints, covering
from viewer.kit.language import joined, told, tr
from viewer.kit.taken import Taken
from viewer.kit.widgets import label, panel
from viewer.kit.words import number

ARRAYS = ("epochs", "loss", "validation_loss", "accuracy", "learning_rate", "seconds")


class TrainingPage(QWidget):
    """Three plots over the epochs, or one sentence on why there are none."""

    code = "training"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.curves: LearningCurves | None = None
        self.model = ""
        self.head, self.notes = label("", "row"), label("")
        for words in (self.head, self.notes):
            words.setWordWrap(True)
        self.loss, self.accuracy, self.rate = Chart(), Chart(), Chart()
        self.plots = QWidget()
        plots = QGridLayout(self.plots)
        plots.setContentsMargins(0, 0, 0, 0)
        plots.setSpacing(theme.MARGIN)
        plots.addWidget(self.loss, 0, 0, 2, 1)
        plots.addWidget(self.accuracy, 0, 1)
        plots.addWidget(self.rate, 1, 1)
        plots.setColumnStretch(0, 3)
        plots.setColumnStretch(1, 2)
        column = QGridLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setVerticalSpacing(theme.GAP)
        column.addWidget(self.head, 0, 0)
        column.addWidget(self.notes, 1, 0)
        column.addWidget(self.plots, 2, 0)
        column.setRowStretch(2, 1)

    def show_curves(self, model: str, curves: LearningCurves | None) -> None:
        """Show the curves of a model; None: it has none, which is said.

        Args:
            model: Its name.
            curves: As its bundle holds them.
        """
        self.model, self.curves = model, curves
        self.plots.setVisible(curves is not None)
        if curves is None:
            self.head.setText(tr("This model holds no curves of its training."))
            self.notes.setText(
                tr(
                    "Models that rowscope-engine train makes hold them; one that was made"
                    " elsewhere gets none afterwards. While a training runs, its folder of"
                    " --tensorboard shows them."
                )
            )
            return
        self.head.setText(_headline(curves))
        self.notes.setText(joined(*map(told, curves.unlike), _caution(curves)))
        self._plot(curves)

    def _plot(self, curves: LearningCurves) -> None:
        kept = ((float(curves.kept), tr("kept")),) if curves.kept else ()
        validation = PlotPoints(curves.epochs, curves.validation_loss, tr("validation"))
        training = PlotPoints(curves.epochs, curves.loss, tr("training"), "quiet")
        losses = (training, validation) if curves.best else (training,)
        names = (tr("training"), tr("validation"))
        self.loss.show_drawing(
            _drawing(
                tr("Loss", "of a training"), curves, losses, marks=kept, names=names, zero=True
            )
        )
        told_accuracy = bool(np.isfinite(curves.accuracy).any())
        self.accuracy.setVisible(told_accuracy)
        if told_accuracy:
            self.accuracy.show_drawing(
                _drawing(
                    tr("Accuracy on validation films"),
                    curves,
                    (PlotPoints(curves.epochs, curves.accuracy),),
                )
            )
        self.rate.show_drawing(
            _drawing(
                tr("Learning rate"),
                curves,
                (PlotPoints(curves.epochs, curves.learning_rate),),
                zero=True,
            )
        )

    def state(self) -> dict[str, Any]:
        """The numbers on the page."""
        curves = self.curves
        if curves is None:
            return {"epochs": 0}
        return {
            "epochs": len(curves),
            "kept": curves.kept,
            "best": curves.best,
            "loss": _plain(curves.loss),
            "validation_loss": _plain(curves.validation_loss),
            "accuracy": _plain(curves.accuracy),
            "learning_rate": _plain(curves.learning_rate),
        }

    def taken(self) -> Taken | None:
        """Every curve, epoch by epoch."""
        curves = self.curves
        if curves is None:
            return None
        lines = ["curves = engine.inspection.learning_curves(model.info.path)"]
        lines += [f"{name} = curves.{name}" for name in ARRAYS]
        return Taken(
            name="training",
            words=joined(
                tr("The training of {model}.", model=self.model),
                _headline(curves),
                *map(told, curves.unlike),
            ),
            arrays={name: getattr(curves, name) for name in ARRAYS},
            python="\n".join(lines) + "\n",
            of_film=False,
        )


def _headline(curves: LearningCurves) -> str:
    """What came out, in one or two sentences: the number on films that were not learnt first."""
    kept = curves.kept or 0
    place = int(np.flatnonzero(curves.epochs == kept)[0])
    if not np.isfinite(curves.validation_loss[place]):
        return tr(
            "{epochs} epochs; the training loss fell from {first:.3f} to {last:.3f}. No film was"
            " held out, so nothing says whether it learnt by heart.",
            epochs=len(curves),
            first=float(curves.loss[0]),
            last=float(curves.loss[-1]),
        )
    kept_words = tr(
        "The weights of epoch {kept} of {epochs} were kept: validation loss {loss:.3f}.",
        kept=kept,
        epochs=len(curves),
        loss=float(curves.validation_loss[place]),
    )
    if curves.best == kept or curves.best is None:
        return kept_words
    best = float(np.nanmin(curves.validation_loss))
    return joined(
        kept_words,
        tr("It was lowest after epoch {best}: {loss:.3f}.", best=curves.best, loss=best),
    )


def _caution(curves: LearningCurves) -> str:
    if not curves.unlike:
        return ""
    return tr("So the two losses cannot be compared value by value; each can with itself.")


def _drawing(
    title: str,
    curves: LearningCurves,
    series: tuple[PlotPoints, ...],
    *,
    marks: tuple[tuple[float, str], ...] = (),
    names: tuple[str, ...] = (),
    zero: bool = False,
) -> ChartPlot:
    low, high = covering(*(one.y for one in series), zero=zero)
    room = 0.08 * (high - low)

    def words(place: int, point: int) -> str:
        one = series[place]
        value = number(float(one.y[point]))
        text = tr("epoch {epoch}: {value}", epoch=int(one.x[point]), value=value)
        return f"{names[place]}, {text}" if names else text

    first, last = float(curves.epochs[0]), float(curves.epochs[-1])
    return ChartPlot(
        title=title,
        x=PlotAxis(tr("epoch"), first, max(last, first + 1), whole=True),
        y=PlotAxis("", low if zero else low - room, high + room),
        series=series,
        uprights=marks,
        said=words,
    )


def _plain(values: Numbers) -> list[float | None]:
    return [float(one) if np.isfinite(one) else None for one in values]
