"""From YAML to the tree of nodes, by the events of libyaml's parser (pure Python where it lacks).

Tags, anchors that unfold without end, several documents and repeated keys are refused here. Plans
are read by events because that is many times as fast as PyYAML's loaders, and keeps positions.
"""

import re
from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from plantrack.model.named_tuple import NamedTuple
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence, SourceFile, Unread, place_of
from plantrack.planfile.parsing.problem_collector import ProblemCollector

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: A plan has six levels.
MAX_DEPTH = 30
#: As many as a plan of ten thousand activities may have.
MAX_VALUES = 200_000
#: The values that aliases and merge keys may add to those written.
MAX_COPIES = 30_000
#: The key that takes over the entries of other mappings (YAML 1.1).
MERGE = "<<"
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
#: The quick ways to make a node of all its parts.
_SCALAR, _SEQUENCE, _MAPPING = Scalar._make, Sequence._make, Mapping._make


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
#: Where only a space can stand, one that YAML takes for a letter.
_ODD_SPACE = re.compile("(?:^ *-?|: *)([\u00a0\u2000-\u200a\u202f\u205f\u3000])")


class _Stop(Exception):
    """The file cannot be read further; the reason is reported."""


class _Anchored(NamedTuple):
    """A value that has a name, with what it comes to when its aliases are unfolded."""

    node: Node
    size: int
    height: int


class _Open:
    """A list or mapping whose end has not been read."""

    def __init__(self, node: Node, put: Callable[[Node], None]) -> None:
        self.node = node
        #: Take the next item, key or value.
        self.put = put
        self.anchor: str | None = None
        #: The values, copies among them, that were read before it.
        self.before = 0
        self.height = 1
        #: The merge key of a mapping with what it names.
        self.merge: tuple[Scalar, Node] | None = None


class _OpenMapping(_Open):
    """A mapping whose end has not been read."""

    def __init__(self, node: Mapping, report: ProblemCollector) -> None:
        super().__init__(node, self._take)
        self.pairs = node.pairs
        self.key: Node | None = None
        self.report = report

    def _take(self, node: Node) -> None:
        """Take the next key or value."""
        key = self.key
        if key is None:
            self.key = node
            return
        self.key = None
        if type(key) is Scalar and (text := key.text) not in self.pairs and text != MERGE:
            self.pairs[text] = (key, node)
        else:
            self._take_odd(key, node)

    def _take_odd(self, key: Node, node: Node) -> None:
        if not isinstance(key, Scalar):
            self._odd_key(key)
        elif key.text in self.pairs:
            self._repeated(key, self.pairs[key.text][0])
        elif not key.quoted:
            self._merge(key, node)
        else:
            self.pairs[key.text] = (key, node)

    def _odd_key(self, key: Node) -> None:
        if isinstance(key, Unread):
            return
        if key.source.line(key.line)[max(0, key.column - 2) : key.column] == "{{":
            self.node = Unread(key.source, key.line, key.column - 1)
            self.report.add(self.node, "P019")
        else:
            self.report.add(key, "P027")

    def _repeated(self, key: Scalar, first: Scalar) -> None:
        self.report.add(key, "P026", key=key.text, first=str(first.line))

    def _merge(self, key: Scalar, value: Node) -> None:
        if self.merge:
            self._repeated(key, self.merge[0])
        else:
            self.merge = (key, value)

    def bases(self) -> list[Mapping]:
        """Return the mappings that the merge key names; what is none is reported."""
        if self.merge is None:
            return []
        key, value = self.merge
        named = value.items if isinstance(value, Sequence) else [value]
        if not all(isinstance(node, Mapping | Unread) for node in named):
            self.report.add(key, "P029")  # not at what is named, which may be right where it stands
        return [node for node in named if isinstance(node, Mapping)]


def _pass_by(_event: object) -> None:
    """Take what has no value."""


class Tree(NamedTuple):
    """The value of a file, None when it has none, and whether all of the file was read."""

    root: Node | None
    whole: bool
    #: Whether there may be keys without a value.
    has_gaps: bool


