"""Values in one line, for a console."""

from typing import TYPE_CHECKING

from engine.types.notebook.words import probability, threshold_words
from engine.types.text import shown

if TYPE_CHECKING:
    from engine.types.reading import Analysis, ModelInfo


def model_line(model: "ModelInfo") -> str:
    """For example "<ModelInfo digits 1.0: Handwritten digits; LSTM 3 × 128, last; …>"."""
    grid = f"reads {model.input.rows} × {model.input.columns}"
    parts = (shown(model.title), model.architecture, grid, f"weights {model.sha256[:12]}")
    return f"<ModelInfo {shown(model.name)} {shown(model.version)}: {'; '.join(parts)}>"


def analysis_line(analysis: "Analysis") -> str:
    """For example "<Analysis of film.dcm by digits 1.0: 8 0.97>"."""
    model, prediction = analysis.model, analysis.prediction
    frame = f", frame {analysis.frame + 1}" if analysis.image.frame_count > 1 else ""
    who = f"{shown(analysis.image.path.name)}{frame} by {shown(model.name)} {shown(model.version)}"
    if prediction is None:
        return f"<Analysis of {who}: abstained. {shown(analysis.abstained or '', 300)}>"
    name, value = prediction.classes[prediction.target], prediction.probabilities
    answer = f"{shown(name)} {probability(float(value[prediction.target]))}"
    where = threshold_words(prediction, model)
    return f"<Analysis of {who}: {answer}{', ' + where if where else ''}>"
