"""Whether what was measured of a model is good enough: the rules, in one place.

An audit.json holds numbers only. What they are worth is said here, so that no file can call
itself good. Where a rule asks for a whole interval, it is the 95 % interval over films.
"""

from engine.types import (
    Audit,
    Curve,
    Figure,
    Judgement,
    ModelInfo,
    Pointing,
    RowCalibration,
    Shares,
    Stage,
    Verdict,
)

LEAST_FACTOR = 3.0  # random area over the map's deletion area
MOST_CORRELATION = 0.3  # with the map of random weights, either way
LEAST_REPEATED = 0.5  # rank correlation between seeds, and between methods
MOST_EXPLAINED = 0.5  # of a map's variance, without looking at the film
MOST_RESIDUAL = 0.01  # of the change in log-odds
MOST_OFF_ANYWHERE = 0.1  # calibration error of the answer after any step
MOST_OFF = 0.05  # the same in the mean over the steps; and of a test's final answer

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
        and deletion.over_random.told
        and randomised.told
        and deletion.over_random.value >= LEAST_FACTOR
        and abs(randomised.value) <= MOST_CORRELATION
    )


def by_row_passes(audit: Audit) -> bool | None:
    """Whether the answer by row may be shown: what it says is true enough at every step.

    A reader sees tenths on its scale: after no step may it be off by more than one, and in the
    mean by no more than half of one. How far a curve without any fault would be off on as many
    films is part of the audit; where five in a hundred such curves would break the rule, the
    films are too few to say, and None is the answer, as where nothing was measured.
    """
    found = audit.by_row
    if found is None or not _enough(found):
        return None
    return found.worst.value <= MOST_OFF_ANYWHERE and found.mean.value <= MOST_OFF


def calibration_holds(info: ModelInfo) -> bool | None:
    """Whether a model's answers may be called calibrated; None where no test measured it.

    The chief test decides (`ModelInfo.tests`): the interval of its calibration slope must hold 1,
    so that answers are neither too sure nor too shy, and the whole interval of its calibration
    error must lie below 0.05. That error only grows by chance, so few films or few patients do
    not pass: nothing is called calibrated because it was hardly tested. Where the classes were
    told apart without an error there is no finite slope, and the error decides.
    """
    chief = info.tests[0] if info.tests else None
    if chief is None or chief.calibration_error is None:
        return None
    slope = chief.calibration_slope
    straight = slope is None or slope.low <= 1 <= slope.high
    return straight and chief.calibration_error.high <= MOST_OFF


def _enough(found: RowCalibration) -> bool:
    return found.chance_worst <= MOST_OFF_ANYWHERE and found.chance_mean <= MOST_OFF


def _other(audit: Audit) -> str:
    return "integrated gradients" if audit.method == "shapley" else "Shapley values"


def verdicts(audit: Audit) -> tuple[Judgement, ...]:
    """Every line of an audit with its rule: Influence, State, the answer by row.

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
        *_by_row(audit.by_row),
    )


def _judge(what: str, figure: Figure | None, *, rule: str, good: bool) -> Judgement:
    if figure is None:
        return Judgement(what, "", "not measured", rule)
    return Judgement(
        what, str(figure), _verdict(good=good) if figure.told else "not measured", rule
    )


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


def _by_row(found: RowCalibration | None) -> tuple[Judgement, Judgement]:
    words = "Answer by row: worst calibration error", "Answer by row: mean calibration error"
    rules = [f"at most {most:g}" for most in (MOST_OFF_ANYWHERE, MOST_OFF)]
    if found is None:
        return (
            Judgement(words[0], "", "not measured", rules[0]),
            Judgement(words[1], "", "not measured", rules[1]),
        )
    told = (
        f"{found.worst}, after step {found.step}; by chance up to {found.chance_worst:.2f}",
        f"{found.mean}; by chance up to {found.chance_mean:.2f}",
    )
    good = found.worst.value <= MOST_OFF_ANYWHERE, found.mean.value <= MOST_OFF
    marks = [_verdict(good=one) if _enough(found) else "not measured" for one in good]
    return (
        Judgement(words[0], told[0], marks[0], rules[0]),
        Judgement(words[1], told[1], marks[1], rules[1]),
    )
