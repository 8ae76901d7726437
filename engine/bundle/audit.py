"""audit.json beside the weights: what was measured of the maps, and the verdicts."""

import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from engine.bundle.description import read_figure, stored_hash
from engine.bundle.strict import WEIGHTS, Fields, hash_file, load_json, read_whole
from engine.errors import BundleError
from engine.types import (
    NUISANCES,
    AtThreshold,
    Audit,
    Curve,
    Figure,
    GridAudit,
    InfluenceMethod,
    Judgement,
    LungShare,
    ModelInfo,
    Nuisance,
    NuisanceChange,
    Pointing,
    RowCalibration,
    ShapeTold,
    Shares,
    Stage,
    Verdict,
)
from engine.words import Sentence, as_json, plain

# --------------------------------------------------------- reading and writing audit.json
# audit.json beside the weights: what was measured of a model's maps. JSON only, no torch.

AUDIT = "audit.json"
_FORMAT = 1
_MOST_STEPS = 2**14
_METHODS = ("integrated-gradients", "occlusion", "shapley")


def read_audit(folder: Path) -> Audit | None:
    """The audit of a bundle; None where it has none, or one of other weights.

    Its part `by_row` is None where the bundle's calibration by row is another one now.

    Raises:
        BundleError: A file that cannot be trusted; names file and key.
    """
    path = folder / AUDIT
    if not path.exists():
        return None
    sha256, audit = _parse(load_json(path), f"{folder.name}/{AUDIT}")
    if sha256 != hash_file(folder / WEIGHTS):
        return None
    if audit.by_row is not None and audit.by_row.calibration != stored_hash(folder):
        return replace(audit, by_row=None)  # its numbers were fitted again since
    return audit


def write_audit(folder: Path, audit: Audit, *, sha256: str) -> None:
    """Write audit.json into a bundle's folder, if it can be read back.

    Args:
        folder: Of the bundle.
        audit: What was measured.
        sha256: Hash of the weights that it was measured with (`ModelInfo.sha256`).

    Raises:
        BundleError: The audit holds what cannot be read back, or the folder other weights.
    """
    place = f"{folder.name}/{AUDIT}"
    if hash_file(folder / WEIGHTS) != sha256:
        raise BundleError(
            "{place} was measured with other weights; audit the model again.", place=place
        )
    values: dict[str, Any] = {"format": _FORMAT, "sha256": sha256} | asdict(audit)
    values["source"] = as_json(audit.source)
    if audit.by_row is not None:
        values["by_row"]["source"] = as_json(audit.by_row.source)
    if audit.nuisance is not None:
        values["nuisance"]["source"] = as_json(audit.nuisance.source)
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    _parse(json.loads(text), place)
    (folder / AUDIT).write_text(text, encoding="utf-8")


def _parse(values: object, place: str) -> tuple[str, Audit]:
    """The hash of the weights that were measured, and the audit."""
    return read_whole(values, place, lambda fields: _read_audit(fields, place))


def _read_audit(fields: Fields, place: str) -> tuple[str, Audit]:
    fields.integer("format", _FORMAT, _FORMAT)
    return fields.text("sha256"), Audit(
        method=cast("InfluenceMethod", fields.choice("method", _METHODS)),
        source=fields.sentence("source"),
        seed=fields.integer("seed", 0, 2**63 - 1),
        deletion=fields.nullable("deletion", _read_curve),
        insertion=fields.nullable("insertion", _read_curve),
        randomised=fields.nullable("randomised", read_figure),
        randomised_sizes=fields.nullable("randomised_sizes", read_figure),
        cascade=tuple(
            read_whole(item, f"{place}: “cascade” {number}", _read_stage)
            for number, item in enumerate(fields.items("cascade"), 1)
        ),
        seeds=fields.nullable("seeds", read_figure),
        agreement=fields.nullable("agreement", read_figure),
        residual=fields.nullable("residual", read_figure),
        shares=fields.nullable("shares", _read_shares),
        pointing=fields.nullable("pointing", _read_pointing),
        state_deletion=fields.nullable("state_deletion", _read_curve),
        state_shares=fields.nullable("state_shares", _read_shares),
        state_raw_shares=fields.nullable("state_raw_shares", _read_shares),
        by_row=fields.optional("by_row", _read_by_row),  # of older audits there is none
        grid=fields.optional("grid", _read_grid),  # the same
        nuisance=fields.optional("nuisance", partial(_read_nuisance, place)),  # the same
        lungs=fields.optional("lungs", _read_lungs),  # the same
        finding=fields.text("finding", ""),
        midway=fields.optional("midway", _read_curve),
    )


