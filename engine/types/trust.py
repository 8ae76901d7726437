"""How far an answer can be trusted, and why there is none: values without any computation."""

from dataclasses import dataclass
from typing import Literal

from engine.types.image import Doubles, Floats
from engine.words import Sentence

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

    @property
    def sentence(self) -> Sentence:
        """For people, for example "0.20 (0.18–0.22), 200 films"."""
        code = "figure.score" if self.told else "figure.score-untold"
        return Sentence(code, value=self.value, low=self.low, high=self.high, films=self.films)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Interval:
    """Two probabilities, low ≤ high.

    Attributes:
        level: Of how many such intervals the truth lies inside, 0…1. None for Venn and Abers's:
            it holds two probabilities of which one is calibrated, and has no such share.
    """

    low: float
    high: float
    level: float | None = None


@dataclass(frozen=True, slots=True)
class FilmLimits:
    """What a film must keep to for a model to read it.

    Attributes:
        narrowest, widest: Width over height of the film, pixel aspect included.
        levels: Least number of different grey values.
        clipped: Largest share of pixels at the darkest, or at the brightest, value.
        upright: Whether a header that turns or mirrors a frontal film speaks against it.
    """

    narrowest: float
    widest: float
    levels: int
    clipped: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Population:
    """Whose films a model is for; what is empty or None is not held against a film.

    Attributes:
        ages: Least and greatest age in completed years, both included.
        sexes: DICOM's Patient's Sex: "F", "M", "O".
        views: DICOM's View Position, for example "AP", "PA".
        body_parts: DICOM's Body Part Examined, for example "CHEST".
        lateralities: DICOM's Image Laterality: "L", "R", "U", "B".
    """

    ages: tuple[float, float] | None = None
    sexes: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    lateralities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Admission:
    """Another bundle that says what a film shows.

    Attributes:
        model: Name of that bundle.
        accepts: Its classes that this model reads.
        least: Least probability of these classes together.
    """

    model: str
    accepts: tuple[str, ...]
    least: float


Mark = Literal["passed", "doubtful", "failed", "not asked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One question that was asked of a film.

    Attributes:
        name: Stable, for programs, for example "guard".
        passed: None where it could not be asked; that is never a pass.
        words: What was found, or why it was not checked, as one sentence for people.
        value: What was measured; None where that is no number.
        limit: What it was measured against.
        doubtful: It passed, but so nearly that it is no tick: its words say why. Of one that
            failed: what speaks against the film is that nothing is clear.
    """

    name: str
    passed: bool | None
    words: Sentence
    value: float | None = None
    limit: float | None = None
    doubtful: bool = False

    @property
    def mark(self) -> Mark:
        """What a reader is shown: one of four, never more than what was found."""
        if self.passed is None:
            return "not asked"
        if not self.passed:
            return "failed"
        return "doubtful" if self.doubtful else "passed"


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why a model does not answer: a stable code, and one sentence for people."""

    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do with a film that the chosen model does not read.

    Attributes:
        sentence: For people, for example "This is a hand film; no installed model reads it."
        model: Name of an installed model that reads such films; None where there is none.
    """

    sentence: Sentence
    model: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Surprise:
    """How unexpected a film is to a network that expects each row from the rows above.

    Attributes:
        per_row: (M,) negative log-likelihood in nats per pixel of each model row.
        percentiles: (M,) 0…100, among the same row of the validation films.
        edges: (M + 1,) stored row at which each model row begins.
        value: Mean of `per_row`.
        percentile: 0…100, among the validation films.
    """

    per_row: Floats
    percentiles: Floats
    edges: Doubles
    value: float
    percentile: float


@dataclass(frozen=True, slots=True, eq=False)
class Trust:
    """What speaks for and against the answer to one film.

    Attributes:
        checks: In the order in which they were made.
        reasons: One for each check that failed; empty where the model may answer.
        interval: Venn–Abers interval of the target's probability; None without calibration films.
        conformal: Indices of the classes that cannot be excluded at `level`. None of them: the
            film is unlike the calibration films of every class.
        level: Aimed coverage of `conformal`; 0 without calibration films.
        surprise: None where the bundle expects no rows.
        suggestion: Which installed model fits a film that this one does not read; None where the
            model answers, or where nothing is known of what the film shows.
    """

    checks: tuple[Check, ...]
    reasons: tuple[Abstention, ...] = ()
    interval: Interval | None = None
    conformal: tuple[int, ...] = ()
    level: float = 0.0
    surprise: Surprise | None = None
    suggestion: Suggestion | None = None

    @property
    def abstains(self) -> bool:
        """Whether the model must not answer."""
        return bool(self.reasons)
