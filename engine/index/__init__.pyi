from .contents import (
    ABOUT as ABOUT,
    IndexAbout as IndexAbout,
)
from .found import (
    BuiltIndex as BuiltIndex,
    Cloud as Cloud,
    IndexedFilm as IndexedFilm,
    LeftOut as LeftOut,
    Match as Match,
    Peak as Peak,
    ToIndex as ToIndex,
    UnitReference as UnitReference,
)
from .indexing import (
    default_folder as default_folder,
    from_films as from_films,
    index_films as index_films,
)
from .lists import (
    LISTS as LISTS,
    FaissLists as FaissLists,
    need_faiss as need_faiss,
    write_lists as write_lists,
)
from .neighbours import (
    StateTable as StateTable,
    by_lists as by_lists,
    exact as exact,
    exact_many as exact_many,
    measured as measured,
)
from .proving import (
    Proof as Proof,
    measure_search as measure_search,
)
from .references import (
    References as References,
)
from .service import (
    FoundStretch as FoundStretch,
    IndexSummary as IndexSummary,
    ProjectionKind as ProjectionKind,
    RowCloud as RowCloud,
    UnitSeen as UnitSeen,
    find_summary as find_summary,
    map_index as map_index,
    project_index as project_index,
    search_index as search_index,
    show_stretches as show_stretches,
    summarise_index as summarise_index,
    unit_seen as unit_seen,
)
from .state_index import (
    Index as Index,
    find_index as find_index,
    indexes_folder as indexes_folder,
    open_index as open_index,
)
from .stepwise import (
    SoFar as SoFar,
    begin_index as begin_index,
    drop_index as drop_index,
    finish_index as finish_index,
    index_some as index_some,
)