def _read_lungs(table: Fields) -> LungShare:
    shares = {name: table.part(name, _read_part) for name in ("within", "edges", "film")}
    return LungShare(table.text("lungs", most=200), **shares)


def _read_nuisance(place: str, table: Fields) -> Nuisance:
    changes = tuple(
        read_whole(item, f"{place}: “nuisance”: “changes” {number}", _read_change)
        for number, item in enumerate(table.items("changes"), 1)
    )
    if not changes:
        table.wrong("changes", "one change or more")
    return Nuisance(
        source=table.sentence("source"),
        stored=table.truth("stored"),
        area=table.truth("area"),
        as_read=table.part("as_read", _read_part),
        changes=changes,
        shape=table.nullable("shape", _read_shape),
        threshold=table.optional("threshold", _read_threshold),
    )


def _read_change(table: Fields) -> NuisanceChange:
    return NuisanceChange(
        name=table.choice("name", NUISANCES),
        moved=table.part("moved", _read_part),
        most=table.number("most", 0, 1),
        crossed=table.part("crossed", _read_part),
        told=table.part("told", _read_part),
        refused=table.integer("refused", 0, 2**31),
        threshold=table.optional("threshold", _read_threshold),
    )


def _read_shape(table: Fields) -> ShapeTold:
    areas = {name: table.part(name, _read_part) for name in ("alone", "answers", "matched")}
    return ShapeTold(
        **areas,
        groups=table.integer("groups", 1, 1000),
        against=table.optional("against", _read_threshold),
    )


def _read_threshold(table: Fields) -> AtThreshold:
    return AtThreshold(**{name: table.part(name, _read_part) for name in AtThreshold.__slots__})


def _read_part(fields: Fields) -> Figure:
    return read_figure(fields, 0, 1)


def _read_curve(fields: Fields) -> Curve:
    return Curve(**{name: fields.part(name, read_figure) for name in Curve.__slots__})


def _read_shares(fields: Fields) -> Shares:
    return Shares(**{name: fields.part(name, read_figure) for name in Shares.__slots__})


def _read_pointing(fields: Fields) -> Pointing:
    return Pointing(fields.part("hits", read_figure), fields.part("chance", read_figure))


def _read_grid(fields: Fields) -> GridAudit:
    return GridAudit(
        rows=fields.integer("rows", 1, _MOST_STEPS),
        columns=fields.integer("columns", 1, _MOST_STEPS),
        deletion=fields.part("deletion", _read_curve),
        randomised=fields.part("randomised", read_figure),
        pointing=fields.nullable("pointing", _read_pointing),
    )


def _read_stage(fields: Fields) -> Stage:
    return Stage(fields.text("name"), fields.part("correlation", read_figure))


def _read_by_row(table: Fields) -> RowCalibration:
    lines = table.items("answers")
    first = lines[0] if lines else ()
    steps = len(first) if isinstance(first, list | tuple) else 0
    return RowCalibration(
        source=table.sentence("source"),
        calibration=table.text("calibration", most=64),
        worst=table.part("worst", read_figure),
        mean=table.part("mean", read_figure),
        step=table.integer("step", 0, _MOST_STEPS),
        chance_worst=table.number("chance_worst", 0, 1),
        chance_mean=table.number("chance_mean", 0, 1),
        answers=tuple(
            Fields({"answers": line}, "“by_row”").numbers("answers", 0, 1, count=steps)
            for line in lines
        ),
    )


# ---------------------------------------------------------- verdicts on what was measured
# Whether what was measured of a model is good enough: the rules, in one place.
#
# An audit.json holds numbers only. What they are worth is said here, so that no file can call
# itself good. Where a rule asks for a whole interval, it is the 95 % interval over films.

LEAST_FACTOR = 3.0  # random area over the map's deletion area
MOST_CORRELATION = 0.3  # with the map of random weights, either way
LEAST_REPEATED = 0.5  # rank correlation between seeds, and between methods
MOST_EXPLAINED = 0.5  # of a map's variance, without looking at the film
MOST_RESIDUAL = 0.01  # of the change in log-odds
MOST_OFF_ANYWHERE = 0.1  # calibration error of the answer after any step
MOST_OFF = 0.05  # the same in the mean over the steps; and of a test's final answer
MOST_MOVED = 0.05  # mean change of a probability, and share of films answered otherwise

