import ast
import copy
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest

import engine
from engine.errors import ImageError
from engine.words import (
    CONTEXT,
    TABLE,
    Sentence,
    as_json,
    from_json,
    plain,
    same,
    say,
    templates,
)
from engine.words.templates import SPEAKERS


def _marked(template: str) -> str:
    return f"<{template}>"


def test_that_a_sentence_is_its_english_text() -> None:
    said = Sentence(
        "{count:,} {count:film|films} of {who:comma-and}", count=1200, who=("a", "b", "c")
    )
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


def test_that_what_json_cannot_hold_goes_there_as_text() -> None:
    assert as_json(Sentence("{name} is off", name="x")) == "x is off"
    assert as_json(Sentence("figure.plain", value=float("nan"))) == "nan"


def test_that_sentences_are_the_same_by_code_and_not_by_their_english() -> None:
    assert same(Sentence("score.auc")) == same(Sentence("score.auc"))
    assert Sentence("score.auc") == Sentence("result.auc")
    assert same(Sentence("score.auc")) != same(Sentence("result.auc"))
    assert same("AUC") == same(plain("AUC"))


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


SOURCES = [Path(engine.__file__).parent, Path(engine.__file__).parents[1] / "viewer"]
CODE = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-zA-Z_-]+)+")


def _modules():
    for root in SOURCES:
        for path in sorted(root.rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def test_that_every_code_that_is_said_has_a_template() -> None:
    said = {code for _, code, _ in templates() if CODE.fullmatch(code)}
    assert len(said) > 100
    assert said <= set(TABLE)


def test_that_codes_and_templates_are_of_one_kind() -> None:
    assert not [code for code in TABLE if not CODE.fullmatch(code) and code != "count"]
    assert not [code for _, code, template in templates() if not template.strip()]


def _filling(spec: str):
    if spec in {"and", "or", "comma-and", "list", "semicolons"}:
        return ("one", "two")
    return "x" if spec in {"", "capital"} else 1


@pytest.mark.parametrize("template", [template for _, _, template in templates()])
def test_that_every_template_can_be_filled(template) -> None:
    places = [(name, spec) for _, name, spec, _ in Formatter().parse(template) if name is not None]
    assert all(name.isidentifier() for name, _ in places)
    known: dict[str, object] = {}
    for name, spec in places:  # a number where one of the places of that name asks for one
        known[name] = known.get(name, "x") if not spec else _filling(spec)
    assert "{" not in Sentence(template, **known) or not known


def test_that_no_error_is_raised_with_a_sentence_that_is_finished_already() -> None:
    finished = [
        f"{path.name}:{node.lineno}"
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SPEAKERS
        and any(isinstance(one, ast.JoinedStr) for one in node.args[:1])
        and not CODE.fullmatch(_literal(node.args[0]))
    ]
    assert finished == []


def _literal(text: ast.JoinedStr) -> str:
    return "".join(part.value if isinstance(part, ast.Constant) else "x.x" for part in text.values)


_APART = {
    "startswith", "endswith", "partition", "rpartition", "split", "removeprefix", "removesuffix",
}  # fmt: skip
SAID = {"words", "sentence", "what", "measured", "rule", "reason"}


def test_that_no_decision_hangs_on_words() -> None:
    """Neither by comparing what is said with a text, nor by looking for one in it."""
    hanging = [
        f"{path.parent.name}/{path.name}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in _modules()
        for node in ast.walk(tree)
        if _compares(node) or _takes_apart(node)
    ]
    assert hanging == []


def _is_said(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in SAID


def _compares(node: ast.AST) -> bool:
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    return any(map(_is_said, sides)) and any(
        isinstance(side, ast.Constant) and isinstance(side.value, str) and " " in side.value
        for side in sides
    )


def _takes_apart(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _APART
        and _is_said(node.func.value)
    )


def test_that_words_in_a_row_are_joined_in_the_language_of_the_template() -> None:
    said = Sentence("{parts:comma-and}; {kinds:or}", parts=("a", "b", "c"), kinds=("d", "e"))
    assert said == "a, b and c; d or e"
    other = {TABLE["joint.list"]: "、", TABLE["joint.and"]: "和", TABLE["joint.or"]: "或"}
    assert say(said, lambda template: other.get(template, template)) == "a、b和c; d或e"


def test_that_one_word_and_none_need_no_joint() -> None:
    assert Sentence("{parts:comma-and}", parts=("a",)) == "a"
    assert Sentence("{parts:list}", parts=()) == ""


def test_that_names_are_said_in_sentences_of_the_table_only() -> None:
    class_names = {"normal": "正常"}

    def named(text: str) -> str:
        return class_names.get(text, text)

    for said, words in (
        (Sentence("result.accuracy-of", name="normal"), "accuracy of “正常”"),
        (Sentence("admission.unclear", accepted=("normal", "x")), "正常 or x"),
        (plain("normal"), "正常"),
        (Sentence("{name} is off", name="normal"), "normal is off"),
    ):
        assert words in say(said, lambda template: template, named)
    inner = Sentence("result.of", of=Sentence("result.test"), what=Sentence("normal"))
    assert say(inner, lambda template: template, named) == "test normal"


def test_that_only_a_translation_asks_for_names() -> None:
    assert say(Sentence("result.accuracy-of", name="normal")) == "accuracy of “normal”"
