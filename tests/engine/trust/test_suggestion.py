"""Which installed model fits a film that the chosen one does not read."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.network import RowClassifier
from engine.runtime import asked_of
from engine.trust import suggest, without_strangers
from engine.types import Admission, Check, FilmRows, RowSequence, Trust
from engine.weights import load_bundle, save_bundle
from tests.engine.conftest import TINY, describe, measure
from tests.engine.trust_parts import CONFIG, make_safeguards

KINDS = ("chest film", "hand film", "abdomen CT")
SURE_OF_A_HAND = (0.0, 9.0, 0.0)
SURE_OF_A_CHEST = (9.0, 0.0, 0.0)


@pytest.fixture
def film():
    rows = np.random.default_rng(3).random((16, 12), np.float32)
    return RowSequence(rows, np.linspace(0, 160, 17))


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Installs a model whose head has these biases, and whose guard has those."""
    monkeypatch.setattr("engine.bundle.description.resource_path", lambda _: tmp_path / "none")
    monkeypatch.setenv("ROWSCOPE_MODELS", str(tmp_path / "models"))

    def build(name, *biases, classes=("normal", "ill"), guard=None, admission=None, **trust):
        config = replace(TINY, classes=len(classes))
        torch.manual_seed(1)
        network = _biased(RowClassifier(config), biases or (0.0,) * len(classes))
        description = replace(
            describe(config), title=name.title(), classes=classes, positive=None, threshold=None
        )
        safeguards = None
        if guard is not None:
            named = replace(CONFIG.guard, classes=("upright", "upside down", "no such film"))
            wanted = {"forecast": None, "guard": named, "admission": admission} | trust
            safeguards = make_safeguards(replace(CONFIG, **wanted), len(classes))
            if safeguards.guard is not None:
                said = asked_of(_biased(safeguards.guard.network, guard))
                safeguards = replace(safeguards, guard=said)
        save_bundle(
            tmp_path / "models" / name,
            network,
            description=description,
            statistics=measure(config),
            card="# A\n",
            safeguards=safeguards,
        )
        return load_bundle(tmp_path / "models" / name)

    return build


def _biased(network, biases):
    with torch.no_grad():
        network.head.weight.zero_()
        network.head.bias.copy_(torch.tensor(biases))
    return network.eval()


FINE, TURNED, NO_FILM = (9.0, 0.0, 0.0), (0.0, 9.0, 0.0), (0.0, 0.0, 9.0)


@pytest.fixture
def admitted(install):
    """The chosen model reads hands of another kind; a chest model has an admission check."""

    def build(*kind, guard=FINE):
        install("kinds", *kind, classes=KINDS)
        install("lungs", guard=guard, admission=Admission("kinds", ("chest film",), 0.5))
        return install("chosen", guard=NO_FILM)

    return build


def rows_of(film, *names, failed=()):
    checks = {name: (Check("age", passed=False, words="Too old."),) for name in failed}
    return [FilmRows(name, checks.get(name, ()), film) for name in names]


def ask(chosen, film, *names, failed=()):
    return suggest(chosen, film, rows_of(film, *names, failed=failed))


def test_that_the_model_that_would_answer_is_named(admitted, film):
    found = ask(admitted(*SURE_OF_A_CHEST), film, "kinds", "lungs")
    assert found.model == "lungs"
    assert found.sentence == "This looks like a chest film: “Lungs” (lungs) reads such images."


def test_that_it_is_said_that_no_installed_model_reads_a_film(admitted, film):
    found = ask(admitted(*SURE_OF_A_HAND), film, "kinds", "lungs")
    assert (found.sentence, found.model) == (
        "This looks like a hand film; no installed model reads it.",
        None,
    )


def test_that_an_article_fits_its_word(admitted, film):
    found = ask(admitted(0.0, 0.0, 9.0), film, "kinds", "lungs")
    assert found.sentence.startswith("This looks like an abdomen CT;")


def test_that_nothing_is_said_of_a_kind_that_is_not_sure(admitted, film):
    assert ask(admitted(0.0, 2.0, 0.0), film, "kinds", "lungs") is None


def test_that_a_model_that_would_abstain_is_not_recommended(admitted, film):
    found = ask(admitted(*SURE_OF_A_CHEST), film, "kinds", "lungs", failed=("lungs",))
    assert found.model is None
    assert found.sentence == (
        "This looks like a chest film; “Lungs” (lungs) reads such images, but not this one:"
        " Too old."
    )


def test_that_a_turned_film_is_not_named_by_what_it_looks_like_then(admitted, film):
    found = ask(admitted(*SURE_OF_A_HAND, guard=TURNED), film, "kinds", "lungs")
    assert found.model is None
    assert "hand" not in found.sentence
    assert "upside down" in found.sentence


def test_that_a_film_of_the_chosen_models_own_kind_is_left_to_its_reasons(install, film):
    install("kinds", *SURE_OF_A_CHEST, classes=KINDS)
    chosen = install("chosen", guard=NO_FILM, admission=Admission("kinds", ("chest film",), 0.5))
    assert ask(chosen, film, "kinds") is None


