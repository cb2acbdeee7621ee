"""Options that several commands have: how their values are read."""

from tests.conftest import Run


def test_ids_are_apart_by_spaces_or_commas(run: Run) -> None:
    for _ in range(3):
        run("add", "Họp", "--area", "3")
    assert run("update", "1,2", "3", "-p", "5").out.split() == ["1", "2", "3"]
