"""The tree of a YAML file in which every value knows where it stands."""

from collections.abc import Iterator

from plantrack.model.named_tuple import NamedTuple


class SourceFile(NamedTuple):
    """A file that is read: its name as it is shown, its place in the order read, its text."""

    name: str
    order: int
    lines: list[str]

    def line(self, number: int) -> str:
        """Return a line, counted from 1; libyaml finds what is missing at the end behind the last one."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


class Scalar(NamedTuple):
    """A single value, as it is written; only a quoted one is certain to be text."""

    source: SourceFile
    line: int
    column: int
    text: str
    quoted: bool


class Sequence(NamedTuple):
    """A list."""

    source: SourceFile
    line: int
    column: int
    items: list["Node"]


class Mapping(NamedTuple):
    """Keys and values in the order written; a repeated key stands here with its first value."""

    source: SourceFile
    line: int
    column: int
    pairs: dict[str, tuple[Scalar, "Node"]]


class Unread(NamedTuple):
    """A place whose value could not be read, as was reported; line 0 is the file as a whole."""

    source: SourceFile
    line: int
    column: int


Node = Scalar | Sequence | Mapping | Unread


def place_of(node: Node) -> Unread:
    """Return where a node begins, apart from its value: a problem there says nothing against the value."""
    return Unread(*node[:3])


def child(node: Node | None, key: str) -> Node | None:
    """Return the value of `key`, None where there is none."""
    pair = node.pairs.get(key) if isinstance(node, Mapping) else None
    return pair[1] if pair else None


def scalar(node: Node | None, key: str) -> Scalar | None:
    """Return the value of `key` where it is a single one."""
    found = child(node, key)
    return found if isinstance(found, Scalar) else None


def items(node: Node | None, key: str) -> list[Node]:
    """Return the items of the list at `key`, none where there is no list."""
    found = child(node, key)
    return found.items if isinstance(found, Sequence) else []


def scalars(node: Node | None, key: str) -> list[Scalar]:
    """Return the single values in the list at `key`."""
    return [item for item in items(node, key) if isinstance(item, Scalar)]


def texts(node: Node, key: str) -> list[Scalar]:
    """Return the text of `key`, or those in each language."""
    value = child(node, key)
    parts = (value, scalar(value, "vi"), scalar(value, "en"))
    return [part for part in parts if isinstance(part, Scalar)]


def every_scalar(node: Node) -> Iterator[tuple[Scalar, bool]]:
    """Yield each single value under `node`, and whether it is a key."""
    todo = [node]
    while todo:
        node = todo.pop()
        if isinstance(node, Scalar):
            yield node, False
        elif isinstance(node, Sequence):
            todo += reversed(node.items)
        elif isinstance(node, Mapping):
            todo += [value for _, value in reversed(node.pairs.values())]
            for key, _ in node.pairs.values():
                yield key, True
