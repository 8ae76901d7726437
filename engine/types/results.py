"""What was measured of a model on films that it was not made with: numbers, never sentences."""

from dataclasses import dataclass

LEVEL = 0.95  # of every interval that is measured, unless it says another


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number with its interval over films, the films behind it, and its level.

    An interval of exactly 0 to 1 excludes nothing: there were too few films to tell.
    """

    value: float
    low: float
    high: float
    films: int
    level: float = LEVEL

    @property
    def told(self) -> bool:
        """Whether the interval excludes anything."""
        return (self.low, self.high) != (0.0, 1.0)

    def __str__(self) -> str:
        """For people, for example "0.20 (0.18–0.22), 200 films"."""
        films = "film" if self.films == 1 else "films"
        ends = f"{self.low:z.2f}–{self.high:z.2f}" if self.told else "too few to tell"
        words = f"{self.value:z.2f} ({ends}), {self.films:,} {films}"
        return words.replace("-", "−")


@dataclass(frozen=True, slots=True)
class FilmTest:
    """One test of a model, on films that had no part in making it; None where not measured.

    Attributes:
        name: For example "test", or the name of the data.
        source: Where the films come from, in words.
        films: How many.
        patients: Of how many people; None where that is not known.
        positive: How many films show the finding; None for a plain choice among classes.
        date: Of the measurement, as YYYY-MM-DD.
        auc: Area under the ROC curve.
        sensitivity, specificity: At the bundle's threshold.
        calibration_error: Mean difference between probability and share (expected calibration
            error), 0 where every probability is true.
        calibration_slope: Of the log-odds of the truth over those of the answer; 1 is right,
            below 1 the answers are too sure.
    """

    name: str
    source: str
    films: int
    patients: int | None
    positive: int | None
    date: str
    auc: Figure | None = None
    accuracy: Figure | None = None
    sensitivity: Figure | None = None
    specificity: Figure | None = None
    calibration_error: Figure | None = None
    calibration_slope: Figure | None = None
