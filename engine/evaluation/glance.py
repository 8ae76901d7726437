"""The figures that are read first, each with its 95 % interval and what it says."""

from engine.evaluation.answers import Answers
from engine.evaluation.choices import Choice
from engine.evaluation.finding import Finding, brier
from engine.evaluation.report import Line
from engine.training.bootstrap import Resampling, intervals, mean
from engine.training.measure import Figure


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
    lines += [
        Line("sensitivity", "Sensitivity", point.sensitivity, f"findings found {at}"),
        Line("specificity", "Specificity", point.specificity, f"films without it left alone {at}"),
        Line(
            "ppv",
            "Positive predictive value",
            point.ppv,
            f"positive answers that are true, at {100 * found.prevalence:.0f} % with the finding",
        ),
        Line("npv", "Negative predictive value", point.npv, "negative answers that are true"),
        Line("accuracy", "Accuracy", point.accuracy, f"right answers {at}"),
    ]
    errors = brier(answers.present, answers.scores)
    low, high = intervals(drawn, {"brier": mean(errors)})["brier"]
    figure = Figure(float(errors.mean()), float(low), float(high), len(errors))
    lines.append(
        Line("brier", "Brier score", figure, "squared error of the probability; 0 is best")
    )
    return lines


def _of_choice(answers: Answers, chosen: Choice, drawn: Resampling) -> list[Line]:
    lines = [
        Line("accuracy", "Accuracy", chosen.accuracy, "films whose most probable class is right"),
        Line(
            "balanced_accuracy",
            "Balanced accuracy",
            chosen.balanced,
            "mean over the classes of how many films are recognised",
        ),
        Line("macro_auc", "Mean AUC", chosen.area, "each class against all others, then the mean"),
    ]
    if chosen.second is not None:
        lines.append(
            Line(
                "top_2", "Among the two best", chosen.second, "the right class is first or second"
            )
        )
    truth = answers.labels[:, None] == range(len(answers.classes))
    errors = ((answers.probabilities - truth) ** 2).sum(axis=1)
    low, high = intervals(drawn, {"brier": mean(errors)})["brier"]
    figure = Figure(float(errors.mean()), float(low), float(high), len(errors))
    lines.append(Line("brier", "Brier score", figure, "squared error over all classes; 0 is best"))
    return lines
