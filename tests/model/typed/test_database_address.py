"""Addresses of databases: whatever is in one, its password is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.typed.database_address import (
    DatabaseAddress,
    is_address,
    names_of_pairs,
    typed_rightly,
)


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


@given(st.text("abc:%!$'()*+,;=-._~#/@?", min_size=1))
def test_no_password_is_quoted(secret: str) -> None:
    marked = f"MARK{secret}MARK"
    for text in (
        f"postgresql://an:{marked}@may/kh",
        f"postgresql://may/kh?pass%77ord={marked}",
    ):
        address = DatabaseAddress(text)
        assert "MARK" not in f"{address}{address!r}"
        assert "MARK" not in address.without_secrets(f'invalid token: "{marked}"')


def test_what_an_unescaped_sign_cuts_off_of_a_password_is_not_quoted() -> None:
    address = DatabaseAddress("postgresql://lan:bi@mat9@may/kh")
    said = "failed to resolve host 'mat9@may': not known"
    assert address.without_secrets(said) == "failed to resolve host '***': not known"


def test_what_says_nothing_of_a_password_is_quoted() -> None:
    address = DatabaseAddress("postgresql://an:bi-mat@may/kh?nonsense=1")
    said = 'invalid URI query parameter: "nonsense"'
    assert address.without_secrets(said) == said


def test_pairs_are_told_from_files() -> None:
    assert names_of_pairs("host=may dbname = kh password='a b' x=1") == ["host", "dbname", "password"]
    for file in ("plantrack.db", "ke-hoach=2024.db", "thu muc/host=may ab", "host"):
        assert names_of_pairs(file) == []


def test_what_is_no_address() -> None:
    assert [is_address(text) for text in ("plantrack.db", "C:/a.db", "postgresql://x", "mysql://y")] == [
        *(False, False),
        *(True, True),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("postgresql//an:bi-mat@may/kh", "postgresql://an:***@may/kh"),
        ("postgres:/may/kh", "postgresql://may/kh"),
        ("postgresql:/may", "postgresql://may"),
        ("postgresql:may/kh", "postgresql://may/kh"),
        ("postgresql;//may/kh", "postgresql://may/kh"),
        (" postgresql://may/kh", "postgresql://may/kh"),
        ("POSTGRESQL:///kh?service=x", "postgresql:///kh?service=x"),
        ("postgresql://may/kh", None),
        ("postgres/plantrack.db", None),
        ("postgresql.db", None),
        ("mysql://may/kh", None),
    ],
)
def test_a_mistyped_beginning_is_told_from_a_file(typed: str, meant: str | None) -> None:
    assert (typed_rightly(typed) and str(typed_rightly(typed))) == meant
    assert is_address(typed) is bool(meant or "://" in typed)
