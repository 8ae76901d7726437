"""A model's card in short."""

from typing import TYPE_CHECKING

from engine.types.notebook.words import QUIET, RESEARCH, details, head, line, page, safe, table

if TYPE_CHECKING:
    from engine.types.reading import ModelInfo


def model_card(model: "ModelInfo", device: str = "") -> str:
    """What may be known of a model before it reads: HTML.

    Args:
        model: From its metadata.
        device: Where it reads, if it is loaded.
    """
    return page(
        head(f"{safe(model.title)} {safe(model.version)}"),
        line(safe(model.task, 500)),
        line(safe(model.intended_use, 1000), QUIET),
        table(_facts(model, device)),
        _results(model),
        line(RESEARCH, f"font-size:12px;{QUIET}"),
    )


def _facts(model: "ModelInfo", device: str) -> tuple[tuple[str, ...], ...]:
    kinds = " and ".join(map(safe, model.input.modalities)) or "any image"
    grid = f"{model.input.rows} × {model.input.columns}"
    classes = ", ".join(safe(name, 60) for name in model.classes[:12])
    more = f" and {len(model.classes) - 12} more" if len(model.classes) > 12 else ""
    facts = [
        ("name", safe(model.name)),
        ("reads", f"{kinds}, on a grid of {grid}"),
        ("answers", classes + more),
        ("network", safe(model.architecture)),
        ("trained on", safe(model.data_source, 500)),
        ("weights", safe(model.sha256[:16])),
    ]
    if model.threshold is not None:
        facts.append(("threshold", f"{model.threshold.value:.2f} ({_measured(model)})"))
    return tuple(
        _left(fact) for fact in (*facts, *((("device", safe(device)),) if device else ()))
    )


def _left(fact: tuple[str, str]) -> tuple[str, ...]:
    """A table has numbers on the right; texts are read from the left."""
    return (
        f'<span style="{QUIET}">{fact[0]}</span>',
        f'<div style="text-align:left">{fact[1]}</div>',
    )


def _measured(model: "ModelInfo") -> str:
    if model.threshold is None:
        return ""
    sensitivity, specificity = model.threshold.sensitivity, model.threshold.specificity
    return f"sensitivity {sensitivity:.2f}, specificity {specificity:.2f}"


def _results(model: "ModelInfo") -> str:
    if not model.results:
        return ""
    rows = tuple(_left((safe(what), safe(value))) for what, value in model.results)
    return details(f"{len(rows)} results", table(rows))
