"""Commands in words: what can be written, and what comes out of what cannot."""

import json

import pytest

from viewer.scripting.director import listed, parse
from viewer.scripting.register import VERBS, entries
from viewer.scripting.verbs import ScriptError


def words(text):
    return [(step.verb.name, step.arguments) for step in parse(text)]


def test_that_commands_are_divided_by_semicolons():
    text = "wait 0.5; open /a b/film.dcm ;frame 3;window 40 400; fit;"
    assert words(text) == [
        ("wait", ("0.5",)),
        ("open", ("/a b/film.dcm",)),
        ("frame", ("3",)),
        ("window", ("40", "400")),
        ("fit", ()),
    ]


def test_that_no_text_is_no_command():
    assert parse(" ; ") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("fame 3", "There is no command “fame”; rowscope --commands lists them."),
        ("frame", "The command “frame” cannot be read: frame takes NUMBER."),
        ("fit 3", "The command “fit 3” cannot be read: fit takes nothing."),
        ("window 40", "The command “window 40” cannot be read: window takes CENTER WIDTH."),
        ("frame three", "“three” is not a number."),
        ("row nan", "“nan” is not a number."),
        ("wait inf", "“inf” is not a number."),
    ],
)
def test_that_a_bad_command_gets_one_sentence(text, sentence):
    with pytest.raises(ScriptError) as caught:
        parse(f"fit; {text}")
    assert str(caught.value) == sentence


def test_that_all_commands_are_listed_for_programs():
    values = json.loads(listed(as_json=True))
    assert [value["name"] for value in values][: len(VERBS)] == [verb.name for verb in VERBS]
    assert all(set(value) == {"name", "words", "keys", "arguments", "help"} for value in values)
    undo = next(value for value in values if value["name"] == "undo")
    assert (undo["words"], undo["keys"]) == ("Undo", ["Ctrl+Z"])


def test_that_what_has_only_an_entry_in_a_menu_is_a_command_too():
    assert words("row.down; tool.length") == [("row.down", ()), ("tool.length", ())]
    assert "row.down" not in {verb.name for verb in VERBS}


def test_that_all_commands_are_listed_for_people():
    heads = [line for line in listed(as_json=False).splitlines() if not line.startswith(" ")]
    assert len(heads) == len(entries())


def test_that_no_name_stands_for_two_commands():
    names = [one.verb.name for one in entries()]
    assert len(set(names)) == len(names)


NUMBERS = [verb for verb in VERBS if verb.numbers]


def test_that_what_asks_for_a_number_by_name_says_so():
    named = [
        verb for verb in VERBS if {"NUMBER", "SECONDS", "SCALE"} & set(verb.arguments.split())
    ]
    assert named
    assert {verb.name for verb in named} <= {verb.name for verb in NUMBERS}


@pytest.mark.parametrize("verb", NUMBERS, ids=lambda verb: verb.name)
def test_that_every_number_is_looked_at_before_the_window_opens(verb):
    right = ["1"] * len(verb.arguments.split())
    assert parse(" ".join((verb.name, *right)))
    with pytest.raises(ScriptError, match="is not a number"):
        parse(" ".join((verb.name, *right[1:], "wide")))
