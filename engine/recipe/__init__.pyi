from .parsing import (
    changed as changed,
    parsed as parsed,
    put as put,
    read_recipe as read_recipe,
    read_toml as read_toml,
    recipe_of as recipe_of,
    toml_value as toml_value,
    without_nulls as without_nulls,
)
from .values import (
    Augmentation as Augmentation,
    Columns as Columns,
    Data as Data,
    Leakage as Leakage,
    Measures as Measures,
    Network as Network,
    OtherNetwork as OtherNetwork,
    Recipe as Recipe,
    Schedule as Schedule,
    TrustPlan as TrustPlan,
    card_lacks as card_lacks,
)
