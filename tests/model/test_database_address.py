"""The address of a database: its password is never shown, and can be left out."""

import pytest

from plantrack.model.typed.database_address import DatabaseAddress


@pytest.mark.parametrize(
    ("text", "shown", "bare"),
    [
        ("postgresql://an@host/kh", None, "postgresql://an@host/kh"),
        (
            "postgresql://an:bí+mật@host:5432/kh",
            "postgresql://an:***@host:5432/kh",
            "postgresql://an@host:5432/kh",
        ),
        ("postgresql:///kh?host=/tmp&user=an", None, "postgresql:///kh?host=/tmp&user=an"),
        (
            "postgresql://host/kh?password=x&user=an",
            "postgresql://host/kh?password=***&user=an",
            "postgresql://host/kh?user=an",
        ),
        (
            "postgresql://host/kh?user=an&sslpassword=x",
            "postgresql://host/kh?user=an&sslpassword=***",
            "postgresql://host/kh?user=an",
        ),
        ("postgresql://host/kh?password=x", "postgresql://host/kh?password=***", "postgresql://host/kh"),
        ("postgresql://an:a@b:c@host/kh", "postgresql://an:***@host/kh", "postgresql://an@host/kh"),
    ],
)
def test_a_password_is_hidden_or_left_out(text: str, shown: str | None, bare: str) -> None:
    address = DatabaseAddress(text)
    assert (str(address), address.without_password) == (shown or text, bare)
    assert address.has_password == (shown is not None)
    assert not DatabaseAddress(bare).has_password
