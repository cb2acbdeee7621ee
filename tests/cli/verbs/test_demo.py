"""`demo` as it is typed: an example, a report of it, and what to type next."""

from tests.conftest import Run


def test_the_demonstration_names_no_command_that_would_ask_another_workspace(run: Run) -> None:
    made = run("demo", "vi-du")
    assert made.code == 0
    assert "plantrack list" not in made.out
    assert "plantrack list qua-han" in run("-C", "vi-du", "progress", "--as-of", "2024-07-21").out
    assert made.err.count(" -C vi-du ") == 2
