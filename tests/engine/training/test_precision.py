"""In which precision a training computes, and what happens when its numbers run away."""

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.training import (
    Material,
    Run,
    build,
    choose_precision,
    has_bfloat16,
    run_epochs,
    start_run,
)
from tests.engine.training_parts import FILMS, RECIPE, Heard, weights


def with_units(monkeypatch, *, there):
    """A processor with or without bfloat16 units, and nobody who lowers it."""
    for name in ("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": there})


def asking(precision, **schedule):
    return replace(RECIPE, training=replace(RECIPE.training, precision=precision, **schedule))


@pytest.mark.parametrize(("there", "taken"), [(True, "bf16"), (False, "32")])
def test_that_auto_takes_bfloat16_only_where_the_processor_has_units(monkeypatch, there, taken):
    with_units(monkeypatch, there=there)
    run = start_run("auto")
    assert run.precision == taken
    assert run_epochs(FILMS, asking("auto"), run=run).precision == taken


@pytest.mark.parametrize("precision", ["32", "bf16"])
def test_that_auto_ends_in_the_weights_of_the_precision_that_it_means(monkeypatch, precision):
    with_units(monkeypatch, there=precision == "bf16")
    meant, said = (run_epochs(FILMS, asking(one)).network for one in ("auto", precision))
    assert torch.equal(weights(meant), weights(said))


def test_that_one_line_says_why_it_is_float32(monkeypatch):
    with_units(monkeypatch, there=False)
    assert choose_precision("auto", "cpu")[1] == "float32: this processor has no bfloat16 units"


@pytest.mark.parametrize("asked", ["bf16", "16"])
def test_that_emulated_bfloat16_is_warned_of(monkeypatch, asked):
    with_units(monkeypatch, there=False)
    taken, words = choose_precision(asked, "cpu")
    assert taken == "bf16"
    assert "slower than float32" in words
    assert 'training.precision = "auto"' in words


def test_that_nobody_is_warned_of_bfloat16_where_there_are_units(monkeypatch):
    with_units(monkeypatch, there=True)
    assert "slower" not in choose_precision("bf16", "cpu")[1]


@pytest.mark.parametrize("emulates", [True, False])
def test_that_a_gpu_counts_only_with_units_of_its_own(monkeypatch, emulates):
    def supported(*, including_emulation):
        return including_emulation or not emulates

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    assert choose_precision("auto", "cuda")[0] == ("32" if emulates else "bf16")
    assert choose_precision("16", "cuda")[0] == "16"


@pytest.mark.parametrize(("level", "left"), [("AVX2", False), ("AVX512_CORE_BF16", True)])
def test_that_whoever_lowers_the_instructions_lowers_auto(monkeypatch, level, left):
    with_units(monkeypatch, there=True)
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", level)
    assert has_bfloat16("cpu") is left


def test_that_a_model_and_its_maker_are_told_the_precision(monkeypatch, tmp_path):
    with_units(monkeypatch, there=False)
    said = []
    plan = asking("auto", epochs=1)
    build(plan, Material(FILMS, {}), output=tmp_path / "tiny", command="", report=said.append)
    facts = json.loads((tmp_path / "tiny" / "metadata.json").read_text())["training"]
    assert said[0] == "training in float32: this processor has no bfloat16 units"
    assert (facts["precision"], facts["recipe"]["training"]["precision"]) == ("32", "auto")


def test_that_another_precision_does_not_go_on_from_a_checkpoint(monkeypatch, tmp_path):
    with_units(monkeypatch, there=True)
    run_epochs(FILMS, asking("auto", epochs=1), checkpoint=tmp_path / "c")
    with_units(monkeypatch, there=False)
    with pytest.raises(DataError, match=r"c was trained in bfloat16 so far.*precision = \"bf16\""):
        run_epochs(FILMS, asking("auto", epochs=1), checkpoint=tmp_path / "c")


def test_that_naming_the_precision_goes_on_where_auto_began(monkeypatch, tmp_path):
    with_units(monkeypatch, there=True)
    run_epochs(FILMS, asking("auto"), checkpoint=tmp_path / "c")
    with_units(monkeypatch, there=False)
    heard = Heard()
    run_epochs(FILMS, asking("bf16"), checkpoint=tmp_path / "c", listener=heard)
    assert not heard.moments


