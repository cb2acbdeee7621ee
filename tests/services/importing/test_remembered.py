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


def test_what_was_at_work_when_it_was_refused_is_not_kept() -> None:
    def read(text: str) -> int:
        raise Failure("not-a-number", text=text)

    once = remembered(read)
    deep = []
    for _ in range(3):
        with pytest.raises(Failure) as refused:
            once("x")
        deep.append(len(refused.traceback))
    assert deep == deep[:1] * 3
