"""Plan files checked as the program checks them."""

from pathlib import Path

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem
from plantrack.planfile.format.json_schema import FILE
from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.file_bytes import read_document

#: The first line of a file which plans include, in a folder below (`plans/places/`): it leads editors to the schema.
EDITOR_LINE_OF_LISTS = f"# yaml-language-server: $schema=../{FILE}#/$defs/Lists"


def check_file(path: Path, root: Path | None = None) -> tuple[Plan | None, list[Problem]]:
    """Read a plan file; `root` is the folder that included files are looked for in."""
    return check_document(path, read_document(path), root)
