from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrustPlan:
    """What is fitted and set so that an answer can be doubted; see `engine.training.trust`.

    Attributes:
        level: Aimed coverage of the prediction sets.
        films: Most validation films that are kept for interval and set.
        refused: Share of validation films that guard and surprise may each refuse.
        forecast_size: Hidden units of the network that expects rows; 0 fits none.
        forecast_epochs: Of its training.
        guard_epochs: Of the guard's training; 0 fits none.
        drawn: Films drawn by this program that the guard learns to refuse.
        narrowest, widest: Width over height of a film that is read.
        levels: Least number of different grey values.
        clipped: Largest share of pixels at the darkest, or the brightest, value.
        upright: Whether a header that turns or mirrors a film speaks against it.
        gate: Name of another model that says what a film shows; empty for none.
        accepts: Its classes that this model reads.
        least: Least probability of these classes together.
    """

    level: float = 0.95
    films: int = 2000
    refused: float = 0.005
    forecast_size: int = 160
    forecast_epochs: int = 10
    guard_epochs: int = 10
    drawn: int = 0
    narrowest: float = 0.5
    widest: float = 2.0
    levels: int = 64
    clipped: float = 0.6
    upright: bool = True
    gate: str = ""
    accepts: tuple[str, ...] = ()
    least: float = 0.5

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """What must lie from 0 to below 1, by the key in a recipe."""
        names = ("level", "refused", "clipped", "least")
        return tuple((f"trust.{name}", getattr(self, name)) for name in names)
