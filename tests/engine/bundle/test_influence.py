import json

import pytest

from engine import load
from engine.bundle import read_metadata
from engine.errors import BundleError


def tell(folder, **changes):
    path = folder / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(values | changes), "utf-8")


def test_that_a_bundle_from_before_integrates_gradients(own_bundle):
    path = own_bundle / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    del values["influence"]
    path.write_text(json.dumps(values), "utf-8")
    assert read_metadata(own_bundle).influence == "integrated-gradients"


def test_that_the_bundles_own_method_explains_its_answer(own_bundle, make_frame):
    tell(own_bundle, influence="shapley")
    frame = make_frame([[i * j % 97 for j in range(30)] for i in range(40)], modality="CR")
    model = load(own_bundle)
    found = model.analyse(frame).influence
    assert (found.method, found.error is not None) == ("shapley", True)
    assert model.influence(frame, 1, method="occlusion").method == "occlusion"


def test_that_an_unknown_method_is_refused(own_bundle):
    tell(own_bundle, influence="attention")
    with pytest.raises(BundleError, match="“influence” must be one of"):
        read_metadata(own_bundle)
