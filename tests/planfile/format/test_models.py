"""The forms of values: what each kind of key takes, and with which code it refuses the rest."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import period_last_day, valid_day
from plantrack.planfile.load import check_document
from tests.support.plan_cases import AREAS, HEAD, activity, head


def codes(text: str) -> list[str]:
    return [p.code for p in check_document(Path("x.yaml"), text.encode())[1] if p.severity == "error"]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


signs = st.text("ABNDabz019.-_đ", max_size=6)


@given(signs.filter(bool))
def test_ids_and_codes_have_their_form(text: str) -> None:
    assert ("P111" in codes(head(id=quoted(text)) + AREAS)) == (
        re.fullmatch("[a-z0-9][a-z0-9-]*", text) is None
    )
    area = re.fullmatch("[A-Z]+[0-9]+", text) is not None
    assert ("P112" in codes(HEAD + f"areas: [{{code: {quoted(text)}, title: x}}]\n")) == (not area)
    own = re.fullmatch(r"[A-Z]+[0-9]+\.[0-9]+", text) is not None
    assert ("P113" in codes(activity("note: x", quoted(text)))) == (not own)
    moved = codes(head(moved=f"{{{quoted(text)}: ND1}}") + AREAS)
    assert ("P117" in moved) == (not (area or own))


days = st.from_regex("(19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]", fullmatch=True)
periods = st.from_regex("(19|20|21)[0-9]{2}(-(W[0-5][0-9]|[01][0-9]|Q[1-5]|H[1-3]|9M))?", fullmatch=True)


@given(days | periods | st.text("0123456789-QWH", min_size=1, max_size=10))
def test_a_day_is_a_day_and_a_deadline_a_day_or_a_period(text: str) -> None:
    as_day, as_due = codes(head(date=quoted(text)) + AREAS), codes(activity(f"due: {quoted(text)}"))
    is_form = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None
    assert as_day == ([] if valid_day(text) else ["P202"] if is_form else ["P201"])
    known = valid_day(text) or period_last_day(text) is not None
    assert as_due == ([] if known else ["P202"] if is_form else ["P203"])


@given(st.integers(-5, 40), st.integers(0, 10_000))
def test_whole_numbers_have_their_limits(closing_day: int, year: int) -> None:
    assert codes(head(reporting=f"{{closing_day: {closing_day}}}") + AREAS) == ["P110"] * (
        not 1 <= closing_day <= 28
    )
    assert codes(head(year=str(year)) + AREAS) == ["P110"] * (not 1900 <= year <= 2199)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"một dòng"', None), ('""', "P114"), ('" x"', "P115"), ('"x "', "P115"), ('"một\\nhai"', "P116"), ('"một\\thai"', "P116"),
        ("5", "P121"), ("true", "P120"), ("2024-03-21", "P122"), ("[x]", "P103"), ("{a: b}", "P103"),
    ],
)  # fmt: skip
def test_a_line_of_text(text: str, code: str | None) -> None:
    assert codes(head(number=text) + AREAS) == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "code"), [('"một\\nhai"', None), ('"một\\n\\n\\thai"', None), ('""', "P114"), ('"x\\n"', "P115")]
)
def test_a_text_of_several_lines(text: str, code: str | None) -> None:
    assert codes(HEAD + AREAS + f"    source_text: {text}\n") == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x", None),
        ("{vi: x}", None),
        ("{vi: x, en: b}", None),
        ("{en: b}", "P102"),
        ("{vi: x, fr: y}", "P101"),
        ("[x]", "P103"),
    ],
)
def test_a_text_in_one_language_or_in_both(text: str, code: str | None) -> None:
    assert codes(head(title=text) + AREAS) == ([code] if code else [])


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", None),
        ("-1.5", None),
        ('"1"', "P107"),
        ("true", "P107"),
        (".nan", "P107"),
        ("1_000", "P107"),
        ("[1]", "P107"),
    ],
)
def test_an_amount_is_a_number_as_everybody_reads_it(amount: str, code: str | None) -> None:
    assert codes(activity(f"budget: {{amount: {amount}}}")) == ([code] if code else [])


def test_a_plan_says_what_it_is_and_has_areas() -> None:
    text = HEAD + AREAS
    for key in ("format", "id", "year", "title"):
        lines = [line for line in text.split("\n") if not line.startswith(f"{key}:")]
        assert codes("\n".join(lines)) == ["P102"]
    assert codes(HEAD) == ["P102"]
