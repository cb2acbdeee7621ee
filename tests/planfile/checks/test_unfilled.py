"""Comments that say that something must still be filled in: found in any spelling, never inside a text."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.plan import Plan
from plantrack.planfile.format.dump import TO_FILL, dump
from plantrack.planfile.load import check_document
from tests.support.plan_cases import AREAS, HEAD
from tests.support.random_plans import plans


def found(text: str) -> list[tuple[int, int, str]]:
    """Return line, column and words of each comment that is warned of."""
    _, problems = check_document(Path("x.yaml"), text.encode("utf-8"))
    return [(p.line, p.column, p.params["what"]) for p in problems if p.code == "P910"]


@pytest.mark.parametrize(
    ("comment", "what"),
    [
        ("# CẦN ĐIỀN: number – số văn bản / number", "number"),
        ("# CẦN ĐIỀN", "CẦN ĐIỀN"),
        ("#CẦN ĐIỀN:số", "số"),
        ("## Cần  điền  số", "số"),
        ("# can dien: so", "so"),
        ("# " + unicodedata.normalize("NFD", "CẦN ĐIỀN: due"), "due"),
        ("# CẦN\u00a0ĐIỀN: due", "due"),
    ],
)
def test_in_any_spelling(comment: str, what: str) -> None:
    assert found(f"{HEAD}  {comment}\n{AREAS}") == [(5, 3, what)]


@pytest.mark.parametrize(
    "comment",
    ["# phần cần điền: số", "# CẦN ĐIỀNG: x", "# CẦN", "# ĐIỀN", "# “CẦN ĐIỀN”", "#", "# TODO", "# c c"],
)
def test_other_comments_are_nobodys_business(comment: str) -> None:
    assert found(f"{HEAD}{comment}\n{AREAS}") == []


@pytest.mark.parametrize(
    "text",
    [
        '"# CẦN ĐIỀN: x"',
        '"a\n  # CẦN ĐIỀN: x\n  b"',
        "'a\n  # CẦN ĐIỀN: it''s\n  b'",
        "|\n  a\n  # CẦN ĐIỀN: x\n\n  # CẦN ĐIỀN: y",
        ">-\n  # CẦN ĐIỀN: x",
        '{vi: "a\n  # CẦN ĐIỀN: x", en: "b"}',
        '"a" # CẦN ĐIỀN: x',
    ],
)
def test_words_inside_a_text_are_not_meant_and_the_comment_after_it_is(text: str) -> None:
    line = 5 + text.count("\n") + 1
    assert found(f"{HEAD}purpose: {text}\n# CẦN ĐIỀN: z\n{AREAS}") == [(line, 1, "z")]


def test_each_comment_is_a_warning_of_its_own() -> None:
    text = f"# CẦN ĐIỀN: a\n{HEAD}{AREAS}    # CẦN ĐIỀN: b\n# CẦN ĐIỀN: c\n"
    assert [what for _, _, what in found(text)] == ["a", "b", "c"]
    assert check_document(Path("x.yaml"), text.encode())[0] is not None


def test_a_file_that_breaks_off_is_no_trouble() -> None:
    assert found(f'{HEAD}# CẦN ĐIỀN: a\npurpose: "x\n# CẦN ĐIỀN: b\n')[:1] == [(5, 1, "a")]
    assert found("# CẦN ĐIỀN: a\n") == []


@given(plans(), st.lists(st.sampled_from(("", "number", "areas/ND1", "none", "title/vi", "places"))))
def test_as_many_as_are_written_whatever_the_plan_says(plan: Plan, paths: list[str]) -> None:
    """Texts of these plans have the words too."""
    text = dump(plan, {path: [f"{TO_FILL}: {path}"] for path in paths})
    assert len(found(text)) == len(set(paths))
