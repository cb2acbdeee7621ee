"""The page "Many offices" is typed from its top to its end, against servers of the test's own."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.cli.help_text import page
from tests.support.office_machines import EVERYBODY, Machines, blocks, is_file, segments
from tests.support.postgres_server import missing

PEOPLE = ("lan", "an", "binh", "chi", "dung", "giang")
#: What is printed of some commands.
SHOWN = {
    "plantrack member list": "giang",
    "plantrack done 1": "[not-yours]",
    "plantrack cron": "service=plantrack",
    "SELECT application_name, sync_state": "db2",
}


def shown_blocks(language: str) -> list[str]:
    return list(blocks(page(language, "many-offices")))


@pytest.fixture
def machines(workspace: Path, tmp_path: Path) -> Iterator[Machines]:
    if why := missing():
        pytest.skip(why)
    servers = Path(tempfile.mkdtemp(prefix="pt-pages-"))
    servers.chmod(0o755)  # another login than that of the tests runs them
    found = Machines(tmp_path / "machines", servers, PEOPLE)
    shutil.copytree(workspace, found.home("lan"), dirs_exist_ok=True)
    try:
        found.start()
        yield found
    finally:
        found.close()
        shutil.rmtree(servers, ignore_errors=True)


@pytest.mark.slow
def test_the_walk(machines: Machines) -> None:
    digests = list[str]()
    for block in shown_blocks("vi"):
        if is_file(block):
            machines.write(block)
        for segment in segments(block):
            if machines.lacks(segment):
                continue
            for place in PEOPLE if segment.place == EVERYBODY else [segment.place]:
                said = machines.run(segment._replace(place=place))
                for typed, shown in SHOWN.items():
                    assert typed not in segment.text or shown in said, said
                digests += re.findall(r"\b[0-9a-f]{64}$", said, re.MULTILINE)
            machines.hand_out()
    assert len(digests) == 2, "before and after going back"
    assert len({*digests}) == 1


def test_both_languages_type_the_same() -> None:
    vi, en = ([s for block in shown_blocks(language) for s in segments(block)] for language in ("vi", "en"))
    assert len(vi) > 20
    assert vi == en
    vi_files, en_files = ([*filter(is_file, shown_blocks(language))] for language in ("vi", "en"))
    assert len(vi_files) == 4
    assert vi_files == en_files
