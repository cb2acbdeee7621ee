"""What the worked example prints stays as it is, to the byte: each report in each form, in both languages.

The table `same_bytes.json` has a digest of each. Where a change is meant, make it anew, and say in CHANGELOG.md what
changed: `PLANTRACK_REMAKE=1 python -m pytest tests/cli/test_same_bytes.py`
"""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack import __version__
from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.services.verbs.demo import AS_OF, WEEK
from tests.conftest import Hands

TABLE = Path(__file__).with_name("same_bytes.json")
OFFICE = ("docx", "xlsx")
#: The reports; each has the options after the name of its command.
REPORTS = (
    "list",
    "list --all",
    "list --all --full",
    "list --all --sort lead --reverse --limit 9",
    "list --sort days_late --columns label,title,due,days_late,lead",
    "list --with-notes",
    "list --all --with-notes --as-of 2024-07-10",
    "list qua-han",
    "list overdue lead:ubdt",
    "list --all nd1 status:done,in_progress",
    "list bao cao",
    "list khongcogi",
    f"progress --as-of {AS_OF}",
    "progress --by activity",
    "progress --by org",
    "progress --by person",
    "progress --by month",
    "progress --explain",
    "progress --by org --explain",
    "progress --known-at 2024-07-10 lead:hlhpn",
    "progress --programme",
    f"weekly --week {WEEK}",
    f"weekly --week {WEEK} --with-notes",
    f"weekly --week {WEEK} --by-org",
    f"weekly --week {WEEK} --brief",
    f"weekly --week {WEEK} --lang vi,en",
    "weekly --week 2024-W13",
    "weekly --week 2024-W28 lead:hlhpn",
    "report --period 2024-07",
    "report --period 2024-Q2 --with-notes",
    "report --period 2024-H1 --calendar civil",
    "report --period 2024-9M",
    "report --period 2024 --lang vi,en",
    "remind",
    f"remind --by org --days 30 --as-of {AS_OF}",
    "remind lead:hlhpn --days 0 --as-of 2024-04-01",
    "filter list",
    "show 2 4 15 16 17",
    "log",
    "log 2",
    "org list",
    "person list",
    "indicator list",
    "plan show",
    "plan show ND1",
    "plan log",
    "plan check",
    "plan diff",
    "plan diff --against 1",
)
#: Uids have a random half, seals are over them; a release is no change of a report.
RANDOM = re.compile(
    rb"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b|\b[0-9a-f]{16}(?=\s+\(c\d)|(?<=\"hash\": \")[0-9a-f]{64}"
)
RELEASE = re.compile(rb"plantrack[/ ]" + re.escape(__version__.encode()))


@pytest.fixture(scope="module")
def copied(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, with what a person changed in the plan's file and did not apply yet."""
    folder = tmp_path_factory.mktemp("same") / "vi-du"
    shutil.copytree(example, folder)
    (plan,) = (folder / "plans").glob("*.yaml")
    plan.write_text(plan.read_text("utf-8").replace("Quý II, III", "Quý III"), "utf-8")
    return folder


def forms(report: str) -> Iterator[tuple[str, ...]]:
    """Yield the options of each form that a command offers."""
    name = next(name for name in COMMANDS if f"{report} ".startswith(f"{name} "))
    languages = [()] if "--lang" in report else [("--lang", "vi"), ("--lang", "en")]
    for form in COMMANDS[name].all_formats:
        for language in languages:
            for width in ("80", "140") if form == "table" else ("80",):
                yield ("--format", form, "--width", width, *language)


def printed(folder: Path, *args: str) -> tuple[int, bytes]:
    """Return how a command ends, and what it prints."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(("-C", str(folder), *args), Hands("2024-07-22"))
    out.flush()
    return code, out.buffer.getvalue()


def parts(data: bytes) -> bytes:
    """Return what is packed in a file of an office, without how well it was packed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"".join(name.encode() + package.read(name) for name in package.namelist())


def digest(code: int, data: bytes, form: str) -> str:
    known = parts(data) if form in OFFICE and data else data
    known = RELEASE.sub(b"plantrack VERSION", RANDOM.sub(b"UID", known))
    return f"{code} {hashlib.sha256(known).hexdigest()[:32]}"


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS)
def test_each_report_of_the_example_has_the_same_bytes(report: str, copied: Path) -> None:
    there = {
        " ".join(form): digest(*printed(copied, *report.split(), *form), form[1]) for form in forms(report)
    }
    kept = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    if os.environ.get("PLANTRACK_REMAKE"):
        TABLE.write_text(json.dumps(dict(sorted({**kept, report: there}.items())), indent=1) + "\n", "utf-8")
        return
    others = [f"{report} {form}" for form, said in there.items() if said != kept[report].get(form)]
    assert not others, "other bytes than before: " + "; ".join(others)
    assert there.keys() == kept[report].keys()


def test_the_table_has_no_report_that_is_gone() -> None:
    assert sorted(REPORTS) == sorted(json.loads(TABLE.read_text("utf-8")))
