"""From YAML to the tree of nodes, by the events of libyaml's parser (pure Python where it lacks).

Tags, anchors that unfold without end, several documents and repeated keys are refused here. Plans
are read by events because that is many times as fast as PyYAML's loaders, and keeps positions.
"""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from plantrack.model.record import NamedTuple
from plantrack.planfile.nodes import Mapping, Node, Scalar, Sequence, Source, Unread
from plantrack.planfile.report import Report

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: A plan has six levels.
MAX_DEPTH = 30
#: A plan of ten thousand activities has half as many values.
MAX_VALUES = 300_000
#: The values that aliases may add to those written.
MAX_COPIES = 10_000


class _Syntax(NamedTuple):
    """A mistake of syntax by what libyaml or PyYAML say of it."""

    said: str
    code: str
    #: Whether it is shown where the thing began, not where it was found.
    begun: bool = False


_SYNTAX = (
    _Syntax("quoted scalar.*found unexpected", "P013", begun=True),
    _Syntax("could not find expected ':'", "P014", begun=True),
    _Syntax("expected ',' or", "P015", begun=True),
    _Syntax("node content", "P015"),
    _Syntax("mapping values are not allowed", "P011"),
    _Syntax("cannot start any token", "P012"),
    _Syntax("expected key|expected '-'|block end|document start", "P016"),
    _Syntax("escape|hexadecimal|hexdecimal", "P017"),
)
_OTHER = _Syntax("", "P010")


class _Stop(Exception):
    """The file cannot be read further; the reason is reported."""


class _Built(NamedTuple):
    """A value with what it comes to when its aliases are unfolded."""

    node: Node
    size: int = 1
    height: int = 0


class _Open:
    """A list or mapping whose end has not been read."""

    def __init__(self, node: Sequence | Mapping, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.size = 1
        self.height = 1
        self.key: Node | None = None

    def put(self, built: _Built, report: Report) -> None:
        """Take the next item, key or value."""
        self.size += built.size
        self.height = max(self.height, built.height + 1)
        if isinstance(self.node, Sequence):
            self.node.items.append(built.node)
        elif self.key is None:
            self.key = built.node
        else:
            self._pair(self.node, self.key, built.node, report)
            self.key = None

    def _pair(self, mapping: Mapping, key: Node, value: Node, report: Report) -> None:
        if isinstance(key, Unread):
            return
        if not isinstance(key, Scalar):
            report.add(key, "P027")
        elif key.text in mapping.pairs:
            first = str(mapping.pairs[key.text][0].line)
            report.add(key, "P026", key=key.text, first=first)
        else:
            mapping.pairs[key.text] = (key, value)


class Tree(NamedTuple):
    """The value of a file, None when it has none, and whether all of the file was read."""

    root: Node | None
    whole: bool


class _Builder:
    def __init__(self, source: Source, report: Report) -> None:
        self.source = source
        self.report = report
        self.root: Node | None = None
        self.last: Scalar | None = None
        self.documents = 0
        self.values = 0
        self.copies = 0
        self.open: list[_Open] = []
        self.anchors: dict[str, _Built] = {}

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(self.open.pop())
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _at(self, event: yaml.Event) -> Unread:
        return _place(event.start_mark, self.source)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        at = self._at(event)
        self._count(at)
        self.last = Scalar(*at, event.value, bool(event.style))
        tagged = self._has_tag(event.tag, at)
        self._put(_Built(at if tagged else self.last), event.anchor)

    def _count(self, at: Unread) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self._stop(at, "P005", limit=str(MAX_VALUES))

    def _has_tag(self, tag: str | None, at: Unread) -> bool:
        if tag is not None:
            self.report.add(at, "P021", tag=tag)
        return tag is not None

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        at = self._at(event)
        self._count(at)
        self._has_tag(event.tag, at)
        self._hold_depth(at, 1)
        sequence = isinstance(event, yaml.SequenceStartEvent)
        node = Sequence(*at, []) if sequence else Mapping(*at, {})
        self.open.append(_Open(node, event.anchor))

    def _end(self, done: _Open) -> None:
        self._put(_Built(done.node, done.size, done.height), done.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        at, name = self._at(event), event.anchor or ""
        if any(one.anchor == name for one in self.open):
            self._stop(at, "P023", name=name)
        if name not in self.anchors:
            self.report.add(at, "P022", name=name)
        built = self.anchors.get(name, _Built(at))
        self.copies += built.size
        if self.copies > MAX_COPIES:
            self._stop(at, "P024", limit=str(MAX_COPIES))
        self._hold_depth(at, built.height)
        self._put(built, None)

    def _hold_depth(self, at: Unread, height: int) -> None:
        if len(self.open) + height > MAX_DEPTH:
            self._stop(at, "P025", limit=str(MAX_DEPTH))

    def _document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(self._at(event), "P020")

    def _put(self, built: _Built, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = built
        if self.open:
            self.open[-1].put(built, self.report)
        else:
            self.root = built.node

    def _stop(self, at: Unread, code: str, **params: str) -> NoReturn:
        self.report.add(at, code, **params)
        raise _Stop

    def break_off(self) -> None:
        """Close what is open; the last value read may have swallowed what came after it."""
        if self.last:
            self.report.distrust(self.last)
        while self.open:
            done = self.open.pop()
            if done.key is not None:
                done.put(_Built(Unread(self.source, 0, 0)), self.report)
            self._end(done)


def read_tree(text: str, source: Source, report: Report) -> Tree:
    """Read the YAML of one file; what cannot be read is reported, and the part before it given."""
    builder = _Builder(source, report)
    try:
        for event in _events(text):
            builder.take(event)
        return Tree(builder.root, True)
    except yaml.YAMLError as error:
        form = next((one for one in _SYNTAX if re.search(one.said, _said(error))), _OTHER)
        mark = form.begun and getattr(error, "context_mark", None)
        report.add(_place(mark or getattr(error, "problem_mark", None), source), form.code)
    except _Stop:
        pass
    builder.break_off()
    return Tree(builder.root, False)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except (ValueError, OverflowError) as error:
        # PyYAML's own scanner, at an escape such as "\UFFFFFFFF".
        raise yaml.YAMLError("escape") from error


def _said(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        return f"{error.context or ''} {error.problem or ''}"
    return str(error)


def _place(mark: Any, source: Source) -> Unread:
    return Unread(source, mark.line + 1, mark.column + 1) if mark else Unread(source, 0, 0)