_FACTOR = Sentence("rule.factor", least=LEAST_FACTOR)
_BETTER = Sentence("rule.better")
_UNLIKE = Sentence("rule.unlike", most=MOST_CORRELATION)
_ALIKE = Sentence("rule.alike", least=LEAST_REPEATED)
_OWN = Sentence("rule.own", most=MOST_EXPLAINED)


def influence_passes(audit: Audit) -> bool:
    """Whether Influence may be called influence: it beats random deletion, and needs weights.

    Where the mean film is itself decided, the map has to beat random deletion from a film about
    which the model is undecided, too.
    """
    deletion, randomised, midway = audit.deletion, audit.randomised, audit.midway
    if midway is not None and not (
        midway.over_random.told and midway.over_random.value >= LEAST_FACTOR
    ):
        return False
    return (
        deletion is not None
        and randomised is not None
        and deletion.over_random.told
        and randomised.told
        and deletion.over_random.value >= LEAST_FACTOR
        and abs(randomised.value) <= MOST_CORRELATION
    )


def grid_passes(audit: Audit) -> bool | None:
    """Whether Influence over rows and columns may be shown as such; None where not measured.

    The rules are those of the map of rows: it beats random deletion, and needs the weights.
    """
    found = audit.grid
    if found is None or not (found.deletion.over_random.told and found.randomised.told):
        return None
    return (
        found.deletion.over_random.value >= LEAST_FACTOR
        and abs(found.randomised.value) <= MOST_CORRELATION
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


def reads_chests(info: ModelInfo) -> bool:
    """Whether a model is for films of the chest, so that it can be asked for lungs."""
    parts = info.population.body_parts if info.population else ()
    return any("CHEST" in part.upper() for part in parts)


def verdicts(audit: Audit, *, chest: bool = False) -> tuple[Judgement, ...]:
    """Every line of an audit with its rule: Influence, State, answer by row, changed films.

    State is expected to fail: it tells what the cells hold, not what matters to the answer.

    Args:
        audit: What was measured.
        chest: Whether the lungs have a line where they were not measured, too, see `reads_chests`.
    """
    other = "gradients" if audit.method == "shapley" else "shapley"
    return (
        *_deletion("influence", audit.deletion),
        *(_deletion("influence.midway", audit.midway) if audit.midway else ()),
        _against("influence.insertion.random", audit.insertion, "over_random"),
        _against("influence.insertion.edges", audit.insertion, "over_edges"),
        _unlike("influence.weights", audit.randomised),
        _unlike("influence.weights.sizes", audit.randomised_sizes),
        _cascade(audit.cascade),
        _alike("influence.seeds", audit.seeds),
        _alike(f"influence.agreement.{other}", audit.agreement),
        _residual(audit.residual),
        *_shares("influence", audit.shares),
        _pointing(audit.pointing),
        *_deletion("state", audit.state_deletion),
        *_shares("state", audit.state_shares),
        *_shares("raw-state", audit.state_raw_shares),
        *_by_row(audit.by_row),
        *_grid(audit.grid),
        *((_lungs(audit.lungs),) if audit.lungs or chest else ()),
        *_nuisance(audit.nuisance),
    )


def _line(what: str, rule: Sentence, measured: Sentence | None, *, good: bool | None) -> Judgement:
    verdict: Verdict = "not measured" if good is None else "passes" if good else "fails"
    return Judgement(Sentence(what), measured or plain(""), verdict, rule)


def _judge(what: str, figure: Figure | None, *, rule: Sentence, good: bool) -> Judgement:
    if figure is None:
        return _line(what, rule, None, good=None)
    return _line(what, rule, figure.sentence, good=good if figure.told else None)


def _deletion(name: str, curve: Curve | None) -> tuple[Judgement, Judgement]:
    factor = curve.over_random if curve else None
    good = factor is not None and factor.value >= LEAST_FACTOR
    return (
        _judge(f"{name}.deletion.random", factor, rule=_FACTOR, good=good),
        _against(f"{name}.deletion.edges", curve, "over_edges"),
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


def _layer(name: str) -> Sentence:
    """The layer of a stage: "head", "stem 2", "recurrent 1"; others as their bundle has them."""
    kind, _, number = name.partition(" ")
    if name == "head":
        return Sentence("head")
    if kind == "stem":
        return Sentence("stem {number}", number=number)
    return Sentence("recurrent {number}", number=number) if kind == "recurrent" else plain(name)


def _cascade(stages: tuple[Stage, ...]) -> Judgement:
    what, rule = "influence.weights.cascade", Sentence("rule.cascade", most=MOST_CORRELATION)
    if not stages:
        return _line(what, rule, None, good=None)
    words = tuple(
        Sentence("audit.stage", name=_layer(stage.name), value=stage.correlation.value)
        for stage in stages
    )
    last = stages[-1].correlation
    measured = Sentence("audit.stages", stages=words, films=last.films)
    return _line(what, rule, measured, good=abs(last.value) <= MOST_CORRELATION)


def _residual(figure: Figure | None) -> Judgement:
    what, rule = "influence.completeness", Sentence("rule.residual", most=100 * MOST_RESIDUAL)
    if figure is None:
        return _line(what, rule, None, good=None)
    measured = Sentence("audit.residual", percent=100 * figure.value, films=figure.films)
    return _line(what, rule, measured, good=figure.value <= MOST_RESIDUAL)


def _shares(name: str, shares: Shares | None) -> tuple[Judgement, ...]:
    lines = []
    for key in ("position", "mean_map", "mean_film"):
        figure: Figure | None = getattr(shares, key) if shares else None
        good = figure is not None and figure.value <= MOST_EXPLAINED
        what = f"{name}.share.{key.replace('_', '-')}"
        lines.append(_judge(what, figure, rule=_OWN, good=good))
    return tuple(lines)


def _grid(found: GridAudit | None) -> tuple[Judgement, ...]:
    """Lines of the map of rows and columns; none of an audit from before it was measured."""
    if found is None:
        return ()
    return (
        *_deletion("grid", found.deletion),
        _unlike("grid.weights", found.randomised),
        _pointing(found.pointing, "grid.pointing"),
    )


def _pointing(pointing: Pointing | None, what: str = "influence.pointing") -> Judgement:
    rule = Sentence("rule.pointing")
    if pointing is None:
        return _line(what, rule, None, good=None)
    good = pointing.hits.low > pointing.chance.value
    measured = Sentence("audit.pointing", hits=pointing.hits, chance=pointing.chance.value)
    return _line(what, rule, measured, good=good)


def _lungs(found: LungShare | None) -> Judgement:
    """Whether more of the map lies within the lungs than of a map that is the same everywhere."""
    what, rule = "grid.lungs", Sentence("rule.pointing")
    if found is None:
        return _line(what, rule, None, good=None)
    own = found.within
    measured = Sentence(
        "audit.lungs",
        within=own,
        film=found.film.value,
        edges=found.edges.value,
        lungs=found.lungs,
    )
    return _line(what, rule, measured, good=own.low > found.film.value if own.told else None)


def _by_row(found: RowCalibration | None) -> tuple[Judgement, Judgement]:
    worst, mean = "by-row.worst", "by-row.mean"
    rules = [Sentence("rule.by-row", most=most) for most in (MOST_OFF_ANYWHERE, MOST_OFF)]
    if found is None:
        return _line(worst, rules[0], None, good=None), _line(mean, rules[1], None, good=None)
    told = (
        Sentence("audit.worst", worst=found.worst, step=found.step, chance=found.chance_worst),
        Sentence("audit.mean", mean=found.mean, chance=found.chance_mean),
    )
    good = found.worst.value <= MOST_OFF_ANYWHERE, found.mean.value <= MOST_OFF
    marks = [one if _enough(found) else None for one in good]
    return (
        _line(worst, rules[0], told[0], good=marks[0]),
        _line(mean, rules[1], told[1], good=marks[1]),
    )


def _nuisance(found: Nuisance | None) -> tuple[Judgement, ...]:
    """What the worst change does to the answers; no lines in audits from before it was asked."""
    if found is None:
        return ()
    moved, crossed = found.worst_moved, found.worst_crossed
    rule = Sentence("rule.nuisance", most=100 * MOST_MOVED)
    return (
        _line(
            "nuisance.moved",
            Sentence("rule.moved", most=MOST_MOVED),
            _of_change(moved.name, moved.moved.sentence),
            good=moved.moved.value <= MOST_MOVED,
        ),
        _line(
            "nuisance.crossed",
            rule,
            _of_change(
                crossed.name,
                Sentence(
                    "audit.percent",
                    percent=100 * crossed.crossed.value,
                    films=crossed.crossed.films,
                ),
            ),
            good=crossed.crossed.value <= MOST_MOVED,
        ),
    )


def percent_of(share: Figure) -> Sentence:
    """A share in words, for example "3.1 %, 300 films"."""
    return Sentence("audit.percent", percent=100 * share.value, films=share.films)


def _of_change(name: str, measured: Sentence) -> Sentence:
    return Sentence("audit.change", change=Sentence(f"nuisance.{name}"), measured=measured)
