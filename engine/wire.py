"""Values over a socket; large arrays in shared memory, whose descriptor goes with them.

The memory has no name: with any end of both programs it is gone. A block of it is used again
once no array lies in it any more, because the first touch of its pages costs more than all else
(2,048 × 2,500 values: a new block 19 ms, written through its descriptor 10 ms, used again 2 ms).
"""

import ctypes
import mmap
import os
import pickle  # both ends are this program
import socket
import struct
import time
import weakref
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

_SHARED: Final = 1 << 16  # bytes of arrays from which they go into shared memory
_KEPT: Final = 128 << 20  # bytes of it that one end keeps, to be used again
_ALIGNED: Final = 64  # bytes: where an array may begin there
_GRAIN: Final = 1 << 20  # blocks are multiples of it, so that they fit more than one film
# Bytes of the message, number of its arrays, number of blocks that are given back and that are
# forgotten, number of the block in use and its size (0 for none), whether its descriptor comes.
_HEAD: Final = struct.Struct("<QLLLQQ?")


@dataclass(slots=True, eq=False)
class Channel:
    """One end of a socket of Unix; one thread may send while another receives."""

    socket: socket.socket
    _ours: dict[int, mmap.mmap] = field(default_factory=dict)  # oldest first
    _theirs: dict[int, mmap.mmap] = field(default_factory=dict)
    _unused: list[int] = field(default_factory=list)  # of ours
    _returned: list[int] = field(default_factory=list)  # of theirs, which the other end may use
    _made: int = 0

    def send(self, message: object) -> None:
        """Send a value.

        Raises:
            OSError: Nobody is at the other end any more.
        """
        views: list[pickle.PickleBuffer] = []
        body = pickle.dumps(message, protocol=5, buffer_callback=views.append)
        raws = [view.raw() for view in views]
        starts = list(accumulate((_padded(raw.nbytes) for raw in raws), initial=0))
        returned = [self._returned.pop() for _ in range(len(self._returned))]
        size, number, descriptor, forgotten = 0, 0, -1, list[int]()
        if starts[-1] >= _SHARED:
            size, number, descriptor, forgotten = self._put(raws, starts)
        numbers = (*(raw.nbytes for raw in raws), *returned, *forgotten)
        counts = (len(raws), len(returned), len(forgotten))
        head = _HEAD.pack(len(body), *counts, number, size, descriptor >= 0)
        data = struct.pack(f"<{len(numbers)}Q", *numbers) + body
        if not size:
            data += b"".join(bytes(raw).ljust(_padded(raw.nbytes), b"\0") for raw in raws)
        if descriptor < 0:
            self.socket.sendall(head + data)
            return
        try:
            sent = socket.send_fds(self.socket, [head], [descriptor])
            self.socket.sendall(head[sent:] + data)
        finally:
            os.close(descriptor)

    def receive(self, deadline: float | None) -> Any:  # noqa: ANN401
        """Return the next value; its arrays lie in memory that nobody else writes to.

        Args:
            deadline: Of the monotonic clock, in seconds.

        Raises:
            TimeoutError: It is not there in time.
            EOFError: Nobody is at the other end any more.
        """
        return unpacked(self.parts(deadline))

    def parts(self, deadline: float | None) -> tuple[memoryview, list[memoryview]]:
        """The next value as it is pickled, and the memory of its arrays; as `receive`."""
        _wait(self.socket, deadline)
        head, descriptors, _, _ = socket.recv_fds(self.socket, _HEAD.size, 1)
        try:
            if not head:
                raise EOFError
            head += self._exactly(_HEAD.size - len(head), deadline)
            length, arrays, returned, forgotten, number, size, _ = _HEAD.unpack(head)
            count = arrays + returned + forgotten
            numbers = struct.unpack(f"<{count}Q", self._exactly(8 * count, deadline))
            body = self._exactly(length, deadline)
            starts = list(accumulate(map(_padded, numbers[:arrays]), initial=0))
            if size:
                memory = self._lease(number, size, descriptors)
            else:
                memory = memoryview(self._exactly(starts[-1], deadline))
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        known = numbers[arrays : arrays + returned]
        self._unused += [number for number in known if number in self._ours]
        for number in numbers[arrays + returned :]:
            self._theirs.pop(number, None)
        lengths = numbers[:arrays]
        blocks = [memory[at : at + size] for at, size in zip(starts, lengths, strict=False)]
        return memoryview(body), blocks

    def _put(self, raws: list[memoryview], starts: list[int]) -> tuple[int, int, int, list[int]]:
        """Write arrays into a block: its size, number and descriptor, and which are forgotten."""
        fitting = [one for one in self._unused if len(self._ours[one]) >= starts[-1]]
        if fitting:
            number = min(fitting, key=lambda one: len(self._ours[one]))
            self._unused.remove(number)
            block = self._ours[number]
            for start, raw in zip(starts, raws, strict=False):
                block[start : start + raw.nbytes] = raw
            return len(block), number, -1, []
        size = -(-starts[-1] // _GRAIN) * _GRAIN
        descriptor = _memory(size)
        for start, raw in zip(starts, raws, strict=False):
            _write(descriptor, start, raw)
        self._made += 1
        forgotten = self._forget(_KEPT - size)
        if size <= _KEPT:
            self._ours[self._made] = mmap.mmap(descriptor, size)
            return size, self._made, descriptor, forgotten
        return size, 0, descriptor, forgotten

    def _forget(self, room: int) -> list[int]:
        """Let go of the oldest blocks until the rest takes no more than `room`."""
        forgotten = []
        taken = sum(map(len, self._ours.values()))
        for number in list(self._ours):
            if taken <= max(room, 0):
                break
            taken -= len(self._ours.pop(number))
            if number in self._unused:
                self._unused.remove(number)
            forgotten.append(number)
        return forgotten

    def _lease(self, number: int, size: int, descriptors: list[int]) -> memoryview:
        """The memory of a block, given back when the last array that lies in it is gone."""
        if not descriptors:
            block = self._theirs[number]
        else:
            block = mmap.mmap(descriptors[0], size)
            if number:
                self._theirs[number] = block
        # Slices of a memoryview hold what it was made of, and not the memoryview.
        held = (ctypes.c_ubyte * size).from_buffer(block)
        if number:
            weakref.finalize(held, self._returned.append, number).atexit = False
        return memoryview(held).cast("B")

    def _exactly(self, count: int, deadline: float | None) -> bytearray:
        data = bytearray(count)
        view = memoryview(data)
        while view:
            _wait(self.socket, deadline)
            read = self.socket.recv_into(view)
            if not read:
                raise EOFError
            view = view[read:]
        return data


def unpacked(parts: tuple[memoryview, list[memoryview]]) -> Any:  # noqa: ANN401
    """The value that `Channel.parts` took in."""
    return pickle.loads(parts[0], buffers=parts[1])  # noqa: S301 - from ourselves


def _wait(channel: socket.socket, deadline: float | None) -> None:
    # Not zero, which would mean not to wait at all.
    channel.settimeout(None if deadline is None else max(deadline - time.monotonic(), 1e-3))


def _padded(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def _write(descriptor: int, at: int, data: memoryview) -> None:
    while data:
        written = os.pwrite(descriptor, data, at)
        data, at = data[written:], at + written


def _memory(size: int) -> int:
    """A descriptor of so many bytes of memory that no name leads to."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("rowscope", os.MFD_CLOEXEC)
        os.ftruncate(descriptor, size)
        return descriptor
    from multiprocessing.shared_memory import SharedMemory  # noqa: PLC0415 - only here

    named = SharedMemory(create=True, size=size)
    try:
        return os.dup(named._fd)  # type: ignore[attr-defined]  # noqa: SLF001 - the only way to it
    finally:
        named.unlink()
        named.close()
