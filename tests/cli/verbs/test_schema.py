"""`schema`: what is printed in JSON is what the schema says, key by key."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.i18n.words import Words
from plantrack.render.formats.json import SCHEMA
from plantrack.render.views import datasette, schema
from plantrack.services.verbs.demo import build
from tests.conftest import Hands, Run
from tests.support.filled_forms import filled
from tests.support.offices import Office
from tests.support.promised_schema import ANSWER

TO_SITE = "bundle export|hn.bundle|--site|HN; bundle import|hn.bundle|--db|hn.db"
FROM_SITE = (
    f"{TO_SITE}; update|3|-p|40|--db|hn.db; add|Họp|--area|1|--db|hn.db; bundle export|ve.bundle|--db|hn.db"
)
NEXT_PLAN = "plan new|plans/kh-2025.yaml|--from|kh-468-2024|--year|2025; plan apply|plans/kh-2025.yaml"
#: By command, what is typed to see its answer, perhaps behind others; each line in a copy of the worked example.
TYPED = (
    "add|Họp bàn|--area|3|--due|2024-07-30|--lead|ubdt",
    "list|--all|--with-notes",
    "list|--limit|2",
    "list|--all|--with-notes|--columns|id,code,title,due,percent,lead,blocked_since,days_late,extensions,on,result,note",
    "show|1|2|3|4|5|6|7",
    "edit|4|--title|Tên khác",
    "extend|4|--due|2024-09-30|--reason|lùi",
    "assign|4|--to|Ví dụ A",
    "unassign|4|--lead|ubdt",
    "update|3|-p|35|--note|x",
    "start|5",
    "submit|3",
    "done|3",
    "pause|3",
    "resume|8",
    "reopen|7|--reason|còn việc",
    "drop|3|--reason|thôi",
    "edit|2|--every|month; skip|2",
    "part|2|một|hai|--done|2",
    "remove|3|--reason|nhầm",
    "undo|--yes",
    "undo|--dry-run",
    "log",
    *(f"progress|--by|{by}|--explain" for by in ("area", "activity", "org", "person", "month")),
    "progress|--programme",
    "weekly|--week|2024-W29|--with-notes",
    "weekly|--week|2024-W29|--by-org",
    "report|--period|2024-Q3",
    "report|--period|2024",
    "plan apply|other.yaml; indicator record|ct|12|--period|2024-Q3",
    "plan apply|other.yaml; indicator record|ct|12|--period|2024-Q3; indicator list",
    "indicator record|nothing|1|--period|2024",
    "filter save|gấp|area:3|due:..+7d",
    "filter save|gấp|area:3; filter list",
    "filter save|gấp|area:3; filter remove|gap",
    "form read|bieu.xlsx|--new-tasks",
    "form read|bieu.xlsx; form status",
    "form read|xau.xlsx",
    "remind",
    "remind|--by|org|--days|30",
    "list|@nothing",
    "person list",
    "person rename|Ví dụ A|Ví dụ X; log",
    "person rename|Ví dụ A|Ví dụ X",
    "person merge|Ví dụ A|Ví dụ B|--yes",
    "person set|Ví dụ A|--email|a@vi-du.vn|--left|2024-08-01",
    "person anonymise|Ví dụ A|--confirm|Ví dụ A",
    "org list",
    "org add|so-nv|Sở Nội vụ",
    "org add|so-nv|Sở Nội vụ; plan diff",
    "org set|hlhpn|--email|a@vi-du.vn",
    "plan check",
    "plan check|broken.yaml",
    "plan show",
    "plan show|ND3.1",
    "plan diff",
    "plan diff|other.yaml",
    "plan apply",
    "plan apply|other.yaml",
    "plan log",
    f"{NEXT_PLAN}; plan carry-over|kh-468-2024|kh-2025|--dry-run",
    f"{NEXT_PLAN}; plan carry-over|kh-468-2024|kh-2025",
    "db status",
    "db check",
    "db digest",
    "db backup|x",
    "db backup|z.db; db restore|z.db|--yes",
    "db copy|plantrack.db|y.db",
    "export|--output|all.jsonl; import|all.jsonl|--db|new.db",
    "bundle export|hn.bundle|--site|HN",
    TO_SITE,
    FROM_SITE,
    f"{FROM_SITE}; update|3|-p|35; bundle import|ve.bundle",
    f"{FROM_SITE}; bundle import|ve.bundle; bundle import|ve.bundle",
    f"{FROM_SITE}; bundle import|ve.bundle; log",
    "list|nonsense:3",
    "show|99",
)  # fmt: skip
#: What only a server has; one after the other, by a coordinator.
ON_SERVER = ("member add|la|--role|reporter|--organisation|hn", "member list", "member remove|la")
#: Those that end in an error.
FAILING = (
    "form read|xau.xlsx",
    "indicator record|nothing|1|--period|2024",
    "list|nonsense:3",
    "list|@nothing",
    "show|99",
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, beside its plan another one with a change, and one that is none."""
    folder = tmp_path_factory.mktemp("schema") / "demo"
    build(folder)
    for name, percent in (("bieu.xlsx", 50), ("xau.xlsx", 500)):
        main(("-C", str(folder), "form", "make", "hlhpn", "--output", name, "--lang", "vi"))
        filled(folder / name, {"1": {"percent": percent}, "+1": {"title": "Họp", "area": "ND2"}})
    (plan,) = (folder / "plans").glob("*.yaml")
    text = plan.read_text("utf-8")
    indicator = '- code: "ND3.1"\n        indicators: [{id: "ct", title: "Lớp (ví dụ)", unit: "lớp"}]\n'
    other = text.replace("Tuyên truyền", "Truyền thông").replace('- code: "ND3.1"\n', indicator)
    (folder / "other.yaml").write_text(other, "utf-8")
    (folder / "broken.yaml").write_text("format: 1\nid: no\n", "utf-8")
    return folder


