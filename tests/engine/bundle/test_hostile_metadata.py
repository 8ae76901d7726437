"""metadata.json from strangers: numbers, texts and networks that nobody should have to bear."""

import pytest

from engine.bundle import NetworkConfig, StemLayer, list_models, read_description, read_metadata
from engine.errors import BundleError
from engine.text import is_visible, shown
from tests.engine.bundle_parts import change_metadata

HIDDEN = ["\x1b[2J", "\x07", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\ue000", "\u2028"]
TEXTS = [
    ("title",),
    ("version",),
    ("task",),
    ("intended_use",),
    ("data_source",),
    ("threshold", "chosen_on"),
    ("network_data_format", "outputs", "classes", 1),
    ("network_data_format", "inputs", "modalities", 0),
    ("eval_metrics", 0, 1),
    ("training", "seed"),
]


def replace_in_file(folder, old, new):
    path = folder / "metadata.json"
    content = path.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))


def refusal(folder):
    """The one sentence with which a bundle is refused."""
    with pytest.raises(BundleError) as caught:
        read_metadata(folder)
    sentence = str(caught.value)
    assert sentence.startswith("tiny/metadata.json")
    assert sentence.isprintable()
    assert len(sentence) < 300
    return sentence


@pytest.mark.parametrize("keys", TEXTS, ids=lambda keys: ".".join(map(str, keys)))
@pytest.mark.parametrize("hidden", HIDDEN, ids=ascii)
def test_that_a_text_with_hidden_characters_is_refused(own_bundle, keys, hidden):
    change_metadata(own_bundle, *keys, to=f"nor{hidden}mal")
    assert "cannot be seen" in refusal(own_bundle)


@pytest.mark.parametrize("keys", TEXTS[:7], ids=lambda keys: ".".join(map(str, keys)))
def test_that_a_text_without_end_is_refused(own_bundle, keys):
    change_metadata(own_bundle, *keys, to="x" * 100_000)
    assert "at most" in refusal(own_bundle)


@pytest.mark.parametrize("keys", [TEXTS[0], TEXTS[1], TEXTS[5], TEXTS[6]])
def test_that_names_and_titles_have_one_line(own_bundle, keys):
    change_metadata(own_bundle, *keys, to="first\nsecond")
    assert "visible characters" in refusal(own_bundle)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"say": "no code"}, "“chosen_on” must be a text"),
        ({"say": "chosen.youden", "films": 3}, "“chosen_on” must be a text"),
        ({"say": "chosen.youden", "films": "many", "patients": 3}, "“chosen_on” must be a text"),
        ({"say": "source.split", "data": "x" * 5000, "split": "val"}, "at most 4000 characters"),
        ({"say": "source.split", "data": "a\nb", "split": "val"}, "visible characters"),
        ({"say": "source.split", "data": "a\u200bb", "split": "val"}, "cannot be seen"),
        (7, "“chosen_on” must be a text"),
    ],
)
def test_that_a_sentence_with_its_code_is_held_to_the_rules_of_a_text(own_bundle, told, sentence):
    change_metadata(own_bundle, "threshold", "chosen_on", to=told)
    assert sentence in refusal(own_bundle)


def test_that_an_intended_use_may_have_several_lines(own_bundle):
    change_metadata(own_bundle, "intended_use", to="For tests.\nOnly.")
    assert read_metadata(own_bundle).intended_use == "For tests.\nOnly."


def test_that_text_which_looks_like_html_stays_text(own_bundle):
    change_metadata(own_bundle, "title", to="p < 0.05 <b>&amp;</b>")
    assert read_metadata(own_bundle).title == "p < 0.05 <b>&amp;</b>"


def test_that_an_unknown_key_of_any_length_is_a_short_sentence(own_bundle):
    change_metadata(own_bundle, "k" * 500_000, to=1)
    assert "unknown key “kkk" in refusal(own_bundle)


