"""What the walk says of a wrong file is what pydantic finds wrong with it, all of it, where it stands."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import ErrorDetails, SchemaValidator, ValidationError, core_schema

from plantrack.model.plan_format import PLAN
from plantrack.planfile.checks.validate import check_shape
from plantrack.planfile.format import models
from plantrack.planfile.parsing.nodes import Mapping, Node, Sequence, SourceFile
from plantrack.planfile.parsing.problem_collector import LIMIT, ProblemCollector
from plantrack.planfile.parsing.reader import read_tree
from plantrack.planfile.parsing.scalars import plain
from tests.support.tries import tries

KEYS = [
    "code",
    "title",
    "vi",
    "en",
    "lead",
    "topics",
    "activities",
    "areas",
    "places",
    "codes",
    "moved",
    "id",
    "x",
]
values: Any = st.recursive(
    st.sampled_from(["", "x", "ND1", 5, True, " x"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=40,
)
plans: Any = st.fixed_dictionaries({"areas": values, "places": values, "moved": values, "title": values})

Place = tuple[int, int]


def tree(data: Any) -> Mapping:
    """Return the nodes of a file with these values."""
    text = json.dumps(data)
    root = read_tree(text, SourceFile("x.yaml", 0, [text]), ProblemCollector()).root
    assert isinstance(root, Mapping)
    return root


@pytest.fixture(scope="module")
def patient() -> Iterator[SchemaValidator]:
    """What checks a plan and does not stop at the first mistake of a list."""
    made = core_schema.list_schema
    models.validator_of.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core_schema, "list_schema", lambda *items, fail_fast, **least: made(*items, **least))
        validator = models.validator_of(PLAN)
    models.validator_of.cache_clear()
    yield validator


def place(root: Node, path: tuple[int | str, ...]) -> Place:
    """Return where a mistake stands that pydantic names so."""
    node, key = root, root
    for step in path:
        if step == "[key]":
            return key.line, key.column
        if isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        elif isinstance(node, Mapping) and step in node.pairs:
            key, node = node.pairs[str(step)]
    return node.line, node.column


def mistakes(validator: SchemaValidator, root: Mapping, report: ProblemCollector) -> set[Place]:
    """Return where pydantic finds something wrong; of a key that is misspelt, only the wrong one counts."""
    try:
        validator.validate_python(plain(root))
    except ValidationError as error:
        return {
            place(root, (*one["loc"], "[key]") if one["type"] == "extra_forbidden" else one["loc"])
            for one in error.errors()
            if not is_other_branch(one)
            if one["type"] != "missing" or not is_misspelt(root, one["loc"], report)
        }
    return set()


def is_other_branch(one: ErrorDetails) -> bool:
    """Return whether a text was asked for where both languages may stand, and do."""
    return str(one["loc"][-1]).startswith("function-after") and isinstance(one["input"], dict)


def is_misspelt(root: Mapping, path: tuple[int | str, ...], report: ProblemCollector) -> bool:
    line, column = place(root, path[:-1])
    return report.is_misspelt(Mapping(root.source, line, column, {}), str(path[-1]))


@tries(2)
@given(plans)
@example({"areas": [{"code": "ND1", "title": {"vi": "x", "en": [1] * 9}}], "places": [{}] * 9, "title": "x"})
@example({"areas": [], "moved": {"x": "ND1", "ND2": 5}, "title": {}, "tittle": "x"})
@example({f"k{n}": n for n in range(20)})
def test_the_walk_finds_what_pydantic_finds(patient: SchemaValidator, data: Any) -> None:
    root, report = tree(data), ProblemCollector()
    assert check_shape(root, PLAN, report) is None
    assert {(p.line, p.column) for p in report.problems()} == mistakes(patient, root, report)


def test_a_key_that_is_misspelt_is_not_missed_too() -> None:
    report = ProblemCollector()
    check_shape(tree({"titel": "x", "id": "a", "year": 2024, "format": 1}), PLAN, report)
    assert [(p.code, p.params["key"]) for p in report.problems()] == [("P102", "areas"), ("P101", "titel")]


@pytest.mark.no_cover
def test_a_flood_ends_when_there_is_enough() -> None:
    report = ProblemCollector()
    check_shape(tree({"places": [{"id": 5} for _ in range(50_000)]}), PLAN, report)
    first, *problems = report.problems()
    assert first.code == "P904"
    assert len(problems) == LIMIT
    assert [p.code for p in problems[:4]] == ["P102", "P121", "P102", "P121"]
