"""The way to a server is told of where it is unsafe, and only there."""

from types import SimpleNamespace as Made
from typing import Any

import pytest

from plantrack.model.views.workspace import StoragePlace
from plantrack.store.postgres.far import far_place, line_to

NAME = "postgresql://an@may/kh"
CLEAR, UNCHECKED = (StoragePlace(f"server-{kind}", "may", NAME) for kind in ("in-clear", "unchecked"))


@pytest.mark.parametrize(
    ("address", "is_encrypted", "mode", "place"),
    [
        ("", False, "prefer", None),  # a socket of this machine
        ("127.0.0.1", False, "prefer", None),
        ("::1", False, "prefer", None),
        ("10.0.0.1", False, "prefer", CLEAR),
        ("10.0.0.1", False, "verify-full", CLEAR),
        ("10.0.0.1", True, "require", UNCHECKED),
        ("10.0.0.1", True, "verify-ca", UNCHECKED),
        ("fe80::1%eth0", True, None, UNCHECKED),
        ("10.0.0.1", True, "verify-full", None),
    ],
)
def test_only_a_far_server_that_is_not_checked_is_told_of(
    address: str, is_encrypted: bool, mode: str | None, place: StoragePlace | None
) -> None:
    info = Made(host="may", hostaddr=address, get_parameters=lambda: {"sslmode": mode} if mode else {})
    driver: Any = Made(info=info, pgconn=Made(ssl_in_use=is_encrypted))
    assert far_place(driver, NAME) == place


@pytest.mark.parametrize(
    ("address", "is_encrypted", "line"),
    [
        ("", False, "local"),
        ("127.0.0.1", True, "encrypted"),
        ("10.0.0.1", True, "encrypted"),
        ("10.0.0.1", False, "clear"),
    ],
)
def test_who_else_may_read_what_is_sent(address: str, is_encrypted: bool, line: str) -> None:
    driver: Any = Made(info=Made(hostaddr=address), pgconn=Made(ssl_in_use=is_encrypted))
    assert line_to(driver) == line
