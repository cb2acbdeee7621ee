"""Our quick `NamedTuple` beside the one it stands for: the same for every use."""

import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from plantrack.model import named_tuple


class Theirs(typing.NamedTuple):
    """A record."""

    a: int
    b: str = "b"
    c: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        return self.a * 2


class Ours(named_tuple.NamedTuple):
    """A record."""

    a: int
    b: str = "b"
    c: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        return self.a * 2


USES: dict[str, Callable[[Any], Any]] = {
    "by place": lambda kind: tuple(kind(1, "x", (2,))),
    "defaults": lambda kind: tuple(kind(1)),
    "by name": lambda kind: tuple(kind(c=(3,), a=1)),
    "mixed": lambda kind: tuple(kind(1, c=(3,))),
    "fields": lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__),
    "attributes": lambda kind: (kind(1).a, kind(1).b, kind(4).twice),
    "_make": lambda kind: kind._make([1, "x", ()]) == kind(1, "x"),
    "_replace": lambda kind: tuple(kind(1)._replace(b="y")),
    "_asdict": lambda kind: kind(1)._asdict(),
    "equal": lambda kind: (kind(1) == kind(1), kind(1) == (1, "b", ()), hash(kind(1)) == hash(kind(1))),
    "repr": lambda kind: repr(kind(1))[len(kind.__name__) :],
    "copy": lambda kind: (copy.copy(kind(1)) == kind(1), type(copy.deepcopy(kind(1))) is kind),
    "pickle": lambda kind: pickle.loads(pickle.dumps(kind(1))) == kind(1),
    "unpack": lambda kind: [x for x in kind(1)],
}
MISUSES: dict[str, Callable[[Any], Any]] = {
    "missing": lambda kind: kind(),
    "too many": lambda kind: kind(1, "b", (), 4),
    "unknown": lambda kind: kind(1, d=2),
    "twice": lambda kind: kind(1, a=2),
    "set": lambda kind: setattr(kind(1), "a", 2),
    "new attribute": lambda kind: setattr(kind(1), "z", 2),
}


@pytest.mark.parametrize("use", USES)
def test_it_does_what_the_other_does(use: str) -> None:
    assert USES[use](Ours) == USES[use](Theirs)


@pytest.mark.parametrize("misuse", MISUSES)
def test_it_refuses_what_the_other_refuses(misuse: str) -> None:
    for kind in (Theirs, Ours):
        with pytest.raises((TypeError, AttributeError)):
            MISUSES[misuse](kind)


def test_replacing_what_is_not_there_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        Ours(1)._replace(z=1)  # type: ignore[call-arg]  # that is the point


@pytest.mark.parametrize("kind", [Theirs, Ours])
def test_all_of_its_fields_by_name_give_the_same(kind: Any) -> None:
    made = named_tuple.by_name(kind)
    assert made(c=(3,), a=1, b="x") == kind(1, "x", (3,))
    assert type(made(c=(3,), a=1, b="x")) is kind
    for wrong in ({"a": 1, "b": "x"}, {"a": 1, "b": "x", "c": (), "d": 2}):
        with pytest.raises(TypeError):
            made(**wrong)


def test_it_matches_by_place() -> None:
    match Ours(7):
        case Ours(a, b):
            assert (a, b) == (7, "b")
