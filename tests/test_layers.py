"""Who imports whom, read from the source: the layers go one way, and each heavy library has one home."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.support.source import FILES, SOURCE, tree_of
from tests.support.typeshed import names_of_some_systems

#: The source is read here, and not run.
pytestmark = pytest.mark.no_cover

#: What each layer may import of the others.
MAY = {
    "errors": set(),
    "system": set(),
    "model": {"errors"},
    "tables": {"errors", "system", "model"},
    "planfile": {"errors", "system", "model", "tables"},
    "store": {"errors", "system", "model"},
    "services": {"errors", "system", "model", "tables", "planfile", "store", "deliver"},
    "i18n": {"errors", "model"},
    "render": {"errors", "model", "i18n"},
    "deliver": {"errors", "system", "model"},
    "cli": {
        "errors",
        "system",
        "model",
        "planfile",
        "store",
        "services",
        "i18n",
        "render",
        "deliver",
        "help",
    },
    "help": set(),
}
#: Rooms inside a layer, and those that they may not import: verbs stand on what they share, views and formats on layout.
NEVER = {
    "services/": ("services.verbs",),
    "services/verbs/": (),
    "cli/": ("cli.verbs",),
    "cli/verbs/": (),
    "render/layout/": ("render.views", "render.formats"),
    "render/views/": ("render.formats",),
    "render/formats/": ("render.views",),
    "planfile/parsing/": ("planfile.format", "planfile.checks", "planfile.annex"),
    "planfile/format/": ("planfile.checks", "planfile.annex"),
    "planfile/checks/": ("planfile.annex",),
    "deliver/mail/": (),
}
#: Heavy libraries, and the only files that may name them.
HOMES: dict[str, str | tuple[str, ...]] = {
    "typer": "cli/",
    "rich": "render/formats/terminal.py",
    "yaml": "planfile/",
    "pydantic": "",
    "pydantic_core": "planfile/",
    "docx": ("planfile/annex/", "render/formats/docx/"),
    "openpyxl": "render/formats/xlsx/",
    "icalendar": "render/formats/ics.py",
    "lxml": ("planfile/annex/", "render/formats/docx/", "render/formats/xlsx/saved.py"),
    "sqlite_utils": ("store/sqlite/migrations.py", "store/sqlite/search_index.py"),
    "sqlite3": ("store/sqlite/connection.py", "store/sqlite/file.py"),
    "psycopg": "store/postgres/",
    "click": "",
    "jinja2": "render/formats/html/",
    "markupsafe": "render/formats/html/",
    "gettext": "i18n/words.py",
    "smtplib": "deliver/mail/smtp.py",
    "ssl": "deliver/mail/smtp.py",
    "email": "deliver/mail/message.py",
    "filelock": "system.py",
    "platformdirs": ("deliver/defect_log.py", "deliver/once_a_day.py"),
}


@cache
def imported(file: Path) -> set[str]:
    """Return the modules that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def layer(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def test_imports_go_one_way() -> None:
    wrong = {
        (str(file.relative_to(SOURCE)), name)
        for file in FILES
        if layer(file) in MAY
        for name in imported(file)
        if name.startswith("plantrack.")
        if name.split(".")[1] not in MAY[layer(file)] | {layer(file), "__version__"}
    }
    assert wrong == set()


def test_rooms_of_a_layer_stand_on_each_other_one_way() -> None:
    wrong = {
        (str(path), name)
        for file in FILES
        for path in [file.relative_to(SOURCE)]
        for room in [max((r for r in NEVER if str(path).startswith(r)), key=len, default="")]
        for name in imported(file)
        if room and name.removeprefix("plantrack.").startswith(NEVER[room])
    }
    assert wrong == set()


#: Who may name an engine outside the store, because what it does is done with files: all else asks a `Connection`, or what
#: in the store chooses by it.
OF_FILES = {
    "services/new_database.py": "a file that is not there yet is made",
    "services/checked_copy.py": "pages of a file are copied into another one",
    "services/rows_into_file.py": "a file is filled with rows",
    "services/verbs/copies/copy_file.py": "a file is copied",
    "services/verbs/copies/copy_target.py": "a file is looked at that may be empty",
    "services/verbs/copies/earlier_copy.py": "a file is looked at that may be an earlier copy",
    "services/verbs/copies/backup.py": "a backup is a file, whatever it is of",
    "services/verbs/copies/restore.py": "a file is put in the place of another one",
    "services/verbs/db.py": "only files of earlier versions are upgraded",
}


def test_what_an_engine_is_only_the_store_knows() -> None:
    engines = ("plantrack.store.sqlite", "plantrack.store.postgres")
    users = {
        str(file.relative_to(SOURCE))
        for file in FILES
        if layer(file) != "store" and any(name.startswith(engines) for name in imported(file))
    }
    assert users == set(OF_FILES)


@pytest.mark.parametrize("library", HOMES)
def test_each_library_has_one_home(library: str) -> None:
    users = {
        str(f.relative_to(SOURCE))
        for f in FILES
        if any(name.split(".")[0] == library for name in imported(f))
    }
    home = HOMES[library]
    assert {u for u in users if not home or not u.startswith(home)} == set()


def test_one_module_knows_the_inside_of_typer() -> None:
    public = {"typer", "typer.Argument", "typer.Context", "typer.Option"}
    others = {
        (str(file.relative_to(SOURCE)), name)
        for file in FILES
        if file.relative_to(SOURCE) != Path("cli/typer_adapter.py")
        for name in imported(file) - public
        if name.split(".")[0] == "typer"
    }
    assert others == set()


def test_model_and_errors_use_the_standard_library_only() -> None:
    import sys

    for file in FILES:
        if layer(file) in ("model", "errors"):
            others = {n.split(".")[0] for n in imported(file)} - {"plantrack"}
            assert others <= set(sys.stdlib_module_names), file


def test_what_only_some_systems_have_has_one_home() -> None:
    """Type stubs say which modules and names Windows lacks, and which it alone has."""
    users = {
        f"{file.relative_to(SOURCE)}:{line} {name}"
        for file in FILES
        if file.name != "system.py"
        for line, name in names_of_some_systems(tree_of(file))
    }
    assert users == set()


def test_sql_stands_in_the_store_only() -> None:
    words = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM")
    for file in FILES:
        if layer(file) == "store":
            continue
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(words), f"{file}:{node.lineno}"
                assert not re.match(r"[a-z]\.[a-z_]+(, |$)", node.value), f"{file}:{node.lineno}"
                assert not re.search(r"\b[a-z]\.\w+ (=|>=|<=|>|<|IN|IS) ", node.value), (
                    f"{file}:{node.lineno}"
                )


def test_what_only_sqlite_knows_has_one_home() -> None:
    """All other SQL is the same text for every engine; damage is looked for in files, and only they are upgraded and copied.

    The index of words `i` gives numbers of rows by the name that SQLite has for them, on every engine.
    """
    only_sqlite = re.compile(
        r"\bPRAGMA\b|\bsqlite_master\b|\bIFNULL\b|\bINSERT OR\b|[ (]\+[a-z]\.\w|\b(?<!i\.)rowid\b|\bCOLLATE\b"
    )
    texts = (
        (file, node)
        for file in FILES
        if layer(file) == "store"
        and file.parent.name not in ("sqlite", "postgres")
        and file.name not in ("damage.py", "identity.py")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert [f"{file.name}:{node.lineno}" for file, node in texts if only_sqlite.search(str(node.value))] == []


def test_what_may_run_twice_asks_nobody_and_prints_nothing() -> None:
    """The body of a command is run again where a server asks for it: what is typed and told is the command line's."""
    talk = re.compile(r"\b(print|input)\(|\bsys\.std|\bstreams\b")
    below = [file for file in FILES if layer(file) in ("services", "store", "model")]
    assert [file.name for file in below if talk.search(file.read_text("utf-8"))] == []


def test_no_test_asks_the_clock_how_long_something_took() -> None:
    """Work is counted (`tests/support/work.py`), or compared with a pace taken beside it; machines differ."""
    clock = re.compile(r"\b(perf_counter|monotonic|timeit)\b|\bdeadline=\d|communicate\(timeout|\.wait\(\d")
    here = Path(__file__)
    files = [p.relative_to(here.parent) for p in here.parent.rglob("*.py") if p != here]
    # Nothing that is measured, and no moment at which a process is killed, decides how a test ends.
    tests = [here.parent / p for p in files if p.parts[0] not in ("benchmarks", "faults")]
    lines = [(p, line) for p in tests for line in p.read_text("utf-8").splitlines()]
    assert [f"{p.name}: {line.strip()}" for p, line in lines if clock.search(line)] == []


def test_nothing_else_lies_at_the_top() -> None:
    """What git has counts, not what somebody made in a checkout: a demo, a workspace, a build."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=SOURCE.parents[1], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip(f"no git here to ask: {listed.stderr}")
    top = {line.strip('"').partition("/")[0] for line in listed.stdout.splitlines()}
    allowed = {"src", "plans", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    assert {name for name in top if not name.startswith(".")} == allowed
