import pytest
import torch

from engine.device import choose_device, device_name
from engine.errors import DeviceError


@pytest.fixture
def no_gpu(monkeypatch):
    monkeypatch.delenv("ROWSCOPE_DEVICE", raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.fixture
def broken_gpu(monkeypatch):
    def fail(*_arguments, **_keywords):
        raise RuntimeError("CUDA driver error")

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch, "zeros", fail)


def test_that_a_machine_without_gpu_uses_the_cpu_without_complaint(no_gpu):
    assert choose_device() == ("cpu", "")


def test_that_a_missing_gpu_that_was_asked_for_is_named_as_reason(no_gpu):
    assert choose_device("cuda") == ("cpu", "no GPU was found")


def test_that_a_gpu_that_does_not_work_is_named_as_reason(broken_gpu):
    assert choose_device("auto") == ("cpu", "the GPU does not work")


def test_that_the_cpu_can_be_asked_for(broken_gpu):
    assert choose_device("cpu") == ("cpu", "")


def test_that_the_environment_decides_where_nobody_else_does(no_gpu, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_DEVICE", "cuda:0")
    assert choose_device()[1] == "no GPU was found"


def test_that_a_name_that_is_no_device_is_refused():
    with pytest.raises(DeviceError, match="“warp” is no device"):
        choose_device("warp")


def test_that_the_reason_is_part_of_the_name():
    name = device_name("cpu", "no GPU was found")
    assert name == "CPU (no GPU was found)"
