"""The manual: each page and code is explained in both languages, and says what there is."""

import re
from pathlib import Path

import pytest

from plantrack import help as manual
from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.cli.help_text import TOPICS, page
from plantrack.errors import CODES, Exit
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.filters import FIELDS
from plantrack.model.plan_format import PLAN
from plantrack.model.status import DeadlineState, Status
from plantrack.model.typed.vietnamese_names import FLAGS
from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.codes import SEVERITY
from tests.support.help_pages import assert_fits, helped, languages, topics


@languages
@topics
def test_a_topic_is_read(topic: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", topic)
    assert topic in COMMANDS or "\n# " in f"\n{text}"
    assert f"\n{text}".count(f"\n{page(language, topic)}") == 1
    assert_fits(text)
    assert helped(capsys, language, "help", *topic.upper().split("-")) == text


def test_both_languages_have_the_same_pages() -> None:
    folder = Path(str(manual.__file__)).parent
    for language in LANGUAGES:
        assert sorted(p.stem for p in (folder / language).iterdir()) == sorted(TOPICS)


@topics
def test_both_languages_have_the_same_sections(topic: str) -> None:
    shapes = [re.sub("[^#\n]", "", page(language, topic).replace("\n\n", "\n")) for language in LANGUAGES]
    assert shapes[0].count("#") == shapes[1].count("#")


@topics
def test_a_vietnamese_page_is_sober(topic: str) -> None:
    text = page("vi", topic)
    assert "!" not in text
    assert not re.search(r"\bbạn\b", text, re.IGNORECASE)


@languages
def test_exit_codes_are_those_there_are(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", "exit-codes")
    table = {int(n) for n in re.findall(r"^    (\d+)   ", text, re.MULTILINE)}
    assert table == set(map(int, Exit))
    listed = {
        int(n): codes.replace(",", " ").split()
        for n, codes in re.findall(r"^- (\d+):([^:#]*)$", text, re.MULTILINE)
    }
    assert listed == {n: sorted(c for c in CODES if CODES[c] == n) for n in set(map(int, CODES.values()))}


@languages
def test_filters_are_those_there_are(language: str) -> None:
    text = page(language, "filters")
    assert set(re.findall(r"^    ([a-z]+):", text, re.MULTILINE)) == set(FIELDS)
    flags = re.findall(r"^    ([a-z-]+) +([a-z-]+)  ", text, re.MULTILINE)
    named = {en: vi for en, vi in flags if en != "plantrack"}
    assert named == FLAGS


@languages
def test_statuses_are_those_there_are(language: str) -> None:
    words, text = Words(language), page(language, "statuses")
    rows = dict(re.findall(r"^    (\w+) +(.+?)(?:  .*)?$", text, re.MULTILINE))
    wanted = {s: words(f"status.{s}") for s in Status} | {s: words(f"deadline.{s}") for s in DeadlineState}
    assert rows == wanted


@languages
def test_the_example_of_a_plan_is_a_plan(language: str) -> None:
    text = page(language, "plan-file")
    example = "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))
    plan, problems = check_document(Path("example.yaml"), example.encode())
    assert plan is not None
    assert not problems


@languages
def test_keys_of_a_plan_are_those_there_are(language: str) -> None:
    text = page(language, "plan-file")
    assert all(f"`{key}`" in text for key in PLAN.keys)


@pytest.mark.no_cover
@languages
@pytest.mark.parametrize("code", CODES)
def test_an_error_code_is_explained(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", code)
    assert code in text
    assert str(int(CODES[code])) in text
    assert "{" not in text


@pytest.mark.no_cover
@languages
@pytest.mark.parametrize("code", SEVERITY)
def test_a_problem_code_is_explained(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", code.lower())
    assert code in text
    assert text.count("\n") > 2


def test_an_unknown_word_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "help", "fitlers"]) == Exit.NO_SUCH
    out, err = capsys.readouterr()
    assert out == ""
    assert "unknown-topic" in err
    assert "filters" in err


@languages
@topics
def test_a_picture_is_for_those_who_can_see_it(topic: str, language: str) -> None:
    """A page names its picture in words too; the line that shows it elsewhere is left out on a terminal."""
    file = Path(str(manual.__file__)).parent / language / f"{topic}.md"
    pictures = re.findall(r"^!\[.+\]\((.+)\)$", file.read_text("utf-8"), re.MULTILINE)
    assert all((file.parent / picture).is_file() for picture in pictures)
    assert "![" not in page(language, topic)
    assert all(Path(picture).name in page(language, topic) for picture in pictures)
