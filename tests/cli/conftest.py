"""What tests of commands share: a mail server that they can send to."""

from collections.abc import Iterator

import pytest

from tests.support.mail_server import Mail, serving


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mail]:
    """A server that takes what is not told otherwise, and the settings to reach it."""
    with serving() as running:
        monkeypatch.setenv("PLANTRACK_SMTP_URL", f"smtp://127.0.0.1:{running.port}")
        monkeypatch.setenv("PLANTRACK_MAIL_FROM", "Tổng hợp <kh@example.org>")
        yield running
