"""The page of promises: each test that it names is there, and both languages name the same."""

import re
from pathlib import Path

from plantrack.cli.help_text import page
from tests.support.help_pages import languages

ROOT = Path(__file__).parents[2]


def named(language: str) -> list[str]:
    return re.findall(r"tests/[\w/.]+", page(language, "promises"))


@languages
def test_each_test_that_is_named_is_there(language: str) -> None:
    assert len(named(language)) > 20
    assert [name for name in named(language) if not (ROOT / name).exists()] == []


def test_both_languages_promise_the_same() -> None:
    assert named("vi") == named("en")
    assert page("vi", "promises").count("\n- ") == page("en", "promises").count("\n- ")
