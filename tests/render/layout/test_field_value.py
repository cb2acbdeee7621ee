"""The value of a field in words: days, periods, codes, amounts, shares, and nothing."""

import pytest

from plantrack.i18n.words import Words
from plantrack.render.layout.field_value import own_value


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("due", "2024-09-30", "30/09/2024"),
        ("due", "2024-Q4", "Quý IV/2024"),
        ("status", "done", "Hoàn thành"),
        ("budget", "12000000", "12.000.000 đồng"),
        ("percent", "40", "40%"),
        ("title", "Việc\nmột", "Việc / một"),
        ("title", None, "không có"),
    ],
)
def test_values(field: str, text: str | None, said: str) -> None:
    assert own_value(field, text, Words("vi")) == said
