"""Catalogues: both languages say the same things, and what is committed is what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.errors import CODES
from plantrack.i18n.words import ELSEWHERE, OF_HELP, Words, commands_here
from tests.support.catalogues import EN, ROOT, VI, keys, places, sources, texts

TOOL = ROOT / ".ci" / "catalogues"
PLURALS = {"vi": 1, "en": 2}


#: What may follow the program's name in a text, where it is no command of the database told of.
NO_COMMAND = re.compile(
    r"(?:init|demo|help|completion)\b"  # of no database
    r"|db (?:init|copy)\b|-C |--db "  # they name theirs
    r"|\{command\}: |\{version\}\."  # the head of a form; which version wrote a summary
    # The program is spoken of.
    r"|(?:mới|cũ|không|đã|trên|database|fetches|is|lets|on|that|yet)\b|\("
)
ENTRIES = [(language, m) for language, found in (("vi", VI), ("en", EN)) for m in found.values()]


def test_the_same_files_in_both_languages() -> None:
    assert [path.name for path in sources("vi")] == [path.name for path in sources("en")]


def test_the_same_keys_in_both_languages() -> None:
    assert set(VI) == set(EN)


def test_the_same_keys_have_plurals() -> None:
    plural = [{key for key in found if found[key].pluralizable} for found in (VI, EN)]
    assert plural[0] == plural[1]


def test_the_same_places_in_both_languages() -> None:
    for key in VI.keys() & EN.keys():
        vi, en = (set().union(*map(places, texts(found[key]))) for found in (VI, EN))
        # "One task" may say its number in a word, where Vietnamese has one text for any number.
        assert vi - {"n"} == en - {"n"}, key


def test_no_command_goes_without_the_place_of_its_database() -> None:
    """Where the program's name is followed by anything else, it is a command that is known, or for another place."""
    for language, message in ENTRIES:
        for text in () if keys(message)[0].startswith(OF_HELP) else texts(message):
            rest = commands_here().sub("", text.replace(ELSEWHERE, ""))
            for follows in re.findall(r"plantrack (.*)", rest):
                assert NO_COMMAND.match(follows), (language, message.id, follows)


def test_each_number_has_its_text() -> None:
    for language, message in ENTRIES:
        if message.pluralizable:
            assert len(texts(message)) == PLURALS[language], message.id
            assert len(set(keys(message))) == 1, message.id
            assert "n" in places(texts(message)[-1]), message.id


def test_no_text_is_empty_or_unsure() -> None:
    for _, message in ENTRIES:
        assert not message.fuzzy, message.id
        assert not message.context, message.id
        assert all(text.strip() for text in texts(message)), message.id


def test_keys_are_of_one_form() -> None:
    for key in VI:
        assert re.fullmatch(r"[a-z][\w-]*(\.[\w-]+)+", key), key


def test_sentences_are_sober() -> None:
    for language, message in ENTRIES:
        if not keys(message)[0].startswith(("error.", "problem.", "hint.")):
            continue
        for text in texts(message):
            assert "!" not in text, message.id
            assert "  " not in text, message.id
            assert language == "en" or not re.search(r"\bbạn\b", text, re.IGNORECASE), message.id


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_failure_has_its_sentence_and_its_hint(code: str) -> None:
    for found in (VI, EN):
        for key in (f"error.{code}", f"error.{code}.hint"):
            assert key in found, key
            assert texts(found[key])[-1].endswith((".", ":", "?", "}")), key


def run(*options: str, tool: Path = TOOL) -> subprocess.CompletedProcess[str]:
    """Run the compiler of catalogues."""
    command = [sys.executable, str(tool), *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_what_is_committed_is_what_the_sources_give() -> None:
    done = run("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """Return a compiler with small catalogues of its own."""
    copy = tmp_path / ".ci" / "catalogues"
    copy.parent.mkdir()
    copy.write_bytes(TOOL.read_bytes())
    for language in PLURALS:
        folder = tmp_path / "src/plantrack/i18n/locale" / language
        folder.mkdir(parents=True)
        (folder / "a.po").write_text('msgid "a.b"\nmsgstr "Đề án"\n', encoding="utf-8")
    return copy


def test_a_change_is_noticed_and_compiled(tool: Path) -> None:
    assert run("--check", tool=tool).returncode == 1
    assert run(tool=tool).stdout == "written: en.mo, vi.mo\n"
    assert run("--check", tool=tool).returncode == 0
    with (tool.parents[1] / "src/plantrack/i18n/locale/vi/a.po").open("a") as file:
        file.write('\nmsgid "a.c"\nmsgstr "c"\n')
    done = run("--check", tool=tool)
    assert (done.returncode, done.stdout) == (1, "not up to date: vi.mo\n")


@pytest.mark.parametrize("name", ["a.po", "b.po"])
def test_a_key_stands_once(tool: Path, name: str) -> None:
    assert run(tool=tool).returncode == 0
    with (tool.parents[1] / "src/plantrack/i18n/locale/vi" / name).open("a") as file:
        file.write('\nmsgid "a.b"\nmsgstr "again"\n')
    done = run(tool=tool)
    assert done.returncode == 1
    assert "a.b stands in a.po already" in done.stderr


@pytest.mark.parametrize("end", [".", "…", "?", "!"])
def test_a_sentence_ends_once_whatever_is_filled_in(end: str) -> None:
    """A title, a reason, a comment of the file may have its own full stop."""
    for language, message in ENTRIES:
        for n, text in enumerate(texts(message), 1):
            plural = not isinstance(message.id, str)
            params = {name: f"ẍ{end}" for name in places(text) - ({"n"} if plural else set())}
            words, key = Words(language), keys(message)[0]
            said = words.plural(key, n, **params) if plural else words(key, **params)
            assert f"ẍ{end}." not in said, key


def test_no_text_has_two_marks_in_a_row() -> None:
    for _, message in ENTRIES:
        for text in texts(message):
            assert not re.search(r"[.,;]{2}$|[,;:]{2}|[,;]\.(?!\w)", text), text
