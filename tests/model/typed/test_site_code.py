"""Codes of sites as they are typed."""

import pytest

from plantrack.errors import Failure
from plantrack.model.typed.site_code import parse_site


@pytest.mark.parametrize(("typed", "code"), [("HN", "HN"), (" hn2 ", "HN2"), ("LaoCai", "LAOCAI")])
def test_a_code_is_read_in_any_case(typed: str, code: str) -> None:
    assert parse_site(typed, ["ND1"]) == code


@pytest.mark.parametrize("typed", ["", "H", "HN-2", "Đà", "HN 2", "NV", "2HN", "HN0", "HN100", "hub"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Failure, match="site-form"):
        parse_site(typed, [])


def test_a_code_of_something_else_is_refused() -> None:
    with pytest.raises(Failure, match="site-taken"):
        parse_site("nd3", ["kh-468", "ND3"])
