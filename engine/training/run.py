"""Where a training runs: device, precision and processes, through Lightning Fabric."""

import ctypes
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import DataError, DeviceError

if TYPE_CHECKING:
    from lightning_fabric import Fabric

DeviceChoice = Literal["auto", "cpu", "cuda"]
Precision = Literal["32", "bf16", "16"]
AskedPrecision = Precision | Literal["auto"]
NAMES: dict[Precision, str] = {"32": "float32", "bf16": "bfloat16", "16": "float16"}
_PRECISIONS: dict[Precision, Literal["32-true", "bf16-mixed", "16-mixed"]] = {
    "32": "32-true",
    "bf16": "bf16-mixed",
    "16": "16-mixed",
}
# What torch calls the units of x86 (Cooper Lake, Zen 4, AMX) and of Arm.
_UNITS = ("amx_bf16", "avx512_bf16", "bf16", "arm_bf16")
# Whoever lowers what oneDNN may use has no such units either, whatever the processor has.
_LOWERED = ("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA")
# malloc.h of glibc, its numbers for `mallopt`, and values beyond which nothing is ever given back.
_TRIM, _MMAP = -1, -3
_KEEP, _LARGEST, _USUAL = 2**30, 2**25, 2**26
Result = TypeVar("Result")
# The others wait while the leader decodes films for the first time.
_PATIENCE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Run:
    """The processes of one training; see `start_run`.

    Attributes:
        fabric: Lightning Fabric, launched.
        rank: Number of this process, 0 … processes − 1; 0 leads: it tells, and writes files.
        processes: How many train together.
        precision: In which all of them compute.
        choice: Why that precision, in words for whoever starts the training.
    """

    fabric: "Fabric"
    rank: int = 0
    processes: int = 1
    precision: Precision = "32"
    choice: str = ""

    @property
    def leads(self) -> bool:
        """Whether this process reports and writes files."""
        return self.rank == 0

    @property
    def device(self) -> torch.device:
        """Where this process computes."""
        return self.fabric.device

    @property
    def scaler(self) -> dict[str, Any]:
        """What mixed precision of 16 bits has learnt about the size of gradients."""
        return self.fabric.strategy.precision.state_dict()

    def take_scaler(self, state: dict[str, Any]) -> None:
        """Go on with a state of `scaler`."""
        self.fabric.strategy.precision.load_state_dict(state)

    @contextmanager
    def leader_first(self) -> Iterator[None]:
        """Let the leader do something before the others, for example fill a cache."""
        if not self.leads:
            self.fabric.barrier("leader")
        try:
            yield
        finally:
            if self.leads:
                self.fabric.barrier("leader")

    def from_leader(self, make: Callable[[], Result]) -> Result:
        """What the leader makes, in every process."""
        made = make() if self.leads else None
        return made if self.processes == 1 else self.fabric.broadcast(made)  # type: ignore[return-value]

    def total(self, value: float) -> float:
        """The sum over all processes."""
        if self.processes == 1:
            return value
        given = torch.tensor(value, dtype=torch.float64, device=self.device)
        summed: Any = self.fabric.all_reduce(given, reduce_op="sum")
        return float(summed)

    def gathered(self, own: NDArray[np.float64], count: int) -> NDArray[np.float64]:
        """Values (count, K) of which process r made numbers r, r + processes, … (n, K)."""
        if self.processes == 1:
            return own
        whole = torch.zeros(count, own.shape[1], dtype=torch.float64, device=self.device)
        whole[self.rank :: self.processes] = torch.from_numpy(own).to(self.device)
        summed: Any = self.fabric.all_reduce(whole, reduce_op="sum")
        return np.asarray(summed.cpu().numpy())

    def finish(self) -> None:
        """Part from the other processes; what follows is each one's own."""
        if self.processes > 1 and torch.distributed.is_initialized():
            self.fabric.barrier("finish")
            torch.distributed.destroy_process_group()


