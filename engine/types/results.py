"""What was measured of a model on films that it was not made with: numbers, words late."""

from dataclasses import dataclass

from engine.words import Sentence

LEVEL = 0.95  # of every interval that is measured, unless it says another

# What was measured and what came out, as a bundle keeps it: codes and numbers, see `engine.words`.
Results = tuple[tuple[Sentence, Sentence], ...]


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

    @property
    def sentence(self) -> Sentence:
        """For people, for example "0.20 (0.18–0.22), 200 films"."""
        code = "figure.score" if self.told else "figure.score-untold"
        return Sentence(code, value=self.value, low=self.low, high=self.high, films=self.films)

    def __str__(self) -> str:
        return str(self.sentence)


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
