import copy
import pickle

import pytest

from engine.errors import ImageError
from engine.words import CONTEXT, Sentence, as_json, from_json, plain, say, templates


def _marked(template: str) -> str:
    return f"<{template}>"


def test_that_a_sentence_is_its_english_text() -> None:
    said = Sentence("{count:,} {count:film|films} of {who:and}", count=1200, who=("a", "b", "c"))
    assert said == "1,200 films of a, b and c"
    assert hash(said) == hash("1,200 films of a, b and c")


def test_that_a_sentence_is_said_in_another_language_with_all_that_it_holds() -> None:
    inner = Sentence("{count:film|films}", count=1)
    said = Sentence("{name} holds {what}", name="x.dcm", what=inner)
    german = {
        "{name} holds {what}": "{what} in {name}",
        "{count:film|films}": "{count:Bild|Bilder}",
    }
    assert say(said, german.__getitem__) == "Bild in x.dcm"
    assert say("plain text", _marked) == "plain text"


@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])  # noqa: S301
def test_that_a_copy_knows_what_it_is_made_of(again) -> None:
    said = Sentence("{name} is off by {value:score}", name="x", value=-0.5)
    assert again(said) == "x is off by −0.50"
    assert again(said).code == said.code
    assert again(said).arguments == said.arguments


def test_that_braces_in_an_argument_are_no_places() -> None:
    assert Sentence("{name} is off", name="{x}") == "{x} is off"
    assert plain("{x}") == "{x}"
    assert say(plain("{x}"), lambda template: template) == "{x}"


def test_that_only_sentences_of_the_table_are_read_from_json() -> None:
    said = Sentence("mark.not-asked")
    assert from_json(as_json(said)).code == "mark.not-asked"
    assert from_json("as it is") == "as it is"
    for wrong in ({"say": "{a}", "a": 1}, {"say": 3}, 3, None):
        with pytest.raises(ValueError, match="sentence"):
            from_json(wrong)


def test_that_an_error_keeps_its_template_over_process_borders() -> None:
    error = pickle.loads(pickle.dumps(ImageError("{name} is off", "damaged", name="x")))  # noqa: S301
    assert str(error) == "x is off"
    assert say(error.sentence, _marked) == "<x is off>"
    assert error.reason == "damaged"


def test_that_every_template_is_listed_once() -> None:
    found = list(templates())
    codes = [code for _, code, _ in found]
    assert len(set(codes)) == len(codes)
    assert {context for context, _, _ in found} == {CONTEXT}
    assert "mark.passed" in codes
    assert "it is empty" in codes  # said where it is found out