def test_that_a_film_that_the_chosen_model_sees_turned_is_left_to_its_reasons(install, film):
    install("kinds", *SURE_OF_A_HAND, classes=KINDS)
    chosen = install("chosen", guard=TURNED, admission=Admission("kinds", ("chest film",), 0.5))
    assert ask(chosen, film, "kinds") is None


def test_that_a_model_without_an_admission_check_is_recommended_where_its_guard_has_no_doubt(
    install, film
):
    install("digits", 9.0, 0.0, guard=FINE)
    chosen = install("chosen", guard=NO_FILM)
    found = ask(chosen, film, "digits")
    assert (found.model, found.sentence) == (
        "digits",
        "“Digits” (digits) reads images like this one.",
    )


@pytest.mark.parametrize("guard", [NO_FILM, (0.4, 0.2, -9.0)])
def test_that_a_model_without_an_admission_check_is_not_recommended_in_doubt(install, film, guard):
    install("digits", 9.0, 0.0, guard=guard)
    assert ask(install("chosen", guard=NO_FILM), film, "digits") is None


@pytest.mark.parametrize(("classes", "model"), [((1,), "digits"), ((), None)])
def test_that_an_answer_that_films_of_no_class_get_recommends_no_model(
    install, film, monkeypatch, classes, model
):
    monkeypatch.setattr("engine.trust.judging.conformal_set", lambda *_, **__: classes)
    install("digits", 9.0, 0.0, guard=FINE)
    found = ask(install("chosen", guard=NO_FILM), film, "digits")
    assert (found.model if found else None) == model


def test_that_a_model_that_looks_at_no_picture_is_not_recommended(install, film):
    install("blind", 9.0, 0.0)
    assert ask(install("chosen", guard=NO_FILM), film, "blind") is None


def test_that_the_model_that_tells_kinds_is_not_recommended_itself(admitted, film):
    found = ask(admitted(*SURE_OF_A_HAND), film, "kinds", "lungs")
    assert found.model is None


def test_that_a_damaged_model_is_passed_over(admitted, film, tmp_path):
    chosen = admitted(*SURE_OF_A_CHEST)
    weights = tmp_path / "models" / "lungs" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4])
    assert ask(chosen, film, "kinds", "lungs") is None


def test_that_a_teller_with_doubts_of_its_own_names_nothing(install, film):
    install("kinds", *SURE_OF_A_HAND, classes=KINDS, guard=NO_FILM)
    install("lungs", guard=FINE, admission=Admission("kinds", ("chest film",), 0.5))
    assert ask(install("chosen", guard=NO_FILM), film, "kinds", "lungs") is None


# ------------------------------------------------------------------ a model that asks nobody
UNASKED = Check("body part", passed=None, words="This bundle asks no other model.")
NOTHING_FITS = Trust((UNASKED,), conformal=(), level=0.95)


@pytest.fixture
def lonely(install):
    """A model with neither admission check nor guard, beside one that tells kinds of image."""

    def build(*kind, guard=None):
        install("kinds", *kind, classes=KINDS)
        install("lungs", guard=FINE, admission=Admission("kinds", ("chest film",), 0.5))
        chosen = install("lonely", guard=FINE)
        named = replace(chosen.safeguards.config, guard=None if guard is None else CONFIG.guard)
        parts = replace(chosen.safeguards, config=named)
        return replace(chosen, safeguards=parts if guard else replace(parts, guard=None))

    return build


def test_that_a_stranger_gets_no_answer_where_no_answer_fits(lonely, film):
    trust = without_strangers(lonely(*SURE_OF_A_HAND), NOTHING_FITS, rows_of(film, "kinds"))
    assert [reason.sentence for reason in trust.reasons] == [
        "This looks like a hand film, and no answer of this model fits it."
    ]


@pytest.mark.parametrize(
    "trust",
    [
        replace(NOTHING_FITS, conformal=(1,)),
        replace(NOTHING_FITS, level=0.0),
        replace(NOTHING_FITS, checks=()),
    ],
    ids=["an answer fits", "no set", "never asked"],
)
def test_that_a_stranger_is_none_where_an_answer_may_fit(lonely, film, trust):
    found = without_strangers(lonely(*SURE_OF_A_HAND), trust, rows_of(film, "kinds"))
    assert found == trust


def test_that_an_unsure_kind_costs_no_answer(lonely, film):
    chosen = lonely(0.0, 2.0, 0.0)
    assert not without_strangers(chosen, NOTHING_FITS, rows_of(film, "kinds")).abstains


def test_that_a_film_too_small_for_the_teller_keeps_its_answer(lonely, film):
    assert not without_strangers(lonely(*SURE_OF_A_HAND), NOTHING_FITS, ()).abstains


def test_that_a_model_with_a_guard_answers_for_itself(lonely, film):
    chosen = lonely(*SURE_OF_A_HAND, guard=FINE)
    assert not without_strangers(chosen, NOTHING_FITS, rows_of(film, "kinds")).abstains
