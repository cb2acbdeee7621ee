"""Which periods come before one: the same kind, in their order, across the turn of the year."""

import pytest

from plantrack.services.delivery import earlier


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024-W02", ["2023-W52", "2024-W01"]),
        ("2021-W01", ["2020-W52", "2020-W53"]),
        ("2024-01", ["2023-11", "2023-12"]),
        ("2024-12", ["2024-10", "2024-11"]),
        ("2024-Q1", ["2023-Q3", "2023-Q4"]),
        ("2024-Q4", ["2024-Q2", "2024-Q3"]),
        ("2024-H1", ["2023-H1", "2023-H2"]),
        ("2024-9M", ["2022-9M", "2023-9M"]),
        ("2024", ["2022", "2023"]),
    ],
)
def test_the_periods_before(period: str, before: list[str]) -> None:
    assert earlier(period, 2) == before
