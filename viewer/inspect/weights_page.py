"""The matrices of a model, gate by gate, as maps with their spectra."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from engine.inspection import MatrixName, WeightMap
from viewer.kit import theme
from viewer.kit.chart import Chart, ChartPlot, PlotAxis, PlotPoints, covering
from viewer.kit.language import marked, told, tr
from viewer.kit.matrix import MatrixPicture
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, explain, label, panel, row_in
from viewer.kit.words import number, signed

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GATES: Final = {
    "r": marked("r, reset"),
    "z": marked("z, update"),
    "n": marked("n, new"),
    "i": marked("i, input"),
    "f": marked("f, forget"),
    "g": marked("g, new"),
    "o": marked("o, output"),
}
_SIDE: Final = 400  # pixels of spectra and figures


class WeightsPage(QWidget):
    """One matrix at a time: chosen by name and gate, asked for by `wanted`."""

    code = "weights"
    wanted = Signal(object)  # MatrixName

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.names: tuple[MatrixName, ...] = ()
        self.map: WeightMap | None = None
        self.model = ""
        self._build()

    def _build(self) -> None:
        self.matrix, self.gate = QComboBox(), QComboBox()
        for box in (self.matrix, self.gate):  # they are filled when they have been shown
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.matrix.setAccessibleName(tr("Matrix"))
        self.gate.setAccessibleName(tr("Gate"))
        self.matrix.activated.connect(lambda _place: self._on_matrix())
        self.gate.activated.connect(lambda _place: self._ask())
        self.picture, self.at = MatrixPicture(), label("", "value")
        self.at.setMinimumHeight(18)
        self.picture.pointed.connect(self._say)
        self.singular, self.circle = Chart(), Chart()
        self.figures, self.meaning = label("", "value"), label("")
        for words in (self.figures, self.meaning):
            words.setWordWrap(True)
        head = QWidget()
        across = row_in(head, theme.GAP)
        across.addWidget(self.matrix)
        across.addWidget(self.gate)
        across.addWidget(self.at, 1)
        side = QWidget()
        side.setMinimumWidth(_SIDE)
        column = column_in(side, theme.GAP)
        column.addWidget(self.figures)
        column.addWidget(self.singular, 2)
        column.addWidget(self.circle, 3)
        column.addWidget(self.meaning)
        column.addStretch(0)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.MARGIN)
        grid.setSpacing(theme.MARGIN)
        grid.addWidget(head, 0, 0, 1, 2)
        grid.addWidget(self.picture, 1, 0)
        grid.addWidget(side, 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)

    def offer(self, model: str, names: tuple[MatrixName, ...]) -> None:
        """List the matrices of a model; the first that is multiplied again is asked for."""
        self.model, self.names, self.map = model, names, None
        self.matrix.clear()
        for name in dict.fromkeys(one.name for one in names):
            self.matrix.addItem(name)
        first = next((one for one in names if ".weight_hh" in one.name), None)
        if first is not None:
            gates = self._gates(first.name)
            self.choose(MatrixName(first.name, gates[-1] if gates else ""))
        elif names:
            self.choose(names[0])

    def choose(self, matrix: MatrixName) -> bool:
        """Ask for one matrix; whether there is such a one."""
        if matrix not in self.names:
            return False
        self.matrix.setCurrentText(matrix.name)
        self._fill_gates(matrix.name)
        self.gate.setCurrentIndex(max(self.gate.findData(matrix.gate), 0))
        self._ask()
        return True

    @property
    def chosen(self) -> MatrixName:
        """Which matrix is asked for."""
        return MatrixName(self.matrix.currentText(), self.gate.currentData() or "")

    def show_map(self, found: WeightMap) -> None:
        """Show a matrix that was asked for; one that nobody waits for any more is left out."""
        if found.matrix != self.chosen:
            return
        self.map = found
        self.picture.show_values(found.values, found.limit)
        rows, columns = found.values.shape
        self.picture.setAccessibleName(
            tr("{rows:,} × {columns:,} weights", rows=rows, columns=columns)
        )
        self._say(-1, -1)
        self._show_spectra(found)

    # ------------------------------------------------------------------ choosing
    def _on_matrix(self) -> None:
        before = self.gate.currentData() or ""
        name = self.matrix.currentText()
        self._fill_gates(name)
        self.gate.setCurrentIndex(max(self.gate.findData(before), 0))
        self._ask()

    def _gates(self, name: str) -> list[str]:
        return [one.gate for one in self.names if one.name == name and one.gate]

    def _fill_gates(self, name: str) -> None:
        self.gate.clear()
        gates = self._gates(name)
        self.gate.addItem(tr("All gates") if gates else tr("No gates"), "")
        for gate in gates:
            self.gate.addItem(tr(_GATES[gate]), gate)
        self.gate.setEnabled(bool(gates))

    def _ask(self) -> None:
        self.wanted.emit(self.chosen)

    # ------------------------------------------------------------------ words and plots
    def _say(self, row: int, column: int) -> None:
        if self.map is None:
            self.at.setText("")
            return
        rows, columns = self.map.values.shape
        if row < 0:
            words = tr("{rows:,} outputs × {columns:,} inputs", rows=rows, columns=columns)
            together = self.picture.together
            if together > 1:
                shared = tr(
                    "each dot is {size} × {size} weights and shows the strongest", size=together
                )
                words = f"{words} · {shared}"
            self.at.setText(words)
            return
        value = signed(float(self.map.values[row, column]), digits=3)
        self.at.setText(
            tr("output {row} ← input {column}: {value}", row=row, column=column, value=value)
        )

    def _show_spectra(self, found: WeightMap) -> None:
        self.figures.setText(" · ".join(_figures(found)))
        explain(
            self.figures,
            tr("Norm: the root of the sum of all squares (Frobenius)."),
            tr(
                "Directions that count: 1 where one singular value has all the weight, as many as"
                " there are where all are equal (participation ratio of their squares)."
            ),
        )
        values = found.singular
        self.singular.setVisible(bool(len(values)))
        self.singular.show_drawing(_singular(found) if len(values) else None)
        self.circle.setVisible(bool(len(found.eigenvalues)))
        self.circle.show_drawing(_circle(found) if len(found.eigenvalues) else None)
        self.meaning.setText(told(found.meaning) if found.meaning else _no_eigenvalues(found))

    def state(self) -> dict[str, Any]:
        """The numbers on the page."""
        if self.map is None:
            return {"matrix": "", "gate": ""}
        return {
            "matrix": self.map.matrix.name,
            "gate": self.map.matrix.gate,
            "shape": list(self.map.values.shape),
            "limit": self.map.limit,
            "norm": self.map.norm,
            "largest_singular_value": float(self.map.singular[0])
            if len(self.map.singular)
            else None,
            "rank": self.map.rank,
            "radius": self.map.radius,
        }

    def taken(self) -> Taken | None:
        """The matrix and its spectrum."""
        if self.map is None:
            return None
        name, gate = self.map.matrix
        arrays: dict[str, NDArray[Any]] = {
            "values": self.map.values,
            "singular": self.map.singular,
        }
        lines = [
            f"found = engine.inspection.weight_map(model.info.path, {name!r}, {gate!r})",
            "values, singular = found.values, found.singular",
        ]
        if len(self.map.eigenvalues):
            arrays["eigenvalues"] = self.map.eigenvalues
            lines.append("eigenvalues = found.eigenvalues")
        words = tr(
            "Weights {name} of {model}, {figures}.",
            name=" ".join(filter(None, (name, gate))),
            model=self.model,
            figures=", ".join(_figures(self.map)),
        )
        return Taken("weights", words, arrays, "\n".join(lines) + "\n", of_film=False)


def _figures(found: WeightMap) -> list[str]:
    """What stands over the plots."""
    parts = [tr("largest weight {value}", value=number(found.limit))]
    if len(found.singular):
        parts.append(tr("largest singular value {value}", value=number(float(found.singular[0]))))
    parts.append(tr("norm {value}", value=number(found.norm)))
    if found.rank is not None:
        parts.append(
            tr(
                "{rank} of {most} directions count",
                rank=number(found.rank),
                most=len(found.singular),
            )
        )
    return parts


def _no_eigenvalues(found: WeightMap) -> str:
    if not len(found.singular):
        return tr("The matrix is too large for a spectrum here.")
    if found.recurrent:
        return tr("Choose a gate: only a square matrix that is multiplied again has eigenvalues.")
    return tr(
        "A singular value says how much the matrix can stretch what comes in, in one direction."
        " It is multiplied once a step, so it has no eigenvalues that would mean something."
    )


def _singular(found: WeightMap) -> ChartPlot:
    values = found.singular
    places = np.arange(1, len(values) + 1, dtype=np.float64)
    _, high = covering(values)
    return ChartPlot(
        title=tr("Singular values"),
        x=PlotAxis(tr("largest first"), 1, max(len(values), 2), whole=True),
        y=PlotAxis("", 0, high * 1.05),
        series=(PlotPoints(places, values),),
        said=lambda _series, point: tr(
            "{place} of {count}: {value}",
            place=point + 1,
            count=len(values),
            value=number(float(values[point])),
        ),
    )


def _circle(found: WeightMap) -> ChartPlot:
    values = found.eigenvalues
    radius = found.radius or 0.0
    most = max(radius, 1.0) * 1.12

    def words(_series: int, point: int) -> str:
        return tr("modulus {value}", value=number(float(abs(values[point]))))

    return ChartPlot(
        title=tr("Eigenvalues, with the unit circle"),
        x=PlotAxis(tr("real part; upwards the imaginary part"), -most, most),
        y=PlotAxis("", -most, most),
        series=(PlotPoints(values.real, values.imag, colour="quiet", joined=False),),
        circles=(("text", 1.0, False), ("quiet", radius, True)),
        square=True,
        said=words,
    )
