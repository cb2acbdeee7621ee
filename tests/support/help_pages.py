"""The help as it is printed."""

import pytest

from plantrack.cli.app import main
from plantrack.cli.help_text import PAGE, TOPICS
from plantrack.i18n.words import LANGUAGES
from plantrack.render.layout.text_width import cell_width

languages = pytest.mark.parametrize("language", LANGUAGES)
#: Where both languages go the same way, coverage looks at one.
languages_alike = pytest.mark.parametrize(
    "language", [LANGUAGES[0], *(pytest.param(other, marks=pytest.mark.no_cover) for other in LANGUAGES[1:])]
)

topics = pytest.mark.parametrize("topic", TOPICS)


def helped(capsys: pytest.CaptureFixture[str], language: str, *args: str) -> str:
    """Return what a command of help prints, and nothing else."""
    capsys.readouterr()
    assert main(["--lang", language, *args]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return str(out)


def assert_fits(text: str) -> None:
    """Hold that a page is sober, with no line that is too wide and no space at the end of one."""
    assert "!" not in text
    for line in text.split("\n"):
        assert cell_width(line) <= PAGE, line
        assert line == line.rstrip(), repr(line)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
