"""The page of a report: whole, by itself, readable by everybody, and safe from strangers."""

import io
import json
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from engine.bundle import parse_json
from engine.evaluation import page_of, picture_of, png, subgroups, write_report
from engine.measure import choice, confusion
from engine.types import Figure, LungShare, ShapeTold
from engine.words import Sentence
from tests.engine.evaluation_parts import (
    answers_of_logits,
    answers_of_scores,
    evaluated,
    scored,
    write_bundle,
    write_films,
)

VOID = {"meta", "br", "img", "path", "use", "link", "input", "hr"}
SECTIONS = {
    "glance", "told", "confusion", "thresholds", "calibration", "doubt", "subgroups", "errors",
    "maps", "nuisance", "learning", "data", "limits", "methods", "again",
}  # fmt: skip
HOSTILE = '<script>alert("1")</script> $x_1$ \u202egnp.mlif'


class Reader(HTMLParser):
    """Tags in order, ids, references, and whether every tag is closed."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attrs]

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def all(self, name):
        return [value for _, key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    films = write_films(folder / "exam.npz", 60)
    found = evaluated(write_bundle(folder / "tiny"), films)
    groups = {"age <of> $x$": np.arange(300).astype(str), "sex": np.tile(["F", "M", ""], 100)}
    columns = subgroups(answers_of_scores(*scored(300)), groups)
    return replace(found, report=replace(found.report, subgroups=columns))


@pytest.fixture(scope="module")
def page(evaluation):
    return page_of(evaluation)


@pytest.fixture(scope="module")
def reader(page):
    return Reader(page)


def test_that_every_section_is_there_and_in_the_list_of_sections(reader):
    assert set(reader.all("id")) >= SECTIONS
    assert {f"#{one}" for one in SECTIONS} <= set(reader.all("href"))


def test_that_the_page_fetches_nothing(reader):
    sources = reader.all("src") + reader.all("href") + reader.all("xlink:href")
    assert all(one.startswith(("#", "data:image/png;base64,")) for one in sources)


def test_that_the_page_names_no_address_and_no_script(page, reader):
    assert not re.findall(r"https?://", page)
    assert not {"script", "link", "iframe", "object"} & set(reader.tags)
    assert not [name for _, name, _ in reader.attributes if name.startswith("on")]


def test_that_the_page_forbids_what_it_does_not_need(reader):
    policy = next(value for value in reader.all("content") if "default-src" in value)
    assert policy.startswith("default-src 'none'")


def test_that_every_tag_is_closed(reader):
    assert reader.open == []


def test_that_no_id_is_there_twice_and_each_reference_has_its_id(page, reader):
    ids = reader.all("id")
    assert len(ids) == len(set(ids))
    named = {one for value in reader.all("aria-labelledby") for one in value.split()}
    named |= set(reader.all("aria-describedby")) | set(re.findall(r"url\(#([^)]+)\)", page))
    named |= {value[1:] for value in reader.all("href") if value.startswith("#")}
    assert named <= set(ids)


def test_that_every_drawing_has_words_and_every_picture_too(reader):
    assert reader.tags.count("svg") >= 5
    assert reader.tags.count("svg") == reader.tags.count("desc")
    assert reader.tags.count("img") == len([one for one in reader.all("alt") if one])


def test_that_drawings_follow_the_colours_of_the_page(page):
    svg = "".join(re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert not re.findall(r"#[0-9a-f]{6}\b", svg)
    assert {"first", "ink", "quiet", "line"} <= set(re.findall(r"var\(--(\w+)\)", svg))


def test_that_drawings_keep_their_text_and_bring_no_typeface(page):
    svg = "".join(re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert ">Sensitivity</text>" in svg
    assert "font-family" not in svg


def test_that_the_page_is_of_moderate_size(page):
    assert len(page.encode()) < 3 * 2**20


def test_that_the_page_says_what_the_model_is_for(page):
    assert "Research use only" in page
    assert "Films of nobody" in page


def test_that_figures_of_no_test_are_marked_in_red(evaluation):
    provenance = evaluation.report.provenance
    assert 'class="grave"' not in page_of(evaluation)
    from engine.evaluation import Warned

    warned = replace(provenance, warnings=(Warned("learnt", "Learnt by heart.", grave=True),))
    page = page_of(replace(evaluation, report=replace(evaluation.report, provenance=warned)))
    assert page.index('class="grave"') < page.index('id="glance"')


def test_that_text_of_strangers_stays_text(evaluation):
    report = evaluation.report
    model = replace(report.model, title=HOSTILE, classes=(HOSTILE, "b"), intended_use=HOSTILE)
    data = replace(report.data, name=HOSTILE, skipped=(HOSTILE,))
    finding = replace(report.finding, name=HOSTILE)
    confusion = replace(report.confusion, classes=(HOSTILE, "b"))
    hostile = replace(
        report, model=model, data=data, finding=finding, confusion=confusion, limits=(HOSTILE,)
    )
    page = page_of(replace(evaluation, report=hostile))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert Reader(page).open == []


def test_that_a_choice_among_classes_has_a_curve_and_a_line_for_each(evaluation):
    rng = np.random.default_rng(0)
    labels = np.arange(90) % 3
    answers = answers_of_logits(rng.normal(size=(90, 3)) + 2 * np.eye(3)[labels], labels)
    answers = replace(answers, classes=("a", "$b_1$", HOSTILE))
    model = replace(evaluation.report.model, classes=answers.classes, positive=None)
    report = replace(
        evaluation.report,
        model=model,
        finding=None,
        subgroups=(),
        choice=choice(answers, answers.resampling()),
        confusion=confusion(answers),
    )
    page = page_of(replace(evaluation, report=report))
    assert {"classes", "rest-title"} <= set(Reader(page).all("id"))
    assert ">$b_1$</text>" in page
    assert "<script" not in page


def test_that_a_name_with_dollars_is_drawn_as_it_stands(page):
    assert "age &lt;of&gt; $x$" in page


def test_that_a_bundle_without_history_audit_and_trust_says_so(evaluation):
    bare = replace(evaluation.report, learning=(), audit=(), doubt=None, subgroups=())
    page = page_of(replace(evaluation, report=bare))
    assert "does not tell how its training went" in page
    assert "carries no audit" in page
    assert "holds nothing by which its answers could be doubted" in page
    assert "name no subgroups" in page


def test_that_films_of_one_kind_make_a_page_too(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (6, 16, 12), dtype=np.uint8)
    np.savez(tmp_path / "exam.npz", images=images, labels=np.ones(6, np.int64))
    found = evaluated(write_bundle(tmp_path / "tiny"), tmp_path / "exam.npz")
    assert found.report.finding.discrimination is None
    assert "films of one kind only" in page_of(found)


def test_that_the_json_file_has_the_numbers_of_the_page(evaluation, tmp_path, page):
    beside = write_report(evaluation, tmp_path / "report.html")
    values = parse_json(beside.read_bytes(), "report.json")
    area = values["finding"]["discrimination"]["area"]["value"]
    assert area == evaluation.report.finding.discrimination.area.value
    assert f"AUC {area:.3f}" in page


def test_that_the_json_file_keeps_its_keys(evaluation, tmp_path):
    values = json.loads(write_report(evaluation, tmp_path / "report.html").read_text("utf-8"))
    assert (values["kind"], values["format"]) == ("rowscope-evaluation", 3)
    assert set(values) == {
        "kind", "format", "date", "model", "data", "provenance", "results", "test", "glance",
        "finding",
        "choice", "confusion", "reliability", "doubt", "subgroups", "mistakes", "pointing",
        "nuisance", "audit", "audit_source", "learning", "variation", "fingerprints", "methods",
        "train", "evaluate", "limits", "task", "lungs", "task_nuisance",
    }  # fmt: skip


def test_that_the_page_names_the_worst_change_first(evaluation, page):
    found = evaluation.report.nuisance
    assert found.stored
    assert len(found.changes) >= 14
    section = page.partition('<section id="nuisance"')[2].partition("</section>")[0]
    names = [str(Sentence(f"nuisance.{one.name}")) for one in found.changes]
    first, _, second = section.partition("Do threshold and calibration hold?")
    for table in (first, second):
        lines = re.findall(r'<tr><th scope="row">([^<]+)</th>', table)
        assert [line.replace("\u00a0", " ") for line in lines] == names
    assert f"Worst: <strong>{names[0]}" in section.replace("\u00a0", " ")
    assert "Could the shape" not in section  # nobody says which shapes the films had
    words = dict(evaluation.report.results)
    assert words["worst change that means nothing"].startswith(names[0])
    name, worst = found.worst_shift("specificity")
    told = words["least specificity at the threshold"]
    assert told == f"{Sentence(f'nuisance.{name}')}: {worst.sentence}"
    assert f"specificity <strong>{worst.value:.3f}" in second


def test_that_the_page_says_what_shape_tells(evaluation):
    half = Figure(0.5, 0.4, 0.6, 60)
    moves = replace(evaluation.report.nuisance, shape=ShapeTold(half, half, half, 3))
    page = page_of(replace(evaluation, report=replace(evaluation.report, nuisance=moves)))
    assert "Could the shape of the films have told?" in page
    assert "(3 groups of as many films each)" in page


def test_that_the_files_name_no_folder_of_this_machine(evaluation, tmp_path, page):
    text = write_report(evaluation, tmp_path / "report.html").read_text("utf-8")
    assert str(tmp_path.parent.parent) not in text + page


def test_that_the_same_evaluation_makes_the_same_page(evaluation, page):
    assert page_of(evaluation) == page


@pytest.mark.parametrize("samples", [1, 3])
def test_that_a_picture_holds_its_pixels(samples):
    pixels = np.random.default_rng(0).integers(0, 256, (9, 7, samples), dtype=np.uint8)
    read = np.asarray(Image.open(io.BytesIO(png(pixels))))
    np.testing.assert_array_equal(read.reshape(pixels.shape), pixels)


@pytest.mark.parametrize("level", np.arange(0.5, 255, 6.0) / 255)
def test_that_rows_of_no_influence_are_the_film_bit_for_bit(level):
    """Halves between two levels too, where the last digit of a sum decides."""
    rows = np.full((16, 12), level, np.float16)
    picture = picture_of(rows, np.zeros(16), limit=1.0)
    film, drawn = (
        np.asarray(Image.open(io.BytesIO(b64decode(one.partition(",")[2]))))
        for one in (picture.film, picture.map)
    )
    np.testing.assert_array_equal(drawn[:, : film.shape[1]], np.repeat(film[..., None], 3, axis=2))


def test_that_rows_of_no_influence_stay_grey_and_others_keep_their_lightness():
    rows = np.full((16, 12), 0.5, np.float16)
    influence = np.zeros(16)
    influence[4], influence[12] = 1.0, -1.0
    picture = picture_of(rows, influence, limit=1.0)
    data = b64decode(picture.map.removeprefix("data:image/png;base64,"))
    drawn = np.asarray(Image.open(io.BytesIO(data)))[:, 20]  # a column of the film
    grey, orange, blue = drawn[5], drawn[45], drawn[125]
    assert len(set(grey.tolist())) == 1
    assert orange[0] > orange[2]
    assert blue[2] > blue[0]
    luminance = np.array([0.2126, 0.7152, 0.0722])
    linear = [(one / 255.0) ** 2.2 @ luminance for one in (grey, orange, blue)]
    np.testing.assert_allclose(linear[1:], linear[0], rtol=0.1)


@pytest.mark.parametrize("labels", [[1] * 12, [0] * 12, [1] + [0] * 8])
def test_that_films_of_one_class_and_of_a_rare_one_have_a_page(tmp_path, labels):
    images = np.random.default_rng(0).integers(0, 256, (len(labels), 16, 12), dtype=np.uint8)
    np.savez(tmp_path / "films.npz", images=images, labels=np.array(labels))
    write_bundle(tmp_path / "tiny")
    found = evaluated(tmp_path / "tiny", tmp_path / "films.npz", "all")
    page = page_of(found)
    assert not Reader(page).open
    assert "too few to tell" in page
    assert not re.search(r">[^<]*\bnan\b", page)
    values = json.loads(write_report(found, tmp_path / "films.html").read_text(encoding="utf-8"))
    lines = {one["key"]: one["figure"] for one in values["glance"]}
    assert (lines["brier"]["low"], lines["brier"]["high"]) == (None, None)
    assert ("auc" in lines) == (len(set(labels)) == 2)


def test_that_the_page_says_how_much_of_the_maps_lies_within_the_lungs(evaluation, page):
    assert "lies within the lungs" not in page
    half, less = Figure(0.5, 0.4, 0.6, 20), Figure(0.25, 0.2, 0.3, 20)
    share = LungShare("lungs 1", half, less, less)
    told = page_of(replace(evaluation, report=replace(evaluation.report, lungs=share)))
    assert "50.0\u00a0% (40.0–60.0)</strong> of |Influence|" in told
    assert "the lungs are 25.0\u00a0% of the film" in told
