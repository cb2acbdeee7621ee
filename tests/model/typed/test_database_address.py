"""Addresses of databases: whatever is in one, its password is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.database_address import DatabaseAddress, is_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://an@may/kh", "postgresql://an@may/kh"),
        ("postgresql://an:bi-mat@may/kh", "postgresql://an:***@may/kh"),
        ("postgresql://an:bi-mat@m1:5432,m2:5433/kh?sslmode=verify-full", "postgresql://an:***@m1:5432,m2:5433/kh?sslmode=verify-full"),
        ("postgresql:///kh?service=x&password=bi-mat&host=/tmp", "postgresql:///kh?service=x&password=***&host=/tmp"),
        ("postgresql://may/kh?sslpassword=bi-mat", "postgresql://may/kh?sslpassword=***"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password(text: str, shown: str) -> None:
    address = DatabaseAddress(text)
    assert str(address) == f"{address}" == shown
    assert address.has_password is (text != shown)


@given(st.text("abc:%!$&'()*+,;=-._~#", min_size=1))
def test_no_password_is_shown(secret: str) -> None:
    marked = f"MARK{secret}MARK"
    assert "MARK" not in str(DatabaseAddress(f"postgresql://an:{marked}@may/kh"))


def test_what_is_no_address() -> None:
    assert [is_address(text) for text in ("plantrack.db", "C:/a.db", "postgresql://x", "mysql://y")] == [
        *(False, False),
        *(True, True),
    ]
