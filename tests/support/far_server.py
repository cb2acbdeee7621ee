"""A way to a server that takes its time, as a line to another province does, and counts how often somebody waits for it."""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

#: How long an answer is held at least, in seconds: all that does not wait for it is sent by then.
_PATIENCE: Final = 0.004
_AT_ONCE: Final = 1 << 16
#: The end of what a server says once it may be asked. https://www.postgresql.org/docs/current/protocol-message-formats.html
_READY: Final = b"Z\0\0\0\5I"


class FarServer:
    """A server at the end of a way: its address, and how often an answer was waited for, until connected and since."""

    def __init__(self, address: str, delay: float) -> None:
        there = urlsplit(address)
        self.delay = max(delay, _PATIENCE)
        self.connecting = self.asking = 0
        self._ends = there.hostname, there.port
        self._loop = asyncio.new_event_loop()
        listening = asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = self._loop.run_until_complete(listening).sockets[0].getsockname()[1]
        self.address = there._replace(netloc=f"{there.username}@127.0.0.1:{self._port}").geturl()

    def run(self) -> None:
        """Carry what is said, until stopped."""
        self._loop.run_forever()

    def stop(self) -> None:
        """Let nobody come any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, on = await asyncio.open_connection(*self._ends)
        way = _Way(self, back)
        both = [asyncio.ensure_future(way.carry_there(near, on)), asyncio.ensure_future(way.carry_back(far))]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        on.close()
        back.close()


class _Way:
    """One connection; what comes from afar is held for a while."""

    def __init__(self, server: FarServer, back: asyncio.StreamWriter) -> None:
        self.server = server
        self.back = back
        self.held = deque[bytes]()
        self.is_asking = self.is_connected = False

    async def carry_there(self, near: asyncio.StreamReader, on: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while said := await near.read(_AT_ONCE):
                self.is_asking = True
                on.write(said)

    async def carry_back(self, far: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while said := await far.read(_AT_ONCE):
                self.held.append(said)
                asyncio.get_running_loop().call_later(self.server.delay, self.hand_over)

    def hand_over(self) -> None:
        """Hand over what is held longest; the first of an answer was waited for."""
        said = self.held.popleft()
        self.back.write(said)
        if self.is_asking:
            self.is_asking = False
            self.server.connecting += not self.is_connected
            self.server.asking += self.is_connected
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
