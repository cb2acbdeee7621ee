"""A text is read once, and refused once."""

import pytest

from plantrack.errors import Failure
from plantrack.services.importing.remembered import remembered


def test_answers_and_refusals_are_kept() -> None:
    asked: list[str] = []

    def read(text: str) -> int:
        asked.append(text)
        if not text.isdigit():
            raise Failure("not-a-number", text=text)
        return int(text)

    once = remembered(read)
    assert [once("1"), once("1")] == [1, 1]
    depths = set[int]()
    for _ in range(3):
        with pytest.raises(Failure, match="not-a-number") as refused:
            once("x")
        depths.add(len(refused.traceback))
    assert max(depths) <= 3  # what it came through before is not kept with it
    assert asked == ["1", "x"]
