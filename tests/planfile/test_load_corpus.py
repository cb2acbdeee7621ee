"""Wrong plans in `bad/`, each with what `plan check` says of it in both languages, to the letter.

After a change of words or checks, run this file with `PLANTRACK_REWRITE=1` and read the difference in git.
"""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.views.plan import Checked
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.render.formats import render
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.plan.check import document
from plantrack.services.verbs.plan.check import check

FOLDER = Path(__file__).with_name("bad")
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
#: What a small file in git cannot show, or what is no matter of one file.
ELSEWHERE = {"P001", "P005", "P006", "P007", "P320", "P904"}


@cache
def checked(name: str) -> Checked:
    """Check a file once, as one of a workspace that `bad/` is."""
    return check([FOLDER / f"{name}.yaml"], FOLDER, lambda path: path.relative_to(FOLDER).as_posix())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_is_what_was_agreed(name: str, language: str) -> None:
    words = Words(language)
    said = render(document(checked(name), words), "plain", words, width=80, colour=False)
    agreed = FOLDER / f"{name}.{language}.txt"
    if os.environ.get("PLANTRACK_REWRITE"):
        agreed.write_text(said, "utf-8")
    assert said == agreed.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_wrong_and_shown_where(name: str) -> None:
    problems = checked(name).problems
    assert problems
    for problem in problems:
        assert problem.severity == SEVERITY[problem.code]
        assert (problem.line == 0) == (problem.column == 0)
        assert cell_width(problem.excerpt) < 2000


def test_there_are_files_for_every_code() -> None:
    met = Counter(problem.code for name in NAMES for problem in checked(name).problems)
    assert set(SEVERITY) - set(met) <= ELSEWHERE
    assert len(NAMES) >= 60


def test_nothing_is_agreed_on_what_is_not_there() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == {f"{n}.{x}.txt" for n in NAMES for x in LANGUAGES}
