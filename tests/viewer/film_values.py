"""Small films, models and analyses for the tests of film pane and session."""

from pathlib import Path

import numpy as np

from engine.index import FoundStretch, IndexSummary, Peak, RowCloud, UnitReference, UnitSeen
from engine.inspection import (
    SENSES,
    Ablation,
    Carried,
    ClassAnswer,
    Forgetting,
    ReplacedRows,
    UnitFacts,
    UnitWeights,
    Wire,
)
from engine.types import (
    Analysis,
    BaselineAnswer,
    Check,
    FilmRows,
    Frame,
    FrameHeader,
    Heatmap,
    HiddenStates,
    Horizon,
    Image,
    Influence,
    InputFormat,
    ModelInfo,
    Prediction,
    PreparedFilm,
    RowSequence,
    RowStatistics,
    RowTrace,
    Window,
)
from engine.words import Sentence
from viewer.kit.rendering import build_pyramid
from viewer.session.loading import Film, Survey

STEPS, UNITS = 8, 5
WINDOW = Window(128.0, 256.0, "NORMAL")


def model(name="one", **others) -> ModelInfo:
    values = {
        "name": name,
        "title": name.title(),
        "version": "1.0.0",
        "path": Path(name),
        "sha256": "0" * 64,
        "task": "",
        "intended_use": "",
        "data_source": "",
        "classes": ("normal", "finding"),
        "positive": 1,
        "input": InputFormat(STEPS, STEPS, "rank"),
        "architecture": "GRU",
        "layers": 2,
        "directions": 1,
        "hidden_size": UNITS,
        "steps": STEPS,
    }
    return ModelInfo(**(values | others))


def image(name="film.dcm", rows=80, columns=60, **others) -> Image:
    values = {"photometric": "MONOCHROME2", "frame_count": 1} | others
    return Image(
        path=Path(name),
        format="DICOM",
        encoding="",
        rows=rows,
        columns=columns,
        bits_stored=8,
        **values,
    )


def frame(of: Image | None = None, index=0, colour=None, **header) -> Frame:
    of = of or image()
    header = FrameHeader(**({"value_range": (0, 255)} | header))
    values = np.add.outer(np.arange(of.rows), np.arange(of.columns)) % 256
    return Frame(of, index, values.astype(np.float32), colour, header=header)


def film(of: Image | None = None, index=0, **header) -> Film:
    shown = frame(of, index, **header)
    return Film(shown, build_pyramid(shown), (WINDOW,), WINDOW)


def prepared(of: Frame, refused="") -> PreparedFilm:
    """Eight rows for the network, and what the header says for or against it."""
    kind = Check("kind", not refused, refused or "It is of the right kind.")
    rows = RowSequence(np.zeros((STEPS, STEPS), np.float32), edges(of.image.rows))
    return PreparedFilm(of.image, of.index, FilmRows("one", (kind,), rows))


def survey(path, _model=None) -> Survey:
    return Survey(image(path), np.zeros((4, 4), np.uint8), None)


def edges(rows=80, steps=STEPS) -> np.ndarray:
    return np.linspace(0.0, rows, steps + 1)


def heatmap(question="state", rows=80, values=None, *, signed=True, **others) -> Heatmap:
    values = np.linspace(-3, 3, STEPS) if values is None else np.asarray(values, float)
    limits = (-3.0, 3.0) if signed else (0.0, 1.0)
    return Heatmap(
        values=values.astype(np.float32),
        edges=edges(rows, len(values)),
        question=question,
        label=others.get("label", "State: all 5 units, layer 2"),
        unit=others.get("unit", "σ"),
        limits=limits,
        signed=signed,
    )


def analysis(
    of: Image | None = None,
    index=0,
    by: ModelInfo | None = None,
    steps=STEPS,
    baseline="mean",
) -> Analysis:
    """An answer of 0.75 whose sixth row counts most; statistics are of `STEPS` steps."""
    of, by = of or image(), by or model()
    bounds = edges(of.rows, steps)
    rng = np.random.default_rng(1)
    shape = (by.layers, by.directions, STEPS, by.hidden_size)
    read = (by.layers, by.directions, steps, by.hidden_size)
    states = rng.uniform(-1, 1, read).astype(np.float32)
    zeros = np.zeros(shape, np.float32)
    norms = np.zeros(shape[:3], np.float32)
    statistics = RowStatistics(
        np.zeros((STEPS, STEPS), np.float32), zeros, zeros + 0.5, norms, norms + 0.5, 1.8, 100
    )
    moved = np.resize(np.array([0.1, -0.2, 0.3, 0.1, 0.0, 1.5, -0.4, 0.2], np.float32), steps)
    by_row = np.linspace(0.5, 0.75, steps, dtype=np.float32)
    prediction = Prediction(
        by.classes, np.array([0.25, 0.75]), np.stack([1 - by_row, by_row], axis=1), 1
    )
    return Analysis(
        of,
        index,
        by,
        "CPU",
        0.1,
        prediction=prediction,
        states=HiddenStates(states, bounds),
        influence=Influence(
            moved,
            bounds,
            1,
            1.1,
            -0.5,
            0.0,
            baseline=BaselineAnswer(
                baseline, Sentence(f"baseline.{baseline}"), np.array([0.6, 0.4])
            ),
        ),
        statistics=statistics,
    )


