"""The versions of Typer that the program runs on: the lowest and the newest say the same, and another is refused."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plantrack.cli.app import TYPER
from plantrack.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
LOWEST, BELOW = (".".join(map(str, version)) for version in TYPER)
#: What reads the command line in every way that there is.
LINES = """
--version
--help
plan
plan --help
frobnicate
plan frobnicate
add Họp --area 3 --lead ubdt,hlhpn --due 30/6/2024 --to An --to Bình --quiet
--lang en add Another task --area=2 -C .
add
add Họp --area
add Họp --frobnicate
update 1 -p 30 -r xong-một-phần -n tiếp
update 1 -p
update 1 --note --unblocked
update 1 --unblocked=yes
done 2 --note=--x
edit 1
list
list --all --format json
list hop --as-of 2024-08-01 --width 60
list --limit x
show 1 --history
progress --by org --explain
weekly --week 2024-W29 --format md
report --period 2024-07 --lang en
log -n 2
undo --dry-run
undo
plan check --format line
help list
help
"""
SCRIPT = """
import json, sys
from datetime import UTC, datetime
import typer
from plantrack.cli.app import main
print(typer.__version__, flush=True)
for line in json.load(sys.stdin):
    print("$", *line, flush=True)
    print("=", int(main(line, lambda: datetime(2024, 8, 1, 2, tzinfo=UTC))), flush=True)
"""


def on_typer(folder: Path, workspace: Path, lines: list[list[str]]) -> tuple[str, str]:
    """Return the version of the Typer in a folder, and all that the program says on it."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=json.dumps(lines), cwd=workspace, text=True, check=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={"PYTHONPATH": str(folder), "PLANTRACK_USER": "A", "PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
    )  # fmt: skip
    version, _, said = done.stdout.partition("\n")
    return version, said


def installed(folder: Path, wanted: str) -> Path:
    """Put a Typer into a folder of its own."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--target", str(folder), wanted], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"{wanted} is not to be had here: {done.stderr}")
    return folder


@pytest.mark.slow
def test_the_lowest_and_the_newest_typer_say_the_same(tmp_path: Path, workspace: Path) -> None:
    lines = [shlex.split(line) for line in LINES.strip().splitlines()]
    lines += [[*path.split(), "--help"] for path in COMMANDS]
    versions, said = [], []
    for name, wanted in (("lowest", f"typer=={LOWEST}"), ("newest", f"typer>={LOWEST},<{BELOW}")):
        place = shutil.copytree(workspace, tmp_path / name / "w")
        version, words = on_typer(installed(tmp_path / name / "typer", wanted), place, lines)
        versions.append(version)
        said.append(
            re.sub(
                r"\b[0-9A-Z]{26}\b|\b[0-9a-f]{16}(?=\s+\(c\d)|(?<=\"hash\": \")[0-9a-f]{64}",
                "UID",
                words.replace(str(place), "W"),
            )
        )
    assert versions[0] == LOWEST
    assert said[0] == said[1]
    assert set(re.findall("^= (.*)", said[0], re.MULTILINE)) == {"0", "2"}
    assert "[defect]" not in said[0]


def test_the_range_is_the_one_that_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"typer>={LOWEST},<{BELOW}" in project["dependencies"]


@pytest.mark.parametrize("version", [BELOW + ".0", BELOW + ".0rc1", "0.26.7", "0.9", "1.0.0"])
def test_another_typer_is_one_clear_sentence(version: str, tmp_path: Path, workspace: Path) -> None:
    """Nothing of such a Typer is touched but its version."""
    (tmp_path / "typer").mkdir()
    (tmp_path / "typer" / "__init__.py").write_text(f'__version__ = "{version}"\n', "utf-8")
    lines = [["list"], ["list", "--lang", "en"], ["--lang", "en", "list", "--format", "json"]]
    found, said = on_typer(tmp_path, workspace, lines)
    assert found == version
    vi, en, in_json = re.split(r"^\$.*\n", said, flags=re.MULTILINE)[1:]
    assert vi.startswith(f"Lỗi [typer-version]: Bản Typer đang cài là {version};")
    assert en.startswith(f"Error [typer-version]: Typer {version} is installed;")
    assert f"pip install 'typer>={LOWEST},<{BELOW}'" in en
    assert '"code": "typer-version"' in in_json
    assert re.findall("^= (.*)", said, re.MULTILINE) == ["70"] * 3
