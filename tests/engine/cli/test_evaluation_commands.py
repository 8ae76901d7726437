"""The commands `evaluate` and `card`: what they write, and what they refuse to write."""

import json
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from engine.bundle import read_audit, read_description, write_audit
from engine.cli import app, evaluation
from engine.evaluation import measure, report_path, write_report
from engine.training import leakage_line, with_results
from engine.types import Audit
from engine.weights import load_bundle
from engine.words import Sentence, plain
from tests.engine.evaluation_parts import NOW, write_bundle, write_films


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A bundle, films that it has not seen, and its report on them; do not change them."""
    folder = tmp_path_factory.mktemp("commands")
    bundle = write_bundle(folder / "tiny")
    films = write_films(folder / "exam.npz", 60)
    report = folder / "report.html"
    write_report(measure(bundle, films, split="test", now=NOW), report)
    return bundle, films, report.with_suffix(".json")


@pytest.fixture
def own(shared, tmp_path):
    """A copy of the bundle that a test may change."""
    return shutil.copytree(shared[0], tmp_path / "tiny")


def change_report(shared, tmp_path, change):
    values = json.loads(shared[2].read_text("utf-8"))
    change(values)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(values), "utf-8")
    return path


def test_that_a_report_lies_where_it_was_asked_for_with_its_numbers_beside(run, shared, tmp_path):
    result = run("evaluate", shared[0], shared[1], "-o", tmp_path / "out.html")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["kind"] == "rowscope-evaluation"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.html", "out.json"]


def test_that_a_report_is_named_after_model_data_and_split(tmp_path):
    path = report_path("models/tiny", tmp_path / "my films.tar.gz", split="val")
    assert path.as_posix() == "tiny-my_films-val.html"


def test_that_the_results_are_printed_with_their_intervals(run, shared):
    result = run("evaluate", shared[0], shared[1])
    assert "AUC" in result.output
    assert "60 films" in result.output
    assert "Wrote tiny-exam-test.html and tiny-exam-test.json" in result.output


def test_that_a_warning_is_printed_too(run, shared, tmp_path):
    films = write_films(tmp_path / "films.npz")
    result = run("evaluate", shared[0], films, "--split", "train")
    assert "measured films are training films" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--split", "exam"), "--split must be"),
        (("-o", "report.pdf"), "must end in .html"),
        (("-o", "nowhere/report.html"), "is not there"),
    ],
)
def test_that_what_cannot_be_is_refused_before_films_are_read(run, shared, words, said):
    result = run("evaluate", shared[0], "no-such-films.npz", *words)
    assert result.exit_code == 1
    assert said in result.output


def test_that_another_json_file_is_not_written_over(run, shared, own):
    before = (own / "metadata.json").read_bytes()
    result = run("evaluate", shared[0], shared[1], "-o", own / "metadata.html")
    assert result.exit_code == 1
    assert "is no report; choose another name" in result.output
    assert (own / "metadata.json").read_bytes() == before


def test_that_a_report_may_be_written_again(run, shared):
    assert run("evaluate", shared[0], shared[1]).exit_code == 0
    assert run("evaluate", shared[0], shared[1]).exit_code == 0


def test_that_a_missing_package_is_named_with_the_way_to_get_it(run, shared, monkeypatch):
    monkeypatch.setattr(
        evaluation, "find_spec", lambda name: None if name == "matplotlib" else name
    )
    result = run("evaluate", shared[0], shared[1])
    assert result.exit_code == 1
    assert "pip install 'rowscope[train]'" in result.output


def test_that_the_command_line_loads_nothing_that_only_reports_need():
    code = "import sys, engine.cli; print(*{'matplotlib', 'jinja2', 'torch'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_that_a_test_goes_into_metadata_and_card(run, shared, own):
    result = run("model", "card", own, shared[2])
    assert result.exit_code == 0, result.output
    results = dict(load_bundle(own).info.results)
    assert results["exam films"] == "60, from exam.npz, split “all”, on 2026-11-24"
    card = (own / "README.md").read_text("utf-8")
    assert f"| exam AUC | {results['exam AUC']} |" in card
    assert card.startswith(
        "# Tiny\n\n**Leakage**, shared by training, validation and test films: "
    )
    assert card.count("**Leakage**") == 1
    assert card.endswith("## Limits\n- none\n")


def test_that_a_test_goes_into_the_metadata_as_numbers(run, shared, own):
    run("model", "card", own, shared[2])
    (found,) = load_bundle(own).info.tests
    assert (found.name, found.films, found.positive) == ("exam", 60, 30)
    assert (found.source, found.date) == ("exam.npz, split “all”", "2026-11-24")
    assert found.patients is None  # nobody says whose films they are
    assert 0 <= found.calibration_error.low <= found.calibration_error.high <= 1
    words = dict(load_bundle(own).info.results)["exam AUC"]
    assert words.startswith(f"{found.auc.value:.3f} ({found.auc.low:.3f}–{found.auc.high:.3f})")


def test_that_the_test_of_the_models_own_films_is_the_chief_one(run, shared, own):
    run("model", "card", own, shared[2])
    run("model", "card", own, shared[2], "--as", "test")
    run("model", "card", own, shared[2])
    assert [test.name for test in load_bundle(own).info.tests] == ["test", "exam"]


def test_that_a_report_without_its_numbers_goes_into_no_card(run, shared, own, tmp_path):
    values = json.loads(shared[2].read_text("utf-8"))
    del values["test"]["films"]
    damaged = tmp_path / "damaged.json"
    damaged.write_text(json.dumps(values), "utf-8")
    result = run("model", "card", own, damaged)
    assert result.exit_code == 1
    assert "“films” is missing" in " ".join(result.output.split())


def test_that_what_flatters_a_model_stands_in_the_first_five_lines_of_its_card():
    words = plain("222 patients in train and test; allowed by the recipe")
    shared = (Sentence("result.shared"), words)
    said = leakage_line((shared,), "Earlier versions were tested on the same films.")
    for card in ("# A\n\nTask.\n\n## Limits\ny\n", f"# A\n\n{leakage_line(())}\n\nTask.\n"):
        head = with_results(card, None, (shared,), leakage=said).split("\n")[:5]
        assert said in head
        assert "222 patients" in said
        assert said.endswith("Earlier versions were tested on the same films.")
        assert not any("not looked for" in line for line in head)


def test_that_earlier_results_of_other_films_stay(run, shared, own):
    run("model", "card", own, shared[2])
    assert dict(load_bundle(own).info.results)["AUC"] == "0.97 (0.95–0.98)"


def test_that_writing_a_test_twice_leaves_it_there_once(run, shared, own):
    run("model", "card", own, shared[2])
    once = [path.read_bytes() for path in sorted(own.iterdir())]
    run("model", "card", own, shared[2])
    assert [path.read_bytes() for path in sorted(own.iterdir())] == once


def test_that_weights_and_audit_stay_as_they_are(run, shared, own):
    info = load_bundle(own).info
    write_audit(own, Audit("occlusion", "two films", 0), sha256=info.sha256)
    before = {name: (own / name).read_bytes() for name in ("model.safetensors", "audit.json")}
    run("model", "card", own, shared[2])
    assert {name: (own / name).read_bytes() for name in before} == before
    assert read_audit(own).source == "two films"


def test_that_all_else_in_the_metadata_stays(run, shared, own):
    before = read_description(own)
    run("model", "card", own, shared[2])
    after = read_description(own)
    assert after[1] == before[1]
    assert after[0].training == before[0].training
    assert after[0].trust == before[0].trust


def test_that_nothing_else_is_left_in_the_folder(run, shared, own):
    names = sorted(path.name for path in own.iterdir())
    run("model", "card", own, shared[2])
    assert sorted(path.name for path in own.iterdir()) == names
    assert not list(own.parent.glob(".*"))


def test_that_a_test_may_be_given_a_name(run, shared, own):
    run("model", "card", own, shared[2], "--as", "hospital B")
    assert "hospital B AUC" in dict(load_bundle(own).info.results)


def test_that_the_test_split_of_the_model_is_called_test(run, shared, own, tmp_path):
    def change(values):
        values["provenance"]["whole"] = False

    run("model", "card", own, change_report(shared, tmp_path, change))
    assert "test AUC" in dict(load_bundle(own).info.results)


def test_that_figures_of_training_films_go_into_no_card(run, shared, own, tmp_path):
    before = (own / "README.md").read_bytes()

    def change(values):
        values["provenance"]["warnings"] = [{"key": "learnt", "sentence": "x", "grave": True}]

    result = run("model", "card", own, change_report(shared, tmp_path, change))
    assert result.exit_code == 1
    assert "Only a test goes into a card" in result.output
    assert (own / "README.md").read_bytes() == before


def test_that_a_report_of_other_weights_goes_into_no_card(run, shared, own, tmp_path):
    def change(values):
        values["model"]["sha256"] = "0" * 64

    result = run("model", "card", own, change_report(shared, tmp_path, change))
    assert result.exit_code == 1
    assert "measured with other weights" in result.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda values: values.update(kind="other"), "is no report"),
        (lambda values: values.update(format=99), "another version"),
        (lambda values: values.update(results=[["AUC"]]), "pairs of texts"),
        (lambda values: values.update(results="AUC"), "is missing"),
        (lambda values: values.update(provenance=[]), "is missing"),
    ],
)
def test_that_a_report_that_cannot_be_read_is_refused(run, shared, own, tmp_path, change, said):
    before = (own / "metadata.json").read_bytes()
    result = run("model", "card", own, change_report(shared, tmp_path, change))
    assert result.exit_code == 1
    assert said in result.output
    assert (own / "metadata.json").read_bytes() == before


def test_that_results_that_a_bundle_may_not_hold_leave_it_as_it_was(run, shared, own, tmp_path):
    before = [(own / name).read_bytes() for name in ("metadata.json", "README.md")]

    def change(values):
        values["results"] = [["AUC", "x" * 500]]

    assert run("model", "card", own, change_report(shared, tmp_path, change)).exit_code == 1
    assert [(own / name).read_bytes() for name in ("metadata.json", "README.md")] == before


@pytest.mark.parametrize(
    ("card", "start", "end"),
    [
        ("# A\n\n## Data\nx\n\n## Results\nold\n\n## Limits\ny\n", "# A\n\n## Data\nx\n\n", "y\n"),
        ("# A\n\n## Results\nold\n", "# A\n\n## Results\n", "| AUC | 1 |\n"),
        ("# A\n\n## Limits\ny\n", "# A\n\n## Results\n", "\n\n## Limits\ny\n"),
        ("# A\n", "# A\n\n## Results\n", "| AUC | 1 |\n"),
        ("", "## Results\n", "| AUC | 1 |\n"),
    ],
)
def test_that_a_card_takes_results_and_keeps_all_else(card, start, end):
    found = with_results(card, None, ((Sentence("result.auc"), plain("1")),))
    assert found.startswith(start)
    assert found.endswith(end)
    assert found.count("## Results") == 1
    assert "old" not in found
