"""Which tests use themselves what only POSIX has: on other systems they are skipped, with that as the reason."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.source import tree_of
from tests.support.typeshed import names_of_some_systems

#: What Windows has too, and means something else by; and programs that it lacks.
_METHODS = frozenset({"chmod", "symlink_to", "hardlink_to"})
_PROGRAMS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash"})


@cache
def posix_needs(file: Path) -> dict[str, str]:
    """Map each test and helper of a file that needs POSIX, itself or through another, to the first thing it needs."""
    functions = {node.name: node for node in tree_of(file).body if isinstance(node, ast.FunctionDef)}
    found = {name: why for name, node in functions.items() if (why := next(_own_needs(node, file), ""))}
    while more := {
        name: found[used]
        for name, node in functions.items()
        for used in [next((n for n in _names(node) if n in found and n != name), "")]
        if name not in found and used
    }:
        found |= more
    return found


def _own_needs(function: ast.FunctionDef, file: Path) -> Iterator[str]:
    lines = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    yield from (name for line, name in names_of_some_systems(tree_of(file)) if line in lines)
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr in _METHODS:
            yield node.attr
        elif isinstance(node, ast.List) and isinstance(first := next(iter(node.elts), None), ast.Constant):
            yield from _PROGRAMS & {first.value}


def _names(function: ast.FunctionDef) -> Iterator[str]:
    """Return what a function uses by name, fixtures too."""
    yield from (node.id for node in ast.walk(function) if isinstance(node, ast.Name))
    yield from (argument.arg for argument in function.args.args)
