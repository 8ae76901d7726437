"""What the measured films are to the model: seen, set on, or a true test."""

import hashlib
import json
import platform
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from engine import __version__
from engine.films import KINDS, SplitPrint, find_leaks, split_prints
from engine.measure import Answers
from engine.recipe import Leakage
from engine.safeguards import Safeguards
from engine.training import Chosen, Overlap, overlaps

# ----------------------------------------------------------- provenance of measured films
# What the measured films are to the model: has it learnt from them, or been set on them?
#
# A split says what it was at the training only for the very data of the training. Two things are
# known for certain: hashes that a bundle may keep of its films, and the answers to its
# calibration films, which it keeps beside its weights.

# Keys of warnings with which figures are no test of the model.
NO_TEST = frozenset({"learnt", "validated", "divided", "recognised", "name", "seen", "copies"})
_MEASURED = "measured"  # the measured films among the splits
_SAME_ANSWER = 3  # decimals of a logit
_RECOGNISED = 0.5  # of the calibration films or of the measured films


@dataclass(frozen=True, slots=True)
class Warned:
    """A sentence that stands above all figures.

    Attributes:
        key: Stable, for programs.
        grave: Whether the figures are no test of the model, or hardly one; shown in red.
    """

    key: str
    sentence: str
    grave: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the films are to the model.

    Attributes:
        split: What was asked for.
        whole: Whether the data have no splits, so that all films were taken.
        learnt, validated: Measured films in the splits "train" and "val" of the model's recipe.
        recognised: Calibration films of the bundle that are among the measured films, found by
            their answers; None in bundles without.
        known_patients: Whether a rule names the patients; else each film counts as one.
        shared_patients: Measured patients that the training films of these data have, too.
        shared_films: Measured films whose model rows a training film of these data has, too.
        near_films: Measured films so like a training film as only copies are.
        by_content: Whether films that the model has seen were told by their content.
        seen: Measured films that the bundle remembers, by the split in which it saw them; None
            in bundles that do not keep their films.
        fingerprint: "same", "other" or "unknown": are the measured films the ones that the
            bundle calls so?
        allowed: Kinds of leakage that the recipe allows.
        warnings: In words.
    """

    split: str
    whole: bool
    learnt: int
    validated: int
    recognised: int | None
    known_patients: bool
    shared_patients: int
    shared_films: int
    near_films: int
    by_content: bool
    seen: tuple[Overlap, ...] | None
    fingerprint: str
    allowed: tuple[str, ...]
    warnings: tuple[Warned, ...]

    @property
    def is_test(self) -> bool:
        """Whether nothing speaks against calling the figures a test of the model."""
        return not NO_TEST & {one.key for one in self.warnings}

    @property
    def title(self) -> str:
        """What the measured films are, for a heading."""
        films = "all films" if self.whole or self.split == "all" else f"split “{self.split}”"
        if self.by_content and self.split == "test":
            films = "films that it was not trained or set on"
        return films if self.is_test else f"{films}, no test of the model"

    @property
    def on_calibration(self) -> bool:
        """Whether the measured films are those that calibration and threshold were set on."""
        return self.split == "val" and not self.whole and self.recognised != 0


def provenance_of(
    chosen: Chosen,
    answers: Answers,
    safeguards: Safeguards | None,
    *,
    split: str,
    source: str,
    training: Mapping[str, object],
) -> Provenance:
    """Find out what the films are to the model.

    Args:
        chosen: The films.
        answers: To them.
        safeguards: Of the model.
        split: That was asked for.
        source: Name of the data.
        training: What the bundle says of its training.
    """
    prints = split_prints(chosen.every, classes=len(answers.classes))
    whole = chosen.whole
    counts = _parts(chosen, split)
    recognised = None if safeguards is None else _recognised(answers, safeguards)
    shared = _shared(chosen, split)
    values = Provenance(
        split=split,
        whole=whole,
        learnt=counts["train"],
        validated=counts["val"],
        recognised=recognised,
        known_patients=bool((chosen.divided.patients != chosen.divided.names).any()),
        shared_patients=shared["patient"],
        shared_films=shared["exact"],
        near_films=shared["near"],
        by_content=chosen.by_content,
        seen=None if chosen.seen is None else overlaps(chosen.seen, chosen.own),
        fingerprint=_fingerprint(split, training, prints),
        allowed=chosen.plan.allow_leakage,
        warnings=(),
    )
    most = len(safeguards.calibration.labels) if safeguards else 0
    warnings = (*_grave(values, len(answers), most), *_notes(values, source, training))
    names = Provenance.__slots__
    return Provenance(**{name: getattr(values, name) for name in names} | {"warnings": warnings})


def _parts(chosen: Chosen, split: str) -> dict[str, int]:
    """How many measured films the recipe calls training and validation films."""
    if chosen.whole:
        return {"train": 0, "val": 0}
    among = chosen.divided.splits if split == "all" else chosen.films.splits
    return {name: int((among == name).sum()) for name in ("train", "val")}


def _recognised(answers: Answers, safeguards: Safeguards) -> int:
    """Calibration films whose stored answer is the answer to a measured film."""
    stored = np.round(safeguards.calibration.scores.astype(np.float64), _SAME_ANSWER)
    given = {tuple(line) for line in np.round(answers.logits, _SAME_ANSWER).tolist()}
    return sum(tuple(line) in given for line in stored.tolist())


def _shared(chosen: Chosen, split: str) -> dict[Leakage, int]:
    """Patients and films that the measured ones have in common with the training films."""
    counts: dict[Leakage, int] = dict.fromkeys(KINDS, 0)
    if chosen.whole or split in {"train", "all"}:
        return counts
    found = find_leaks(chosen.divided.only("train"), {_MEASURED: chosen.films})
    for kind in KINDS:
        counts[kind] = len({leak.names[1] for leak in found if leak.kind == kind})
    return counts


def _fingerprint(
    split: str, training: Mapping[str, object], prints: tuple[SplitPrint, ...]
) -> str:
    stored = training.get("fingerprints")
    if not isinstance(stored, Mapping) or split not in stored:
        return "unknown"
    own = next((one.sha256 for one in prints if one.split == split), "")
    return "same" if stored[split] == own else "other"


def _grave(values: Provenance, count: int, calibrated: int) -> list[Warned]:
    found = _seen(values, count)
    if values.learnt and "seen" not in found:
        found["learnt"] = (
            f"{_of(values.learnt, count)} measured films are training films: the network has"
            " learnt their answers, so these figures say nothing about other films."
        )
    met = values.recognised or 0
    if values.validated and (met or values.recognised is None):
        found["validated"] = (
            f"{_of(values.validated, count)} measured films are validation films: what is set"
            " after a training (threshold, calibration, limits) was set on them, and settings may"
            " have been chosen by them. These figures flatter the model."
        )
    if values.validated and 0 < met < calibrated:
        found["divided"] = (
            f"Only {met:,} of the model's {calibrated:,} calibration films are among these"
            " validation films: the data are not divided as they were at the training, so training"
            " films may be among them."
        )
    if not values.validated and met >= _RECOGNISED * min(calibrated, count) and met:
        found["recognised"] = (
            f"{met:,} of the model's {calibrated:,} calibration films are among the measured films"
            " (recognised by their answers): these figures flatter the model."
        )
    return [Warned(key, sentence, grave=True) for key, sentence in found.items()]


def _seen(values: Provenance, count: int) -> dict[str, str]:
    """Films that the bundle saw at its training and that are no test of it."""
    allowed = "near" in values.allowed
    words = {"train": "trained on", "val": "set on, as validation films"}
    parts = [
        f"{words[one.split]}: {one.words}"
        for one in values.seen or ()
        if one.split in words and (one.exact or not allowed)
    ]
    if not parts or values.split in words:
        return {}
    return {
        "seen": (
            f"Of the {count:,} measured films the model has seen already what it was"
            f" {' and what it was '.join(parts)}. This is no test of it."
        )
    }


def _notes(values: Provenance, source: str, training: Mapping[str, object]) -> list[Warned]:
    found = []
    if values.whole and _named(source, training.get("command")) == "learnt":
        found.append(
            Warned(
                "name",
                f"These data have the name of those that the model was trained with ({source}),"
                " and no rule divides them for this split: training films may be among them.",
                grave=True,
            )
        )
    if values.validated and values.recognised == 0:
        found.append(
            Warned(
                "others",
                "The model's recipe calls these films validation films, but none of its"
                " calibration films is among them: these are other data, divided by that recipe.",
                grave=False,
            )
        )
    if values.shared_patients and values.split != "val":
        found.append(
            Warned(
                "patients",
                f"{values.shared_patients:,} patients of the measured films have training films,"
                " too, so the figures may flatter the model.",
                grave=False,
            )
        )
    if values.shared_films or values.near_films:
        found.append(
            Warned(
                "films" if _allowed(values) else "copies",
                f"Training films are among the measured films: {values.shared_films:,} pixel by"
                f" pixel as the network reads them, {values.near_films:,} so nearly as only copies"
                " are.",
                grave=True,
            )
        )
    if values.fingerprint == "other" and not values.whole and not values.by_content:
        found.append(
            Warned(
                "fingerprint",
                f"The films of the split “{values.split}” are not those of the model's training"
                " (their fingerprints differ).",
                grave=False,
            )
        )
    return found


def _allowed(values: Provenance) -> bool:
    """Whether the recipe allows what the measured films share with the training films."""
    exact = not values.shared_films or "exact" in values.allowed
    return exact and (not values.near_films or "near" in values.allowed)


def _named(source: str, command: object) -> str:
    """What the command that made a model did with data of this name: "learnt", "tested" or ""."""
    try:
        words = shlex.split(command) if isinstance(command, str) else []
    except ValueError:
        return ""
    names = [word.split(".", maxsplit=1)[0] for word in words]
    own = source.split(".", maxsplit=1)[0]
    tested = {name for word, name in zip(words, names[1:], strict=False) if word == "--test"}
    if own in tested:
        return "tested"
    return "learnt" if own in names[3:4] else ""


def _of(part: int, count: int) -> str:
    return f"All {count:,}" if part == count else f"{part:,} of the {count:,}"


# ----------------------------------------------- fingerprints of program, recipe, weights
# Which program, which recipe, which weights: enough to tell what differed between two runs.

_PACKAGE = Path(__file__).parents[1]
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What was at work.

    Attributes:
        program: Of this program.
        code: SHA-256 over the names and contents of all modules of the engine.
        commit: Of the repository that the engine lies in, with "+ changes" if files differ from
            it; empty outside a repository.
        python, torch, numpy: Versions.
        machine: System and processor, for example "Linux x86_64"; no name of a computer.
        weights: SHA-256 of the weights file.
        recipe: SHA-256 of the recipe that made the model; empty where the bundle has none.
    """

    program: str
    code: str
    commit: str
    python: str
    torch: str
    numpy: str
    machine: str
    weights: str
    recipe: str


