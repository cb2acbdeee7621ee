"""The JSON Schema: what the check refuses for its form, another's validator refuses by the schema, and nothing else."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from plantrack.cli.app import main
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.days import period_last_day, valid_day
from plantrack.model.plan import Plan
from plantrack.planfile.format.dump import dump
from plantrack.planfile.format.json_schema import EDITOR_LINE, FILE, plan_schema
from plantrack.planfile.load import check_document
from plantrack.render.formats.json import dumps
from plantrack.render.views.plan.schema import data
from plantrack.services.workspace import plan_files
from tests.support.catalogues import VI
from tests.support.check import EDITOR_LINE_OF_LISTS, check_file
from tests.support.plan_cases import CASES, MARK, Case
from tests.support.random_plans import plans
from tests.support.yaml_readers import READERS, read

HERE = Path(__file__).parents[1]
PLANS = HERE.parents[1] / "plans"
GOOD = [PLANS / "kh-468-2024.yaml", HERE / "full.yaml"]
BAD = HERE / "bad"
CORPUS = sorted(BAD.glob("*.yaml"))
SHARED = sorted((PLANS / "places").glob("*.yaml"))

#: What a schema can say: keys, types, forms of texts, choices and limits.
FORM = {
    *("P028", "P034", "P035"),
    *(f"P{n}" for n in range(101, 118)),
    *("P120", "P121", "P122", "P123", "P126", "P127", "P201", "P202", "P203"),
}
#: What it cannot: what the parts of a plan say of one another.
CROSS = re.compile("P20[4-9]|P3|P90[1-35-9]|P91")
#: Letters that only the check looks at; what has them may be of a wrong form or not.
LETTERS = {"P124", "P125"}


@cache
def validator(definition: str = "") -> Draft202012Validator:
    """Return a validator of plan files, or of one definition."""
    schema = plan_schema()
    return Draft202012Validator(
        {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]} if definition else schema
    )


def errors(data: Any, definition: str = "") -> list[str]:
    """Return what the validator says of a file's data."""
    return [f"{e.json_path}: {e.message}" for e in validator(definition).iter_errors(data)]