class _Builder:
    """Makes nodes of events. Every value of a file passes here, so what is rare stands aside."""

    def __init__(self, source: SourceFile, report: ProblemCollector) -> None:
        self.source = source
        self.report = report
        self.root: Node | None = None
        self.last: Scalar | None = None
        #: The alias of nothing that was met last: a text that begins with * is read as one.
        self.unknown = Unread(source, 0, 0)
        self.has_gaps = False
        self.documents = 0
        self.values = 0
        self.copies = 0
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.put: Callable[[Node], None] = self._put_root

    def read(self, text: str) -> None:
        """Take all events of a file; YAML's errors and `_Stop` pass through."""
        acts: dict[type, Callable[[Any], None]] = {
            yaml.SequenceStartEvent: self._start_list,
            yaml.MappingStartEvent: self._start_mapping,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: _pass_by,
            yaml.StreamStartEvent: _pass_by,
            yaml.StreamEndEvent: _pass_by,
        }
        scalar: type[Any] = yaml.ScalarEvent
        source = self.source
        for event in iter(_LOADER(text).get_event, None):
            if type(event) is not scalar:
                acts[type(event)](event)
                continue
            mark, value = event.start_mark, event.value
            self.last = node = _SCALAR((source, mark.line + 1, mark.column + 1, value, bool(event.style)))
            self.values += 1
            if value in _NOTHING:
                self.has_gaps = True
            if event.tag is None and event.anchor is None and self.values <= MAX_VALUES:
                self.put(node)
            else:
                self._odd_scalar(node, event)

    def _put_root(self, node: Node) -> None:
        self.root = node

    def _odd_scalar(self, scalar: Scalar, event: Any) -> None:
        at = place_of(scalar)
        self._hold_count(at)
        node = at if self._has_tag(event.tag, at) else scalar
        self.put(node)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, 1, 0)

    def _hold_count(self, at: Unread) -> None:
        if self.values > MAX_VALUES:
            self._stop(at, "P005", limit=str(MAX_VALUES))

    def _has_tag(self, tag: str | None, at: Unread) -> bool:
        if tag is not None:
            self.report.add(at, "P021", tag=re.sub("^tag:yaml.org,2002:", "!!", tag))
        return tag is not None

    def _start_list(self, event: Any) -> None:
        mark = event.start_mark
        items: list[Node] = []
        node = _SEQUENCE((self.source, mark.line + 1, mark.column + 1, items))
        self._enter(_Open(node, items.append), event)

    def _start_mapping(self, event: Any) -> None:
        mark = event.start_mark
        node = _MAPPING((self.source, mark.line + 1, mark.column + 1, {}))
        self._enter(_OpenMapping(node, self.report), event)

    def _enter(self, opened: _Open, event: Any) -> None:
        opened.before = self.values + self.copies
        self.values += 1
        if event.tag is not None or self.values > MAX_VALUES or len(self.open) >= MAX_DEPTH:
            self._odd_start(opened, event.tag)
        opened.anchor = event.anchor
        self.open.append(opened)
        self.put = opened.put

    def _odd_start(self, opened: _Open, tag: str | None) -> None:
        at = place_of(opened.node)
        self._hold_count(at)
        self._hold_depth(at, 1)
        if self._has_tag(tag, at):
            opened.node = at

    def _end(self, _event: object) -> None:
        done = self.open.pop()
        done.put = _pass_by  # else it refers to itself: a cycle
        if done.merge is not None:
            self._take_over(done)
        if self.open:
            outer = self.open[-1]
            outer.height = max(outer.height, done.height + 1)
            self.put = outer.put
        else:
            self.put = self._put_root
        self.put(done.node)
        if done.anchor is not None:
            size = self.values + self.copies - done.before
            self.anchors[done.anchor] = _Anchored(done.node, size, done.height)

    def _take_over(self, done: _Open) -> None:
        """Add to a mapping the entries of those it names: its own come first, then the earlier ones'."""
        assert isinstance(done, _OpenMapping)
        for base in done.bases():
            self._copy(base, len(base.pairs))
            for text, pair in base.pairs.items():
                done.pairs.setdefault(text, pair)

    def _alias(self, event: Any) -> None:
        at, name = _place(event.start_mark, self.source), event.anchor
        if any(one.anchor == name for one in self.open):
            self._stop(at, "P023", name=name)
        if name not in self.anchors:
            self.report.add(at, "P022", name=name)
            self.unknown = at
        node, size, height = self.anchors.get(name) or _Anchored(at, 1, 0)
        self._copy(at, size)
        self._hold_depth(at, height)
        if self.open:
            self.open[-1].height = max(self.open[-1].height, height + 1)
        self.put(node)

    def _copy(self, at: Node, size: int) -> None:
        self.copies += size
        if self.copies > MAX_COPIES:
            self._stop(at, "P024", limit=str(MAX_COPIES))

    def _hold_depth(self, at: Unread, height: int) -> None:
        if len(self.open) + height > MAX_DEPTH:
            self._stop(at, "P025", limit=str(MAX_DEPTH))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(_place(event.start_mark, self.source), "P020")

    def _stop(self, at: Node, code: str, **params: str) -> NoReturn:
        self.report.add(at, code, **params)
        raise _Stop

    def tree(self, *, whole: bool) -> Tree:
        """Return what was read; nothing more can be put in."""
        self.put = _pass_by  # a reference cycle would keep the whole file alive
        return Tree(self.root, whole, self.has_gaps or not whole)

    def break_off(self) -> None:
        """Close what is open; the last value read may have swallowed what came after it."""
        if self.last:
            self.report.distrust(self.last)
        while self.open:
            done = self.open[-1]
            done.merge = None
            if isinstance(done, _OpenMapping) and done.key is not None:
                done.put(Unread(self.source, 0, 0))
                done.merge = None
            self._end(None)


