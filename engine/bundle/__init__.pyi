from .audit import (
    AUDIT as AUDIT,
    LEAST_FACTOR as LEAST_FACTOR,
    MOST_CORRELATION as MOST_CORRELATION,
    MOST_MOVED as MOST_MOVED,
    by_row_passes as by_row_passes,
    calibration_holds as calibration_holds,
    grid_passes as grid_passes,
    influence_passes as influence_passes,
    percent_of as percent_of,
    read_audit as read_audit,
    reads_chests as reads_chests,
    verdicts as verdicts,
    write_audit as write_audit,
)
from .config import (
    ArchitectureConfig as ArchitectureConfig,
    NetworkConfig as NetworkConfig,
    RegisteredConfig as RegisteredConfig,
    StemLayer as StemLayer,
    read_architecture as read_architecture,
)
from .cost import (
    GATES as GATES,
    Cost as Cost,
)
from .description import (
    bundle_folders as bundle_folders,
    find_bundle as find_bundle,
    is_bundle as is_bundle,
    population_to_dict as population_to_dict,
    population_words as population_words,
    prefixes_hash as prefixes_hash,
    read_population as read_population,
    read_test as read_test,
    stored_hash as stored_hash,
)
from .metadata import (
    MOST_CLASS_MEANS as MOST_CLASS_MEANS,
    Description as Description,
    info_of as info_of,
    list_models as list_models,
    read_description as read_description,
    read_metadata as read_metadata,
    replace_metadata as replace_metadata,
    write_metadata as write_metadata,
)
from .parts import (
    NO_OPTIONS as NO_OPTIONS,
    Kind as Kind,
    NoOptions as NoOptions,
    load_part as load_part,
    part_names as part_names,
    read_options as read_options,
    register as register,
)
from .strict import (
    CARD as CARD,
    FILMS as FILMS,
    METADATA as METADATA,
    WEIGHTS as WEIGHTS,
    Fields as Fields,
    exists as exists,
    parse_json as parse_json,
    read_card as read_card,
    read_file as read_file,
    stamp as stamp,
)
from .trust import (
    ForecastConfig as ForecastConfig,
    GuardConfig as GuardConfig,
    TrustConfig as TrustConfig,
)
