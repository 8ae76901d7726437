import pathlib

from . import (
    bundle as bundle,
    errors as errors,
    evaluation as evaluation,
    explain as explain,
    films as films,
    forecast as forecast,
    imaging as imaging,
    index as index,
    inspection as inspection,
    maps as maps,
    measure as measure,
    model as model,
    network as network,
    output as output,
    phantoms as phantoms,
    preparation as preparation,
    progress as progress,
    recipe as recipe,
    resources as resources,
    runtime as runtime,
    sequence as sequence,
    suitability as suitability,
    training as training,
    trust as trust,
    tuning as tuning,
    types as types,
    words as words,
)
from .bundle.metadata import list_models as list_models
from .errors import (
    BundleError as BundleError,
    DataError as DataError,
    DeviceError as DeviceError,
    EngineError as EngineError,
    ImageError as ImageError,
    InferenceError as InferenceError,
)
from .evaluation.evaluating import evaluate as evaluate
from .explain import BaselineLike as BaselineLike
from .model import Model as Model, load as load
from .training.from_recipe import train as train
from .training.map_audit import audit as audit
from .tuning.search import tune as tune
from .types import Analysis, PreparedFilm

__version__: str

def analyse_rows(
    model: str | pathlib.Path, film: PreparedFilm, baseline: BaselineLike = ...
) -> Analysis: ...
def warm_up(model: str | pathlib.Path) -> None: ...