def read_tree(text: str, source: SourceFile, report: ProblemCollector) -> Tree:
    """Read the YAML of one file; what cannot be read is reported, and the part before it given."""
    builder = _Builder(source, report)
    try:
        builder.read(text)
        return builder.tree(whole=True)
    except _Stop:
        pass
    except yaml.YAMLError as error:
        _report_syntax(error, builder, source, report)
    except (ValueError, OverflowError):
        # PyYAML's own scanner, at an escape such as "\UFFFFFFFF".
        report.add(_place(None, source), "P017")
    builder.break_off()
    return builder.tree(whole=False)


def _report_syntax(
    error: yaml.YAMLError, builder: _Builder, source: SourceFile, report: ProblemCollector
) -> None:
    """Report a mistake of syntax by what it most likely is; after a text that begins with * it is no other."""
    form = next((one for one in _SYNTAX if re.search(one.said, _said(error))), _OTHER)
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    at = _place((form.begun and marks[0]) or marks[1], source)
    if form.code == "P015":
        at = _bracket(builder) or at
    before = source.line(at.line)[: at.column - 1]
    odd = _odd_space({mark.line for mark in marks if mark}, source)
    if odd:
        report.add(odd, "P004", character=f"U+{ord(source.line(odd.line)[odd.column - 1]):04X}")
    elif form.code == "P012" and "\t" in source.line(at.line)[: at.column]:
        report.add(at, "P041")
    elif form.code == "P016" and builder.last and builder.last.quoted and before.rstrip()[-1:] in ("'", '"'):
        report.add(at, "P040", line=str(builder.last.line), quote=before.rstrip()[-1])
    elif builder.unknown.line != at.line:
        report.add(at, form.code)


def _bracket(builder: _Builder) -> Unread | None:
    """Find the bracket that is open where the file cannot be read further."""
    place = place_of(builder.open[-1].node) if builder.open else Unread(builder.source, 0, 0)
    begins = builder.source.line(place.line)[place.column - 1 : place.column]
    return place if begins in ("[", "{") else None


def _odd_space(lines: set[int], source: SourceFile) -> Unread | None:
    """Find the space that YAML takes for a letter, in the lines where it finds a mistake."""
    for line in sorted(lines):
        found = _ODD_SPACE.search(source.line(line + 1))
        if found:
            return Unread(source, line + 1, found.start(1) + 1)
    return None


def _said(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        return f"{error.context or ''} {error.problem or ''}"
    return str(error)


def _place(mark: Any, source: SourceFile) -> Unread:
    return Unread(source, mark.line + 1, mark.column + 1) if mark else Unread(source, 0, 0)
