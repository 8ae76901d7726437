from .measuring import (
    Values as Values,
    values_of as values_of,
)
from .pairing import (
    Change as Change,
    Measurement as Measurement,
    Pair as Pair,
    paired as paired,
)
from .shapes import (
    KINDS as KINDS,
    ROIS as ROIS,
    Annotation as Annotation,
    AnnotationKind as AnnotationKind,
    Places as Places,
    Shape as Shape,
    shape_of as shape_of,
)
from .sheet import (
    as_csv as as_csv,
)
