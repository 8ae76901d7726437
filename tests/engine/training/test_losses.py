import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.recipe import Schedule
from engine.tasks import class_weights, film_losses

LOGITS = torch.randn(6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
TARGETS = torch.softmax(
    torch.randn(6, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64), dim=1
)


def plan(**values):
    return Schedule(epochs=1, batch_size=1, **values)


@pytest.mark.parametrize("weight", [None, torch.tensor([0.5, 2.0, 1.0], dtype=torch.float64)])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_that_plain_losses_are_torch_s_cross_entropy(weight, smoothing):
    ours = film_losses(LOGITS, TARGETS, plan(label_smoothing=smoothing), weight)
    theirs = functional.cross_entropy(
        LOGITS, TARGETS, weight=weight, label_smoothing=smoothing, reduction="none"
    )
    torch.testing.assert_close(ours, theirs)


def test_that_the_focal_loss_is_lin_s():
    labels = torch.tensor([0, 1, 2, 0, 1, 2])
    targets = functional.one_hot(labels, 3).double()
    chance = torch.softmax(LOGITS, dim=1)[torch.arange(6), labels]
    ours = film_losses(LOGITS, targets, plan(focal=2.0), None)
    torch.testing.assert_close(ours, -((1 - chance) ** 2) * chance.log())


def test_that_easy_films_weigh_less_in_the_focal_loss():
    logits, targets = torch.tensor([[4.0, 0.0], [0.0, 0.0]]), torch.tensor([[1.0, 0.0]] * 2)
    plain = film_losses(logits, targets, plan(), None)
    focal = film_losses(logits, targets, plan(focal=2.0), None)
    assert focal[0] / plain[0] < 0.01 < focal[1] / plain[1]


def test_that_weights_make_classes_count_alike():
    labels = np.array([0] * 30 + [1] * 10)
    weight = class_weights(labels, 2)
    assert 30 * weight[0] == pytest.approx(float(10 * weight[1]))
    assert float(weight[torch.from_numpy(labels)].mean()) == pytest.approx(1)
