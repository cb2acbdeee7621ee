"""What the tests of mail share: short patience, certificates of an authority of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.deliver.mail import smtp


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr(smtp, "STEP", 0.4)
    monkeypatch.setattr(smtp, "ANSWER", 0.4)
    monkeypatch.setattr(smtp, "WHOLE", 1.2)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Trust an authority, and no other."""

    def trust(pem: bytes) -> None:
        file = tmp_path / "authority.pem"
        file.write_bytes(pem)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))

    return trust
