"""The recurrences in machine code, written for the processor at hand when they are first needed.

Reading one film is a chain of small products: what decides is how the weights pass through the
caches, and that nothing is stored between a product and its gates. So there are two functions:
`project` multiplies all steps with the input weights, several steps at a time; `recur` runs the
steps, and where a few hidden units have their sums in registers it applies the gates and writes
every gate and state at once. Weights lie in the order in which they are read
(`engine.runtime.weights`). Writing and compiling takes about a tenth of a second per cell and
process; nothing is kept on disk.
"""

import ctypes
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import llvmlite.binding as llvm
from llvmlite import ir

from engine.errors import EngineError
from engine.runtime.backwards import BACK, write_back
from engine.runtime.cells import CELLS, Cell
from engine.runtime.forwards import PROJECT, RECUR, write_project, write_recur

VARIABLE = "ROWSCOPE_MAX_CPU"
# Names of LLVM for what an x86-64 processor can do, each with what it needs beyond the one before,
# its floats of one vector register, and its vector registers.
LEVELS = {
    "x86-64": ((), 4, 16),
    "x86-64-v2": (("sse4.2", "popcnt"), 4, 16),
    "x86-64-v3": (("avx2", "fma", "bmi", "bmi2", "f16c", "lzcnt", "movbe"), 8, 16),
    "x86-64-v4": (("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"), 16, 32),
}
_AHEAD = 4096  # bytes: hardware follows a stream of loads to the end of its page


@dataclass(frozen=True, slots=True)
class Target:
    """A processor.

    Attributes:
        cpu, features: In LLVM's words.
        width: Floats of one vector register.
        registers: Vector registers.
    """

    cpu: str
    features: str
    width: int
    registers: int

    @classmethod
    def here(cls) -> "Target":
        """The processor that this program runs on, or as much of it as may be used.

        The environment variable ROWSCOPE_MAX_CPU names the most that may be used, one of `LEVELS`
        (as ONEDNN_MAX_CPU_ISA does for oneDNN): for tests, and to compare machines. Where the
        processor has less, and on other processors than x86-64, it lowers nothing.

        Raises:
            EngineError: The variable names no level.
        """
        most = os.environ.get(VARIABLE, "")
        if most and most not in LEVELS:
            known = ", ".join(LEVELS)
            raise EngineError(
                "{variable} must be one of {known}, not “{most}”",
                "device",
                variable=VARIABLE,
                known=known,
                most=most,
            )
        levels = cls.levels()
        if most in levels:
            return levels[most]
        features = llvm.get_host_cpu_features()
        width = 16 if features.get("avx512f") else 8 if features.get("avx") else 4
        many = width == 16 or platform.machine().lower() in {"arm64", "aarch64"}
        return cls(llvm.get_host_cpu_name(), features.flatten(), width, 32 if many else 16)

    @classmethod
    def levels(cls) -> dict[str, "Target"]:
        """The levels of x86-64 that this processor has, lowest first; none on others."""
        features, held = llvm.get_host_cpu_features(), {}
        if platform.machine().lower() in {"x86_64", "amd64"}:
            for name, (needed, width, registers) in LEVELS.items():
                if not all(features.get(one) for one in needed):
                    break
                held[name] = cls(name, "", width, registers)
        return held

    @property
    def name(self) -> str:
        """For people, for example "512-bit vectors"."""
        return f"{self.width * 32}-bit vectors"


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """The functions of a cell; arguments are whole numbers, addresses and strides in bytes.

    Attributes:
        cell: What it computes.
        target: The processor that it was made for.
        vectors: Vectors of sums that a block of hidden units keeps in registers.
        films: How many films `recur` and `back` read side by side.
        project: See `engine.runtime.forwards.write_project`.
        recur: See `engine.runtime.forwards.write_recur`.
        back: See `engine.runtime.backwards.write_back`.
    """

    cell: Cell
    target: Target
    vectors: int
    films: int
    project: Callable[..., None]
    recur: Callable[..., None]
    back: Callable[..., None]
    _engine: llvm.ExecutionEngine = field(repr=False)  # owns the code

    @property
    def units(self) -> int:
        """Hidden units of a block."""
        return self.vectors // self.cell.gates * self.target.width


@cache
def kernel_of(
    cell: str, *, far: bool = False, batch: bool = False, target: Target | None = None
) -> Kernel:
    """The compiled functions of a built-in cell.

    Args:
        cell: A name in `CELLS`.
        far: Whether the recurrent weights are too large for the second cache and are asked for
            ahead of their use.
        batch: Whether to read as many films side by side as have their sums in registers.
        target: Another processor than this one, for tests.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """
    kind, target = CELLS[cell], target or Target.here()
    vectors = max(target.registers // 4 // kind.gates, 1) * kind.gates
    together = max((target.registers - 4) // (vectors + 1), 1)  # sums that fit in registers
    films = together if batch else 1
    module = ir.Module()
    width, ahead = target.width, _AHEAD if far else 0
    write_project(module, width, vectors=vectors, together=together)
    write_recur(module, width, vectors=vectors, cell=kind, films=films, ahead=ahead)
    write_back(module, width, vectors=vectors, cell=kind, films=films)
    engine = _compile(str(module), target)
    project, recur, back = (
        ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))(
            engine.get_function_address(name)
        )
        for name, arguments in (("project", PROJECT), ("recur", RECUR), ("back", BACK))
    )
    return Kernel(
        kind, target, vectors, films, project=project, recur=recur, back=back, _engine=engine
    )


def _compile(text: str, target: Target) -> llvm.ExecutionEngine:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(text)
    module.verify()
    # Windows' own object format is not for code in memory.
    triple = llvm.get_default_triple() + ("-elf" if sys.platform == "win32" else "")
    machine = llvm.Target.from_triple(triple).create_target_machine(
        cpu=target.cpu, features=target.features, opt=2
    )
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    return engine
