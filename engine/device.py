"""Where a network runs: the GPU if there is one that works, otherwise the CPU, with a reason."""

import os
import re

import torch

from engine.errors import DeviceError

VARIABLE = "ROWSCOPE_DEVICE"


def choose_device(prefer: str | None = None) -> tuple[torch.device, str]:
    """The device to use, and why it is not the one that was asked for (empty if it is).

    Args:
        prefer: "auto", "cpu", "cuda" or "cuda:1"; None takes the environment variable
            ROWSCOPE_DEVICE, and "auto" without it.

    Raises:
        DeviceError: A name that is no device.
    """
    name = (prefer or os.environ.get(VARIABLE) or "auto").strip().lower()
    if not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", name):
        raise DeviceError(
            "“{name}” is no device; use auto, cpu, cuda or cuda:0.", "device", name=name
        )
    if name == "cpu":
        return torch.device("cpu"), ""
    if not torch.cuda.is_available():
        return torch.device("cpu"), "" if name == "auto" else "no GPU was found"
    device = torch.device("cuda" if name == "auto" else name)
    try:
        torch.zeros(1, device=device).add_(1).item()  # a driver may be there and not work
    except RuntimeError:
        return torch.device("cpu"), "the GPU does not work"
    return device, ""


def device_name(device: torch.device, reason: str = "") -> str:
    """For people: "CPU", the name of the GPU, or "CPU (no GPU was found)"."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    return f"{name} ({reason})" if reason else name
