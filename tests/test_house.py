"""The shape of the source: sizes, names, docstrings, and a test beside every module."""

import ast
from collections import Counter
from pathlib import Path
from statistics import quantiles

import pytest

from plantrack.errors import CODES
from tests.support.source import (
    FILES,
    ROOT,
    SOURCE,
    Function,
    classes,
    codes_within,
    functions,
    module_of,
    promised,
    raises_by_variable,
    tree_of,
)

#: The source is read here, and not run.
pytestmark = pytest.mark.no_cover

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 40
MOST_MODULES_OF_A_FOLDER = 25

#: Records without logic: this list may only become shorter.
WITHOUT_TEST = {
    f"model/views/{name}.py"
    for name in (
        "bundle",
        "header",
        "log",
        "mail",
        "parties",
        "progress",
        "report",
        "tasks",
        "weekly",
        "workspace",
    )
}


def test_no_file_is_too_long() -> None:
    assert {name_of(f): n for f in FILES if (n := lines_of(f)) > MOST_LINES_OF_A_FILE} == {}


def test_functions_are_short() -> None:
    too_long = [f for f in functions() if f.lines > MOST_LINES_OF_A_FUNCTION]
    assert {f"{f.module}.{f.name}": f.lines for f in too_long} == {}
    tenths = quantiles([f.lines for f in functions()], n=10)
    assert tenths[4] <= 6
    assert tenths[8] <= 14


def test_no_folder_is_too_full() -> None:
    full = Counter(f.parent for f in FILES if f.name != "__init__.py")
    assert {name_of(d): n for d, n in full.items() if n > MOST_MODULES_OF_A_FOLDER} == {}


def test_no_class_name_has_two_meanings() -> None:
    names = Counter(name for _, name in classes())
    assert {name for name, n in names.items() if n > 1} == set()


def test_a_function_name_has_one_meaning_in_a_layer() -> None:
    """What each view, format, verb or engine has under one name is the same thing of each."""
    alike = {"document", "data", "book", "calendar", "render", "mail", "log", "show", "main"}
    names = Counter((owner(f.module), f.name) for f in functions() if f.is_public and "." not in f.name)
    verbs = {f.stem for f in FILES if "verbs" in f.parts}
    assert {name for name, n in names.items() if n > 1 and name[1] not in alike | verbs} == set()


def owner(module: str) -> str:
    """Return the layer of a module; each engine is one by itself."""
    layer, room, *_ = [*module.split("."), ""]
    return f"{layer}.{room}" if room in ("sqlite", "postgres") else layer


def test_every_module_has_its_test() -> None:
    lacking = {name_of(f) for f in FILES if lines_of(f) > 30 and not its_tests(f)}
    assert lacking == WITHOUT_TEST


def its_tests(file: Path) -> list[Path]:
    """Return the tests of a module: beside it, where a package counts as a module."""
    beside = file.parent if file.name == "__init__.py" else file
    folder, name = ROOT / "tests" / beside.parent.relative_to(SOURCE), beside.stem.strip("_")
    return [*folder.glob(f"test_{name}.py"), *folder.glob(f"test_{name}_*.py")]


#: How docstrings of functions do not begin: "Return …" says the same.
NOT_IMPERATIVE = (
    "Give",
    "Gives",
    "Returns",
    "Say whether",
    "This",
    "A",
    "An",
    "The",
    "Whether",
    "What",
    "Who",
    "How",
)


def test_docstrings_say_what_a_function_does() -> None:
    """Hold that the first line is a sentence in the imperative."""
    firsts = {f"{f.module}.{f.name}": f.doc.split("\n\n")[0] for f in functions() if f.doc}
    wrong = {name: first for name, first in firsts.items() if not is_sentence(first)}
    assert wrong == {}


def is_sentence(first: str) -> bool:
    begins_well = first[0].isupper() and not any(first.startswith(f"{word} ") for word in NOT_IMPERATIVE)
    return begins_well and first[-1] in ".:"


def test_every_module_and_class_says_what_it_is() -> None:
    assert [name_of(f) for f in FILES if not ast.get_docstring(tree_of(f))] == []
    silent = [
        f"{module_of(f)}.{node.name}"
        for f in FILES
        for node in tree_of(f).body
        if isinstance(node, ast.ClassDef) and not (ast.get_docstring(node) or node.name.startswith("_"))
    ]
    assert silent == []


def test_services_say_what_they_raise() -> None:
    """`Raises:` names each code that a service decides on; of what is read or stored it may name a function."""
    services = [f for f in functions() if f.module.startswith("services") and f.is_public]
    wrong = {f"{f.module}.{f.name}": faults for f in services if (faults := wrongly_promised(f))}
    assert services
    assert wrong == {}


def wrongly_promised(function: Function) -> dict[str, set[str]]:
    """Return what is wrong about the codes and functions that a `Raises:` names."""
    codes, names = promised(function)
    known = [(name, f) for f in functions() for name in names if f"{f.module}.{f.name}".endswith(f".{name}")]
    inside = codes if raises_by_variable(function) else codes_within(function)
    said = codes.union(*(codes_within(f) for _, f in known))
    faults = {
        "no such function": names - {name for name, _ in known},
        "no such code": codes - set(CODES),
        "named, but not raised": codes - inside,
        "raised, but not named": codes_within(function, "services") - said,
    }
    return {fault: what for fault, what in faults.items() if what}


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def lines_of(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())
