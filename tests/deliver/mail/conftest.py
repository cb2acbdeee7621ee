"""What the tests of mail share: short patience, certificates of an authority of their own."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plantrack.deliver.mail import smtp


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr(smtp, "STEP", 0.4)
    monkeypatch.setattr(smtp, "ANSWER", 0.4)
    monkeypatch.setattr(smtp, "WHOLE", 1.2)


@contextlib.contextmanager
def talking(talk: Callable[[socket.socket], object]) -> Iterator[int]:
    """Run a server that says to its first caller whatever a test wants; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                caller, _ = listening.accept()
                with caller:
                    talk(caller)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join()


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Trust an authority, and no other."""

    def trust(pem: bytes) -> None:
        file = tmp_path / "authority.pem"
        file.write_bytes(pem)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))

    return trust