def test_it_is_printed(run: Run) -> None:
    assert json.loads(run("schema", "json").out) == schema.data(SCHEMA)
    printed = json.loads(run("schema", "datasette", "--lang", "en").out)
    assert printed == datasette.data(Words("en"))


def test_each_command_that_answers_in_json_is_described_and_tried() -> None:
    answering = {
        name
        for name, entry in COMMANDS.items()
        if "json" in entry.all_formats and entry.kind in ("read", "write", "check", "copy")
    }
    assert schema.DATA.keys() == answering
    tried = {typed.split("; ")[-1].partition("|")[0] for typed in (*TYPED, *ON_SERVER)}
    assert answering <= tried


@pytest.mark.no_cover
@pytest.mark.parametrize("typed", TYPED)
def test_what_is_printed_is_what_the_schema_says(
    typed: str, example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(example, tmp_path / "copy")
    clock = Hands("2024-07-26")
    for step in typed.split("; "):
        capsys.readouterr()
        command, *rest = step.split("|")
        author = ["--author", "Ví dụ A"] if COMMANDS[command].kind in ("write", "make") else []
        in_json = COMMANDS[command].kind != "make" and "json" in COMMANDS[command].all_formats
        form = ["--format", "json"] if in_json else []
        main(["-C", str(folder), *command.split(), *rest, *author, *form], clock)
    printed = json.loads(capsys.readouterr().out)
    assert (printed["data"] is None) == (typed in FAILING), printed["error"]
    assert unlike_the_schema(printed) == []


def unlike_the_schema(printed: Any) -> list[str]:
    return [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in ANSWER.iter_errors(printed)]


@pytest.mark.no_cover
def test_what_is_printed_of_members_is_what_the_schema_says(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in ON_SERVER:
        command, *rest = typed.split("|")
        capsys.readouterr()
        assert office.run("lan", *command.split(), *rest, "--format", "json") == 0
        printed = json.loads(capsys.readouterr().out)
        assert printed["data"]
        assert unlike_the_schema(printed) == []


def test_another_form_is_refused(run: Run) -> None:
    ended = run("schema", "json", "--format", "csv", "--lang", "en")
    assert (ended.code, "unknown-format" in ended.err) == (2, True)
