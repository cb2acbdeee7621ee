"""A real browser at the end of two pipes: it is told what to do in the DevTools protocol, and what it says is kept."""

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-features=MediaRouter,OptimizationHints,Translate",
    "--remote-debugging-pipe",
)
#: Starts a program with two pipes where it looks for them.
PIPED = """
import fcntl, os, sys
pipes = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for place, end in enumerate(pipes, 3):
    os.dup2(end, place)
os.execv(sys.argv[3], sys.argv[3:])
"""

Object = dict[str, Any]


def found() -> str | None:
    """Return the browser's program, where there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Listener:
    """A port on this machine that takes every connection, keeps its first words, and answers nothing."""

    def __init__(self) -> None:
        self.weeks_heard: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # closed at the end
            while True:
                connection, _ = self._socket.accept()
                with connection:
                    connection.settimeout(1)
                    self.weeks_heard.append(_first_line(connection))

    def close(self) -> None:
        self._socket.close()


def _first_line(connection: socket.socket) -> str:
    try:
        return connection.recv(400).split(b"\r\n")[0].decode("latin-1")
    except OSError:
        return "(nothing)"


class Chromium:
    """The browser with one page open; every request goes to a proxy that only listens."""

    def __init__(self, profile: Path) -> None:
        self.listener = Listener()
        self.events: list[Object] = []
        self._count = 0
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        program = found()
        assert program, "no browser"
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                PIPED,
                str(to_browser),
                str(from_browser),
                program,
                *FLAGS,
                f"--proxy-server=http://127.0.0.1:{self.listener.port}",
                "--proxy-bypass-list=<-loopback>",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                f"--user-data-dir={profile}",
            ],
            pass_fds=(to_browser, from_browser),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._left = b""
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for pipe in (self._write, self._read):
            os.close(pipe)
        self._process.terminate()
        self._process.wait()
        self.listener.close()

    def ask(self, method: str, /, **params: Any) -> Object:
        """Have something done, and give the answer; what is told meanwhile is kept."""
        self._count += 1
        message: Object = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        for told in self._told():
            if told.get("id") == self._count:
                assert "error" not in told, f"{method}: {told['error']}"
                answer: Object = told["result"]
                return answer
            self.events.append(told)
        raise AssertionError(f"{method}: the browser has ended")

    def _told(self) -> Iterator[Object]:
        while True:
            while b"\0" in self._left:
                message, _, self._left = self._left.partition(b"\0")
                yield json.loads(message)
            if not (more := os.read(self._read, 1 << 16)):
                return
            self._left += more

    def open(self, page: Path, *, width: int = 1000, height: int = 800, scheme: str = "light") -> None:
        """Show a file on a screen of some width, in a colour scheme, and wait until it is there."""
        self.events.clear()
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=features)
        self.ask("Page.navigate", url=page.as_uri())
        self.run(
            "new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))"
        )

    def run(self, script: str) -> Any:
        """Ask something of the page."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """Return the whole page as a picture."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def printed(self) -> bytes:
        """Return the page on paper, as a PDF."""
        return base64.b64decode(
            self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        )

    def errors(self) -> list[str]:
        """Return what stands in the console: errors of the page, and what its policy forbade."""
        said = [
            e["params"]
            for e in self.events
            if e.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")
        ]
        called = [e["params"] for e in self.events if e.get("method") == "Runtime.consoleAPICalled"]
        return [json.dumps(each, ensure_ascii=False) for each in said + called]

    def requests(self) -> list[str]:
        """Return the addresses that the page asked for."""
        return [
            e["params"]["request"]["url"]
            for e in self.events
            if e.get("method") == "Network.requestWillBeSent"
        ]
