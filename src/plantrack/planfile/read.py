"""One file from its bytes to nodes that were held against a format."""

from typing import Any

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan_format import LISTS, PLAN, Section
from plantrack.planfile.checks.validate import check_shape, drop_absent
from plantrack.planfile.parsing.encoding import may_be_odd
from plantrack.planfile.parsing.nodes import Mapping, Node, Unread
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.reader import read_tree
from plantrack.planfile.parsing.scalars import check_characters, check_remarks, plain
from plantrack.planfile.parsing.source_text import decode


class File(NamedTuple):
    """A file that was read: its tree, and its values where nothing is wrong with their form."""

    root: Node
    values: dict[str, Any] | None

    def data(self) -> Any:
        """Return the values; those without an error somewhere else were made already."""
        return plain(self.root) if self.values is None else self.values


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
    if not tree.whole:
        report.read_in_part(source)
    elif tree.root is None:
        report.add(Unread(source, 0, 0), "P002")
    if tree.root is not None:
        if may_be_odd(text):
            check_characters(tree.root, report)
        if " #" in text:
            check_remarks(tree.root, report)
        if section is PLAN and _is_list_of_something(tree.root):
            section = LISTS
            report.add(tree.root, "P035")
        if tree.has_gaps:
            drop_absent(tree.root, section)
    return tree.root and File(tree.root, check_shape(tree.root, section, report))


def is_list(tree: Node | None) -> bool:
    """Return whether a file has nothing that only plans have."""
    own = PLAN.keys.keys() - LISTS.keys.keys()
    return isinstance(tree, Mapping) and not own & tree.pairs.keys()


def _is_list_of_something(tree: Node) -> bool:
    return is_list(tree) and isinstance(tree, Mapping) and bool(LISTS.keys.keys() & tree.pairs.keys())
