from .asked import (
    trace_rows as trace_rows,
)
from .edits import (
    FILLS as FILLS,
    Edit as Edit,
    EditLike as EditLike,
    FillKind as FillKind,
    Surroundings as Surroundings,
    applied as applied,
    parsed as parsed,
)
from .whatif import (
    DIRECTIONS as DIRECTIONS,
    DRAWS as DRAWS,
    Direction as Direction,
    DirectionAnswer as DirectionAnswer,
    Filling as Filling,
    Reread as Reread,
    changed_sequence as changed_sequence,
    columns_again as columns_again,
    direction_rows as direction_rows,
    fillings as fillings,
    influence_again as influence_again,
    read_directions as read_directions,
    reread as reread,
    turned as turned,
    with_films as with_films,
)