def choose_precision(asked: AskedPrecision, accelerator: str) -> tuple[Precision, str]:
    """What a training computes in on this machine, and one line that says so.

    Args:
        asked: By the recipe.
        accelerator: "cpu" or "cuda".

    Returns:
        The precision, and the line; it warns where mixed precision would be emulated.
    """
    units = has_bfloat16(accelerator)
    where = "GPU" if accelerator == "cuda" else "processor"
    if asked == "auto" and units:
        return "bf16", f"bfloat16: this {where} has units for it"
    if asked == "auto":
        return "32", f"float32: this {where} has no bfloat16 units"
    if asked == "32" or (asked == "16" and accelerator == "cuda"):
        return asked, NAMES[asked]
    taken = "float16 is for GPUs, bfloat16 takes its place" if asked == "16" else ""
    if units:
        return "bf16", taken or "bfloat16"
    slow = "bfloat16 is emulated here and slower than float32"
    return "bf16", "; ".join(filter(None, (taken, slow, 'use `training.precision = "auto"`')))


def has_bfloat16(accelerator: str) -> bool:
    """Whether a device multiplies bfloat16 in units of its own; otherwise float32 is faster."""
    if accelerator == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    for name in _LOWERED:
        allowed = os.environ.get(name, "").upper()
        if allowed and not allowed.endswith(("BF16", "AMX", "FP16", "DEFAULT", "ALL")):
            return False
    there: Mapping[str, Any] = torch.cpu.get_capabilities()
    return any(there.get(name, False) for name in _UNITS)


def start_run(
    precision: AskedPrecision = "32", *, device: DeviceChoice = "cpu", together: bool = False
) -> Run:
    """Choose the device and, if asked, join the processes that `torchrun` started.

    Args:
        precision: See `engine.recipe.Schedule`.
        device: "auto" takes a CUDA device if there is one.
        together: Whether to join; without `torchrun` one process trains alone either way.

    Raises:
        DeviceError: CUDA was asked for and is not there.
        DataError: Lightning Fabric is not installed, or "auto" means one precision for some of
            the processes and another for others.
    """
    try:
        from lightning_fabric import Fabric  # noqa: PLC0415 - only those who train have it
        from lightning_fabric.strategies.ddp import DDPStrategy  # noqa: PLC0415 - the same
        from lightning_fabric.strategies.single_device import (  # noqa: PLC0415 - the same
            SingleDeviceStrategy,
        )
    except ImportError as error:
        raise DataError(
            "Training needs Lightning Fabric: pip install 'rowscope[train]'."
        ) from error
    logging.getLogger("lightning_fabric").setLevel(logging.WARNING)  # it announces its precision
    accelerator = _accelerator(device)
    taken, choice = choose_precision(precision, accelerator)
    processes = int(os.environ.get("WORLD_SIZE", "1")) if together else 1
    if processes > 1:
        here = int(os.environ.get("LOCAL_WORLD_SIZE", str(processes)))
        fabric = Fabric(
            accelerator=accelerator,
            devices=here,
            num_nodes=processes // here,
            strategy=DDPStrategy(timeout=_PATIENCE),
            precision=_PRECISIONS[taken],
        )
    else:
        fabric = Fabric(
            accelerator=accelerator,
            devices=1,
            strategy=SingleDeviceStrategy(torch.device(accelerator)),
            precision=_PRECISIONS[taken],
        )
    fabric.launch()
    run = Run(fabric, fabric.global_rank, fabric.world_size, taken, choice)
    if run.total(float(taken == "32")) not in {0.0, float(run.processes)}:
        raise DataError(
            "The machines of this training differ: only some have bfloat16 units; set"
            ' `training.precision = "32"`.'
        )
    return run


@contextmanager
def memory_kept() -> Iterator[None]:
    """Keep freed memory for the next step, where glibc would give it back to the system.

    The same tensors come and go at every step, and memory that the system hands out anew is
    cleared page by page: a fifth of a step of the article's network. Other systems' allocators
    are left as they are.
    """
    try:
        mallopt, trim = (getattr(ctypes.CDLL(None), name) for name in ("mallopt", "malloc_trim"))
    except (OSError, TypeError, AttributeError):  # no glibc
        yield
        return
    mallopt(_MMAP, _LARGEST)
    mallopt(_TRIM, _KEEP)
    try:
        yield
    finally:
        mallopt(_TRIM, _USUAL)
        trim(0)


def _accelerator(device: DeviceChoice) -> Literal["cpu", "cuda"]:
    there = torch.cuda.is_available()
    if device == "cuda" and not there:
        raise DeviceError("There is no CUDA device here; train with --device cpu.")
    return "cuda" if there and device != "cpu" else "cpu"
