"""`bundle …`: what is typed, and what is told; the commands of the manual's page go there and back."""

import gzip
import json
import re
import shlex
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.cli.help_text import page
from plantrack.i18n.words import LANGUAGES
from tests.conftest import Run


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_of_the_page_go_there_and_back(
    language: str,
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin, first, back, taken, news, again = re.findall(
        "^    (plantrack .*)$", page(language, "offline"), re.MULTILINE
    )
    site = tmp_path / "site"
    site.mkdir()

    def typed(folder: Path, line: str) -> None:
        monkeypatch.chdir(folder)
        assert main(shlex.split(line)[1:]) == 0, line

    def carried(line: str, there: Path, to: Path) -> None:
        name = shlex.split(line)[-1]
        (to / name).write_bytes((there / name).read_bytes())

    typed(workspace, "plantrack add A --area 1")
    typed(workspace, begin)
    carried(begin, workspace, site)
    typed(site, first)
    typed(site, "plantrack add B --area 2")
    typed(site, "plantrack update hn-1 -p 5")
    typed(site, back)
    carried(back, site, workspace)
    for line in (taken, "plantrack update 'nv HN-1' -p 10", news):
        typed(workspace, line)
    carried(news, workspace, site)
    typed(site, again)
    for folder in (site, workspace):
        capsys.readouterr()
        typed(folder, "plantrack list --format json")
        told = json.loads(capsys.readouterr().out)["data"]
        assert {(t["label"], t["id"], t["percent"]) for t in told} == {("1", 1, None), ("HN-1", None, 10)}
        typed(folder, "plantrack db check")


def test_answers_are_for_scripts_too(run: Run, workspace: Path) -> None:
    run("add", "A", "--area", "1")
    written = run("goi", "xuat", "--diem", "hn", "hn.jsonl", "--format", "json")
    told = json.loads(written.out)["data"]
    assert (told["kind"], told["site"], told["tasks"], told["heard"]) == ("hub", "HN", 1, 0)
    tried = run("--db", "hn.db", "goi", "nhap", "hn.jsonl", "--xem-truoc", "--format", "json")
    assert json.loads(tried.out)["data"]["dry_run"] is True
    assert not (workspace / "hn.db").exists()
    taken = run("--db", "hn.db", "bundle", "import", "hn.jsonl", "--format", "json")
    told = json.loads(taken.out)["data"]
    assert (told["new_database"], told["command"], told["commands"]) == (True, "c3", 2)
    assert run("--db", "hn.db", "bundle", "import", "hn.jsonl").out == ""
    assert run("bundle", "export", "--site", "HN", "plantrack.db").code == 2
    assert run("bundle", "import", "").code == 2
    assert run("bundle", "export", "").code == 2
    assert run("bundle", "import", "hn.jsonl").code == 5


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        *((name, (4, "[output-over-")) for name in ("plantrack.db", "backup.db", "note.jsonl.gz")),
        ("plans/places/x.yaml", (2, "[output-is-source]")),
    ],
)
def test_nothing_but_an_export_or_a_bundle_is_replaced(
    run: Run, workspace: Path, name: str, refusal: tuple[int, str]
) -> None:
    """The workspace's own database too, where `--db` names another one."""
    other = workspace / name
    other.parent.mkdir(exist_ok=True)
    run("--db", "elsewhere.db", "init")
    run("db", "backup", "backup.db")
    if not other.exists():
        other.write_bytes(gzip.compress(b"{}\n") if name.endswith(".gz") else b"places: []\n")
    before = other.read_bytes()
    for typed in (
        ("bundle", "export", "--site", "HN", name),
        ("export", "--format", "jsonl", "--output", name),
    ):
        ended = run("--db", "elsewhere.db", *typed)
        assert (ended.code, ended.out, other.read_bytes()) == (refusal[0], "", before), ended.err
        assert refusal[1] in ended.err


def test_an_earlier_one_and_an_empty_file_are_replaced(run: Run, workspace: Path) -> None:
    run("add", "A", "--area", "1")
    for name in ("a.jsonl", "a.jsonl.gz"):
        (workspace / name).touch()
        for typed in (
            ("bundle", "export", "--site", "HN", name),
            ("bundle", "export", "--site", "HN", name),
            ("export", "--format", "jsonl", "--output", name),
            ("bundle", "export", "--site", "TH", name),
        ):
            ended = run(*typed)
            assert ended.code == 0, ended.err


def test_a_bundle_goes_into_a_file(run: Run, workspace: Path) -> None:
    ended = run("bundle", "export", "--site", "HN", "-")
    assert (ended.code, ended.out, "[bundle-to-stdout]" in ended.err) == (2, "", True)
    assert not (workspace / "-").exists()


def test_what_is_advised_at_a_site_can_be_done_there(run: Run, workspace: Path) -> None:
    run("add", "A", "--area", "1")
    run("bundle", "export", "--site", "HN", "hn.jsonl")
    at_site = ("--db", "hn.db", "--lang", "en")
    run(*at_site, "bundle", "import", "hn.jsonl")
    added = run(*at_site, "org", "add", "so-hn", "Sở Ví dụ")
    assert "plan diff" not in added.err
    assert "plantrack --db hn.db bundle export FILE" in added.err
    for typed in (("plan", "apply"), ("plan", "apply", "--dry-run")):
        assert "site-plan" in run(*at_site, *typed).err
    refused = run(*at_site, "add", "B", "--area", "1", "--lead", "zz")
    assert "plan apply" not in refused.err
    assert "plantrack --db hn.db org add ID NAME" in refused.err
    copied = run("db", "copy", "hn.db", "other.db", "--lang", "en")
    assert "hn.db and other.db are both the site HN" in copied.err


def test_a_file_that_an_export_names_as_a_filter_is_refused(run: Run) -> None:
    ended = run("export", "all.jsonl", "--lang", "en")
    assert (ended.code, 'plantrack export --output "all.jsonl"' in ended.err) == (2, True)
