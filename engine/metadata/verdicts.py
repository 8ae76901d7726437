"""Whether what was measured of a model's maps is good enough: the rules, in one place.

An audit.json holds numbers only. What they are worth is said here, so that no file can call
itself good. Where a rule asks for a whole interval, it is the 95 % interval over films.
"""

from engine.types import Audit, Curve, Figure, Judgement, Pointing, Shares, Stage, Verdict

LEAST_FACTOR = 3.0  # random area over the map's deletion area
MOST_CORRELATION = 0.3  # with the map of random weights, either way
LEAST_REPEATED = 0.5  # rank correlation between seeds, and between methods
MOST_EXPLAINED = 0.5  # of a map's variance, without looking at the film
MOST_RESIDUAL = 0.01  # of the change in log-odds

_FACTOR = f"random area / own area at least {LEAST_FACTOR:g}"
_BETTER = "factor above 1, whole interval"
_UNLIKE = f"size of the correlation at most {MOST_CORRELATION:g}"
_ALIKE = f"correlation at least {LEAST_REPEATED:g}"
_OWN = f"at most {MOST_EXPLAINED:g} of the variance"


def influence_passes(audit: Audit) -> bool:
    """Whether Influence may be called influence: it beats random deletion, and needs weights."""
    deletion, randomised = audit.deletion, audit.randomised
    return (
        deletion is not None
        and randomised is not None
        and deletion.over_random.value >= LEAST_FACTOR
        and abs(randomised.value) <= MOST_CORRELATION
    )


def _other(audit: Audit) -> str:
    return "integrated gradients" if audit.method == "shapley" else "Shapley values"


def verdicts(audit: Audit) -> tuple[Judgement, ...]:
    """Every line of an audit with its rule, Influence first, then State.

    State is expected to fail: it tells what the cells hold, not what matters to the answer.
    """
    return (
        *_deletion("Influence", audit.deletion),
        _against("Influence: insertion, random order", audit.insertion, "over_random"),
        _against("Influence: insertion, edge detector", audit.insertion, "over_edges"),
        _unlike("Influence: random weights", audit.randomised),
        _unlike("Influence: random weights, without signs", audit.randomised_sizes),
        _cascade(audit.cascade),
        _alike("Influence: other seeds", audit.seeds),
        _alike(f"Influence: agreement with {_other(audit)}", audit.agreement),
        _residual(audit.residual),
        *_shares("Influence", audit.shares),
        _pointing(audit.pointing),
        *_deletion("State", audit.state_deletion),
        *_shares("State", audit.state_shares),
        *_shares("Raw state", audit.state_raw_shares),
    )


def _judge(what: str, figure: Figure | None, *, rule: str, good: bool) -> Judgement:
    if figure is None:
        return Judgement(what, "", "not measured", rule)
    return Judgement(what, str(figure), _verdict(good=good), rule)


def _verdict(*, good: bool) -> Verdict:
    return "passes" if good else "fails"


def _deletion(name: str, curve: Curve | None) -> tuple[Judgement, Judgement]:
    factor = curve.over_random if curve else None
    good = factor is not None and factor.value >= LEAST_FACTOR
    return (
        _judge(f"{name}: deletion, random order", factor, rule=_FACTOR, good=good),
        _against(f"{name}: deletion, edge detector", curve, "over_edges"),
    )


def _against(what: str, curve: Curve | None, name: str) -> Judgement:
    factor: Figure | None = getattr(curve, name) if curve else None
    return _judge(what, factor, rule=_BETTER, good=factor is not None and factor.low > 1)


def _unlike(what: str, figure: Figure | None) -> Judgement:
    good = figure is not None and abs(figure.value) <= MOST_CORRELATION
    return _judge(what, figure, rule=_UNLIKE, good=good)


def _alike(what: str, figure: Figure | None) -> Judgement:
    good = figure is not None and figure.value >= LEAST_REPEATED
    return _judge(what, figure, rule=_ALIKE, good=good)


def _cascade(stages: tuple[Stage, ...]) -> Judgement:
    rule = f"size at most {MOST_CORRELATION:g} at the end"
    what = "Influence: random weights, layer by layer"
    if not stages:
        return Judgement(what, "", "not measured", rule)
    words = ", ".join(f"{stage.name} {stage.correlation.value:z.2f}" for stage in stages)
    last = stages[-1].correlation
    good = abs(last.value) <= MOST_CORRELATION
    measured = f"{words}; {last.films:,} films".replace("-", "−")
    return Judgement(what, measured, _verdict(good=good), rule)


def _residual(figure: Figure | None) -> Judgement:
    rule = f"at most {100 * MOST_RESIDUAL:g} % of the change left over"
    if figure is None:
        return Judgement("Influence: completeness", "", "not measured", rule)
    percent = 100 * figure.value
    measured = f"{percent:.2g} % left over, {figure.films:,} films"
    return Judgement(
        "Influence: completeness", measured, _verdict(good=figure.value <= MOST_RESIDUAL), rule
    )


def _shares(name: str, shares: Shares | None) -> tuple[Judgement, ...]:
    titles = {
        "position": "row position",
        "mean_map": "mean map of other films",
        "mean_film": "mean film",
    }
    lines = []
    for key, title in titles.items():
        figure: Figure | None = getattr(shares, key) if shares else None
        good = figure is not None and figure.value <= MOST_EXPLAINED
        lines.append(_judge(f"{name}: explained by {title}", figure, rule=_OWN, good=good))
    return tuple(lines)


def _pointing(pointing: Pointing | None) -> Judgement:
    rule = "above chance, whole interval"
    if pointing is None:
        return Judgement("Influence: peak inside finding", "", "not measured", rule)
    good = pointing.hits.low > pointing.chance.value
    measured = f"{pointing.hits}; by chance {pointing.chance.value:.2f}"
    return Judgement("Influence: peak inside finding", measured, _verdict(good=good), rule)
