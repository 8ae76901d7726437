from .anatomy import (
    SHARE as SHARE,
    draw_opacity as draw_opacity,
    extent as extent,
    opacity_path as opacity_path,
)
from .drawing import (
    Grid as Grid,
    Shadow as Shadow,
    Tube as Tube,
    clouds as clouds,
    lowpass as lowpass,
)
from .files import (
    DEMO_PARTS as DEMO_PARTS,
    DatasetPlan as DatasetPlan,
    demo_part as demo_part,
    demo_study as demo_study,
    write_dataset as write_dataset,
    write_grey as write_grey,
    write_phantom as write_phantom,
    write_png as write_png,
)
from .opacities import (
    KnownOpacity as KnownOpacity,
    lay_opacities as lay_opacities,
)
from .patient import (
    AIR as AIR,
    BONE as BONE,
    LUNG as LUNG,
    SOFT as SOFT,
    draw_patient as draw_patient,
    transmission as transmission,
)
from .phantom import (
    PhantomSpec as PhantomSpec,
    develop as develop,
    draw_phantom as draw_phantom,
    expose as expose,
    line_integrals as line_integrals,
)