def texts_of(part: Any) -> Iterator[str]:
    """Yield the texts for people in a schema."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if key in ("title", "description", "errorMessage") and isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from texts_of(value)


# The schema itself.


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(plan_schema())
    assert plan_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_explained(language: str) -> None:
    keys = set(texts_of(plan_schema()))
    assert keys == {key for key in VI if key.startswith("editor.")}
    said = set(texts_of(json.loads(dumps(data(plan_schema(), Words(language))))))
    assert said == {Words(language)(key) for key in keys}
    assert all("{{" not in one and one[-1] not in " ,;" for one in said)


def test_what_stands_beside_the_plans_is_the_schema() -> None:
    """Run `plantrack plan schema --lang vi --output plans/plan.schema.json` when this fails."""
    assert (PLANS / FILE).read_text("utf-8") == dumps(data(plan_schema(), Words("vi")))


def test_plans_lead_editors_to_it() -> None:
    assert GOOD[0].read_text("utf-8").startswith(f"{EDITOR_LINE}\n")
    assert EDITOR_LINE == f"# yaml-language-server: $schema={FILE}"
    assert all(path.read_text("utf-8").startswith(f"{EDITOR_LINE_OF_LISTS}\n") for path in SHARED)
    path, _, pointer = EDITOR_LINE_OF_LISTS.partition("=")[2].partition("#/$defs/")
    assert (PLANS / "places" / path).resolve() == (PLANS / FILE).resolve()
    assert pointer in plan_schema()["$defs"]


def test_it_is_no_plan_file(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / FILE).write_text("{}", "utf-8")
    assert plan_files(tmp_path) == []


# What is right.


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.name)
def test_good_plans(path: Path, reader: Any) -> None:
    assert errors(read(path.read_text("utf-8"), reader)) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", SHARED, ids=lambda p: p.name)
def test_good_lists(path: Path, reader: Any) -> None:
    data = read(path.read_text("utf-8"), reader)
    assert errors(data, "Lists") == []
    assert errors(data) != []


@given(plans())
def test_any_valid_plan(plan: Plan) -> None:
    for reader in READERS:
        assert errors(read(dump(plan), reader)) == []


# What is wrong.


def name(case: Case) -> str:
    return f"{case.code}-{[c for c in CASES if c.code == case.code].index(case) + 1}"


def said_of(case: Case) -> list[str]:
    """Return what is wrong with the files of a case, by any reader."""
    found = []
    for reader in READERS:
        found += errors(read(case.text.replace(MARK, ""), reader))
        for lists in case.files.values():
            found += errors(read(lists.replace(MARK, ""), reader), "Lists")
    return found


@pytest.mark.parametrize("case", [c for c in CASES if c.code in FORM], ids=name)
def test_a_wrong_form_is_refused(case: Case) -> None:
    # A trap such as `no` or `12:30` is text to one reader, and something else to the other.
    assert said_of(case)


@cache
def problems_of(path: Path) -> dict[str, set[str]]:
    """Return the codes that the check finds in a file and in those that it includes."""
    found: dict[str, set[str]] = {path.name: set()}
    for problem in check_file(path, BAD)[1]:
        found.setdefault(str(Path(problem.file).relative_to(BAD)), set()).add(problem.code)
    return found


def is_readable(codes: set[str]) -> bool:
    """Return whether a file of these problems is data to other readers, as it is to the check."""
    return all(code in FORM or code[1] != "0" for code in codes)


@pytest.mark.no_cover
@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_the_corpus_is_refused_for_its_form_only(path: Path) -> None:
    for name, codes in problems_of(path).items():
        if is_readable(codes) and (codes & FORM or not codes & LETTERS):
            definition = "" if name == path.name else "Lists"
            found = [errors(read((BAD / name).read_text("utf-8-sig"), r), definition) for r in READERS]
            assert any(found) == bool(codes & FORM), (name, codes, found)


def test_much_of_the_corpus_is_of_form() -> None:
    of_form = [p for p in CORPUS if any(is_readable(c) and c & FORM for c in problems_of(p).values())]
    other = [p for p in CORPUS if all(is_readable(c) and not c & FORM for c in problems_of(p).values())]
    assert len(of_form) > 40
    assert len(other) > 20


def test_true_is_no_version_of_the_format() -> None:
    assert errors({**FULL, "format": True})
    _, problems = check_document(Path("x.yaml"), json.dumps({**FULL, "format": True}).encode())
    assert [p.code for p in problems if p.severity == "error"] == ["P109"]


@pytest.mark.parametrize("case", [c for c in CASES if CROSS.match(c.code)], ids=name)
def test_what_is_no_matter_of_form_is_not_refused(case: Case) -> None:
    assert said_of(case) == []


def test_days_and_periods_are_those_of_the_check() -> None:
    day, due = validator("Activity"), validator("Milestone")
    days = [
        f"{y:04}-{m:02}-{d:02}"
        for y in (1899, 1900, 1904, 2000, 2023, 2024, 2100, 2196, 2199, 2200)
        for m in range(14)
        for d in (0, 1, 9, 10, 19, 28, 29, 30, 31, 32)
    ]
    for one in [*days, "2024-1-1", "24-01-01", "2024-01-01T00:00", "2024-01-01\n", "２024-01-01"]:
        assert day.is_valid({"code": "ND1.1", "title": "x", "start": one}) == valid_day(one), one
    parts = ["", "Q0", "Q1", "Q4", "Q5", "H1", "H2", "H3", "9M", "8M", *(f"{n:02}" for n in range(14)), "1"]
    weeks = [f"W{n:02}" for n in (0, 1, 9, 52, 53, 54)]
    names = [f"{y}-{part}".rstrip("-") for y in range(1899, 2201) for part in [*parts, *weeks]]
    for one in [*names, *days[:300], "2024-Q1\n", "2024 Q1", "q1"]:
        good = valid_day(one) or period_last_day(one) is not None
        assert due.is_valid({"due": one, "title": "x"}) == good, one


WORDS = [
    *("", " ", "x", " x", "x ", "x\n", "x\ny", "x\ty", "Nội dung", "no", "null", "true", "2024", "a" * 300),
    *(
        "ND1",
        "ND1.1",
        "nd1",
        "ND1\n",
        "ND",
        "ND1.",
        "1",
        "kon-tum",
        "KON",
        "-a",
        "a_b",
        "a-1",
        "hihg",
        "high",
    ),
    *("2024-03-21", "2024-02-30", "2023-02-29", "2024-Q2", "2024-Q5", "2020-W53", "2023-W53", "Quý II"),
    *("1900", "2199-12-31", "2200-01-01", "vi", "vn", "unit", "level", "1e3"),
]
KEYS = ["x", "code", "title", "vi", "fr", "due", "on", "ND8", "ND8.1", "Tên", "", " a"]
SINGLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 400),
    st.sampled_from([1899, 1900, 2199, 2200, 0.5, -1.25, 10**14]),
    st.sampled_from(WORDS),
)
VALUES = st.recursive(
    SINGLE,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=2),
    max_leaves=3,
)
FULL = read((HERE / "full.yaml").read_text("utf-8"), READERS[0])


def spots(part: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from spots(value, (*above, key))


SPOTS = list(spots(FULL))


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """Return a plan in which a few values were replaced, taken away or added."""
    data = copy.deepcopy(FULL)
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(SPOTS))
        part = data
        for key in above:
            part = part[key] if has(part, key) else None
        if not has(part, last):
            continue
        act = draw(st.sampled_from(("replace", "replace", "drop", "add")))
        if act == "drop":
            del part[last]
        elif act == "add" and isinstance(part, dict):
            part[draw(st.sampled_from(KEYS))] = draw(VALUES)
        else:
            part[last] = draw(VALUES)
    return data


def has(part: Any, key: Any) -> bool:
    """Return whether a value can be looked up."""
    return key in part if isinstance(part, dict) else isinstance(part, list) and key in range(len(part))


@given(changed())
def test_the_schema_and_the_check_agree(data: Any) -> None:
    _, problems = check_document(Path("plans/x.yaml"), json.dumps(data, ensure_ascii=False).encode())
    of_form = [f"{p.line}:{p.column} {p.code}" for p in problems if p.code in FORM]
    assert bool(of_form) == bool(errors(data)), (of_form, errors(data))


# The command.


def test_the_command_prints_it_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for args in (["--lang", "en"], ["--format", "json", "--lang", "en"]):
        assert main(["plan", "schema", *args]) == 0
        assert capsys.readouterr().out == dumps(data(plan_schema(), Words("en")))
    assert main(["plan", "schema", "--output", FILE]) == 0
    assert (tmp_path / FILE).read_bytes() == (PLANS / FILE).read_bytes()
    assert capsys.readouterr().out == ""


def test_the_command_prints_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "schema", "--format", "md"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "unknown-format" in err
    assert "json" in err
