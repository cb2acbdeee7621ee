"""The page "How much is needed": the same figures in both languages, those of the runs that are kept."""

import json
import re
from pathlib import Path

from plantrack.cli.help_text import page
from plantrack.i18n.words import LANGUAGES

FIGURES = Path(__file__).parents[1] / "benchmarks/figures.json"


def figures(language: str) -> list[str]:
    """Return the figures of the tables, without what languages put between their digits."""
    lines = re.findall("^    .*", page(language, "sizing"), re.MULTILINE)
    return [re.sub("[.,]", "", number) for line in lines for number in re.findall(r"\d[\d.,]*", line)]


def test_both_languages_have_the_same_figures() -> None:
    vi, en = map(figures, LANGUAGES)
    assert len(en) > 40
    assert vi == en


def test_a_million_tasks_are_as_they_were_measured() -> None:
    kept = json.loads(FIGURES.read_text("utf-8"))["about"]["megabytes"]
    assert re.search(f"    1,000,000 +{kept['1000000']:,.0f} ", page("en", "sizing"))
