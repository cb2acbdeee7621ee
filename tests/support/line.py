"""A line to a server that is cut where a test wants it: after so many messages of either side, or of bytes."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from typing import Final, NamedTuple

_SIDES: Final = ("client", "server")
_LENGTH: Final = struct.Struct("!I")


class Cut(NamedTuple):
    """Where a line is cut: behind the n-th message of a side (`unit` of 1: byte), of all that went since it was laid."""

    side: str
    after: int
    unit: str = "message"
    #: Whether nobody is connected any more from then on.
    for_good: bool = False


class Line:
    """Hands everything on between clients and a server, until it is cut; it counts what went."""

    def __init__(self, port: int) -> None:
        self.port_there = port
        self.went = dict.fromkeys(_SIDES, 0)
        self.connections = 0
        self._cut: Cut | None = None
        self._is_dead = False
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, cut: Cut | None) -> None:
        """Count anew, and be cut there; None: let everything through."""
        with self._lock:
            self.went = dict.fromkeys(_SIDES, 0)
            self.connections, self._cut, self._is_dead = 0, cut, False

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.connections += 1
                if self._is_dead:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.port_there))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                ends = (near, far)
                for side, here, there in (("client", near, far), ("server", far, near)):
                    threading.Thread(
                        target=self._hand_on, args=(side, here, there, ends), daemon=True
                    ).start()

    def _hand_on(
        self, side: str, here: socket.socket, there: socket.socket, ends: tuple[socket.socket, ...]
    ) -> None:
        held, is_first = b"", side == "client"
        with contextlib.suppress(OSError):
            while data := here.recv(65536):
                held += data
                whole, held, is_first, ends_here = self._allowed(side, held, is_first)
                there.sendall(whole)
                if ends_here:
                    break
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        here.close()

    def _allowed(self, side: str, held: bytes, is_first: bool) -> tuple[bytes, bytes, bool, bool]:
        """Return what goes on now, what is still held, and whether the line is cut behind it."""
        with self._lock:
            cut = self._cut if self._cut and self._cut.side == side else None
            if cut and cut.unit == "byte":
                left = cut.after - self.went[side]
                self.went[side] += min(len(held), max(left, 0))
                return held[: max(left, 0)], b"", False, self._cuts(len(held) >= left)
            at = 0
            while size := _message(held[at:], is_first):
                at, is_first = at + size, False
                self.went[side] += 1
                if cut and self.went[side] == cut.after:
                    return held[:at], b"", False, self._cuts(True)
            return held[:at], held[at:], is_first, False

    def _cuts(self, is_so: bool) -> bool:
        if is_so and self._cut:
            self._is_dead, self._cut = self._cut.for_good, None
        return is_so

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.close()


def _message(data: bytes, is_first: bool) -> int:
    """Return how long the first message is; 0: it is not whole. What a client says first has no letter before it."""
    start = 0 if is_first else 1
    if len(data) < start + 4:
        return 0
    size = start + int(_LENGTH.unpack_from(data, start)[0])
    return size if len(data) >= size else 0


@contextlib.contextmanager
def laid(port: int) -> Iterator[Line]:
    """Lay a line to a port of this machine."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()
