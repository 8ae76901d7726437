"""Neither a first answer nor its map waits for torch where the kernel reads the network."""

import json
import subprocess
import sys

import pytest

from engine import list_models

CODE = """
import json, sys, engine
from engine.phantoms import PhantomSpec, draw_phantom
model = engine.load(sys.argv[1])
said = {"loaded": "torch" in sys.modules, "device": model.device}
pixels = draw_phantom(PhantomSpec(seed=3, rows=300, columns=280)).values
analysis = model.analyse(pixels)
model.trace(pixels)
found = model.influence(pixels, 1)
said |= {"answered": "torch" in sys.modules, "method": found.method}
said |= {"checks": [check.name for check in analysis.trust.checks if check.passed is not None]}
print(json.dumps(said))
"""


def said(model, **environment):
    run = subprocess.run(
        [sys.executable, "-c", CODE, model],
        env={"PYTHONPATH": ":".join(sys.path)} | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


READ_BY_KERNEL = [model.name for model in list_models() if model.objective.plain]


@pytest.mark.parametrize("model", READ_BY_KERNEL)
def test_that_the_first_answer_and_its_map_need_no_torch(model):
    found = said(model, ROWSCOPE_DEVICE="cpu")
    assert (found["loaded"], found["answered"], found["device"]) == (False, False, "CPU")
    assert found["method"] == "shapley"


def test_that_guard_forecaster_and_admission_check_were_asked_without_torch():
    asked = said("chest-pneumonia", ROWSCOPE_DEVICE="cpu")["checks"]
    assert {"body part", "guard", "surprise"} <= set(asked)
