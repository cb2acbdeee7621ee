"""Which modules, and which names in them, only some systems have: read from the type stubs that come with mypy."""

import ast
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

SYSTEMS = ("linux", "darwin", "win32")
#: Modules that the stubs have everywhere, and that are there for Windows alone.
_OF_WINDOWS = frozenset({"ctypes"})


def names_of_some_systems(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Return what a module imports, or takes from another, that is not there on every system; with its line."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        for line, module, name in _uses(node, known):
            if module in _OF_WINDOWS or (module, name) != ("", "") and _is_of_some(module, name):
                yield line, f"{module}.{name}".rstrip(".")


def _uses(node: ast.AST, known: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    match node:
        case ast.Import():
            for alias in node.names:
                known[alias.asname or alias.name] = alias.name
                yield node.lineno, alias.name, ""
        case ast.ImportFrom(module=str(module)):
            for alias in node.names:
                yield node.lineno, module, alias.name
        case ast.Attribute(value=ast.Name(id=owner)) if owner in known:
            yield node.lineno, known[owner], node.attr
        case ast.Call(
            func=ast.Name(id="getattr" | "hasattr"),
            args=[ast.Name(id=owner), ast.Constant(value=str(name)), *_],
        ) if owner in known:
            yield node.lineno, known[owner], name


def _is_of_some(module: str, name: str) -> bool:
    """Return whether a module, or a name in it, is there on some systems and not on others."""
    found = [_names(module, system) for system in SYSTEMS]
    has = [bool(names) if not name else name in names for names in found]
    return any(has) and not all(has)


@cache
def _names(module: str, system: str) -> frozenset[str]:
    """Return the names of a module on a system; none where it is the same one everywhere."""
    return frozenset(_defined(_stub(module), system))


@cache
def _stub(module: str) -> list[ast.stmt]:
    """Return what the stub of a module of the standard library says; nothing where it asks for no system."""
    base = _stubs() / Path(*module.split("."))
    file = next((f for f in (base.with_suffix(".pyi"), base / "__init__.pyi") if f.is_file()), None)
    text = file.read_text("utf-8") if file else ""
    return ast.parse(text).body if "sys.platform" in text else []


@cache
def _stubs() -> Path:
    spec = importlib.util.find_spec("mypy")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "typeshed" / "stdlib"


def _defined(body: Sequence[ast.stmt], system: str) -> Iterator[str]:
    for node in body:
        match node:
            case ast.If():
                holds = _holds(node.test, system)
                yield from _defined(node.body, system) if holds is not False else ()
                yield from _defined(node.orelse, system) if holds is not True else ()
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.ImportFrom(names=names):
                yield from (alias.asname for alias in names if alias.asname)


def _holds(test: ast.expr, system: str) -> bool | None:
    """Return whether a condition holds on a system; None where it asks for something else."""
    match test:
        case ast.Compare(
            left=ast.Attribute(attr="platform"), ops=[op], comparators=[ast.Constant(value=name)]
        ):
            return (system == name) == isinstance(op, ast.Eq)
        case ast.BoolOp(op=op, values=values):
            parts = [_holds(value, system) for value in values]
            decided = isinstance(op, ast.Or)
            return decided if decided in parts else None if None in parts else not decided
    return None
