"""One file from its bytes to nodes that were held against a format."""

from typing import Any

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan_format import LISTS, PLAN, Section
from plantrack.planfile.checks.characters import check_characters, check_remarks
from plantrack.planfile.checks.validate import check_shape, drop_absent
from plantrack.planfile.parsing.nodes import Mapping, Node, Unread, child
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.reader import read_tree
from plantrack.planfile.parsing.source_text import decode
from plantrack.tables.encoding import may_be_odd


class File(NamedTuple):
    """A file that was read: its tree, and its values where nothing is wrong with their form."""

    root: Node
    values: dict[str, Any] | None


def read(
    data: bytes,
    name: str,
    order: int,
    section: Section,
    report: ProblemCollector,
) -> File | None:
    """Return a file as far as it can be read, with its problems reported."""
    source, text = decode(data, name, order, report)
    if text is None:
        return None
    tree = read_tree(text, source, report)
    root = tree.root
    if not tree.whole:
        report.read_in_part(source)
    elif root is None:
        report.add(Unread(source, 0, 0), "P002")
    if root is None:
        return None
    if may_be_odd(text):
        check_characters(root, report)
    if " #" in text:
        check_remarks(root, report)
    if section is PLAN and is_list(root) and any(child(root, key) for key in LISTS.keys):
        section = LISTS
        report.add(root, "P035")
    if tree.has_gaps:
        drop_absent(root, section)
    return File(root, check_shape(root, section, report))


def is_list(tree: Node | None) -> bool:
    """Return whether a file has nothing that only plans have."""
    own = PLAN.keys.keys() - LISTS.keys.keys()
    return isinstance(tree, Mapping) and not own & tree.pairs.keys()
