"""audit.json: what was measured survives, and what cannot be trusted is refused."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from engine.bundle import (
    AUDIT,
    grid_passes,
    influence_passes,
    read_audit,
    read_metadata,
    verdicts,
    write_audit,
)
from engine.errors import BundleError
from engine.types import (
    AtThreshold,
    Audit,
    Curve,
    Figure,
    GridAudit,
    LungShare,
    Nuisance,
    NuisanceChange,
    Pointing,
    RowCalibration,
    ShapeTold,
    Shares,
    Stage,
)

HALF = Figure(0.5, 0.4, 0.6, 20)
CURVE = Curve(HALF, HALF, HALF, Figure(3.5, 3.1, 3.9, 20), Figure(1.5, 1.2, 1.9, 20))
SHARES = Shares(HALF, HALF, HALF)
SMALL, LARGE = Figure(0.02, 0.01, 0.03, 20), Figure(0.2, 0.1, 0.3, 20)
NUISANCE = Nuisance(
    source="20 of 60 test films of somewhere",
    stored=True,
    area=True,
    as_read=HALF,
    changes=(
        NuisanceChange("wider", moved=LARGE, most=0.4, crossed=SMALL, told=HALF, refused=0),
        NuisanceChange(
            "native",
            moved=SMALL,
            most=0.1,
            crossed=LARGE,
            told=HALF,
            refused=2,
            threshold=AtThreshold(LARGE, HALF, SMALL),
        ),
    ),
    shape=ShapeTold(HALF, HALF, HALF, 3, AtThreshold(HALF, SMALL, LARGE)),
    threshold=AtThreshold(HALF, HALF, SMALL),
)
FULL = Audit(
    method="shapley",
    source="20 of 60 test films of somewhere",
    seed=3,
    deletion=CURVE,
    insertion=CURVE,
    randomised=Figure(0.1, 0.05, 0.2, 20),
    randomised_sizes=HALF,
    cascade=(Stage("head", HALF), Stage("recurrent 1", Figure(-0.1, -0.2, 0.0, 20))),
    seeds=HALF,
    agreement=HALF,
    residual=Figure(0.001, 0.0, 0.002, 20),
    shares=SHARES,
    pointing=Pointing(HALF, Figure(0.2, 0.1, 0.3, 20)),
    state_deletion=CURVE,
    state_shares=SHARES,
    state_raw_shares=SHARES,
    by_row=RowCalibration(
        source="60 test films of somewhere",
        calibration="",
        worst=HALF,
        mean=HALF,
        step=1,
        chance_worst=0.06,
        chance_mean=0.02,
        answers=((0.5, 0.2), (0.5, 0.8)),
    ),
    grid=GridAudit(16, 8, CURVE, HALF, Pointing(HALF, HALF)),
    nuisance=NUISANCE,
    lungs=LungShare("lungs 1", HALF, HALF, Figure(0.3, 0.2, 0.4, 20)),
    finding="ill",
    midway=CURVE,
)


def write(folder, audit=FULL):
    write_audit(folder, audit, sha256=read_metadata(folder).sha256)
    return folder / AUDIT


@pytest.fixture
def change(own_bundle):
    """Changes one value of a written audit.json."""
    path = write(own_bundle)

    def apply(*keys, to):
        values = json.loads(path.read_text("utf-8"))
        table = values
        for key in keys[:-1]:
            table = table[key]
        if to is None:
            del table[keys[-1]]
        else:
            table[keys[-1]] = to
        path.write_text(json.dumps(values), "utf-8")
        return own_bundle

    return apply


@pytest.mark.parametrize("audit", [FULL, Audit("occlusion", "no films", 0)])
def test_that_an_audit_survives_a_round_trip(own_bundle, audit):
    write(own_bundle, audit)
    assert read_audit(own_bundle) == audit


def test_that_a_map_must_have_more_within_the_lungs_than_one_that_is_the_same_everywhere():
    def line(audit, **words):
        return next(one for one in verdicts(audit, **words) if one.what.code == "grid.lungs")

    assert line(FULL).verdict == "passes"
    assert str(line(FULL).measured) == (
        f"{HALF.sentence}; the lungs take 0.30 of the film, edges have 0.50 there (lungs 1)"
    )
    wide = replace(FULL.lungs, film=Figure(0.49, 0.4, 0.6, 20))
    assert line(replace(FULL, lungs=wide)).verdict == "fails"
    none = replace(FULL, lungs=None)
    assert line(none, chest=True).verdict == "not measured"
    assert not [one for one in verdicts(none) if one.what.code == "grid.lungs"]


def test_that_an_audit_from_before_maps_of_cells_is_read_and_says_nothing_of_them(change):
    found = read_audit(change("grid", to=None))
    assert found == replace(FULL, grid=None)
    assert grid_passes(found) is None
    of_cells = verdicts(replace(found, lungs=None))
    assert not [line for line in of_cells if line.what.code.startswith("grid.")]


def test_that_the_map_of_cells_is_judged_by_the_rules_of_the_map_of_rows():
    lines = {line.what.code: line.verdict for line in verdicts(FULL)}
    assert lines["grid.deletion.random"] == lines["grid.deletion.edges"] == "passes"
    assert lines["grid.weights"] == lines["grid.pointing"] == "fails"
    assert grid_passes(FULL) is False
    like_no_other = replace(FULL.grid, randomised=Figure(0.1, 0.0, 0.2, 20))
    assert grid_passes(replace(FULL, grid=like_no_other)) is True


def test_that_a_bundle_without_an_audit_has_none(tiny_bundle):
    assert read_audit(tiny_bundle) is None


def test_that_an_audit_of_other_weights_is_ignored(own_bundle):
    write(own_bundle)
    weights = own_bundle / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert read_audit(own_bundle) is None


def test_that_an_audit_is_not_written_beside_other_weights(own_bundle):
    with pytest.raises(BundleError, match=r"tiny/audit\.json was measured with other weights"):
        write_audit(own_bundle, FULL, sha256="0" * 64)
    assert not (own_bundle / AUDIT).exists()


def test_that_a_figure_that_is_no_number_is_not_written(own_bundle):
    with pytest.raises(BundleError, match="“randomised”: “value” must be a number"):
        write(own_bundle, replace(FULL, randomised=Figure(float("nan"), 0, 1, 5)))
    assert not (own_bundle / AUDIT).exists()


@pytest.mark.parametrize(
    ("keys", "to", "sentence"),
    [
        (("format",), 2, "“format” must be a whole number from 1 to 1"),
        (("sha256",), 5, "“sha256” must be a text"),
        (("method",), "os.system", "“method” must be one of"),
        (("seed",), True, "“seed” must be a whole number"),
        (("deletion",), [], "“deletion” must be a table"),
        (("deletion",), None, "“deletion” is missing"),
        (("deletion", "map", "value"), "0.1", "“deletion”: “map”: “value” must be a number"),
        (("deletion", "map", "value"), 1e9, "“value” must be a number"),
        (("deletion", "map", "films"), 0, "“films” must be a whole number"),
        (("deletion", "map", "low"), 0.9, "“low” must be at most “high”"),
        (("deletion", "more"), 1, "“deletion”: unknown key “more”"),
        (("randomised", "better"), 1, "“randomised”: unknown key “better”"),
        (("cascade",), {}, "“cascade” must be a list"),
        (("cascade", 1), 3, "“cascade” 2 must be a table"),
        (("cascade", 0, "name"), 3, "“cascade” 1: “name” must be a text"),
        (("pointing", "hits"), 0.5, "“hits” must be a table"),
        (("verdict",), "passes", "unknown key “verdict”"),
    ],
)
def test_that_a_wrong_key_is_refused_with_file_and_key(change, keys, to, sentence):
    folder = change(*keys, to=to)
    with pytest.raises(BundleError, match=sentence) as refused:
        read_audit(folder)
    assert str(refused.value).startswith("tiny/audit.json")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not valid JSON"),
        (b"[1]", "must be a table"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"format": NaN}', "finite"),
        (b'{"format": -Infinity}', "finite"),
        (b'{"format": 1e999}', "finite"),
        (b" " * (2**20 + 1), "larger than 1 MiB"),
    ],
)
def test_that_a_file_that_is_no_audit_is_refused(own_bundle, content, sentence):
    (own_bundle / AUDIT).write_bytes(content)
    with pytest.raises(BundleError, match=sentence) as refused:
        read_audit(own_bundle)
    assert str(refused.value).count(". ") == 0


def test_that_reading_and_judging_an_audit_loads_no_torch(own_bundle):
    write(own_bundle)
    code = (
        "import sys, pathlib, engine;"
        f"audit = engine.bundle.read_audit(pathlib.Path({str(own_bundle)!r}));"
        "assert engine.bundle.verdicts(audit) and 'torch' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ({}, True),
        ({"deletion": replace(CURVE, over_random=Figure(2.99, 2.5, 3.5, 20))}, False),
        ({"deletion": replace(CURVE, over_random=Figure(3.0, 2.5, 3.5, 20))}, True),
        ({"randomised": Figure(0.31, 0.2, 0.4, 20)}, False),
        ({"randomised": Figure(-0.31, -0.4, -0.2, 20)}, False),
        ({"deletion": None}, False),
        ({"randomised": None}, False),
        ({"seeds": None, "state_deletion": None}, True),
    ],
)
def test_that_influence_passes_by_deletion_and_random_weights(words, passed):
    assert influence_passes(replace(FULL, **words)) is passed


@pytest.mark.parametrize(
    ("what", "words", "verdict"),
    [
        ("Influence: deletion, random order", {}, "passes"),
        ("Influence: deletion, random order", {"deletion": None}, "not measured"),
        (
            "Influence: deletion, edge detector",
            {"deletion": replace(CURVE, over_edges=Figure(1.2, 0.9, 1.4, 20))},
            "fails",
        ),
        ("Influence: other seeds", {"seeds": Figure(0.4, 0.3, 0.5, 20)}, "fails"),
        ("Influence: other seeds", {"seeds": None}, "not measured"),
        ("Influence: random weights, layer by layer", {}, "passes"),
        (
            "Influence: random weights, layer by layer",
            {"cascade": (Stage("head", HALF),)},
            "fails",
        ),
        ("Influence: completeness", {"residual": Figure(0.02, 0.01, 0.03, 20)}, "fails"),
        ("Influence: completeness", {}, "passes"),
        ("Raw state: explained by row position", {}, "passes"),
        (
            "Raw state: explained by row position",
            {"state_raw_shares": replace(SHARES, position=Figure(0.8, 0.7, 0.9, 20))},
            "fails",
        ),
        ("Influence: peak inside finding", {}, "passes"),
        ("Influence: peak inside finding", {"pointing": Pointing(HALF, HALF)}, "fails"),
    ],
)
def test_that_every_line_is_judged_by_its_rule(what, words, verdict):
    found = {line.what: line for line in verdicts(replace(FULL, **words))}
    assert found[what].verdict == verdict
    assert bool(found[what].measured) is (verdict != "not measured")
    assert found[what].rule


def test_that_an_audit_of_another_calibration_by_row_keeps_its_maps_and_no_curve(calibrated):
    write(calibrated)
    found = read_audit(calibrated)
    assert found.by_row is None  # it was measured on the head as it is
    assert found == replace(FULL, by_row=None)


def test_that_an_audit_from_before_there_was_a_curve_can_be_read(own_bundle):
    path = write(own_bundle)
    values = json.loads(path.read_text("utf-8"))
    del values["by_row"]
    path.write_text(json.dumps(values), "utf-8")
    assert read_audit(own_bundle) == replace(FULL, by_row=None)


def test_that_what_was_audited_on_too_few_films_passes_nothing():
    few = replace(CURVE, over_random=Figure(9.0, 0.0, 1.0, 3))
    found = replace(FULL, deletion=few)
    assert not influence_passes(found)
    assert influence_passes(replace(found, deletion=CURVE))
    line = next(one for one in verdicts(found) if one.what == "Influence: deletion, random order")
    assert (line.measured, line.verdict) == ("9.00 (too few to tell), 3 films", "not measured")


# ------------------------------------------------------------------- changes without a meaning
def moved_by(moved, crossed):
    """The two lines of a nuisance whose one change moves and crosses so."""
    change = replace(NUISANCE.changes[0], moved=moved, crossed=crossed)
    lines = verdicts(replace(FULL, nuisance=replace(NUISANCE, changes=(change,))))
    return {one.what.code: one for one in lines if one.what.code.startswith("nuisance.")}


def test_that_the_worst_change_decides_and_is_named():
    lines = {one.what.code: one for one in verdicts(FULL)}
    assert lines["nuisance.moved"].verdict == "fails"
    assert lines["nuisance.moved"].measured.startswith("file stretched, 20 % wider: 0.20")
    assert lines["nuisance.crossed"].measured == "at its native shape: 20.0 %, 20 films"


@pytest.mark.parametrize(("moved", "crossed"), [(SMALL, SMALL), (LARGE, SMALL), (SMALL, LARGE)])
def test_that_answers_may_move_by_a_twentieth(moved, crossed):
    lines = moved_by(moved, crossed)
    assert (lines["nuisance.moved"].verdict == "passes") == (moved == SMALL)
    assert (lines["nuisance.crossed"].verdict == "passes") == (crossed == SMALL)


def test_that_an_audit_from_before_says_nothing_of_it(change):
    folder = change("nuisance", to=None)
    assert read_audit(folder) == replace(FULL, nuisance=None)
    assert not [one for one in verdicts(read_audit(folder)) if "nuisance" in one.what.code]


def test_that_the_worst_of_each_figure_is_found_with_its_change():
    assert NUISANCE.worst_shift("sensitivity") == ("native", LARGE)
    assert NUISANCE.worst_shift("specificity") == ("against-shape", SMALL)
    assert NUISANCE.worst_shift("calibration_error") == ("against-shape", LARGE)


@pytest.mark.parametrize(
    ("keys", "to"),
    [
        (("changes", 0, "name"), "sideways"),
        (("changes",), []),
        (("as_read", "value"), 1.5),
        (("threshold", "specificity"), None),
    ],
)
def test_that_a_nuisance_that_cannot_be_is_refused(change, keys, to):
    with pytest.raises(BundleError, match=AUDIT):
        read_audit(change("nuisance", *keys, to=to))
