"""Where a network runs: the GPU if there is one that works, otherwise the CPU, with a reason."""

import ctypes
import os
import re
import sys
from pathlib import Path

from engine.errors import DeviceError

VARIABLE = "ROWSCOPE_DEVICE"


def choose_device(prefer: str | None = None) -> tuple[str, str]:
    """The device to use in torch's words, and why it is not the one that was asked for.

    The reason is empty if it is. torch, whose import takes a second, is asked only where a driver
    says that there is a GPU.

    Args:
        prefer: "auto", "cpu", "cuda" or "cuda:1"; None takes the environment variable
            ROWSCOPE_DEVICE, and "auto" without it.

    Raises:
        DeviceError: A name that is no device.
    """
    name = (prefer or os.environ.get(VARIABLE) or "auto").strip().lower()
    if not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", name):
        raise DeviceError("“{name}” is no device; use auto, cpu, cuda or cuda:0.", name=name)
    if name == "cpu":
        return "cpu", ""
    if not _may_have_gpu():
        return "cpu", "" if name == "auto" else "no GPU was found"
    import torch  # noqa: PLC0415 - a second that machines without a GPU need not wait for

    if not torch.cuda.is_available():
        return "cpu", "" if name == "auto" else "no GPU was found"
    device = "cuda" if name == "auto" else name
    try:
        torch.zeros(1, device=device).add_(1).item()  # a driver may be there and not work
    except RuntimeError:
        return "cpu", "the GPU does not work"
    return device, ""


def device_name(device: str, reason: str = "") -> str:
    """For people: "CPU", the name of the GPU, or "CPU (no GPU was found)"."""
    name = "CPU"
    if device != "cpu":
        import torch  # noqa: PLC0415 - loaded by whoever uses the GPU

        name = torch.cuda.get_device_name(device)
    return f"{name} ({reason})" if reason else name


def _may_have_gpu() -> bool:
    """Whether torch is there to be asked anyway, or a driver counts a GPU."""
    if "torch" in sys.modules:
        return True
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return Path("/dev/kfd").exists()  # AMD's
    count = ctypes.c_int(0)
    answers = driver.cuInit(0), driver.cuDeviceGetCount(ctypes.byref(count))
    return not any(answers) and count.value > 0
