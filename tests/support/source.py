"""The program's own source, as tests of its shape read it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "plantrack"
FILES = sorted(SOURCE.rglob("*.py"))

#: What raises a failure by its code.
RAISING = ("Failure", "failing_as", "read_as", "ProblemsFound", "RowsFound")

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def module_of(file: Path) -> str:
    """Return the dotted name of a module, without that of the package."""
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


class Function(NamedTuple):
    """A function of a module, or a method of one of its classes."""

    module: str
    #: `NAME` or `CLASS.NAME`.
    name: str
    node: AnyFunction

    @property
    def lines(self) -> int:
        """Return how many lines it has without its docstring."""
        first = self.node.body[0]
        said = (first.end_lineno or 0) - first.lineno + 1 if self.doc else 0
        return (self.node.end_lineno or 0) - self.node.lineno + 1 - said

    @property
    def is_public(self) -> bool:
        return not any(part.startswith("_") for part in self.name.split("."))

    @property
    def doc(self) -> str:
        return ast.get_docstring(self.node) or ""


@cache
def functions() -> tuple[Function, ...]:
    """Return every function and method, without those inside others."""
    return tuple(found for file in FILES for found in _functions_of(file))


def _functions_of(file: Path) -> Iterator[Function]:
    for node in tree_of(file).body:
        if isinstance(node, AnyFunction):
            yield Function(module_of(file), node.name, node)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, AnyFunction):
                    yield Function(module_of(file), f"{node.name}.{inner.name}", inner)


def classes() -> list[tuple[str, str]]:
    """Return every class of a module: the module and the name."""
    return [(module_of(f), n.name) for f in FILES for n in tree_of(f).body if isinstance(n, ast.ClassDef)]


@cache
def _known() -> dict[str, Function]:
    return {f"{f.module}.{f.name}": f for f in functions()}


@cache
def _imported(module: str) -> dict[str, str]:
    """Return what each imported name of a module is, anywhere in it."""
    file = next(f for f in FILES if module_of(f) == module)
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix("plantrack.")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("plantrack")
        for alias in node.names
    }


@cache
def own_codes(function: Function) -> frozenset[str]:
    """Return the codes of the failures that stand in a function."""
    return frozenset(
        call.args[0].value
        for call in ast.walk(function.node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISING
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    )


@cache
def uses(function: Function) -> frozenset[Function]:
    """Return the functions that a function names: called, or handed on; methods by the type of what has them."""
    imported, types, found = _imported(function.module), _types(function), set()
    for node in ast.walk(function.node):
        if isinstance(node, ast.Name):
            found.add(imported.get(node.id, f"{function.module}.{node.id}"))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = node.value.id
            found |= {f"{name}.{node.attr}" for name in types.get(owner, [imported.get(owner, owner)])}
    return frozenset(_known()[name] for name in found if name in _known())


def _types(function: Function) -> dict[str, list[str]]:
    """Map each parameter to the classes of its type, those that it stands on too; `self` to its own."""
    names = {
        arg.arg: arg.annotation.id
        for arg in ast.walk(function.node)
        if isinstance(arg, ast.arg) and isinstance(arg.annotation, ast.Name)
    }
    own, _, method = function.name.rpartition(".")
    return {name: _lineage(of) for name, of in ({**names, "self": own} if method and own else names).items()}


@cache
def _lineage(name: str) -> list[str]:
    """Return a class and the classes that it stands on, by their modules."""
    return [
        there
        for file in FILES
        for node in tree_of(file).body
        if isinstance(node, ast.ClassDef) and node.name == name
        for base in [
            [name for base in node.bases if isinstance(base, ast.Name) for name in _lineage(base.id)]
        ]
        for there in [f"{module_of(file)}.{name}", *base]
    ]


@cache
def reached(function: Function, layer: str = "") -> frozenset[Function]:
    """Return a function and all that it leads to by name inside a layer."""
    seen: set[Function] = set()
    todo = [function]
    while todo:
        at = todo.pop()
        if at not in seen and at.module.startswith(layer):
            seen.add(at)
            todo += uses(at)
    return frozenset(seen)


def codes_within(function: Function, layer: str = "") -> set[str]:
    """Return the codes of all failures that come out of a function, as far as it leads by name inside a layer."""
    return {code for at in reached(function, layer) for code in own_codes(at)}


def raises_by_variable(function: Function) -> bool:
    """Return whether a failure whose code is no literal comes out of a function."""
    return any(map(_has_code_in_variable, reached(function)))


@cache
def _has_code_in_variable(function: Function) -> bool:
    """Return whether a failure whose code is no literal stands in a function."""
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("Failure", "failing_as")
        and not (call.args and isinstance(call.args[0], ast.Constant))
        for call in ast.walk(function.node)
    )


def promised(function: Function) -> tuple[set[str], set[str]]:
    """Return what the `Raises:` of a docstring names: codes, and functions whose codes come along."""
    _, _, said = function.doc.partition("Raises:")
    said = said.split("\n\n")[0]
    others = set(re.findall(r"`([\w.]+)`", said))
    return set(re.findall(r"(?<![`\w-])[a-z][\w]*(?:-[\w]+)+(?![\w`-])", said)), others
