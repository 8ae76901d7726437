"""A model whose maps and curve have passed, for tests of what is shown of them."""

from viewer.session.models import CurveTests, MapTests

PASSED = MapTests(
    "passed", "Yes.", by_row=CurveTests("passed", "After each row off by up to 0.04.")
)
