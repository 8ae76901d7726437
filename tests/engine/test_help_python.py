"""Every block of the help for Python runs as it stands."""

import re
import sys
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from engine.resources import resource_path

TEXT = resource_path("help", "python.md").read_text(encoding="utf-8")
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A folder with film.dcm, and films/ with a film and a broken file."""
    folder = tmp_path_factory.mktemp("help")
    (folder / "films").mkdir()
    film = draw_phantom(PhantomSpec(7, 256, 256, opacity=True))
    for path in (folder / "film.dcm", folder / "films" / "first.dcm"):
        write_phantom(film, path)
    (folder / "films" / "broken.dcm").write_bytes(b"\0" * 128 + b"DICM")
    return folder


@pytest.fixture(scope="module")
def run(films):
    """Runs one block beside the films, without matplotlib, once, and returns what it printed."""

    @cache
    def block(number):
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as said:
            patch.chdir(films)
            patch.setitem(sys.modules, "matplotlib", None)
            code = compile(BLOCKS[number], f"block {number}", "exec")
            exec(code, {})  # noqa: S102 - our own help
        return said.getvalue()

    return block


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_that_a_block_of_the_help_runs_and_says_something(run, number):
    assert run(number).strip()


def test_that_the_help_has_as_many_examples_as_the_readme_says():
    assert re.findall(r"^## (\d)\. ", TEXT, re.MULTILINE) == list("123456")
    assert "[six worked examples]" in README


def test_that_the_readme_leads_to_the_help():
    assert "(resources/help/python.md)" in README


def test_that_memory_adds_up_as_the_help_says(run):
    number = next(place for place, block in enumerate(BLOCKS) if "trace.memory" in block)
    assert "sums to the last state: True" in run(number)


def printed(run, words):
    """What the block with these words prints."""
    return run(next(place for place, block in enumerate(BLOCKS) if words in block))


def test_that_the_changed_film_of_the_help_has_lost_its_answer(run):
    text = printed(run, "inspection.whatif(")
    read, changed = map(float, re.findall(r"([+-]\d+\.\d+)", text)[:2])
    assert changed < read - 4
    assert re.findall(r"^  (\S+) +[\d.]+$", text, re.MULTILINE)[-1] == "right-left"


def test_that_the_terms_of_the_help_add_up_and_its_units_do_more_than_random_ones(run):
    assert "sum to the state: True" in printed(run, "inspection.remember")
    own, others = map(float, re.findall(r" ([+-]\d+\.\d+)", printed(run, "ablate"))[:2])
    assert own < others


def test_that_the_index_of_the_help_finds_three_films(run):
    found = re.findall(r"drawn-\d+\.dcm.*: ([\d.]+)", printed(run, "open_index"))
    assert len(found) == 3
    assert found == sorted(found)


def test_that_the_rows_of_the_what_if_carried_most_of_the_answer(run):
    number = next(place for place, block in enumerate(BLOCKS) if "np.linspace" in block)
    before, after = map(float, re.findall(r"log-odds ([+-][0-9.]+)", run(number)))
    assert before > 4
    assert after < before - 4


TUTORIAL = resource_path("help", "tutorial.md").read_text(encoding="utf-8")


def table_of(text):
    """Name of each map and its deletion area, as the page says."""
    found = re.findall(r"^\| ([^|]+) \| (0\.\d+) \|", text, re.MULTILINE)
    return {name.strip(): float(area) for name, area in found}


def test_that_the_tutorial_prints_the_table_that_it_shows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)[1]
    exec(compile(code, "tutorial", "exec"), {})  # noqa: S102 - our own help
    lines = capsys.readouterr().out.splitlines()[1:]
    found = {line[:29].strip(): float(line[29:40].split()[0]) for line in lines}
    shown = table_of(TUTORIAL)
    assert list(found) == list(shown)
    assert found == pytest.approx(shown, abs=0.05)
    assert found["row Shapley values"] < 0.3 * found["in random order"]


def test_that_the_tutorial_is_the_same_program_in_both_languages():
    chinese = resource_path("help", "tutorial.zh.md").read_text(encoding="utf-8")
    assert chinese.split("```")[1] == TUTORIAL.split("```")[1]
    assert list(table_of(chinese).values()) == list(table_of(TUTORIAL).values())