def trace(by: ModelInfo | None = None, rows=80, steps=STEPS) -> RowTrace:
    """What a GRU's reading leaves behind: the states of `analysis`, gates within their range."""
    by = by or model()
    shape = (by.layers, by.directions, steps, by.hidden_size)
    rng = np.random.default_rng(1)
    states = rng.uniform(-1, 1, shape).astype(np.float32)
    gates = {name: rng.uniform(0, 1, shape).astype(np.float32) for name in "rz"}
    gates["n"] = rng.uniform(-1, 1, shape).astype(np.float32)
    by_row = rng.normal(size=(steps, len(by.classes))).astype(np.float32)
    memory = rng.normal(size=shape[1:]).astype(np.float32)
    return RowTrace(states, None, gates, memory, by_row, by_row[-1], edges(rows, steps))


def carried(of: RowTrace) -> Carried:
    """What a GRU of these gates keeps and writes: its states follow from both."""
    keep, add = of.gates["z"], (1 - of.gates["z"]) * of.gates["n"]
    states, before = np.empty_like(keep), np.zeros_like(keep[:, :, 0])
    for step in range(keep.shape[2]):
        before = keep[:, :, step] * before + add[:, :, step]
        states[:, :, step] = before
    return Carried(
        cell="gru",
        readout="last",
        gates=SENSES["gru"],
        carried="h",
        keep=keep,
        add=add,
        states=states,
        drives=None,
        rows_per_step=1,
        rows_above=0,
    )


def replaced(steps=STEPS) -> ReplacedRows:
    """Rows above the first three steps move nothing; then ten times more from step to step."""
    most = np.r_[0.0, np.logspace(-7, steps - 9, steps - 1)]
    return ReplacedRows(1, 2.0, ("mean", "blank"), np.stack((most, -most / 2)), edges(80, steps))


def forgetting(steps=STEPS) -> Forgetting:
    """Every cell halves its gradient, torch's even more."""
    share = 0.5 ** np.arange(steps)
    fresh = tuple(
        Horizon(f"{cell}, {how}", "answer", share**power, 1, 1)
        for how, power in (("ours", 1), ("torch's", 2))
        for cell in ("rnn", "rnn-relu", "lstm", "gru")
    )
    return Forgetting(fresh, Horizon("one", "answer", share**0.5, 1, 1), None, UNITS, 0)


def heard(signal) -> list[tuple]:
    """Everything that a signal carries from now on."""
    values = []
    signal.connect(lambda *arguments: values.append(arguments))
    return values


def unit_facts(group, by: ModelInfo | None = None, steps=STEPS) -> UnitFacts:
    """A unit's usual states are 0 ± 0.5; it speaks for the second class, and to unit 3."""
    by = by or model()
    group = group.of(by)
    count = len(group.units)
    last = group.layer == by.layers - 1
    onto = np.outer(np.linspace(-0.5, 0.5, len(by.classes)), np.ones(count)).astype(np.float32)
    wire = Wire(group.units[0], 3, 0, "z", -0.25)
    weights = UnitWeights(
        group, onto if last else None, "mean", onto="own" if last else "next", wires=(wire,)
    )
    zeros = np.zeros((steps, count), np.float32)
    return UnitFacts(weights, zeros, zeros + 0.5, 100)


def ablation(group, held="zero", by: ModelInfo | None = None, steps=STEPS) -> Ablation:
    """Without the group 0.75 becomes 0.6; without two random ones it becomes 0.7 and 0.8."""
    by = by or model()
    group = group.of(by)

    def answer(probability):
        probabilities = np.array([1 - probability, probability])
        by_row = np.linspace(0.5, probability, steps, dtype=np.float32)
        odds = np.log(probabilities / (1 - probabilities))
        return ClassAnswer(probabilities, odds, np.stack([1 - by_row, by_row], axis=1))

    others = [answer(one) for one in (0.7, 0.8)]
    return Ablation(
        group,
        held,
        np.zeros(len(group.units)),
        answer(0.75),
        answer(0.6 if held == "zero" else 0.65),
        np.zeros((2, len(group.units)), np.int64),
        np.array([one.probabilities for one in others]),
        np.array([one.log_odds for one in others]),
    )


def unit_seen(unit=0) -> UnitSeen:
    """A unit that lies evenly between −1 and 1 and is highest at step 5 of one film."""
    counts = np.full(64, 10, np.int64)
    peaks = (Peak(7, 5, 1.0), Peak(8, 2, 0.9))
    low = (Peak(9, 0, -1.0),)
    reference = UnitReference(np.linspace(-1, 1, 65), counts, 0.0, 0.5, peaks, low)

    def stretch(peak):
        path = Path(f"/set/{peak.film}.png")
        picture = np.zeros((8, 6), np.uint8)
        values = (path, 0, "ill", f"content {peak.film}", edges(), picture)
        return FoundStretch(peak.film, peak.step, peak.step, float("nan"), *values)

    return UnitSeen(reference, tuple(map(stretch, peaks)), tuple(map(stretch, low)))


def index_summary(sha256="0" * 64, folder=Path("/index")) -> IndexSummary:
    """An index of nine films of a model's last layer, without a point in its plane."""
    none = np.zeros(0, np.int64)
    cloud = RowCloud(
        "pca",
        np.zeros((0, 2), np.float32),
        none,
        none,
        np.array([0.3, 0.2]),
        none,
        (),
        (),
        (),
        none,
    )
    return IndexSummary(folder, "one", sha256, 1, 9, 9 * STEPS, cloud, mapped=False)