def wild(**schedule):
    """Rectified states grow without bound, here by a factor of the learning rate at each row."""
    network = replace(RECIPE.network, cell="rnn-relu")
    plan = replace(
        RECIPE.training, clip=0.0, averaging=0.0, optimiser="adam", decay="none", **schedule
    )
    return replace(RECIPE, network=network, training=plan)


def test_that_a_loss_that_runs_away_stops_the_training_and_says_what_to_do():
    with pytest.raises(DataError) as refused:
        run_epochs(FILMS, wild(learning_rate=1e6))
    words = str(refused.value)
    assert "stopped being" in words
    assert "in epoch 1, step " in words
    assert "lower `training.learning_rate` (now 1e+06) or set `training.clip = 1`" in words
    assert "precision" not in words


def test_that_float32_is_advised_where_less_was_asked_for():
    plan = wild(learning_rate=1e6)
    with pytest.raises(DataError, match=r'set `training.precision = "32"`'):
        run_epochs(FILMS, replace(plan, training=replace(plan.training, precision="bf16")))


def test_that_the_last_good_weights_stay_on_disk(monkeypatch, tmp_path):
    """The learning rate runs away in the third epoch; what the second left is whole."""
    path = tmp_path / "model.unfinished"
    kept = []

    class Keeping(Heard):
        def on_epoch(self, epoch):
            super().on_epoch(epoch)
            kept.append(torch.load(path, weights_only=True)["network"])

    plan = wild()
    monkeypatch.setattr(
        "engine.training.loop.learning_rate",
        lambda plan, progress, *, drops: 1e-3 if progress < 2 else 1e6,
    )
    heard = Keeping()
    with pytest.raises(
        DataError, match=r"in epoch 3, step .* --anew; model\.unfinished holds the last good"
    ):
        run_epochs(FILMS, plan, checkpoint=path, listener=heard)
    stored = torch.load(path, weights_only=True)
    assert stored["epochs_done"] == len(heard.epochs) == 2
    for name, value in stored["network"].items():
        assert torch.equal(value, kept[-1][name])
        assert value.isfinite().all()


@pytest.mark.parametrize("save_every", [0.0, 300.0])
def test_that_weights_that_run_away_are_never_saved(tmp_path, save_every):
    """The only step: its loss is finite, the weights that it leaves are not."""
    plan = asking("32", epochs=1, batch_size=32, learning_rate=1e20, weight_decay=1e25)
    plan = replace(plan, training=replace(plan.training, decay="none", averaging=0.0))
    with pytest.raises(DataError, match="The weights stopped being finite"):
        run_epochs(FILMS, plan, checkpoint=tmp_path / "c", save_every=save_every)
    assert not (tmp_path / "c").exists()


def test_that_a_validation_loss_that_runs_away_is_never_saved(tmp_path):
    """The only step leaves large but finite weights, with which rectified states overflow."""
    plan = wild(learning_rate=1e20, epochs=1, batch_size=32)
    with pytest.raises(DataError, match=r"The validation loss stopped .* in epoch 1, step 1"):
        run_epochs(FILMS, plan, checkpoint=tmp_path / "c")
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("number", [11, 40])
def test_that_a_film_that_holds_no_numbers_is_named(number):
    rows = FILMS.rows.copy()
    rows[number, 3, 4] = np.nan
    named = replace(FILMS, rows=rows, names=np.array([f"film-{n}.png" for n in range(48)]))
    with pytest.raises(
        DataError, match=rf"film-{number}\.png has grey values that are no finite numbers"
    ):
        run_epochs(named, replace(RECIPE, augmentation=type(RECIPE.augmentation)()))


def scaled(monkeypatch, *, falls):
    """A scale of gradients, read before and after each step, that falls or stays at each."""
    values = itertools.accumulate(itertools.cycle((1.0, *falls)), lambda scale, by: scale * by)
    monkeypatch.setattr(Run, "scaler", property(lambda _: {"scale": next(values)}))


def test_that_gradients_that_overflow_again_and_again_stop_the_training(monkeypatch):
    scaled(monkeypatch, falls=(0.5,))
    with pytest.raises(DataError, match=r"too large for .* 24 times in a row in epoch 6, step 4"):
        run_epochs(FILMS, asking("32", epochs=8))


def test_that_single_overflows_are_left_to_the_scale(monkeypatch):
    scaled(monkeypatch, falls=(0.5, 1.0, 1.0))
    assert len(run_epochs(FILMS, asking("32", epochs=8)).history) == 8
