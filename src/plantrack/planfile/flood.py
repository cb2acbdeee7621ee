"""What pydantic finds in a file, some thousands of mistakes at a time: all at once would fill the memory."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

#: As many mistakes as are named in one go.
_MANY: Final = 3000

#: Names in pydantic's locations that are no keys.
_BRANCHES: Final = ("<text>", "<pair>")

Path = tuple[int | str, ...]


def errors_of(model: type[BaseModel], data: Any, known: ValidationError) -> Iterator[ErrorDetails]:
    """Give the mistakes in `data`, which `known` has all of; where they are many, part by part.

    Whoever has enough of them may stop. Unknown keys of a part come first: one that stands for a missing key
    is the same mistake.
    """
    path = _heavy(data) if known.error_count() > _MANY else ()
    if known.error_count() <= _MANY or len(_at(data, path)) < 2:
        found = known.errors(include_url=False, include_input=False)
        yield from sorted(found, key=lambda one: one["type"] != "extra_forbidden")
        return
    yield from _by_parts(model, data, path, known.error_count())
    for one in _found(model, _without(data, path)):
        if _place(one)[: len(path)] != path:
            yield one


def _by_parts(model: type[BaseModel], data: Any, path: Path, count: int) -> Iterator[ErrorDetails]:
    """Give the mistakes in what is at `path`, which is held against the format without the rest."""
    whole, depth = _at(data, path), len(path)
    alone = tuple(0 if isinstance(step, int) else step for step in path)
    step = max(1, len(whole) * _MANY // count)
    for start in range(0, len(whole), step):
        for one in _found(model, _alone(alone, _part(whole, start, step))):
            place = _place(one)
            own = place[depth:]
            is_there = one["type"] == "missing" and len(own) == 1 and own[0] in whole
            if place[:depth] == alone and not is_there:
                one["loc"] = (*path, *_moved(own, start))
                yield one


def _place(found: ErrorDetails) -> Path:
    return tuple(step for step in found["loc"] if step not in _BRANCHES)


def _moved(own: Path, start: int) -> Path:
    """Give the place in a list of what is in a part of it."""
    return (own[0] + start, *own[1:]) if own and isinstance(own[0], int) else own


def _found(model: type[BaseModel], data: Any) -> Iterator[ErrorDetails]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        yield from errors_of(model, data, error)


def _heavy(data: Any) -> Path:
    """Give the path to the list or mapping that most is in, whose own entries share that among them."""
    weights: dict[int, int] = {}
    _weigh(data, weights)
    path: list[int | str] = []
    while inner := [(weights[id(value)], key, value) for key, value in _containers(data)]:
        weight, key, value = max(inner, key=lambda one: one[0])
        if weight * 2 <= weights[id(data)]:
            break
        path.append(key)
        data = value
    return tuple(path)


def _weigh(value: Any, weights: dict[int, int]) -> int:
    weight = len(value)
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, list | dict):
            weight += _weigh(inner, weights) if inner else 0
    weights[id(value)] = weight
    return weight


def _containers(value: Any) -> Iterator[tuple[int | str, Any]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return ((key, inner) for key, inner in entries if inner and isinstance(inner, list | dict))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _part(whole: Any, start: int, step: int) -> Any:
    if isinstance(whole, list):
        return whole[start : start + step]
    return {key: whole[key] for key in list(whole)[start : start + step]}


def _alone(path: Path, part: Any) -> Any:
    """Give data that have nothing but what is at a path, always the first entry of a list."""
    for step in reversed(path):
        part = [part] if isinstance(step, int) else {step: part}
    return part


def _without(data: Any, path: Path) -> Any:
    """Give data in which a list or mapping is empty."""
    if not path:
        return type(data)()
    copy = data.copy()
    copy[path[0]] = _without(data[path[0]], path[1:])
    return copy
