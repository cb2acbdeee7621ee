"""One file from its bytes to nodes that were held against a format."""

from pydantic import BaseModel

from plantrack.planfile.nodes import Node, Unread
from plantrack.planfile.report import Report
from plantrack.planfile.scalars import check_characters
from plantrack.planfile.shape import check_shape
from plantrack.planfile.source import decode
from plantrack.planfile.tree import read_tree


def read(
    data: bytes,
    name: str,
    order: int,
    model: type[BaseModel],
    report: Report,
) -> Node | None:
    """Give the tree of a file as far as it can be read, with its problems reported."""
    source, text = decode(data, name, order, report)
    if text is None:
        return None
    tree = read_tree(text, source, report)
    if not tree.whole:
        report.read_in_part(source)
    elif tree.root is None:
        report.add(Unread(source, 0, 0), "P002")
    if tree.root is not None:
        check_characters(tree.root, report)
        check_shape(tree.root, model, report)
    return tree.root
