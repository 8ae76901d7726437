from .arrays import (
    array_parts as array_parts,
    list_arrays as list_arrays,
    model_rows_of as model_rows_of,
)
from .box_tables import (
    Marked as Marked,
    boxes_in as boxes_in,
    read_boxes as read_boxes,
    with_boxes as with_boxes,
)
from .cache import (
    cached as cached,
    default_cache as default_cache,
)
from .division import (
    divide as divide,
    folds as folds,
)
from .films import (
    SPLITS as SPLITS,
    Batch as Batch,
    Films as Films,
    Heights as Heights,
    ModelRows as ModelRows,
    Rows as Rows,
    RowWriter as RowWriter,
    Skipped as Skipped,
    Split as Split,
    alike as alike,
    answer as answer,
    batch_of as batch_of,
    fitted as fitted,
    inside as inside,
    mapped as mapped,
    on_disk as on_disk,
    outputs as outputs,
    predict as predict,
    read_outputs as read_outputs,
    taken as taken,
)
from .leakage import (
    FINE as FINE,
    KINDS as KINDS,
    NEAR as NEAR,
    SKETCH as SKETCH,
    Marks as Marks,
    SplitPrint as SplitPrint,
    check_leakage as check_leakage,
    find_leaks as find_leaks,
    sketched_alike as sketched_alike,
    sketches as sketches,
    split_hashes as split_hashes,
    split_prints as split_prints,
    thumbnails as thumbnails,
)
from .listing import (
    SPLIT_WORDS as SPLIT_WORDS,
    TABLE as TABLE,
    Entry as Entry,
    FilmListing as FilmListing,
    FolderLayout as FolderLayout,
    cells_of as cells_of,
    descend as descend,
    finding_boxes as finding_boxes,
    layout_of as layout_of,
    patient_of as patient_of,
)
from .masks import (
    with_outlines as with_outlines,
)
from .readers import (
    FilmReading as FilmReading,
    each_read as each_read,
    read_many as read_many,
    read_rows as read_rows,
)
from .sources import (
    gather as gather,
    listed as listed,
    read_films as read_films,
    refuse_empty as refuse_empty,
    stored_frames as stored_frames,
    unpacked as unpacked,
    with_shapes as with_shapes,
)
from .tables import (
    ANY as ANY,
    TABLES as TABLES,
    UNSURE as UNSURE,
    header_of as header_of,
    label_of as label_of,
    lines_of as lines_of,
    says_nothing as says_nothing,
    tidy_cell as tidy_cell,
)
from .truth import (
    says_there as says_there,
    with_truth as with_truth,
)