def fingerprints(training: Mapping[str, object], *, weights: str) -> Fingerprints:
    """Of what is running now, and of a model.

    Args:
        training: What the bundle says of its training.
        weights: Hash of its weights file.
    """
    recipe = training.get("recipe")
    return Fingerprints(
        program=f"rowscope {__version__}",
        code=code_hash(_PACKAGE),
        commit=commit_of(_PACKAGE),
        python=platform.python_version(),
        torch=_version("torch"),
        numpy=_version("numpy"),
        machine=f"{platform.system()} {platform.machine()}",
        weights=weights,
        recipe="" if recipe is None else _hash_of(recipe),
    )


def code_hash(package: Path) -> str:
    """SHA-256 over every module of a package, in order of their names."""
    found = hashlib.sha256()
    for path in sorted(package.rglob("*.py"), key=lambda path: path.relative_to(package).parts):
        found.update(path.relative_to(package).as_posix().encode() + b"\0")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def commit_of(package: Path) -> str:
    """The commit that a package was checked out from; empty where git knows none."""
    commit = _git(package, "rev-parse", "HEAD")
    if not commit or not _git(package, "ls-files", "__init__.py"):
        return ""
    changed = _git(package, "status", "--porcelain", "--", ".")
    return f"{commit} + changes" if changed else commit


def _git(folder: Path, *words: str) -> str:
    try:
        run = subprocess.run(  # noqa: S603 - fixed words
            ["git", "-C", str(folder), *words],  # noqa: S607 - wherever git is installed
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def _hash_of(values: object) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
