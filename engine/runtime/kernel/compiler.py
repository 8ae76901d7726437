"""The recurrences in machine code, written for the processor at hand when they are first needed.

Reading one film is a chain of small products: what decides is how the weights pass through the
caches, and that nothing is stored between a product and its gates. So there are two functions:
`project` multiplies all steps with the input weights, several steps at a time; `recur` runs the
steps, and where a few hidden units have their sums in registers it applies the gates and writes
every gate and state at once. Weights lie in the order in which they are read
(`engine.runtime.kernel.layers`). Writing and compiling takes a tenth of a second for each cell, so
the code is kept in the user's cache, under the hash of all that decides about it.
"""

import ctypes
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import llvmlite
import llvmlite.binding as llvm
from llvmlite import ir
from platformdirs import user_cache_dir

from engine.errors import EngineError
from engine.runtime.kernel.passes import (
    ACTIVATE,
    MOMENTS,
    PROJECT,
    RECUR,
    write_activate,
    write_moments,
    write_project,
    write_recur,
)
from engine.runtime.kernel.recurrences import CELLS, RecurrenceCell

VARIABLE = "ROWSCOPE_MAX_CPU"
# Names of LLVM for what an x86-64 processor can do, each with what it needs beyond the one before,
# its floats of one vector register, and its vector registers.
LEVELS = {
    "x86-64": ((), 4, 16),
    "x86-64-v2": (("sse4.2", "popcnt"), 4, 16),
    "x86-64-v3": (("avx2", "fma", "bmi", "bmi2", "f16c", "lzcnt", "movbe"), 8, 16),
    "x86-64-v4": (("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"), 16, 32),
}
_DIGEST = 32  # bytes of a SHA-256
_MOST_CODE = 2**22  # bytes of one file; they have some ten thousand
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
        films: How many films `recur` reads side by side.
        project: See `engine.runtime.kernel.passes.write_project`.
        recur: See `engine.runtime.kernel.passes.write_recur`.
    """

    cell: RecurrenceCell
    target: Target
    vectors: int
    films: int
    project: Callable[..., None]
    recur: Callable[..., None]
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
        batch: Whether to read as many films side by side as have their sums in registers, and to
            write their states only.
        target: Another processor than this one, for tests.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """
    kind, target = CELLS[cell], target or Target.here()
    vectors = max(target.registers // 4 // kind.gates, 1) * kind.gates
    together = max((target.registers - 4) // (vectors + 1), 1)  # sums that fit in registers
    films = together if batch else 1
    width, ahead = target.width, _AHEAD if far else 0

    def write(module: ir.Module) -> None:
        write_project(module, width, vectors=vectors, together=together)
        write_recur(
            module, width, vectors=vectors, cell=kind, films=films, ahead=ahead, gates=not batch
        )

    engine = _loaded(f"{cell} {far} {batch}", write, target)
    project, recur = _function(engine, "project", PROJECT), _function(engine, "recur", RECUR)
    return Kernel(kind, target, vectors, films, project=project, recur=recur, _engine=engine)


@dataclass(frozen=True, slots=True, eq=False)
class StemKernel:
    """The functions of a stem; arguments as `Kernel`'s, see `engine.runtime.kernel.passes`.

    Attributes:
        lanes: Channels of a block.
    """

    lanes: int
    project: Callable[..., None]
    moments: Callable[..., None]
    activate: Callable[..., None]
    _engine: llvm.ExecutionEngine = field(repr=False)  # owns the code


@cache
def stem_kernel(target: Target | None = None) -> StemKernel:
    """The compiled functions of stems.

    Args:
        target: Another processor than this one, for tests.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """
    target, vectors = target or Target.here(), 2
    together = (target.registers - 4) // (vectors + 1)

    def write(module: ir.Module) -> None:
        write_project(module, target.width, vectors=vectors, together=together)
        write_moments(module, target.width, vectors=vectors)
        write_activate(module, target.width, vectors=vectors)

    engine = _loaded("stem", write, target)
    named = (("project", PROJECT), ("moments", MOMENTS), ("activate", ACTIVATE))
    found = {name: _function(engine, name, arguments) for name, arguments in named}
    return StemKernel(vectors * target.width, **found, _engine=engine)


def _function(
    engine: llvm.ExecutionEngine, name: str, arguments: Sequence[str]
) -> Callable[..., None]:
    kind = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))
    return kind(engine.get_function_address(name))


def _loaded(name: str, write: Callable[[ir.Module], None], target: Target) -> llvm.ExecutionEngine:
    """The code of what `write` writes, from the user's cache where it was compiled before."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    # Windows' own object format is not for code in memory.
    triple = llvm.get_default_triple() + ("-elf" if sys.platform == "win32" else "")
    machine = llvm.Target.from_triple(triple).create_target_machine(
        cpu=target.cpu, features=target.features, opt=2
    )
    place = Path(user_cache_dir("rowscope"), "kernels", _key(name, triple, target))
    code = kept(place)
    if code is None:
        module = ir.Module()
        write(module)
        parsed = llvm.parse_assembly(str(module))
        parsed.verify()
        code = machine.emit_object(parsed)
        keep(place, code)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


def _key(name: str, triple: str, target: Target) -> str:
    """Everything that decides about the code: who writes it, who compiles it, and for whom."""
    known = hashlib.sha256(f"{name} {triple} {target} {llvmlite.__version__}".encode())
    for writer in sorted(Path(__file__).parent.glob("*.py")):
        known.update(writer.read_bytes())
    return known.hexdigest()


def kept(place: Path) -> bytes | None:
    """Code from a cache that only this user can write, whole as it was put there; else None."""
    try:
        with place.open("rb") as file:
            for told in (os.fstat(file.fileno()), place.parent.stat()):
                if hasattr(os, "getuid") and (told.st_uid != os.getuid() or told.st_mode & 0o022):
                    return None
            data = file.read(_MOST_CODE)
    except OSError:
        return None
    digest, code = data[:_DIGEST], data[_DIGEST:]
    return code if code and hashlib.sha256(code).digest() == digest else None


def keep(place: Path, code: bytes) -> None:
    """Put code into the cache; where that cannot be done it is compiled anew next time."""
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(hashlib.sha256(code).digest() + code)
        Path(file.name).replace(place)
