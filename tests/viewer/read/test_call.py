"""The form of the reader's own call, and what stands in the panel before and after it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from engine.records import Call
from tests.viewer.reading_panes import MODEL, analysis, build, texts, tips, words
from viewer.kit import theme
from viewer.read.call import CallDraft, CallForm, CallQuestion, RecordedCalls, call_words

QUESTION = CallQuestion("film", finding="pneumonia")


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


@pytest.fixture
def form(qtbot):
    def make(question=QUESTION) -> CallForm:
        made = CallForm(question)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def test_that_nothing_can_be_recorded_before_an_answer_is_chosen(form, qtbot):
    made = form()
    assert not made.button.isEnabled()
    with qtbot.assertNotEmitted(made.recorded):
        made.record()


def test_that_a_call_is_handed_over_as_it_was_filled_in(form, qtbot):
    made = form(replace(QUESTION, prior=True))
    made.choose("absent", 70)
    made.note.setPlainText("  clear lungs ")
    next(one for one in made._compared.buttons() if one.property("code") == "same").click()
    with qtbot.waitSignal(made.recorded) as caught:
        qtbot.mouseClick(made.button, Qt.MouseButton.LeftButton)
    assert caught.args == [CallDraft("absent", 0.7, "same", "clear lungs")]


def test_that_who_is_not_sure_has_no_confidence(form, qtbot):
    made = form()
    made.choose("unsure", 90)
    assert not made.confidence.isEnabled()
    with qtbot.waitSignal(made.recorded) as caught:
        made.record()
    assert caught.args[0].confidence == 0.5


def test_that_one_compares_only_where_a_prior_film_is_shown(form):
    def asked(made) -> bool:
        return any(
            one.text() == "Compared with the prior film" for one in made.findChildren(QLabel)
        )

    assert asked(form(replace(QUESTION, prior=True)))
    assert not asked(form())


@pytest.mark.parametrize("count", [3, 10])
def test_that_a_model_without_a_finding_asks_for_one_of_its_classes(form, qtbot, count):
    classes = tuple(f"class {n}" for n in range(count))
    made = form(CallQuestion("film", classes=classes))
    made.choose("class 2", 80)
    with qtbot.waitSignal(made.recorded) as caught:
        made.record()
    assert caught.args[0].answer == "class 2"


def test_that_the_record_button_is_the_one_filled_control(pane):
    pane.ask_for_call(QUESTION, MODEL)
    filled = [one for one in pane.findChildren(QPushButton) if one.property("filled")]
    assert [one.text() for one in filled] == ["Record my call"]


def test_that_asking_for_a_call_leaves_nothing_of_the_answer(pane):
    pane.show_analysis(analysis(0.91))
    assert "0.91" in words(pane)
    pane.ask_for_call(QUESTION, MODEL)
    shown = words(pane) + " ".join(tips(pane))
    spoken = " ".join(
        one.accessibleName() for one in pane.findChildren(QWidget) if one.isVisible()
    )
    assert "0.91" not in shown + spoken
    assert "threshold 0.38" not in shown + spoken
    assert "Pneumonia?" in texts(pane)


def test_that_what_is_hidden_is_named(pane):
    pane.ask_for_call(QUESTION, MODEL)
    assert "Probability, interval and threshold" in words(pane)
    assert "The model's answer is hidden" in words(pane)


def test_that_what_was_filled_in_stays_while_the_same_film_is_asked_of(pane):
    pane.ask_for_call(QUESTION, MODEL)
    pane.form.note.setPlainText("half a sentence")
    pane.ask_for_call(QUESTION, MODEL)
    assert pane.form.note.toPlainText() == "half a sentence"
    pane.ask_for_call(replace(QUESTION, content="another film"), MODEL)
    assert pane.form.note.toPlainText() == ""


def test_that_what_was_filled_in_stays_in_another_language(pane):
    pane.ask_for_call(replace(QUESTION, prior=True), MODEL)
    before = pane.form
    before.choose("absent", 65)
    before.note.setPlainText("half a sentence")
    pane.say_again()
    assert pane.form is not before
    assert (pane.form.answer, pane.form.confidence.value()) == ("absent", 65)
    assert pane.form.note.toPlainText() == "half a sentence"


def test_that_a_recorded_call_is_shown_beside_the_answer_and_locked(pane):
    pane.show_analysis(analysis(0.91))
    pane.show_calls(
        (Call("R1", "film", "present", "pneumonia", 0.7, time="2026-11-29T14:02:31Z"),)
    )
    assert "Present, 70 %" in texts(pane)
    assert "0.91" in words(pane)
    assert pane.form is None
    assert "before any answer was seen" in words(pane)


def test_that_words_can_be_added_to_a_call(qtbot):
    recorded = RecordedCalls((Call("R1", "film", "present", "pneumonia", 0.7),))
    qtbot.addWidget(recorded)
    recorded.show()
    recorded.add.click()
    recorded._field.setPlainText("and effusion")
    with qtbot.waitSignal(recorded.appended) as caught:
        recorded.add.click()
    assert caught.args == ["and effusion"]


def test_that_only_one_second_call_is_offered(qtbot):
    first = Call("R1", "film", "present", "pneumonia", 0.7)
    for calls, offered in (((first,), True), ((first, replace(first, stage="second")), False)):
        recorded = RecordedCalls(calls)
        qtbot.addWidget(recorded)
        assert recorded.again.isVisibleTo(recorded) is offered


@pytest.mark.parametrize(
    ("answer", "said"),
    [("present", "Present, 70 %"), ("unsure", "Not sure"), ("hand", "hand, 70 %")],
)
def test_that_a_call_is_said_in_words(answer, said):
    assert call_words(Call("R1", "film", answer, "", 0.7)) == said


def test_that_the_foot_offers_a_call_and_the_export_only_with_a_film(pane, qtbot):
    def offered() -> list[str]:
        return [one.text() for one in pane._buttons.findChildren(QPushButton) if one.isVisible()]

    assert offered() == []
    pane.show_analysis(analysis(0.91))
    assert offered() == ["Record my call", "Export reading"]
    with qtbot.waitSignal(pane.call_asked):
        pane._buttons.record.click()
