"""The figures that are read first, each with its 95 % interval and what it says."""

from engine.evaluation.answers import Answers
from engine.evaluation.choices import Choice
from engine.evaluation.finding import Finding, brier
from engine.evaluation.report import Line
from engine.training.bootstrap import Doubles, Resampling, intervals, mean
from engine.training.measure import Figure, many, untold


def glance(
    answers: Answers, found: Finding | None, chosen: Choice | None, drawn: Resampling
) -> tuple[Line, ...]:
    """Of a finding or of a choice; of both where a model has both."""
    lines: list[Line] = []
    if found is not None:
        lines += _of_finding(answers, found, drawn)
    if chosen is not None:
        lines += _of_choice(answers, chosen, drawn)
    return tuple(lines)


def _of_finding(answers: Answers, found: Finding, drawn: Resampling) -> list[Line]:
    point, lines = found.points[0], []
    at = f"at the threshold {point.threshold:.3f}"
    if (told := found.discrimination) is not None:
        lines += [
            Line(
                "auc",
                "AUC",
                told.area,
                "how often a film with the finding ranks above one without",
            ),
            Line(
                "average_precision",
                "Average precision",
                told.precision,
                f"area under precision–recall; chance would be {found.prevalence:.3f}",
            ),
        ]
    clear = f"films without it left alone {at}"
    lines += [
        Line(key, title, figure, meaning)
        for key, title, figure, meaning in (
            ("sensitivity", "Sensitivity", point.sensitivity, f"findings found {at}"),
            ("specificity", "Specificity", point.specificity, clear),
        )
        if figure.count
    ]
    if told is not None:
        rate = f"{100 * found.prevalence:.0f} % with the finding"
        meaning = f"positive answers that are true, at {rate}"
        lines += [
            Line("ppv", "Positive predictive value", point.ppv, meaning),
            Line("npv", "Negative predictive value", point.npv, "negative answers that are true"),
        ]
    # Of films of one kind only, accuracy and error would pass for those of the model.
    only = "" if told else f", films {'with' if found.films else 'without'} the finding only"
    figure = _mean(brier(answers.present, answers.scores), drawn)
    lines += [
        Line("accuracy", f"Accuracy{only}", point.accuracy, f"right answers {at}"),
        Line("brier", f"Brier score{only}", figure, "squared error of the probability; 0 is best"),
    ]
    return lines


def _of_choice(answers: Answers, chosen: Choice, drawn: Resampling) -> list[Line]:
    there = [one.name for one in chosen.classes if one.films]
    only = f" of “{there[0]}” only" if len(there) == 1 else ""
    missing = [one.name for one in chosen.classes if not one.films]
    without = f"; no films of {', '.join(f'“{name}”' for name in missing)}" if missing else ""
    lines = [
        Line(
            "accuracy",
            f"Accuracy{only}",
            chosen.accuracy,
            f"films whose most probable class is right{without}",
        ),
    ]
    if not only:
        lines += [
            Line(
                "balanced_accuracy",
                "Balanced accuracy",
                chosen.balanced,
                f"mean over the classes of how many films are recognised{without}",
            ),
            Line(
                "macro_auc",
                "Mean AUC",
                chosen.area,
                f"each class against all others, then the mean{without}",
            ),
        ]
    if chosen.second is not None:
        lines.append(
            Line(
                "top_2", "Among the two best", chosen.second, "the right class is first or second"
            )
        )
    truth = answers.labels[:, None] == range(len(answers.classes))
    errors = ((answers.probabilities - truth) ** 2).sum(axis=1)
    figure = _mean(errors, drawn)
    lines.append(Line("brier", "Brier score", figure, "squared error over all classes; 0 is best"))
    return lines


def _mean(errors: Doubles, drawn: Resampling) -> Figure:
    """The mean over films (N,), with an interval where there are enough patients."""
    value = float(errors.mean())
    if not many(drawn.places):
        return untold(value, len(errors))
    low, high = intervals(drawn, {"mean": mean(errors)})["mean"]
    return Figure(value, float(low), float(high), len(errors))
