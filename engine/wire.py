"""Values over a socket; large arrays in shared memory, whose descriptor goes with them.

The memory has no name: with the last array that lies in it, and with any end of both programs,
it is gone.
"""

import mmap
import os
import pickle  # both ends are this program
import socket
import struct
import time
from typing import Any, Final

_SHARED: Final = 1 << 16  # bytes of arrays from which they go into shared memory
_ALIGNED: Final = 64  # bytes: where an array may begin there
_HEAD: Final = struct.Struct("<QQ?")  # bytes of the message, bytes of its arrays, whether shared


def send(channel: socket.socket, message: object) -> None:
    """Send a value; its arrays go into shared memory if they are large.

    Raises:
        OSError: Nobody is at the other end any more.
    """
    views: list[pickle.PickleBuffer] = []
    body = pickle.dumps(message, protocol=5, buffer_callback=views.append)
    raws = [view.raw() for view in views]
    lengths = [raw.nbytes for raw in raws]
    total = sum(map(_padded, lengths))
    head = struct.pack(f"<L{len(lengths)}Q", len(lengths), *lengths) + body
    shared = total >= _SHARED
    frame = _HEAD.pack(len(head), total, shared)
    if not shared:
        channel.sendall(b"".join((frame, head, *(_pad(raw) for raw in raws))))
        return
    descriptor = _memory(total)
    try:
        with mmap.mmap(descriptor, total) as memory:
            at = 0
            for raw in raws:
                memory[at : at + raw.nbytes] = raw
                at += _padded(raw.nbytes)
        if socket.send_fds(channel, [frame], [descriptor]) < len(frame):
            raise BrokenPipeError
    finally:
        os.close(descriptor)
    channel.sendall(head)


def receive(channel: socket.socket, deadline: float | None) -> Any:  # noqa: ANN401
    """Return the next value; its arrays lie in memory that is this process's alone.

    Args:
        channel: A socket of Unix.
        deadline: Of the monotonic clock, in seconds.

    Raises:
        TimeoutError: It is not there in time.
        EOFError: Nobody is at the other end any more.
    """
    body, buffers = parts(channel, deadline)
    return pickle.loads(body, buffers=buffers)  # noqa: S301 - from ourselves


def parts(channel: socket.socket, deadline: float | None) -> tuple[memoryview, list[memoryview]]:
    """One message as it is pickled, and the memory of its arrays."""
    _patience(channel, deadline)
    frame, descriptors, _, _ = socket.recv_fds(channel, _HEAD.size, 1)
    try:
        if not frame:
            raise EOFError
        frame += _exactly(channel, _HEAD.size - len(frame), deadline)
        size, total, shared = _HEAD.unpack(frame)
        head = _exactly(channel, size, deadline)
        memory: Any = b""
        if shared:
            # The arrays keep it alive, and with the last of them it is gone.
            memory = mmap.mmap(descriptors[0], total)
        elif total:
            memory = _exactly(channel, total, deadline)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
    (count,) = struct.unpack_from("<L", head)
    lengths = struct.unpack_from(f"<{count}Q", head, 4)
    view, at, buffers = memoryview(memory), 0, []
    for length in lengths:
        buffers.append(view[at : at + length])
        at += _padded(length)
    return memoryview(head)[4 + 8 * count :], buffers


def _exactly(channel: socket.socket, count: int, deadline: float | None) -> bytearray:
    data = bytearray(count)
    view = memoryview(data)
    while view:
        _patience(channel, deadline)
        read = channel.recv_into(view)
        if not read:
            raise EOFError
        view = view[read:]
    return data


def _patience(channel: socket.socket, deadline: float | None) -> None:
    # Not zero, which would mean something else.
    channel.settimeout(None if deadline is None else max(deadline - time.monotonic(), 1e-3))


def _padded(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def _pad(raw: memoryview) -> bytes:
    return bytes(raw).ljust(_padded(raw.nbytes), b"\0")


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
