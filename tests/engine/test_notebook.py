"""How analyses and models show in a notebook."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import engine
from engine.notebook import model_card
from engine.types import Abstention, Check, Interval, Surprise, Threshold, Trust

SVG = "svg"
HOSTILE = '<script>alert("1")</script>&\u202e\x1b[2J\ud800'


@pytest.fixture(scope="module")
def analysis(tiny_bundle):
    values = np.random.default_rng(0).integers(0, 4096, (400, 300)).astype(float)
    return engine.load(tiny_bundle).analyse(values)


@pytest.fixture(scope="module")
def abstained(tiny_bundle):
    return engine.load(tiny_bundle).analyse(np.zeros((40, 30)))


def with_values(analysis, values):
    influence = replace(analysis.influence, values=np.asarray(values, np.float32))
    return replace(analysis, influence=influence)


def parsed(value):
    """The fragment as a tree: it must be well-formed, also where names are hostile."""
    return ET.fromstring(value._repr_html_())  # noqa: S314 - our own


def words(tree):
    return " ".join(" ".join(tree.itertext()).split())


def test_that_a_page_says_film_answer_threshold_and_weights(analysis):
    text = words(parsed(analysis))
    probability = f"{analysis.prediction.probabilities[1]:.2f}"
    for part in (
        "array · read by Tiny model 1.2.3",
        f"Pneumonia {probability}",
        "the threshold 0.40",
        "sensitivity 0.95, specificity 0.80 at it (validation films)",
        "left over",
        f"weights {analysis.model.sha256[:12]}",
        "Research use only. Not a diagnosis.",
    ):
        assert part in text


def test_that_the_sum_of_log_odds_is_told(analysis):
    influence, text = analysis.influence, words(parsed(analysis)).replace("−", "-")
    numbers = re.search(r"mean film (\S+), rows (\S+), this film (\S+); left over", text).groups()
    expected = (influence.baseline_log_odds, influence.values.sum(), influence.log_odds)
    assert [float(number) for number in numbers] == pytest.approx(expected, abs=0.006)


def test_that_an_abstention_has_a_reason_and_no_number(abstained):
    tree = parsed(abstained)
    assert "No answer This film has no contrast" in words(tree)
    assert tree.find(f".//{SVG}") is None
    assert "probability" not in words(tree)


def doubted(analysis):
    """The same answer with everything that a bundle with safeguards says of it."""
    nothing = np.zeros(1, np.float32)
    trust = Trust(
        checks=(Check("guard", passed=True, words="-"), Check("body part", None, "-")),
        interval=Interval(0.44, 0.616),
        conformal=(0, 1),
        level=0.95,
        surprise=Surprise(nothing, nothing, np.array([0.0, 400.0]), -1.0, 33.7),
    )
    return replace(analysis, trust=trust)


def test_that_a_page_says_how_far_the_answer_may_be_believed(analysis):
    assert (
        "Venn–Abers interval 0.44–0.62 · not excluded at 95 %: normal, pneumonia"
        " · surprise: percentile 34 · not checked: body part"
    ) in words(parsed(doubted(analysis)))


def test_that_what_a_bundle_cannot_say_is_not_on_the_page(analysis):
    for trust in (None, Trust((Check("kind", passed=True, words="-"),))):
        text = words(parsed(replace(analysis, trust=trust)))
        assert not any(word in text for word in ("Venn", "excluded", "surprise", "not checked"))


def test_that_every_reason_of_an_abstention_is_on_the_page(abstained):
    reasons = (Abstention("guard", "It is upside down."), Abstention("surprise", HOSTILE))
    text = words(parsed(replace(abstained, trust=Trust((), reasons))))
    assert "No answer It is upside down. <script>" in text


@pytest.mark.parametrize("what", ["analysis", "abstained"])
def test_that_nothing_from_a_file_is_more_than_text(request, what):
    analysis = request.getfixturevalue(what)
    image = replace(analysis.image, path=Path(f"{HOSTILE}.dcm"))
    model = replace(
        analysis.model,
        **dict.fromkeys(("name", "title", "version", "task", "data_source"), HOSTILE),
        intended_use=HOSTILE,
        classes=(HOSTILE, HOSTILE),
        results=((HOSTILE, HOSTILE),),
        threshold=Threshold(0.4, 0.9, 0.8, HOSTILE),
    )
    hostile = replace(analysis, image=image, model=model, device=HOSTILE)
    if analysis.prediction:
        hostile = replace(
            doubted(hostile), prediction=replace(analysis.prediction, classes=(HOSTILE, HOSTILE))
        )
    else:
        hostile = replace(hostile, abstained=HOSTILE)
    for shown in (hostile, model):
        tags = {element.tag for element in parsed(shown).iter()}
        assert "script" not in tags
        for text in (shown._repr_html_(), repr(shown)):
            assert "\u202e" not in text
            assert "\x1b" not in text
            assert text.encode("utf-8")


def test_that_a_page_fetches_and_runs_nothing(analysis, abstained):
    for shown in (analysis, abstained, analysis.model):
        page = shown._repr_html_().lower()
        for odd in ("<script", "<style", "<link", "<img", "http", "src=", "url(", "onload", "id="):
            assert odd not in page


def test_that_the_page_has_no_ground_and_no_colour_but_the_two_of_influence(analysis):
    page = analysis._repr_html_()
    assert len(set(re.findall(r"#[0-9A-Fa-f]{6}", page))) == 2
    assert re.findall(r"background:(\w+)", page).count("none") == page.count("background")


@pytest.mark.parametrize("ground", ["#FFFFFF", "#111111", "#1E1E1E"])
def test_that_the_colours_stand_out_on_light_and_on_dark(analysis, ground):
    def luminance(colour):  # WCAG 2.2
        parts = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    for colour in set(re.findall(r"#[0-9A-Fa-f]{6}", analysis._repr_html_())):
        dark, light = sorted((luminance(colour), luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 3


def test_that_the_drawing_says_in_words_what_is_in_it(analysis):
    label = parsed(analysis).find(f".//{SVG}").attrib["aria-label"]
    strongest = np.abs(analysis.influence.values).max()
    assert f"{strongest:.2f}" in label
    assert "Influence of 8 steps towards pneumonia" in label


def test_that_bars_and_answer_stand_on_one_axis(analysis):
    drawing = parsed(with_values(analysis, np.ones(8))).find(f".//{SVG}")
    bars = next(path.attrib["d"] for path in drawing.iter("path") if "H" in path.attrib["d"])
    tops = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)H", bars)]
    line = drawing.find(".//polyline").attrib["points"].split()
    assert [float(point.split(",")[1]) for point in line[::2]] == tops


def test_that_one_bar_stands_for_each_step_that_moved_the_answer(analysis):
    page = with_values(analysis, [1, -1, 0, 0.5, 0, 0, 0, -0.2])._repr_html_()
    assert len(re.findall(r"M[\d.]+ [\d.]+H", page)) == 4


def test_that_bars_beyond_the_scale_of_the_model_end_in_an_arrow(analysis):
    page = with_values(analysis, [5, -5, 1.4, 0.5, 0, 0, 0, -9])._repr_html_()
    assert len(re.findall(r"l-?5 3\.5l", page)) == 3


def test_that_the_scale_is_that_of_the_model_and_not_of_the_film(analysis):
    small, large = (with_values(analysis, np.full(8, value)) for value in (0.01, 1))
    for shown in (small, large):
        assert "+1.5" in [text.text for text in parsed(shown).iter("text")]


def test_that_a_certain_answer_is_not_called_certain(analysis):
    prediction = replace(analysis.prediction, probabilities=np.array([0.0, 1.0]))
    assert "Pneumonia >0.99" in words(parsed(replace(analysis, prediction=prediction)))


def test_that_a_threshold_next_to_the_answer_is_told_apart(analysis):
    prediction = replace(analysis.prediction, probabilities=np.array([0.5996, 0.4004]))
    assert "above the threshold 0.400" in words(parsed(replace(analysis, prediction=prediction)))


def test_that_many_classes_are_listed_by_probability(make_bundle):
    shown = engine.load(make_bundle(classes=7)).analyse(np.arange(1200.0).reshape(40, 30))
    listed = re.findall(r"c(\d)\s0\.\d\d", words(parsed(shown)))
    best = np.argsort(-shown.prediction.probabilities)[:5]
    assert [int(number) for number in listed[-5:]] == best.tolist()


def test_that_the_strongest_steps_can_be_read_as_a_table(analysis):
    rows = parsed(with_values(analysis, [0, 0, 0, 9, 0, 0, -7, 0])).findall(".//tbody/tr")
    first, second = (words(row) for row in rows[:2])
    assert first.startswith("150–199 +9.00")
    assert second.startswith("300–349 −7.00")


def test_that_a_frame_of_many_is_named(analysis):
    image = replace(analysis.image, frame_count=3)
    assert "frame 1 of 3" in words(parsed(replace(analysis, image=image)))


def test_that_a_film_of_very_many_steps_is_still_a_small_page(analysis):
    count = 4096
    influence = replace(
        analysis.influence,
        values=np.random.default_rng(0).normal(size=count).astype(np.float32),
        edges=np.linspace(0, 4096, count + 1),
    )
    prediction = replace(analysis.prediction, by_row=np.full((count, 2), 0.5, np.float32))
    page = replace(analysis, influence=influence, prediction=prediction)._repr_html_()
    assert len(page) < 500_000


def test_that_an_analysis_is_one_line_in_a_console(analysis, abstained):
    answer = r"pneumonia 0\.\d\d, (above|below) the threshold 0\.40"
    assert re.fullmatch(rf"<Analysis of array by tiny 1\.2\.3: {answer}>", repr(analysis))
    assert repr(abstained).startswith("<Analysis of array by tiny 1.2.3: abstained. This film has")


def test_that_a_card_says_what_a_model_reads_and_answers(analysis):
    text = words(ET.fromstring(model_card(analysis.model, "CPU")))  # noqa: S314
    for part in (
        "Tiny model 1.2.3",
        "CR and DX, on a grid of 16 × 12",
        "normal, pneumonia",
        "0.40 (sensitivity 0.95, specificity 0.80)",
        "AUC 0.97 (0.95–0.98)",
        "device CPU",
        "Research use only",
    ):
        assert part in text
    assert "device" not in analysis.model._repr_html_()


def test_that_a_model_info_is_one_line_in_a_console(analysis):
    assert repr(analysis.model) == (
        "<ModelInfo tiny 1.2.3: Tiny model; 1 convolution, GRU 2 × 6, mean; reads 16 × 12;"
        f" weights {analysis.model.sha256[:12]}>"
    )


def test_that_a_curve_that_nobody_calibrated_is_called_so(analysis):
    prediction = analysis.prediction
    assert "Answer by row, not calibrated<" in analysis._repr_html_()
    known = replace(analysis, prediction=replace(prediction, by_row_calibrated=True))
    assert "Answer by row<" in known._repr_html_()
