"""What refers to something else: ids and codes that must be there, and none that lead back to themselves."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.problem import Problem
from plantrack.planfile.load import check_document
from tests.support.plan_cases import AREAS, HEAD, ORGS, head, organisations


def checked(text: str) -> list[Problem]:
    return check_document(Path("x.yaml"), text.encode())[1]


def found(text: str, *codes: str) -> list[tuple[str, int]]:
    return [(p.code, p.line) for p in checked(text) if not codes or p.code in codes]


links = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef"), max_size=6)


def cycles(drawn: Mapping[str, str]) -> set[frozenset[str]]:
    """Return the names that stand in a circle together."""
    found = set()
    for start in drawn:
        path = [start]
        while path[-1] in drawn and drawn[path[-1]] not in path:
            path.append(drawn[path[-1]])
        if drawn.get(path[-1]) == start:
            found.add(frozenset(path))
    return found


@given(links)
def test_each_circle_is_reported_once_where_its_first_link_stands(drawn: dict[str, str]) -> None:
    for key, code in (("parent", "P308"), ("successor", "P309")):
        rows = [
            f'  - {{id: "{n}", name: "X"' + (f', {key}: "{drawn[n]}"' if n in drawn else "") + "}\n"
            for n in "abcdef"
        ]
        wanted = sorted(6 + min("abcdef".index(name) for name in circle) for circle in cycles(drawn))
        assert [line for _, line in found(f"{HEAD}organisations:\n{''.join(rows)}{AREAS}", code)] == wanted


def test_a_circle_is_told_from_its_first_link_round() -> None:
    text = organisations('parent: "c"', 'parent: "a"', 'parent: "b"')
    (problem,) = checked(text)
    assert (problem.code, problem.params) == ("P308", {"chain": "a → c → b → a"})


@given(st.lists(st.sampled_from(("ubdt", "x", "y")), max_size=4))
def test_each_organisation_that_is_not_there_and_each_that_is_named_twice(drawn: list[str]) -> None:
    text = f"{HEAD}{ORGS}{AREAS}    lead: [\n" + "".join(f'      "{name}",\n' for name in drawn) + "    ]\n"
    first = text.split("\n").index("    lead: [") + 2
    unknown = [("P301", first + n) for n, name in enumerate(drawn) if name != "ubdt"]
    twice = [("P319", first + n) for n, name in enumerate(drawn) if name == "ubdt" and name in drawn[:n]]
    assert found(text, "P301", "P319") == sorted([*unknown, *twice], key=lambda one: one[1])


@pytest.mark.parametrize("typed", ["Uỷ ban Dân tộc", "uy ban dan tocc", "UBDTT", "ubtd"])
def test_an_id_that_was_meant_is_named_by_whatever_people_write(typed: str) -> None:
    (problem,) = [p for p in checked(HEAD + ORGS + AREAS + f'    lead: ["{typed}"]\n') if p.code == "P301"]
    assert problem.near == ("ubdt",)


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ({"moved": '{"ND7": "ND1"}'}, []),
        ({"moved": '{"ND7": "ND8", "ND8": "ND1"}'}, []),
        ({"moved": '{"ND7": "ND8"}', "retired": '[{code: "ND8", on: "2024-05-01", reason: "x"}]'}, []),
        ({"moved": '{"ND7": "ND9"}'}, ["P312"]),
        ({"moved": '{"ND7": "ND7"}'}, ["P310"]),
        ({"moved": '{"ND7.1": "ND1"}'}, ["P316"]),
        ({"moved": '{"ND7": "ND1.1"}'}, ["P312"]),
        ({"moved": '{"ND1": "ND2"}', "areas": '[{code: "ND1", title: "x"}, {code: "ND2", title: "y"}]'}, ["P311"]),
        ({"retired": '[{code: "ND1", on: "2024-05-01", reason: "x"}]'}, ["P313"]),
        ({"retired": '[{code: "ND1.1", on: "2024-05-01", reason: "x"}]'}, []),
    ],
)  # fmt: skip
def test_codes_that_were_moved_or_retired(lines: dict[str, str], codes: list[str]) -> None:
    text = head(**lines) + ("" if "areas" in lines else AREAS)
    assert [code for code, _ in found(text)] == codes


def test_places_are_known_wherever_they_are_named() -> None:
    text = HEAD + 'places: [{id: "a", name: "A", merged_from: ["b"]}]\n'
    text += 'organisations:\n  - {id: "x", name: "X", place: "c"}\n' + AREAS
    text += (
        '    activities:\n      - {code: "ND1.1", title: "t", time: "x", lead: ["x"], place: ["a", "d"]}\n'
    )
    assert [(p.code, p.params["value"]) for p in checked(text)] == [
        ("P302", "b"),
        ("P302", "c"),
        ("P302", "d"),
    ]
