"""The forms that a command offers: the same bytes each time, for every library that it needs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.services.verbs.demo import WEEK
from tests.conftest import Hands
from tests.support.written_forms import Made, weekly

LANGUAGES = ("vi", "en")


OFFERED = [
    (path, form)
    for path, entry in COMMANDS.items()
    for form in ("csv", "xlsx", "ics")
    if entry.kind == "read" and form in entry.formats and path != "member list"  # a file has no members
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("path", "form"), OFFERED)
def test_the_same_command_gives_the_same_bytes(path: str, form: str, made: Made) -> None:
    """What is packed twice is packed alike; what is in it, in both languages, has its digest (test_same_bytes.py)."""
    more = ("--period", "2024-Q2") if path == "report" else ()
    first, second = (made(path, form, *more) for _ in range(2))
    assert first == second
    assert len(first) > 40


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "path", ["weekly", "list", "progress", "progress --by org", "progress --programme", "show 4", "log"]
)
def test_documents_of_word_are_the_same_bytes(path: str, made: Made) -> None:
    assert made(path, "docx") == made(path, "docx")


@pytest.mark.no_cover
def test_a_summary_printed_later_equals_the_one_sent(made: Made, example: Path) -> None:
    """What is known by a moment is the same for ever, in each form."""
    for form in ("csv", "xlsx", "docx", "ics"):
        known = json.loads(weekly(made, "json"))["known_at"]
        assert made("weekly", form, "--week", WEEK, "--known-at", known) == made(
            "weekly", form, "--week", WEEK, "--known-at", known, "--as-of", "2024-07-21"
        )


@pytest.mark.no_cover
def test_an_empty_workspace_has_tables_all_the_same(workspace: Path, tmp_path: Path) -> None:
    for command in ("list", "progress", "weekly --week 2024-W29", "log", "person list", "org list"):
        for form in ("csv", "xlsx", "docx", "ics"):
            if form == "ics" and command.split()[0] not in ("list", "weekly"):
                continue
            file = tmp_path / f"x.{form}"
            args = ("-C", str(workspace), *command.split(), "--output", str(file), "--quiet")
            assert main(args, Hands("2024-07-22")) == 0
            assert file.stat().st_size > 10


def test_a_form_that_a_command_does_not_offer_is_refused(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("-C", str(example), "progress", "--format", "ics"), Hands("2024-07-22")) == 2
    assert "xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "library"), [("docx", "docx"), ("xlsx", "openpyxl"), ("ics", "icalendar")])
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    form: str, library: str, example: Path, tmp_path: Path
) -> None:
    code = f"import sys; sys.modules[{library!r}] = None\nfrom plantrack.cli.app import main\nsys.exit(main(sys.argv[1:]))"
    file = tmp_path / f"x.{form}"
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(example), "list", "--output", str(file)],
        capture_output=True, text=True, check=False, env={"PLANTRACK_USER": "A"},
    )  # fmt: skip
    assert done.returncode == 5
    assert "pip install 'plantrack[office]'" in done.stderr
    assert not file.exists()


def test_csv_needs_no_library(example: Path) -> None:
    code = (
        "import sys\nfor name in ('docx', 'openpyxl', 'icalendar', 'lxml'): sys.modules[name] = None\n"
        "from plantrack.cli.app import main\nsys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(example), "list", "--format", "csv"],
        capture_output=True, check=True, env={"PLANTRACK_USER": "A"},
    )  # fmt: skip
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert done.stdout.count(b"\r\n") > 5


SOFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_converts_the_files_without_complaint(made: Made, tmp_path: Path) -> None:
    files = []
    for lang in LANGUAGES:
        for form in ("docx", "xlsx"):
            files.append(tmp_path / f"{lang}.{form}")
            files[-1].write_bytes(weekly(made, form, lang))
    names = [file.rename(file.with_name(f"{file.stem}-{file.suffix[1:]}{file.suffix}")) for file in files]
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [
        str(SOFFICE),
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, names),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr.replace("javaldx", "")
    for name in names:
        assert name.with_suffix(".pdf").read_bytes().startswith(b"%PDF-"), name
