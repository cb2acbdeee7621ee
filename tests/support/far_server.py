"""A way to a server that takes its time, as a line to another province does, and counts how often somebody waits for it."""

import asyncio
import contextlib
import socket
import threading
from collections import deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

_AT_ONCE: Final = 1 << 16
#: The head of what is said: its kind, and its length without that.
_HEAD: Final = 5
#: The end of what a server says once it may be asked; and of what somebody says who waits for the answers: Flush, Sync.
#: https://www.postgresql.org/docs/current/protocol-message-formats.html
_READY: Final = b"Z\0\0\0\5I"
_WAITING: Final = b"HS"


class FarServer:
    """A server at the end of a way: its address, and how often an answer was waited for, until connected and since."""

    def __init__(self, address: str, delay: float) -> None:
        there = urlsplit(address)
        self.delay = delay
        self.connecting = self.asking = 0
        self._ends = there.hostname, there.port
        self._listener = socket.create_server(("127.0.0.1", 0))
        here = f"{there.username}@127.0.0.1:{self._listener.getsockname()[1]}"
        self.address = there._replace(netloc=here).geturl()
        self._loop = asyncio.new_event_loop()
        self._is_over = asyncio.Event()

    def run(self) -> None:
        """Carry what is said, until stopped."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._carry())

    async def _carry(self) -> None:
        async with await asyncio.start_server(self._serve, sock=self._listener):
            await self._is_over.wait()

    def stop(self) -> None:
        """Let nobody come any more, and cut off whoever is there."""
        self._loop.call_soon_threadsafe(self._is_over.set)

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, on = await asyncio.open_connection(*self._ends)
        way = _Way(self, back)
        both = [asyncio.ensure_future(way.carry_there(near, on)), asyncio.ensure_future(way.carry_back(far))]
        with contextlib.suppress(asyncio.CancelledError):  # cut off
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        on.close()
        back.close()


class _Way:
    """One connection; what comes from afar is held for a while."""

    def __init__(self, server: FarServer, back: asyncio.StreamWriter) -> None:
        self.server = server
        self.back = back
        self.held = deque[bytes]()
        self.said = b""
        self.is_connected = False

    async def carry_there(self, near: asyncio.StreamReader, on: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while said := await near.read(_AT_ONCE):
                self.count(said)
                on.write(said)

    def count(self, said: bytes) -> None:
        """Count how often somebody waits, whether or not a near server has answered by then."""
        if not self.is_connected:
            self.server.connecting += 1
            return
        self.said += said
        while len(self.said) >= _HEAD:
            length = 1 + int.from_bytes(self.said[1:_HEAD])
            if len(self.said) < length:
                return
            self.server.asking += self.said[0] in _WAITING
            self.said = self.said[length:]

    async def carry_back(self, far: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while said := await far.read(_AT_ONCE):
                self.held.append(said)
                asyncio.get_running_loop().call_later(self.server.delay, self.hand_over)

    def hand_over(self) -> None:
        """Hand over what is held longest."""
        said = self.held.popleft()
        self.back.write(said)
        self.is_connected = self.is_connected or said.endswith(_READY)


@contextlib.contextmanager
def far_server(address: str, delay: float = 0.0) -> Iterator[FarServer]:
    """Lead to a server by a way on which each answer comes `delay` seconds late."""
    server = FarServer(address, delay)
    carrying = threading.Thread(target=server.run, daemon=True)
    carrying.start()
    try:
        yield server
    finally:
        server.stop()
        carrying.join()