def test_that_a_hidden_character_in_a_key_is_refused(own_bundle):
    change_metadata(own_bundle, "ti\u202etle", to=1)
    assert "“ti�tle” holds characters" in refusal(own_bundle)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'"title": "Tiny model"', b'"title": "a", "title": "b"', "“title” is there twice"),
        (b'"value": 0.4', b'"value": 0.4, "value": 0.9', "“value” is there twice"),
        (b'"value": 0.4', b'"value": 1e999', "valid JSON of finite"),
        (b'"value": 0.4', b'"value": NaN', "valid JSON of finite"),
        (b'"value": 0.4', b'"value": -Infinity', "valid JSON of finite"),
        (b'"value": 0.4', b'"value": true', "“value” must be a number"),
        (b'"value": 0.4', b'"value": "0.4"', "“value” must be a number"),
        (b'"layers": 2', b'"layers": true', "“layers” must be a whole number"),
        (b'"layers": 2', b'"layers": 2.0', "“layers” must be a whole number"),
        (b'"layers": 2', b'"layers": ' + b"9" * 39, "“layers” must be a whole number"),
        (b'"layers": 2', b'"layers": ' + b"9" * 5000, "valid JSON of finite"),
        (b'"format": 1', b'"format": true', "“format” must be"),
        (b'"seed": 1', b'"seed": ' + b"[" * 40 + b"]" * 40, "nested deeper than 32"),
        (b'"seed": 1', b'"seed": ' + b'{"a":' * 40 + b"1" + b"}" * 40, "nested deeper than 32"),
    ],
)
def test_that_json_with_more_than_one_meaning_is_refused(own_bundle, old, new, sentence):
    replace_in_file(own_bundle, old, new)
    assert sentence in refusal(own_bundle)


def test_that_only_utf_8_is_read(own_bundle):
    path = own_bundle / "metadata.json"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    assert "valid JSON" in refusal(own_bundle)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hidden_size": 4096, "layers": 16, "bidirectional": True}, "million parameters"),
        ({"hidden_size": 1500, "rows": 4096}, "million times for one film"),
        (
            {"rows": 4096, "layers": 16, "bidirectional": True, "stem": []},
            "million times for one film",
        ),
        ({"rows": 4096, "readout": "attention", "hidden_size": 900}, "times for one film"),
        ({"rows": 2048, "bidirectional": True, "hidden_size": 400}, "for its answer by row"),
        (
            {
                "rows": 1024,
                "columns": 1,
                "stem": [],
                "bidirectional": True,
                "hidden_size": 160,
            },
            "million bytes",
        ),
        ({"rows": 4096, "columns": 4096, "stem": [{"channels": 8}]}, "million"),
        ({"rows": 256, "columns": 256, "stem": [{"channels": 512}]}, "million bytes"),
        ({"stem": [{"channels": 1}] * 17}, "“stem” must be a list of at most 16 layers"),
        ({"stem": [{"channels": 1, "row_stride": 3}] * 16}, "cannot be divided"),
        ({"stem": [{"channels": 1, "row_stride": 0}]}, "“row_stride” must be"),
        ({"band": 0}, "“band” must be"),
        ({"band": 4096}, "cannot be divided"),
        ({"dropout": 0.96}, "“dropout” must be"),
    ],
)
def test_that_a_network_nobody_can_bear_is_refused(own_bundle, changes, sentence):
    for key, value in changes.items():
        change_metadata(own_bundle, "architecture", key, to=value)
        if key in {"rows", "columns"}:
            change_metadata(own_bundle, "network_data_format", "inputs", key, to=value)
    assert sentence in refusal(own_bundle)
    assert list_models(own_bundle.parent) == ()


@pytest.mark.parametrize(
    "config",
    [
        NetworkConfig(512, 512, 2, "lstm", hidden_size=512, layers=2),
        NetworkConfig(256, 256, 14, "gru", hidden_size=256, layers=2, bidirectional=True),
        NetworkConfig(1024, 1024, 2, stem=tuple(StemLayer(c, 2, 2) for c in (16, 32, 64))),
        NetworkConfig(64, 64, 2, hidden_size=2048),
    ],
)
def test_that_a_network_worth_training_is_allowed(config):
    assert config.cost.parameters > 0


def test_that_a_network_that_costs_too_much_is_refused_before_it_is_trained():
    with pytest.raises(BundleError, match="The network is too large: it has"):
        NetworkConfig(4096, 4096, 2, hidden_size=4096, layers=16)


def test_that_the_parameters_are_counted_as_they_are(own_bundle):
    from engine.network import RowClassifier

    _, config = read_description(own_bundle)
    counted = sum(weight.numel() for weight in RowClassifier(config).parameters())
    assert counted <= config.cost.parameters <= 1.2 * counted


@pytest.mark.parametrize("text", ["café", "p\u202f<\u00a00.05", "肺炎", "ذات الرئة", "5–95 %"])
def test_that_ordinary_writing_is_visible(text):
    assert is_visible(text)


def test_that_a_long_text_is_cut_for_a_sentence():
    assert shown("a" * 200, 10) == "a" * 9 + "…"
